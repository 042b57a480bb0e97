"""What is seen of people who read a draft: by editors who they were, in public how many, and what they changed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.accounts.models import Role, User
from conditions.actions import assigning, commenting, drafting, publishing, reading
from conditions.models import Reading, RegionalEdition, ReviewComment
from conditions.policies.commenting import Remark
from tests import pages
from tests import world as w
from tests.article_page import Reading as Page
from tests.world import GB

pytestmark = pytest.mark.django_db
HISTORY = "/uk/conditions/als/history/"


def read(world: w.World, row: RegionalEdition, by: User, **remarks: str) -> Reading:
    """Somebody reads the text and says something of its sections."""
    to = reading.accept_reading(reading.invite_reader(row, by, by=world.editor), by=by)
    said = [Remark(f"section:{key}", (GB,), "should", words) for key, words in remarks.items()]
    return reading.complete_reading(to, said, by=by)


def somebody(number: int) -> User:
    return w.person(f"patient-{number}", Role.DRAFT_READER)


def shown(client: Client, where: str) -> str:
    return Page(client.get(where).text).text


# The article page


def test_a_page_says_how_many_read_it_before_publication(client: Client, world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    for number in range(3):
        read(world, rows[GB], somebody(number))
    reading.invite_reader(rows[GB], world.draft_reader, by=world.editor)
    for row in rows.values():
        w.publish(world, row)
    text = shown(client, "/uk/conditions/als/")
    assert f"Read before publication by 3 people who live with the condition, {w.today():%B %Y} ." in text
    assert "Read before publication" not in shown(client, "/us/conditions/als/")


def test_a_page_nobody_read_says_nothing(client: Client, live: w.Article) -> None:
    assert "live with the condition" not in shown(client, "/uk/conditions/als/")
    assert "draft" not in shown(client, HISTORY)


def test_the_number_is_of_the_newest_edition_that_was_read(client: Client, world: w.World) -> None:
    article = w.article(world)
    rows = w.submit(world, w.draft(world, article))
    read(world, rows[GB], world.draft_reader)
    for row in rows.values():
        w.publish(world, row)
    edition = drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "help-uk", "Ring your GP.")
    row = w.submit(world, edition)[GB]
    for number in range(2):
        read(world, row, somebody(number))
    again = assigning.invite_to_reconfirm(w.page(article), world.other_uk, by=world.editor)
    publishing.reconfirm(w.accept(again), w.signing_of(again), by=world.other_uk.user)
    assert "by 1 person who lives" in shown(client, "/uk/conditions/als/")
    w.publish(world, row)
    assert "by 2 people who live" in shown(client, "/uk/conditions/als/")


def test_a_reader_changes_no_digest(world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    before = row.revision_id
    read(world, row, world.draft_reader, symptoms="Too hard.")
    assert w.publish(world, row).revision_id == before


# The history


def test_the_history_says_what_readers_changed(client: Client, world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    read(world, row, somebody(1), symptoms="Too hard.", overview="What is a nerve cell?")
    read(world, row, somebody(2), symptoms="Sounds lazy.")
    for remark in ReviewComment.objects.filter(part="section:symptoms"):
        commenting.mark_done(remark, by=world.editor)
    w.publish(world, row)
    text = shown(client, HISTORY)
    assert "2 people who live with the condition read a draft." in text
    assert "They made 3 remarks; 2 changed the text, in: Symptoms." in text


def test_the_history_says_when_nothing_was_changed(client: Client, world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    read(world, row, somebody(1), symptoms="Fine.")
    w.publish(world, row)
    assert "They made 1 remark; none changed the text." in shown(client, HISTORY)


def test_the_history_says_when_nothing_was_remarked(client: Client, world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    read(world, row, somebody(1))
    w.publish(world, row)
    assert "1 person who lives with the condition read a draft. They made no remarks." in shown(client, HISTORY)


def test_each_version_tells_of_its_own_draft(client: Client, world: w.World) -> None:
    article = w.article(world)
    for row in w.submit(world, w.draft(world, article)).values():
        w.publish(world, row)
    edition = drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "help-uk", "Ring your GP.")
    row = w.submit(world, edition)[GB]
    read(world, row, world.draft_reader)
    assert "read a draft" not in shown(client, HISTORY), "of an edition not published yet"
    w.publish(world, row)
    newest, _, oldest = shown(client, HISTORY).partition("Version 1")
    assert "1 person who lives with the condition read a draft." in newest
    assert "read a draft" not in oldest


def test_more_readers_cost_no_more_queries(client: Client, world: w.World) -> None:
    counts = []
    for slug, readers in (("few", 1), ("many", 4)):
        row = w.submit(world, w.draft(world, w.article(world, slug, slug.title())))[GB]
        for number in range(readers):
            read(world, row, w.person(f"{slug}-{number}", Role.DRAFT_READER), symptoms="Too hard.")
        w.publish(world, row)
        with CaptureQueriesContext(connection) as queries:
            assert "read a draft" in shown(client, f"/uk/conditions/{slug}/history/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_no_public_page_names_a_reader_or_repeats_them(client: Client, world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    read(world, row, world.draft_reader, symptoms="Canary remark.")
    w.publish(world, row)
    for where in ("/uk/conditions/als/", HISTORY, "/uk/medical-team/"):
        page = client.get(where).text.lower()
        assert "draft reader" not in page
        assert "canary" not in page


# The admin


def invite(client: Client, row: RegionalEdition, reader: User, **fields: str) -> Any:
    where = f"/admin/conditions/edition/{row.edition_id}/"
    sent = {"region": "GB", "round": "1", "reader": str(reader.pk), "due_on": "", **fields}
    return client.post(f"{where}invite-reader/", sent, follow=True)


def test_an_editor_asks_a_reader_from_the_page_of_the_edition(world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    client = pages.signed_in(world.editor)
    page = client.get(f"/admin/conditions/edition/{row.edition_id}/change/").text
    assert page.count(">Draft Reader</option>") == 2, "one list for each region"
    assert "Draft Reader was asked to read the draft for UK." in invite(client, row, world.draft_reader).text
    asked = Reading.objects.get()
    assert (asked.reader, asked.invited_by, asked.regional_edition) == (world.draft_reader, world.editor, row)
    assert "has been asked already" in invite(client, row, world.draft_reader).text
    assert "Select a valid choice" in invite(client, row, world.publisher).text
    assert Reading.objects.count() == 1


def test_the_admin_shows_who_read_when_and_what_they_said(world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    done = read(world, row, world.draft_reader, symptoms="Sounds <b>lazy</b>.")
    client = pages.signed_in(world.lead)
    card = client.get(f"/admin/conditions/edition/{row.edition_id}/change/").text
    assert "Completed, 1 remark," in card
    page = client.get(f"/admin/conditions/reading/{done.pk}/change/").text
    assert "Sounds &lt;b&gt;lazy&lt;/b&gt;." in page
    assert "Symptoms (Should be changed, Open)" in page
    assert "Draft Reader" in client.get("/admin/conditions/reading/").text


def test_who_asked_withdraws_a_request_and_another_editor_cannot(world: w.World) -> None:
    row = w.submit(world, w.draft(world))[GB]
    asked = reading.invite_reader(row, world.draft_reader, by=world.editor)
    where = f"/admin/conditions/reading/{asked.pk}/cancel/"
    refused = pages.signed_in(world.other_editor).post(where, {"reason": "No."}, follow=True).text
    assert "Only a clinical lead, or the editor who asked" in refused
    assert "was withdrawn" in pages.signed_in(world.editor).post(where, {"reason": "Too late."}, follow=True).text
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("cancelled", "Too late.")
