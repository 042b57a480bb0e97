"""A cited work is retracted: readers see it at once, the page is due, and leads answer or a new text does without."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from alsinfo.audit.models import AuditEvent
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions.actions import cataloguing, drafting, watching, withdrawing
from conditions.checks import Finding, findings
from conditions.content.retractions import Standing, Status
from conditions.models import CitedRetraction, Edition, Publication, RetractionAnswer, RetractionEvent, SourcesShown
from conditions.policies.watching import unanswered
from tests import world as w
from tests.article_page import Reading
from tests.retraction_lists import event, take_in
from tests.world import GB, US

pytestmark = pytest.mark.django_db
NONE = Status.NONE_FOUND
WHY = "The figure it is cited for was confirmed elsewhere."


def text(client: Client, region: str = "uk") -> str:
    """What readers read, without blanks before commas and stops."""
    return re.sub(r" ([.,;)])", r"\1", Reading(client.get(f"/{region}/conditions/als/").text).text)


def test_a_retraction_is_on_every_live_page_at_once(client: Client, live: w.Article) -> None:
    digests = set(Publication.objects.values_list("revision", flat=True))
    assert "Whether a source was retracted could not be checked." in text(client)
    taken = take_in(event())
    assert (taken.new_events, taken.pages) == (1, 2)
    for region, day in (("uk", "3 May 2026"), ("us", "May 3, 2026")):
        shown = text(client, region)
        assert f"This source was retracted on {day} ( notice about reference 1)." in shown
        assert shown.count("Reference 1 retracted") == 2
        assert "1 source was known to be retracted on" in shown
        assert "1 cited source was retracted and does not count." in shown
        assert 'href="https://doi.org/10.1056/NEJMc999"' in client.get(f"/{region}/conditions/als/").text
    assert set(Publication.objects.values_list("revision", flat=True)) == digests
    assert all(w.page(live, region).next_review_due_on == w.today(region) for region in (GB, US))


def test_the_audit_and_the_mails_say_which_pages_rely_on_it_where(world: w.World, live: w.Article) -> None:
    take_in(event())
    noted = AuditEvent.objects.get(verb="take_in")
    assert noted.reason == "To review again: Amyotrophic lateral sclerosis (UK), Amyotrophic lateral sclerosis (US)"
    mails = Message.objects.filter(subject="Retracted: a source of 2 live pages")
    assert {mail.to_user for mail in mails} == {world.lead, world.other_lead, world.editor}
    assert "Amyotrophic lateral sclerosis (UK) cites “ALS” in: What it is, Symptoms" in mails[0].body
    assert "/admin/retracted-sources/" in mails[0].body


@pytest.mark.parametrize(
    ("natures", "mark", "pages"),
    [
        (["correction"], "", 0),
        (["concern"], "expression of concern", 0),
        (["retraction", "reinstatement"], "", 0),
        (["concern", "retraction"], "retracted", 2),
    ],
)
def test_only_a_retraction_that_stands_calls_for_a_review(
    client: Client, live: w.Article, natures: list[str], mark: str, pages: int
) -> None:
    due = w.page(live).next_review_due_on
    days = [date(2026, 1, number) for number in range(1, 4)]
    rows = [event(entry=str(number), nature=nature, happened_on=days[number]) for number, nature in enumerate(natures)]
    assert take_in(*rows).pages == pages
    watching.render_wanted()
    shown = text(client)
    assert ("retracted on 2 January" in shown) is (mark == "retracted")
    assert ("An expression of concern about this source was published on 1 January" in shown) is ("concern" in mark)
    assert ("Reference 1 retracted" in shown, "Reference 1 expression" in shown) == (mark == "retracted", "of" in mark)
    assert ("No source was known to be retracted on" in shown) is (mark != "retracted")
    assert (w.page(live).next_review_due_on == due) is (pages == 0)
    assert CitedRetraction.objects.count() == pages


def test_a_work_that_is_reinstated_loses_its_mark(client: Client, live: w.Article) -> None:
    take_in(event())
    assert "This source was retracted" in text(client)
    take_in(event(entry="9", nature="reinstatement", happened_on=date(2026, 6, 1)))
    assert "This source was retracted" not in text(client)
    assert not CitedRetraction.objects.exists()


def test_a_date_that_was_put_right_is_no_new_retraction(client: Client, live: w.Article) -> None:
    take_in(event())
    assert take_in(event(happened_on=date(2026, 5, 4))).pages == 0
    assert "retracted on 4 May 2026" in text(client)


def test_pages_above_fifty_are_due_at_once_and_rendered_by_run_due(
    client: Client, world: w.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_AT_ONCE", 1)
    article = w.live(world)
    assert take_in(event()).pages == 2
    assert ["This source was retracted" in text(client, region) for region in ("uk", "us")] == [True, False]
    assert w.page(article, US).next_review_due_on == w.today(US)
    assert CitedRetraction.objects.count() == 2
    assert watching.render_wanted() == 1
    assert "This source was retracted" in text(client, "us")
    assert watching.render_wanted() == 0


def test_a_page_published_while_a_list_was_taken_in_is_marked_by_run_due(client: Client, world: w.World) -> None:
    take_in(event())
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr("conditions.checks.unanswered", lambda content: {})
        meanwhile.setattr("conditions.page_facts.standings", lambda works: {key: Standing(NONE) for key in works})
        meanwhile.setattr("conditions.actions.pages.standings", lambda works: {key: Standing(NONE) for key in works})
        w.live(world, regions="GB")
    assert "This source was retracted" not in text(client)
    assert watching.render_wanted() == 1
    assert "This source was retracted" in text(client)
    assert watching.render_wanted() == 0


def test_the_day_on_a_page_is_renewed_once_it_is_a_month_behind(client: Client, world: w.World) -> None:
    w.live(world, regions="GB")
    start = w.today() - timedelta(days=40)
    take_in(as_of=start)
    assert watching.render_wanted() == 1, "nobody had looked the source up before"
    assert f"No source was known to be retracted on {start:%-d %B %Y}." in text(client)
    take_in(as_of=start + timedelta(days=27))
    assert watching.render_wanted() == 0
    take_in(as_of=start + timedelta(days=28))
    assert watching.render_wanted() == 1
    assert f"retracted on {start + timedelta(days=28):%-d %B %Y}." in text(client)
    assert SourcesShown.objects.get().wanted_at is None


def test_a_text_signed_before_and_published_after_is_due_today_and_its_reviewer_saw_the_mark(
    client: Client, world: w.World
) -> None:
    row = w.submit(world, w.draft(world, w.article(world, "als"), regions="GB"))[GB]
    take_in(event())
    client.force_login(world.uk.user)
    to = w.accept(w.assignment(row))
    assert "<strong>(retracted)</strong>" in client.get(f"/desk/reviews/{to.pk}/").content.decode()
    w.sign(row)
    w.publish(world, row)
    assert w.page(row.edition.article).next_review_due_on == w.today()


def test_a_suspended_page_is_due_too(world: w.World, live: w.Article) -> None:
    withdrawing.suspend(w.page(live), by=world.publisher, reason="A doubt.")
    take_in(event())
    assert w.page(live).next_review_due_on == w.today()


def blocking(edition: Edition) -> list[Finding]:
    return [each for each in findings(edition) if each.is_blocking]


def test_a_draft_that_cites_it_is_not_submitted_until_a_lead_answered(world: w.World) -> None:
    edition = w.draft(world)
    take_in(event())
    [found] = blocking(edition)
    assert (found.code, found.fault.part, found.region) == ("retracted-citation", "citation:brown2017", None)
    assert "[@brown2017] was retracted on 3 May 2026." in str(found)
    with pytest.raises(Refusal):
        w.submit(world, edition)
    retraction = RetractionEvent.objects.get()
    watching.answer_retraction(retraction, w.page(edition.article, GB), by=world.lead, reason=WHY)
    assert [each.region for each in blocking(edition)] == [US]
    watching.answer_retraction(retraction, w.page(edition.article, US), by=world.lead, reason=WHY)
    assert blocking(edition) == []
    w.submit(world, edition)


def test_an_answer_is_about_its_page_and_stands_when_the_list_puts_a_date_right(
    world: w.World, live: w.Article
) -> None:
    take_in(event())
    watching.answer_retraction(RetractionEvent.objects.get(), w.page(live), by=world.lead, reason=WHY)
    contents = {region: w.page(live, region).live_publication().revision.content for region in (GB, US)}  # type: ignore[union-attr]
    assert [bool(unanswered(contents[region])) for region in (GB, US)] == [False, True]
    take_in(event(happened_on=date(2026, 5, 4)))
    assert not unanswered(contents[GB])
    take_in(event(entry="another", happened_on=date(2026, 6, 4)))
    assert unanswered(contents[GB])


def answer(world: w.World, **but: Any) -> RetractionAnswer:
    given: dict[str, Any] = {"by": world.lead, "reason": WHY, **but}
    page = given.pop("page")
    return watching.answer_retraction(RetractionEvent.objects.get(), page, **given)


def test_only_a_lead_answers_once_with_a_reason_for_a_page_that_cites_it(world: w.World) -> None:
    article = w.live(world, regions="GB")
    take_in(event())
    page = w.page(article)
    refusals: dict[str, dict[str, Any]] = {
        "missing-role": {"page": page, "by": world.publisher},
        "reason-missing": {"page": page, "reason": " "},
        "nothing-to-answer": {"page": w.page(article, US)},
    }
    for code, arguments in refusals.items():
        with pytest.raises(Refusal) as refusal:
            answer(world, **arguments)
        assert refusal.value.code == code
    answer(world, page=page)
    with pytest.raises(Refusal) as refusal:
        answer(world, page=page)
    assert refusal.value.code == "already-answered"


def test_a_text_that_does_without_the_work_ends_the_matter(client: Client, world: w.World) -> None:
    article = w.live(world, regions="GB")
    take_in(event())
    work = {"type": "book", "title": "A sound work", "DOI": "10.1000/sound"}
    sound = cataloguing.add_reference(work, by=world.editor)
    edition = drafting.start(article, by=world.editor, regions="GB")
    row = edition.citations.get()
    row.reference, row.description = sound, sound.description
    w.write(edition, world.editor, put=[row], fields={"change_note": "A sound source."})
    w.publish(world, w.submit(world, edition)[GB])
    assert not CitedRetraction.objects.filter(publication__ended_at=None).exists()
    assert "This source was retracted" not in text(client)
