"""The canaries of `test_disclosure` on the pages of the admin beside an article's own."""

import pytest

from conditions.models import Article
from tests import world as w
from tests.pages import signed_in
from tests.test_disclosure import WORDS, plant

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def world() -> w.World:
    world = w.build()
    plant(world)
    return world


SECONDARY = ("{pk}/compare/", "{pk}/compare/?region=us", "{pk}/history/", "bulk/?what=remind&article={pk}", "?q=canary")
"""Pages of the admin beside an article's own, below the list of articles."""


def test_no_canary_is_on_a_secondary_page_of_the_admin_for_people_without_an_editorial_role(world: w.World) -> None:
    for person in (world.uk.user, world.draft_reader, world.administrator):
        client = signed_in(person)
        for article in Article.objects.all():
            for page in SECONDARY:
                answer = client.get(f"/admin/conditions/article/{page.format(pk=article.pk)}")
                assert answer.status_code in (302, 403)
                assert [what for what, word in WORDS.items() if word in answer.text] == []
        assert [what for what, word in WORDS.items() if word in client.get("/admin/", follow=True).text] == []


def test_a_comparison_shows_an_editor_the_draft_and_no_other_article(world: w.World) -> None:
    article = Article.objects.get(condition__slug="als")
    shown = signed_in(world.editor).get(f"/admin/conditions/article/{article.pk}/compare/").text
    found = {what for what, word in WORDS.items() if word in shown}
    assert found == {"draft text", "draft title"}
