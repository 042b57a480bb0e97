"""Whom an editor may ask, with what helps to choose: who is away, and who has how much to do."""

from django import forms
from django.db.models import Count, Q
from django.db.models.query import QuerySet
from django.utils.dateformat import format as format_date

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.concurrency import clock_now
from conditions.models import Article, Profile, Reviewer
from conditions.vocabulary import OPEN_ASSIGNMENTS
from organisations.regions import Region


def reviewers_for(article: Article, region: Region) -> QuerySet[Reviewer]:
    """Whom it may make sense to ask for a region; whether a registration is valid today, the action finds out."""
    able = roles.holders(Role.REVIEWER)
    found = Reviewer.objects.filter(is_active=True, user__in=able, registrations__region=region)
    awaited = Count("assignments", filter=Q(assignments__state__in=OPEN_ASSIGNMENTS), distinct=True)
    others = found.exclude(user__contributions__article=article)
    return others.select_related("profile").annotate(open_reviews=awaited).distinct()


def label_of(reviewer: Reviewer) -> str:
    """The name, until when the reviewer is away, and how many reviews are awaited of them."""
    count: int = getattr(reviewer, "open_reviews", 0)
    facts = [f"{count} open review{'' if count == 1 else 's'}"] if count else []
    profile: Profile | None = getattr(reviewer, "profile", None)
    if profile and profile.away_until and profile.is_away(clock_now().date()):
        facts.insert(0, f"away until {format_date(profile.away_until, 'j F')}")
    return f"{reviewer} ({', '.join(facts)})" if facts else str(reviewer)


class ReviewerChoice(forms.ModelChoiceField):
    """One reviewer."""

    def label_from_instance(self, obj: Reviewer) -> str:
        """Name, absence and workload."""
        return label_of(obj)


class ReviewersChoice(forms.ModelMultipleChoiceField):
    """Several reviewers, as ticks."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Reviewer) -> str:
        """Name, absence and workload."""
        return label_of(obj)
