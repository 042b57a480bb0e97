"""Where leads see which live pages rely on a retracted work, and answer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions.actions import watching
from conditions.models import RegionalArticle, RetractionAnswer, RetractionEvent
from tests import pages
from tests import world as w
from tests.at_desk import text_of
from tests.pages import signed_in
from tests.retraction_lists import event, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
ADDRESS = "/admin/retracted-sources/"
WHY = "The figure it is cited for was confirmed elsewhere."


def shown(client: Client, address: str = ADDRESS) -> str:
    return text_of(client.get(address))


def change_page() -> str:
    return f"/admin/conditions/retractionevent/{RetractionEvent.objects.get().pk}/change/"


def test_where_nothing_waits_it_says_so(world: w.World, live: w.Article) -> None:
    lead = signed_in(world.lead)
    assert "<strong>Nothing waits.</strong> No live page cites a work" in shown(lead)
    assert "Retracted sources</a>: nothing waits" in shown(lead, "/admin/")


def test_a_lead_sees_which_sections_rely_on_it_and_answers(world: w.World, live: w.Article) -> None:
    take_in(event())
    lead = signed_in(world.lead)
    assert "Retracted sources</a>: 2" in shown(lead, "/admin/")
    page = shown(lead)
    assert "Retracted on 3 May 2026, says Retraction Watch" in page
    assert page.count("Live. Relied on in: What it is, Symptoms.") == 2
    pages.send(lead, ADDRESS, "/answer/", reason=WHY)
    given = RetractionAnswer.objects.get()
    assert (given.reason, given.answered_by) == (WHY, world.lead)
    assert "Retracted sources</a>: 1" in shown(lead, "/admin/")
    assert shown(lead).count("Relied on in") == 1
    assert f"It stays, says Lead ({w.today():%-d %B %Y}): " in shown(lead, change_page())
    assert WHY in shown(lead, change_page())


def test_an_editor_sees_why_the_answer_is_not_theirs(world: w.World) -> None:
    w.live(world, regions="GB")
    take_in(event())
    editor = signed_in(world.editor)
    for address in (ADDRESS, change_page()):
        assert "Only a person with the role of clinical lead can do this." in shown(editor, address)
    assert signed_in(world.administrator).get(ADDRESS).status_code == 403


def test_a_draft_that_cites_it_is_named_with_the_work(world: w.World) -> None:
    w.draft(world)
    take_in(event())
    assert "No live page" in shown(signed_in(world.lead))
    found = shown(signed_in(world.lead), change_page())
    assert found.count("Cited in a text that is being written.") == 2


def test_the_number_of_queries_does_not_grow_with_the_pages(world: w.World) -> None:
    for slug in ("als", "another"):
        w.live(world, w.article(world, slug, slug.title()))
    take_in(event())
    lead, counts = signed_in(world.lead), []
    for answered in (RegionalArticle.objects.order_by("pk")[:3], ()):
        with CaptureQueriesContext(connection) as captured:
            assert "Relied on in" in shown(lead)
        counts.append(len(captured))
        for page in answered:
            watching.answer_retraction(RetractionEvent.objects.get(), page, by=world.lead, reason=WHY)
    assert counts[0] == counts[1]
