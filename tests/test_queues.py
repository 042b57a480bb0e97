"""What waits, in queues: each row says whose move it is and since when; the same few queries however much waits."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.guards import engine
from conditions.actions import assigning, drafting, owning, retiring, scheduling, signing, submitting, withdrawing
from conditions.models import CredentialCheck, RecordVerification, RegionalEdition
from tests import world as w
from tests.pages import signed_in
from tests.test_work import many
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PAGE = "/admin/queues/"


def look(client: Client, queue: str, more: str = "") -> list[tuple[str, str]]:
    """Each row of a queue: what, and whose move."""
    answer = client.get(f"{PAGE}?queue={queue}{more}")
    assert answer.status_code == 200
    rows = [row for row, _ in answer.context["rows"]]
    (counted,) = [number for group in answer.context["groups"].values() for each, number in group if each.slug == queue]
    assert counted == answer.context["page"].paginator.count
    return [(row.title, row.whose) for row in rows]


def test_a_text_in_review_waits_for_its_reviewer_and_says_until_when(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    client = signed_in(world.publisher)
    to, name = w.assignment(row), "Amyotrophic lateral sclerosis (UK)"
    assert look(client, "review") == [(name, f"Dr Uk Reviewer, to answer by {to.respond_by:%-d %B %Y}")]
    w.accept(to)
    assert look(client, "review") == [(name, f"Dr Uk Reviewer, to review by {to.due_on:%-d %B %Y}")]
    assigning.cancel(to, by=world.lead, reason="Ill.")
    assert look(client, "review") == [(name, "An editor: nobody is asked")]


def test_each_state_is_in_its_own_queue(world: w.World) -> None:
    sent_back = w.submit(world, w.draft(world, w.article(world, "back", "Back"), regions="GB"))[GB]
    to = w.accept(w.assignment(sent_back))
    signing.request_changes(to, by=to.reviewer.user, note="No.")
    taken = w.submit(world, w.draft(world, w.article(world, "taken", "Taken"), regions="GB"))[GB]
    submitting.reopen(taken, by=world.editor, reason="A typo.")
    w.sign(w.submit(world, w.draft(world, w.article(world, "ready", "Ready"), regions="GB"))[GB])
    live = w.live(world, w.article(world, "live", "Live"), regions="GB")
    assigning.invite_to_reconfirm(w.page(live), world.other_uk, by=world.editor)
    for slug in ("set", "failed"):
        row = w.submit(world, w.draft(world, w.article(world, slug, slug.title()), regions="GB"))[GB]
        w.sign(row)
        row = scheduling.schedule(row, w.clock_now() + timedelta(days=2), by=world.publisher)
    RegionalEdition.objects.filter(pk=row.pk).update(publish_at=w.clock_now() - timedelta(minutes=1))
    scheduling.fail(row, "Something stood in the way.")
    client = signed_in(world.editor)
    found = {queue: [title for title, _ in look(client, queue)] for queue in QUEUES}
    assert found == {
        "review": [],
        "changes": ["Back (UK)", "Taken (UK)"],
        "reconfirm": ["Live (UK)"],
        "ready": ["Ready (UK)"],
        "scheduled": ["Set (UK)"],
        "failed": ["Failed (UK)"],
    }
    assert all(whose for queue in QUEUES for _, whose in look(client, queue))
    assert f"{w.today() + timedelta(days=2):%-d %B %Y}" in client.get(f"{PAGE}?queue=scheduled").text
    assert "Something stood in the way." in client.get(f"{PAGE}?queue=failed").text


QUEUES = ("review", "changes", "reconfirm", "ready", "scheduled", "failed")


def test_safety_says_who_may_act_and_why(world: w.World) -> None:
    down = w.live(world, w.article(world, "down", "Down"), regions="GB")
    withdrawing.suspend(w.page(down), by=world.publisher, reason="A mistake.")
    doubted = w.live(world, w.article(world, "doubted", "Doubted"), regions="GB")
    signature = w.page(doubted).live_publication().signatures().get()  # type: ignore[union-attr]
    withdrawing.revoke(signature, by=world.lead, reason="Not read.")
    asked = w.assignment(w.submit(world, w.draft(world, regions="GB"))[GB])
    assigning.declare_interest(asked, by=world.uk.user, statement="Shares.")
    check = CredentialCheck.objects.get(registration__reviewer=world.other_uk)
    w.check(check.registration, world.lead, days=20)
    client = signed_in(world.lead)
    assert look(client, "suspended")[0] == ("Down (UK)", "A publisher or clinical lead other than Publisher")
    assert [title for title, _ in look(client, "suspended")] == ["Down (UK)", "Doubted (UK)"]
    assert look(client, "revoked") == [("Doubted (UK)", "A publisher or clinical lead, within 24 hours")]
    ((_, whose),) = look(client, "interests")
    assert whose == "A clinical lead other than Dr Uk Reviewer"
    assert [whose for _, whose in look(client, "credentials")] == ["A clinical lead, to look again"]
    retiring.propose_withdrawal(w.page(down), by=world.publisher, reason="Outdated.")
    assert look(client, "second") == [("Down (UK)", "A publisher or clinical lead other than Publisher")]
    retiring.withdraw(w.page(down), by=world.lead)
    retiring.propose_reinstatement(w.page(down), by=world.lead, reason="Written anew.")
    assert look(client, "second") == []
    assert look(client, "back") == [("Down (UK)", "A publisher or clinical lead other than Lead")]
    text = client.get(f"{PAGE}?queue=revoked").text
    assert "Lead withdrew the signature of Dr Uk Reviewer: Not read." in text


def test_the_record_says_what_was_found_and_when_it_was_not_verified(world: w.World) -> None:
    client = signed_in(world.lead)
    assert "never verified" in look(client, "record")[0][0]
    RecordVerification.objects.create(
        verified_at=w.clock_now() - timedelta(days=3), problems=["Signature 4 was altered."]
    )
    assert [sentence[:20] for sentence, _ in look(client, "record")] == ["The record was not v", "Signature 4 was alte"]
    RecordVerification.objects.create(verified_at=w.clock_now())
    assert look(client, "record") == []
    assert engine.problems(connection) == []


def test_a_queue_is_narrowed_to_a_region_and_an_owner(world: w.World) -> None:
    w.submit(world, w.draft(world))
    other = w.article(world, "other", "Other")
    w.submit(world, w.draft(world, other, regions="GB"))
    owning.hand_over(other, world.other_editor, by=world.editor, note="")
    client = signed_in(world.editor)
    assert len(look(client, "review")) == 3
    assert [title for title, _ in look(client, "review", "&region=us")] == ["Amyotrophic lateral sclerosis (US)"]
    assert [title for title, _ in look(client, "review", f"&owner={world.other_editor.pk}")] == ["Other (UK)"]
    assert len(look(client, "review", "&region=fr&owner=nobody&page=99")) == 3
    text = client.get(f"{PAGE}?queue=review&owner={world.lead.pk}").text
    assert "Nothing waits</strong> for what you chose" in text and "Show all" in text


def test_empty_queues_say_so_and_the_first_page_leads_there(world: w.World) -> None:
    client = signed_in(world.lead)
    assert "Nothing waits" in client.get(PAGE).text
    assert f'href="{PAGE}"' in client.get("/admin/").text


def test_the_number_of_queries_does_not_grow(world: w.World) -> None:
    client, numbers = signed_in(world.editor), count()
    addresses = [
        f"{PAGE}?queue={queue}" for queue in (*QUEUES, "suspended", "second", "revoked", "interests", "credentials")
    ]
    addresses += ["/admin/review-calendar/", "/admin/figures/"]
    found = []
    for size in (1, 6):
        for _ in range(size):
            article = w.live(world, w.article(world, f"a{next(numbers)}", f"A {next(numbers)}"))
            edition = drafting.start(article, by=world.editor)
            w.edit(edition, world.editor, "help-uk", f"Ring {next(numbers)}.")
            w.submit(world, edition)
            withdrawing.suspend(w.page(article, US), by=world.publisher, reason="A mistake.")
        many(world, size, numbers)
        for address in addresses:
            client.get(address)
        counts = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts[address] = len(queries)
        found.append(counts)
    assert found[0] == found[1]
    assert max(found[0].values()) < 40
