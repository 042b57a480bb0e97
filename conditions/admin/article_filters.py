"""What the list of articles can be narrowed to: state, review date, reviewer, region, mine."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.admin.permissions import person
from conditions.admin.candidates import active_reviewers
from conditions.admin.standing import DUE, MINE, STATES, Glance, glance, reviewed_by
from organisations.regions import Region

ARCHIVED = "archived"
Questions = dict[str, tuple[str, Callable[[Glance], Q]]]


def look_of(request: HttpRequest) -> Glance:
    """The person's look at the region that is chosen, read once for a request."""
    known: Glance | None = getattr(request, "glance", None)
    if known is None:
        known = glance(person(request), request.GET.get("region", ""))
        request.glance = known  # type: ignore[attr-defined]
    return known


class QuestionFilter(SimpleListFilter):
    """One of some questions; a word that is none of them narrows nothing."""

    questions: ClassVar[Questions] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Each question by its name."""
        return [(name, label) for name, (label, _) in self.questions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The articles it is true of."""
        found = self.questions.get(self.value() or "")
        return queryset.filter(found[1](look_of(request))) if found else queryset


class StateFilter(QuestionFilter):
    """Where a text or page stands; archived articles are shown only when asked for."""

    title = "state"
    parameter_name = "state"
    questions = STATES

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Also the archive."""
        return [*super().lookups(request, model_admin), (ARCHIVED, "Archived")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The articles in the archive, or those outside it."""
        return super().queryset(request, queryset.filter(archived_at__isnull=self.value() != ARCHIVED))


class DueFilter(QuestionFilter):
    """When the next review is due."""

    title = "review due"
    parameter_name = "due"
    questions = DUE


class MineFilter(QuestionFilter):
    """What the person looks after or writes."""

    title = "mine"
    parameter_name = "mine"
    questions = MINE


class RegionFilter(SimpleListFilter):
    """The region that the other filters and the order are about."""

    title = "region"
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Both."""
        return [(region.slug, f"{region.label} only") for region in Region]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Every article: each has a page in each region."""
        return queryset


class ReviewerFilter(SimpleListFilter):
    """Who is asked to review it, or signed what is live."""

    title = "reviewer"
    parameter_name = "reviewer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Everybody who could be asked."""
        return [(str(pk), name) for pk, name in active_reviewers().values_list("pk", "printed_name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The reviewer's articles."""
        chosen = self.value() or ""
        is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 10
        return queryset.filter(reviewed_by(look_of(request), int(chosen))) if is_number else queryset


FILTERS = (StateFilter, DueFilter, ReviewerFilter, RegionFilter, MineFilter)
