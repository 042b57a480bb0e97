"""What can be done to many articles at once: each task's question, and its steps for each article."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Nothing
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.actions import assigning, owning, reminding, review_dates
from conditions.admin.candidates import active_reviewers
from conditions.admin.edition_deeds import DueForm
from conditions.admin.owning_deeds import HandOverForm
from conditions.errors.drafting import WrongState
from conditions.models import Article, RegionalArticle, RegionalEdition, ReviewAssignment
from conditions.policies import assigning as assigning_policies
from conditions.policies import owning as owning_policies
from conditions.policies import review_dates as dates_policies
from conditions.vocabulary import OPEN_ASSIGNMENTS, ReviewState


@dataclass(frozen=True)
class Step:
    """One action on one thing, and what stands against it now."""

    label: str
    objection: Refusal | None
    act: Callable[[], object] | None = None


@dataclass(frozen=True)
class Task:
    """What is done to each article; `form` asks what all of them need, `find` gives the steps for one."""

    label: str
    verb: str
    roles: tuple[Role, ...]
    form: type[forms.Form]
    find: Callable[[Article, Cleaned, User], Iterator[Step]]

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.form.base_fields)

    def steps(self, articles: Iterable[Article], cleaned: Cleaned, by: User) -> list[Step]:
        """Every step for every article, in order."""
        return [step for article in articles for step in self.find(article, cleaned, by)]


class ReviewerForm(DueForm):
    """One reviewer for all of them."""

    reviewer = forms.ModelChoiceField(active_reviewers().none())
    field_order = ("reviewer", "due_on")

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["reviewer"].queryset = active_reviewers().order_by("printed_name")  # type: ignore[attr-defined]


class EarlierForm(forms.Form):
    """One day for all of them."""

    day = forms.DateField(
        label="Review due on",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Pages that are due later become due on this day. A later day comes with a signature on the page.",
    )
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


def invite(article: Article, cleaned: Cleaned, by: User) -> Iterator[Step]:
    """Ask the reviewer for each region's text in review."""
    reviewer, due_on = cleaned["reviewer"], cleaned["due_on"]
    rows = RegionalEdition.objects.filter(
        edition__article=article, state__in=(ReviewState.IN_REVIEW, ReviewState.CLEARED)
    )
    found = list(rows.select_related("edition__article__condition").order_by("region"))
    if not found:
        yield Step(str(article), WrongState("No text of it is in review."))
    for row in found:
        page = RegionalArticle.objects.get(article=article, region=row.region)
        objection = assigning_policies.objection_to_invite(row, reviewer, by=by, today=page.day(clock_now()))
        act = partial(assigning.invite, row, reviewer, by=by, due_on=due_on)
        yield Step(f"{article}, {row.get_region_display()}", objection, act)


def reconfirm(article: Article, cleaned: Cleaned, by: User) -> Iterator[Step]:
    """Ask the reviewer to confirm the live text of each region."""
    reviewer, due_on = cleaned["reviewer"], cleaned["due_on"]
    for page in _pages(article):
        today = page.day(clock_now())
        objection = assigning_policies.objection_to_reconfirmation(page, reviewer, by=by, today=today)
        act = partial(assigning.invite_to_reconfirm, page, reviewer, by=by, due_on=due_on)
        yield Step(f"{article}, {page.get_region_display()}", objection, act)


def remind(article: Article, cleaned: Cleaned, by: User) -> Iterator[Step]:
    """Write to everybody whose answer or review is awaited."""
    asked = ReviewAssignment.objects.filter(regional_article__article=article, state__in=OPEN_ASSIGNMENTS)
    found = list(asked.select_related("reviewer__user", "regional_article__article__condition").order_by("pk"))
    if not found:
        yield Step(str(article), WrongState("Nobody is asked to review it."))
    for assignment in found:
        objection = reminding.objection_to_remind_today(assignment, by=by)
        label = f"{article}, {assignment.region.label}: {assignment.reviewer}"
        yield Step(label, objection, partial(reminding.remind, assignment, by=by))


def bring_forward(article: Article, cleaned: Cleaned, by: User) -> Iterator[Step]:
    """Make each page due on the day."""
    day, reason = cleaned["day"], cleaned["reason"]
    for page in _pages(article):
        today = page.day(clock_now())
        objection = dates_policies.objection_to_bring_forward(page, day, by=by, reason=reason, today=today)
        act = partial(review_dates.bring_forward, page, day, by=by, reason=reason)
        yield Step(f"{article}, {page.get_region_display()}", objection, act)


def hand_over(article: Article, cleaned: Cleaned, by: User) -> Iterator[Step]:
    """Give it to the editor."""
    to, note = cleaned["to"], cleaned["note"]
    objection = owning_policies.objection_to_hand_over(article, to, by=by)
    yield Step(str(article), objection, partial(owning.hand_over, article, to, by=by, note=note))


def _pages(article: Article) -> Iterable[RegionalArticle]:
    return article.regional_articles.select_related("article__condition").order_by("region")


ASKERS = (Role.EDITOR, Role.LEAD)
TASKS = {
    "invite": Task("Ask a reviewer for the texts in review", "Ask", ASKERS, ReviewerForm, invite),
    "reconfirm": Task("Ask a reviewer to confirm the live texts", "Ask", ASKERS, ReviewerForm, reconfirm),
    "remind": Task("Remind the reviewers who are asked", "Remind", ASKERS, Nothing, remind),
    "earlier": Task(
        "Bring the next review forward", "Bring forward", (*ASKERS, Role.PUBLISHER), EarlierForm, bring_forward
    ),
    "owner": Task("Hand over to another editor", "Hand over", ASKERS, HandOverForm, hand_over),
}
