"""Review assignments: read only, with what leads decide about them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed, Nothing, Reason, plain
from alsinfo.admin.permissions import held_roles, person
from alsinfo.admin.records import RecordAdmin
from conditions.actions import assigning
from conditions.models import Declaration, ReviewAssignment
from conditions.policies import assigning as policies
from conditions.vocabulary import AssignmentState

SOME_REASON = "to be given"


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


@admin.register(ReviewAssignment)
class ReviewAssignmentAdmin(RecordAdmin):
    """Who was asked for what, and what they answered."""

    group = "Review"
    place = 1
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    list_display = ("reviewer", "page", "state", "invited_at", "respond_by", "due_on")
    list_filter = ("state",)
    list_select_related = ("reviewer", "regional_article__article__condition")
    ordering = ("-pk",)
    deeds = {
        "clear": Deed(plain(Nothing), clear_interest),
        "recuse": Deed(plain(Reason), recuse),
        "cancel": Deed(plain(Reason), cancel),
    }

    @admin.display(description="page")
    def page(self, assignment: ReviewAssignment) -> str:
        """What is reviewed."""
        return str(assignment.regional_article)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What interest was declared is for leads, who decide about it."""
        shown = ["reviewer", "regional_article", "regional_edition", "revision", "state", "invited_by", "invited_at"]
        declared = ["declared"] if Role.LEAD in held_roles(request) else []
        return [*shown, "respond_by", "due_on", "reason", *declared]

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
