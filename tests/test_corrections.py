"""Readers are told what was wrong, since when, and with which version it was put right."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from alsinfo.admin.records import page_of
from conditions.actions import drafting
from conditions.errors.drafting import Incomplete
from conditions.models import Article, Correction, Edition, Publication
from conditions.page_facts import page_of_publication
from tests import at_desk, pages
from tests import world as w
from tests.article_page import Reading
from tests.test_every_word import unaccounted
from tests.world import GB

pytestmark = pytest.mark.django_db

WRONG = "It said that ten in a hundred people have it."


def correcting(world: w.World, article: Article, key: str = "symptoms", **fields: Any) -> Edition:
    """An edition for the UK with another text, ready to be sent to review."""
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, key, "One [@brown2017].")
    return w.write(edition, world.editor, fields={"change_note": "The figure is right now.", **fields})


def corrected(world: w.World) -> Publication:
    """A live UK text that puts right what the one before had said wrong."""
    edition = correcting(world, w.live(world), correction=WRONG, wrong_since=w.today())
    return w.publish(world, w.submit(world, edition)[GB])


def text_of(client: Client, path: str) -> str:
    return Reading(client.get(path).text).text


def test_a_correction_is_on_the_page_and_in_its_history_with_its_days(client: Client, world: w.World) -> None:
    publication, day = corrected(world), f"{w.today():%-d %B %Y}"
    article, history = text_of(client, "/uk/conditions/als/"), text_of(client, "/uk/conditions/als/history/")
    assert f"Corrected on {day} . What changed" in article
    assert f"Corrected on {day} {WRONG} It was wrong since {day} , and is put right in version 2." in article
    assert f"The figure is right now. Corrected: {WRONG} It was wrong since {day}" in history
    assert (publication.correction.text, publication.correction.since) == (WRONG, w.today())
    assert "Corrected" not in text_of(client, "/us/conditions/als/")
    assert unaccounted(client.get("/uk/conditions/als/").text, page_of_publication(publication)) == []


def test_later_versions_still_tell_of_a_correction_and_correct_nothing(client: Client, world: w.World) -> None:
    first = corrected(world)
    edition = correcting(world, first.regional_article.article, "overview")
    assert (edition.correction, edition.wrong_since) == ("", None)
    w.publish(world, w.submit(world, edition)[GB])
    assert "put right in version 2." in text_of(client, "/uk/conditions/als/")
    assert Correction.objects.get().publication == first


def test_a_first_version_corrects_nothing(world: w.World) -> None:
    edition = w.write(w.draft(world), world.editor, fields={"correction": WRONG, "wrong_since": w.today()})
    w.publish(world, w.submit(world, edition)[GB])
    assert not Correction.objects.exists()


def test_half_a_correction_is_not_sent_to_review(world: w.World, live: w.Article) -> None:
    edition = correcting(world, live, wrong_since=w.today())
    with pytest.raises(Incomplete, match="Say what was wrong"):
        w.submit(world, edition)


def test_what_was_wrong_is_typed_beside_the_change_note(world: w.World, live: w.Article) -> None:
    edition = drafting.start(live, by=world.editor, regions="GB")
    editor = pages.signed_in(world.editor)
    pages.send(editor, page_of(edition), correction=WRONG, wrong_since="2020-02-29")
    edition.refresh_from_db()
    assert (edition.correction, edition.wrong_since) == (WRONG, date(2020, 2, 29))
    shown = editor.get(page_of(edition)).text
    assert 'href="#id_wrong_since"' in shown
    assert 'value="2020-02-29"' in shown


def test_reviewers_see_what_will_be_owned_up_to(world: w.World, live: w.Article) -> None:
    edition = correcting(world, live, correction=WRONG, wrong_since=w.today())
    to = w.accept(w.assignment(w.submit(world, edition)[GB]))
    page = at_desk.at_desk(world.uk).get(at_desk.address(to))
    assert f"Correction, which readers will see: {WRONG}" in page.text
