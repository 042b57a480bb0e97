"""Somebody leaves: the account is closed, what they had in hand goes to a named person, their data go when asked."""

from alsinfo.accounts import people
from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.concurrency import lock, swap
from conditions import notices
from conditions.actions.assigning import settle_if_nobody_is_left
from conditions.actions.purging import reviewer_changed
from conditions.actions.reading import end_reading
from conditions.models import Article, Photograph, Profile, ProfileEntry, Reading, ReviewAssignment, Reviewer
from conditions.policies import leaving as policies
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState

WHY = "The reviewer no longer works here."
ACCOUNT_CLOSED = "The account of the reader was closed."


@action
def leave(user: User, *, by: User, successor: User | None = None) -> User:
    """Close the account at once: owned articles go to the successor, open reviews end, drafts stay with their article.

    The names on signatures stay. Raises `NoSuccessor` when articles would be left without an owner.
    """
    insist(people.objection_to_empower(user, by=by))
    insist(policies.objection_to_successor(user, successor))
    articles = list(Article.objects.filter(owner=user))
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(owner=successor)
    for reviewer in Reviewer.objects.filter(user=user):
        reviewer_changed(reviewer.slug)
    reviews = _end_reviews(user)
    _end_readings(user)
    parts = [f"Handed to {successor}: {', '.join(map(str, articles))}."] if articles else []
    parts += [f"Reviews ended: {', '.join(reviews)}."] if reviews else []
    return people.deactivate(user, by=by, reason=" ".join(parts))


@action
def erase(user: User, *, by: User) -> User:
    """Take the personal data of a closed account away, those of a reviewer's profile too; the record stays.

    Who signed nothing is no part of the record: their name as a reviewer goes, too.
    """
    insist(people.objection_to_erase(user, by=by))
    for reviewer in Reviewer.objects.filter(user=user):
        _forget_profile(reviewer)
        reviewer_changed(reviewer.slug)
        if not reviewer.sign_offs.exists():
            nameless = {"slug": f"former-{reviewer.pk}", "printed_name": f"Former reviewer {reviewer.pk}"}
            Reviewer.objects.filter(pk=reviewer.pk).update(**nameless, post_nominals="", is_active=False)
    return people.erase(user, by=by)


def _forget_profile(reviewer: Reviewer) -> None:
    """Blank what the reviewer said of themselves, approved or not; photographs nobody else shows are deleted."""
    for profile in Profile.objects.filter(reviewer=reviewer):
        swap(lock(profile), entry=None, away_from=None, away_until=None)
        ProfileEntry.objects.filter(profile=profile).update(body="", photograph=None)
    Photograph.objects.filter(entries=None).delete()


def _end_reviews(user: User) -> list[str]:
    """Cancel the reviews that await an answer, in the order in which pages are locked."""
    waiting = ReviewAssignment.objects.filter(reviewer__user=user, state__in=OPEN_ASSIGNMENTS)
    ended = []
    for number in waiting.order_by("regional_article_id", "pk").values_list("pk", flat=True):
        found = ReviewAssignment.objects.select_related("regional_article", "regional_edition", "reviewer__user")
        lock(found.get(pk=number).regional_article)
        assignment = found.get(pk=number)
        swap(assignment, state=AssignmentState.CANCELLED, reason=WHY)
        if assignment.regional_edition is not None:
            settle_if_nobody_is_left(assignment.regional_edition)
        notices.answered(assignment, "is no longer asked")
        ended.append(str(assignment.regional_article))
    return ended


def _end_readings(user: User) -> None:
    """Close the drafts that the person was asked to read; what they remarked before stays."""
    for number in Reading.objects.filter(reader=user).waiting().values_list("pk", flat=True):
        lock(Reading.objects.get(pk=number).page)
        end_reading(Reading.objects.get(pk=number), ACCOUNT_CLOSED)
