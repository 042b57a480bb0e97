"""Review assignments: read only, with what leads decide about them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Case, F, Value, When
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed, Nothing, Reason, plain
from alsinfo.admin.permissions import held_roles, person
from alsinfo.admin.records import RecordAdmin
from alsinfo.concurrency import clock_now
from conditions.actions import assigning
from conditions.admin.candidates import Asked, away_warning
from conditions.admin.edition_deeds import DueForm
from conditions.admin.reviewer_choice import ReviewerChoice
from conditions.models import Declaration, ReviewAssignment
from conditions.policies import assigning as policies
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState

SOME_REASON = "to be given"
IS_OVER = Case(When(state__in=OPEN_ASSIGNMENTS, then=Value(0)), default=Value(1))
NEXT_DAY = Case(When(state=AssignmentState.ACCEPTED, then=F("due_on")), default=F("respond_by"))


def clear_interest(assignment: ReviewAssignment, cleaned: Cleaned, by: User) -> str:
    """The interest does not stand in the way."""
    assigning.clear_interest(assignment, by=by)
    return "The interest was cleared; it is printed with the signature."


def recuse(assignment: ReviewAssignment, cleaned: Cleaned, by: User) -> str:
    """The interest stands in the way."""
    assigning.recuse(assignment, by=by, reason=cleaned["reason"])
    return "The reviewer was recused."


def cancel(assignment: ReviewAssignment, cleaned: Cleaned, by: User) -> str:
    """The request is withdrawn."""
    assigning.cancel(assignment, by=by, reason=cleaned["reason"])
    return "The request was withdrawn."


class ReplaceForm(DueForm):
    """Who is asked instead, and why."""

    reason = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="The first reviewer reads it."
    )

    def __init__(self, assignment: ReviewAssignment, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = ReviewerChoice(label="Instead")
        page = assignment.regional_article
        field.offer(Asked(page.article, assignment.region, assignment.regional_edition, assignment.reviewer))
        self.fields["reviewer"] = field
        self.order_fields(["reviewer", "due_on", "reason"])


def replace(assignment: ReviewAssignment, cleaned: Cleaned, by: User) -> str:
    """Somebody else is asked instead."""
    made = assigning.replace(assignment, cleaned["reviewer"], by=by, reason=cleaned["reason"], due_on=cleaned["due_on"])
    return f"{made.reviewer} was asked instead of {assignment.reviewer}.{away_warning(made)}"


@admin.register(ReviewAssignment)
class ReviewAssignmentAdmin(RecordAdmin):
    """Who was asked for what, and what they answered."""

    group = "Review"
    place = 1
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    list_display = ("reviewer", "page", "state", "move", "waiting", "until")
    list_filter = ("state",)
    list_select_related = ("reviewer", "regional_article__article__condition", "declaration")
    deeds = {
        "clear": Deed(plain(Nothing), clear_interest),
        "recuse": Deed(plain(Reason), recuse),
        "cancel": Deed(plain(Reason), cancel),
        "replace": Deed(ReplaceForm, replace),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewAssignment]:
        """With the day that comes next."""
        found: QuerySet[ReviewAssignment] = super().get_queryset(request)
        return found.annotate(next_day=NEXT_DAY)

    def get_ordering(self, request: HttpRequest) -> Any:
        """What is late first, what has ended last."""
        return (IS_OVER, NEXT_DAY, "-pk")

    @admin.display(description="whose move")
    def move(self, assignment: ReviewAssignment) -> str:
        """Who has to do something next."""
        moves: dict[str, str] = {
            AssignmentState.INVITED: "the reviewer: answer",
            AssignmentState.INTEREST_PENDING: "a clinical lead: decide on the interest",
            AssignmentState.ACCEPTED: "the reviewer: review",
        }
        return moves.get(assignment.state, "nobody")

    @admin.display(description="days waiting")
    def waiting(self, assignment: ReviewAssignment) -> int | None:
        """Since when whoever has the move has it."""
        if not assignment.is_open:
            return None
        page = assignment.regional_article
        return (page.day(clock_now()) - page.day(assignment.awaited_since)).days

    @admin.display(description="until")
    def until(self, assignment: Any) -> str:
        """The day that comes next, and how late it is."""
        if not assignment.is_open:
            return ""
        late = (assignment.regional_article.day(clock_now()) - assignment.next_day).days
        day = f"{assignment.next_day:%-d %B %Y}"
        return f"{day}, {late} {'day' if late == 1 else 'days'} late" if late > 0 else day

    @admin.display(description="page")
    def page(self, assignment: ReviewAssignment) -> str:
        """What is reviewed."""
        return str(assignment.regional_article)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What interest was declared is for leads, who decide about it."""
        shown = ["reviewer", "regional_article", "regional_edition", "revision", "state", "invited_by", "invited_at"]
        declared = ["declared"] if Role.LEAD in held_roles(request) else []
        return [*shown, "respond_by", "due_on", "first_due_on", "reason", "suggestion", "answered_at", *declared]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Everything."""
        return self.get_fields(request, obj)

    @admin.display(description="competing interests")
    def declared(self, assignment: ReviewAssignment) -> str:
        """What the reviewer declared."""
        return str(Declaration.objects.filter(assignment=assignment).first() or "Not stated yet")

    def panel(self, request: HttpRequest, thing: ReviewAssignment) -> dict[str, Any]:
        """The decisions that are open."""
        by, buttons = person(request), []
        if thing.state == AssignmentState.INTEREST_PENDING:
            objection = policies.objection_to_clear_interest(thing, by=by)
            buttons.append(self.button("clear", "Clear the interest", thing, objection))
            objection = policies.objection_to_recuse(thing, by=by, reason=SOME_REASON)
            buttons.append(self.button("recuse", "Recuse the reviewer", thing, objection, is_grave=True))
        if thing.is_open:
            objection = policies.objection_to_cancel(thing, by=by, reason=SOME_REASON)
            buttons.append(self.button("replace", "Ask somebody else instead", thing, objection))
            buttons.append(self.button("cancel", "Withdraw the request", thing, objection, is_grave=True))
        return {"buttons": buttons}


@admin.register(Declaration)
class DeclarationAdmin(RecordAdmin):
    """Declared interests, read by leads."""

    place = 20
    readers = (Role.LEAD,)
    fields = ("assignment", "has_interest", "statement", "declared_at", "cleared_by", "cleared_at")
    list_display = ("assignment", "has_interest", "declared_at", "cleared_by")
    list_select_related = ("assignment__reviewer", "assignment__regional_article__article__condition", "cleared_by")
    ordering = ("-pk",)
