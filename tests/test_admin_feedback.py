"""What readers say comes to the editors, by page and section; they see to it, and nothing of it is public."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions.actions import triaging
from conditions.admin.feedback_inbox import last_months
from conditions.models import Feedback, RegionalArticle
from conditions.policies.triaging import Said
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
INBOX = "/admin/feedback/"


@pytest.fixture
def world(world: w.World, live: w.Article) -> w.World:
    """A world with a live article."""
    return world


def say(words: str = "The dose is wrong.", region: w.Region = GB, **but: Any) -> Feedback:
    page = RegionalArticle.objects.get(region=region, paths__slug="als")
    fields = {"about": "mistake", "publication": page.live_publication(), "section": "symptoms", **but}
    return triaging.send_feedback(Said(region, words=words, **fields))


def only_edition() -> w.Edition:
    return w.Edition.objects.get()


def blank(feedback: Feedback, by: Any, reason: str = "It names somebody.") -> Feedback:
    return triaging.blank_feedback(feedback, by=by, reason=reason)


def press(who: Any, feedback: Feedback, deed: str, **fields: object) -> str:
    sent = {"opened_version": feedback.lock_version} | fields
    answer = signed_in(who).post(f"/admin/conditions/feedback/{feedback.pk}/{deed}/", sent, follow=True)
    feedback.refresh_from_db()
    return answer.text


def test_the_inbox_groups_by_page_and_section_what_could_harm_first(world: w.World) -> None:
    say("First.")
    say("Second.", could_harm=True, section="overview")
    say("Third.")
    say("The site is slow.", publication=None, section="", about="other")
    say("", about="helpful", section="")
    page = signed_in(world.editor).get(INBOX)
    groups = [(group.place, [entry.feedback.words for entry in group.entries]) for group in page.context["groups"]]
    als = "Amyotrophic lateral sclerosis (UK)"
    assert groups == [
        (f"{als}, What it is", ["Second."]),
        (f"{als}, Symptoms", ["First.", "Third."]),
        ("the UK site", ["The site is slow."]),
    ]
    assert "1 says that it could harm somebody" in page.text


def test_the_inbox_takes_as_many_queries_for_many_as_for_few(world: w.World) -> None:
    client = signed_in(world.editor)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(INBOX).status_code == 200
            assert client.get("/admin/").status_code == 200
        return len(found)

    say("One.", could_harm=True)
    few = queries()
    for number in range(5):
        say(f"Number {number}.", could_harm=bool(number % 2))
        say(f"Number {number}.", US)
    assert queries() == few


def test_figures_by_page_count_what_helped_and_what_had_to_be_read_by_month(world: w.World) -> None:
    for about in ("helpful", "helpful", "not-helpful", "mistake"):
        say("" if about == "helpful" else "Words.", about=about, section="")
    (row,) = signed_in(world.lead).get(INBOX).context["figures"]
    assert (row.helpful, row.not_helpful, row.share, row.mistakes, row.months[-1]) == (2, 1, "67 %", 1, 2)
    assert last_months(date(2026, 2, 9)) == [date(2025, month, 1) for month in (9, 10, 11, 12)] + [
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_the_file_has_every_message_without_contact_details_and_computes_nothing(world: w.World) -> None:
    say("=1+1 write to ada@example.org or call 020 7946 0018")
    answer = signed_in(world.editor).get(f"{INBOX}?as=csv")
    head, row = csv.reader(io.StringIO(answer.text))
    assert head[-1] == "Words" and row[-1] == "'=1+1 write to [e-mail address] or call [telephone number]"


def test_an_editor_takes_it_notes_it_closes_it_with_the_edition_and_opens_it_again(world: w.World) -> None:
    feedback = say()
    assert "It is in your hands now." in press(world.editor, feedback, "take")
    assert "The note is saved." in press(world.editor, feedback, "note", note="Looked up.")
    assert "Somebody changed this" in press(world.lead, feedback, "note", note="Not seen.", opened_version=1)
    edition = only_edition()
    press(world.editor, feedback, "close", outcome="changed", edition=edition.pk)
    assert (feedback.state, feedback.fixed_in, feedback.note) == ("closed", edition, "Looked up.")
    assert "Nothing is to be done" in press(world.editor, feedback, "close", outcome="spam")
    assert "in your hands" in press(world.lead, feedback, "open-again")
    assert (feedback.state, feedback.taken_by, feedback.outcome) == ("in_hand", world.lead, "")
    press(world.lead, feedback, "put-back")
    assert feedback.state == "new"
    press(world.lead, feedback, "blank", reason="It names somebody.")
    assert (feedback.words, feedback.note) == ("", "")


def test_a_confirmed_harm_brings_the_review_to_today_and_tells_owner_and_leads(world: w.World) -> None:
    feedback, before = say(could_harm=True), w.page(w.Article.objects.get(), US).next_review_due_on
    press(world.editor, feedback, "confirm-harm")
    page = w.page(w.Article.objects.get())
    assert page.next_review_due_on == w.today() and w.page(page.article, US).next_review_due_on == before
    told = Message.objects.filter(subject__startswith="Could harm somebody, due for review today")
    assert {message.to_user for message in told} == {world.editor, world.lead, world.other_lead}
    assert (feedback.state, feedback.harm_confirmed_by) == ("in_hand", world.editor)
    assert "it stays in somebody’s hands" in press(world.editor, feedback, "put-back")
    assert "This is confirmed already" in press(world.lead, feedback, "confirm-harm")


def test_what_waits_is_on_the_first_page_of_those_who_see_to_it(world: w.World) -> None:
    say(could_harm=True)
    taken = say("Taken.")
    triaging.take_feedback(taken, by=world.other_editor)
    say("New.")

    def lines(who: Any) -> list[str]:
        found = signed_in(who).get("/admin/").context["work"]
        return [line.heading for line in found if "reader" in line.heading]

    harm, one = "1 reader’s report of possible harm", "1 reader’s message waiting"
    assert lines(world.editor) == [harm, one]
    assert lines(world.other_editor) == [harm, "2 readers’ messages waiting"]
    assert lines(world.lead) == [harm]
    assert lines(world.publisher) == []


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda each, by: triaging.take_feedback(each, by=by), "feedback-waits"),
        (lambda each, by: triaging.open_feedback_again(each, by=by), "feedback-waits"),
        (lambda each, by: triaging.close_feedback(each, "praise", by=by), "unusable-feedback"),
        (
            lambda each, by: triaging.close_feedback(each, "spam", by=by, edition=w.Edition.objects.get()),
            "not-fixed-there",
        ),
        (lambda each, by: blank(blank(each, by), by), "blanked-already"),
        (lambda each, by: blank(each, by, " "), "reason-missing"),
    ],
)
def test_what_cannot_be_done_with_it_now_is_refused(world: w.World, act: Any, code: str) -> None:
    feedback = triaging.take_feedback(say(), by=world.editor)
    with pytest.raises(Refusal) as refusal:
        act(feedback, world.editor)
    assert refusal.value.code == code


def test_only_what_is_on_a_page_can_be_confirmed_and_what_is_only_counted_waits_for_nobody(world: w.World) -> None:
    of_the_site = say(publication=None, section="", about="other")
    counted = say("", about="helpful", section="")
    for each, code in ((of_the_site, "no-harm-to-confirm"), (counted, "feedback-settled")):
        with pytest.raises(Refusal) as refusal:
            triaging.confirm_harm(each, by=world.lead)
        assert refusal.value.code == code
    with pytest.raises(Refusal, match="editor or clinical lead"):
        triaging.take_feedback(of_the_site, by=world.publisher)


@pytest.mark.parametrize("said", [Said(GB, "helpful"), Said(GB, "praise"), Said(GB, "other", "x", section="symptoms")])
def test_the_form_is_not_the_only_wall(world: w.World, said: Said) -> None:
    with pytest.raises(Refusal) as refusal:
        triaging.send_feedback(said)
    assert refusal.value.code == "unusable-feedback"
