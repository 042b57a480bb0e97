"""What an editor sees of each reviewer where reviewers are chosen, in the same few queries for any number."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from conditions.actions import assigning, profiling
from conditions.admin.candidates import Asked, Candidate, Candidates
from conditions.models import Article, Description, ProfileEntry, ReviewAssignment, Reviewer
from conditions.policies.profiling import Away
from tests import world as w
from tests.pages import messages, send, signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def article(world: w.World) -> Article:
    return w.article(world, "pls", "PLS")


def seen(article: Article, reviewer: Reviewer, **but: object) -> Candidate:
    """What is shown of a reviewer for the UK."""
    asked = Asked(**{"article": article, "region": GB, **but})  # type: ignore[arg-type]
    return next(each for each in Candidates(asked).all if each.pk == reviewer.pk)


def test_who_may_sign_is_offered_and_who_may_not_is_named_with_the_reason(world: w.World, article: Article) -> None:
    edition = w.draft(world, article)
    roles.grant(world.other_uk.user, Role.EDITOR, by=None)
    w.edit(edition, world.other_uk.user, "overview", "It is a disease [@brown2017].")
    assert seen(article, world.uk).why_not == ""
    assert seen(article, world.us).why_not == "no checked registration for the United Kingdom that is valid today"
    assert seen(article, world.other_uk).why_not == "contributed to this article, so can never sign it"
    page = signed_in(world.editor).get(f"/admin/conditions/edition/{edition.pk}/change/").text
    assert "Dr Other Uk Reviewer: contributed to this article" in page
    assert f'name="reviewers_GB" value="{world.uk.pk}"' in page
    assert f'name="reviewers_GB" value="{world.other_uk.pk}"' not in page


def test_a_lapsed_check_bars_and_a_struck_off_reviewer_too(world: w.World, article: Article) -> None:
    lapsed = w.reviewer("lapsed", w.Register.GMC, "0000003", world.lead, days=0)
    w.check(world.other_uk.registrations.get(), world.lead, result="not-found")
    for reviewer in (lapsed, world.other_uk):
        assert "no checked registration" in seen(article, reviewer).why_not


def test_who_was_asked_for_the_very_text_is_not_offered_again(world: w.World, article: Article) -> None:
    row = w.submit(world, w.draft(world, article))[GB]
    assert seen(article, world.uk, row=row).why_not == "has been asked for this text already"
    assert seen(article, world.other_uk, row=row).why_not == ""
    assigning.decline(w.assignment(row), by=world.uk.user, reason="No time.")
    assert seen(article, world.uk, row=row).why_not == ""


def test_open_reviews_and_the_last_signature_are_counted(world: w.World, article: Article) -> None:
    w.submit(world, w.draft(world, w.article(world)))
    assert (seen(article, world.uk).open_reviews, seen(article, world.uk).signed_on) == (1, None)
    w.live(world, article)
    assert (seen(article, world.uk).open_reviews, seen(article, world.uk).signed_on) == (1, w.today())
    assert seen(article, world.other_uk).signed_on is None


def test_the_turn_around_is_the_median_from_accepting_to_answering(world: w.World, article: Article) -> None:
    assert seen(article, world.uk).turn_around is None
    assert seen(article, world.uk).days == "none finished yet"
    for number, days in enumerate((1, 2, 9)):
        row = w.submit(world, w.draft(world, w.article(world, f"a{number}", f"A{number}"), regions="GB"))[GB]
        to = w.accept(w.assignment(row))
        changes = {"state": "completed", "answered_at": to.declaration.declared_at + timedelta(days=days)}
        ReviewAssignment.objects.filter(pk=to.pk).update(**changes)
    assert seen(article, world.uk).turn_around == 2
    assert seen(article, world.uk).days == "2 days (median)"


def test_only_the_last_ten_reviews_count(world: w.World, article: Article) -> None:
    for number in range(12):
        row = w.submit(world, w.draft(world, w.article(world, f"a{number}", f"A{number}"), regions="GB"))[GB]
        to = w.accept(w.assignment(row))
        days = 99 if number < 2 else 100 + number
        changes = {"state": "completed", "answered_at": to.declaration.declared_at + timedelta(days=days)}
        ReviewAssignment.objects.filter(pk=to.pk).update(**changes)
    assert seen(article, world.uk).turn_around == 106.5


def test_specialties_and_interests_are_those_a_lead_approved(world: w.World, article: Article) -> None:
    words = Description("Neurologist", ("ALS", "Dementia"), "", (), "Shares in a maker.")
    profiling.save_profile(world.uk, words, by=world.uk.user)
    assert (seen(article, world.uk).specialties, seen(article, world.uk).interests) == ((), "")
    profiling.approve_profile(ProfileEntry.objects.get(), by=world.lead)
    candidate = seen(article, world.uk)
    assert (candidate.specialties, candidate.interests) == (("ALS", "Dementia"), "Shares in a maker.")


@pytest.mark.parametrize(
    ("first", "last", "is_shown", "is_today"),
    [(-3, -1, False, False), (0, 0, True, True), (5, 9, True, False), (21, 30, True, False), (22, 30, False, False)],
)
def test_days_away_before_the_review_would_be_due_warn_and_bar_nobody(
    world: w.World, article: Article, first: int, last: int, is_shown: bool, is_today: bool
) -> None:
    away = Away(w.today() + timedelta(days=first), w.today() + timedelta(days=last))
    profiling.save_profile(world.uk, Description("Neurologist"), away, by=world.uk.user)
    candidate = seen(article, world.uk)
    assert (candidate.away_until is not None, candidate.is_away_today, candidate.why_not) == (is_shown, is_today, "")


def test_who_asks_somebody_away_is_told_so(world: w.World, article: Article) -> None:
    row = w.submit(world, w.draft(world, article, regions="GB"))[GB]
    away = Away(w.today() + timedelta(days=4), w.today() + timedelta(days=6))
    profiling.save_profile(world.other_uk, Description("Neurologist"), away, by=world.other_uk.user)
    page, due = f"/admin/conditions/edition/{row.edition_id}/change/", w.today() + timedelta(days=5)
    response = send(signed_in(world.editor), page, "/invite/", reviewer=world.other_uk.pk, due_on=due)
    assert messages(response)[0].startswith("Dr Other Uk Reviewer was asked for UK. Mind that they are away")
    assert row.assignments.filter(reviewer=world.other_uk, due_on=due).exists()


def test_the_least_busy_come_first(world: w.World, article: Article) -> None:
    w.submit(world, w.draft(world, w.article(world), regions="GB"))
    assert [each.pk for each in Candidates(Asked(article, GB)).able] == [world.other_uk.pk, world.uk.pk]


def test_nobody_to_ask_is_said(world: w.World, article: Article) -> None:
    edition = w.draft(world, article)
    roles.revoke(world.us.user, Role.REVIEWER, by=None)
    page = signed_in(world.editor).get(f"/admin/conditions/edition/{edition.pk}/change/").text
    assert "Nobody can be asked." in page
    assert [each.why_not for each in Candidates(Asked(article, US)).able] == []


def test_the_number_of_queries_is_the_same_for_3_and_for_60_reviewers(world: w.World, article: Article) -> None:
    edition = w.draft(world, article)
    client, page = signed_in(world.editor), f"/admin/conditions/edition/{edition.pk}/change/"

    def queries() -> tuple[int, int, int]:
        with CaptureQueriesContext(connection) as choosing:
            count = len(Candidates(Asked(article, GB)).all)
        with CaptureQueriesContext(connection) as opening:
            assert client.get(page).status_code == 200
        return count, len(choosing), len(opening)

    few = queries()
    for number in range(57):
        one = w.reviewer(f"reviewer-{number}", w.Register.GMC, f"{number + 100:07}", world.lead)
        profiling.save_profile(one, Description("Neurologist", ("ALS",)), by=one.user)
    many = queries()
    assert (few[0], many[0]) == (3, 60)
    assert few[1:] == many[1:]
    assert few[1] <= 3
