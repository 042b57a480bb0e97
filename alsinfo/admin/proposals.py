"""What one person proposes and another approves: the list says what waits, the page shows old beside new."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import F, Model, OuterRef, Subquery
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Cleaned
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from alsinfo.concurrency import Conflict
from alsinfo.refusals import Refusal


class ApproveForm(forms.Form):
    """The entry that was read on this page."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, thing: Model, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)


@dataclass(frozen=True)
class Line:
    """One part of an entry as readers see it now, and as it is proposed."""

    label: str
    approved: str
    proposed: str

    @property
    def is_new(self) -> bool:
        """Whether the two differ."""
        return self.approved != self.proposed


def entry_that_was_read(thing: Any, cleaned: Cleaned) -> Any:
    """The thing's entry with the number that was read. Raises `Conflict`."""
    entry = thing.entries.filter(number=cleaned["number"]).first()
    if entry is None:
        raise Conflict
    return entry


class ProposalAdmin(RecordAdmin):
    """For a model whose `entries` have `number`, `proposed_by` and `approved_by`, and whose `entry` readers see.

    `entries` is their model, `thing` the name of its key to this one, `second` who has to approve. A deed
    “approve” approves.
    """

    change_form_template = "admin/proposal.html"
    entries: ClassVar[type[Model]]
    thing: ClassVar[str]
    second = "a second person"
    approve_label = "Approve this entry"

    def objection_to_approve(self, entry: Any, by: User) -> Refusal | None:
        """Why the person cannot approve the entry, or nothing."""
        raise NotImplementedError

    def parts(self, approved: Any, proposed: Any) -> Mapping[str, tuple[str, str]]:
        """Each part's name with what readers see and what is proposed; `approved` may be None."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the numbers of the newest entry and of the one readers see."""
        newest = self.entries._default_manager.filter(**{self.thing: OuterRef("pk")}).order_by("-number")
        rows: QuerySet[Any] = super().get_queryset(request).select_related("entry")
        annotated: QuerySet[Any] = rows.annotate(
            newest=Subquery(newest.values("number")[:1]), shown_as=F("entry__number")
        )
        return annotated

    @admin.display(description="entry")
    def proposal(self, thing: Any) -> str:
        """Whether something waits for the second person."""
        if thing.newest is None:
            return "nothing proposed"
        shown = f"entry {thing.shown_as} is shown" if thing.shown_as else "nothing is shown yet"
        return shown if thing.newest == thing.shown_as else f"entry {thing.newest} waits for {self.second}; {shown}"

    def panel(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """What waits for the second person, beside what readers see; what changed comes first."""
        newest = thing.entries.select_related("proposed_by").first()
        if newest is None or newest.approved_by_id is not None:
            return {"second": self.second}
        objection = self.objection_to_approve(newest, person(request))
        parts = (Line(name, *both) for name, both in self.parts(thing.entry, newest).items())
        lines = sorted(parts, key=lambda line: not line.is_new)
        button = self.button("approve", self.approve_label, thing, objection, initial={"number": newest.number})
        return {"second": self.second, "waiting": newest, "lines": lines, "approval": button}
