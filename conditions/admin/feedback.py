"""What readers say, one by one: read it, take it, note what was found out, say what became of it."""

from collections.abc import Callable, Iterator
from functools import partial, wraps
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Button, Cleaned, Deed, plain
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from alsinfo.concurrency import Conflict
from conditions.actions import triaging
from conditions.models import Edition, Feedback, RegionalArticle
from conditions.models.feedback import LONGEST
from conditions.policies import triaging as policies
from conditions.vocabulary.feedback import FeedbackOutcome, FeedbackState

Act = Callable[[Feedback, Cleaned, User], str]


class SeenForm(forms.Form):
    """Feedback as it stood when its page was opened."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(SeenForm):
    """What was found out so far."""

    note = forms.CharField(
        max_length=LONGEST, label="What was found out so far", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, feedback: Feedback, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["note"].initial = feedback.note


class BlankForm(SeenForm):
    """Why the words go before their time."""

    reason = forms.CharField(
        max_length=200, label="Why", help_text="For example: it says who somebody is. Do not repeat the words here."
    )


class CloseForm(SeenForm):
    """What became of it."""

    outcome = forms.ChoiceField(label="What became of it", choices=[("", "---------"), *FeedbackOutcome.choices])
    edition = forms.ModelChoiceField(
        Edition.objects.none(), required=False, label="The edition that put it right", empty_label="None, or not yet"
    )
    note = forms.CharField(
        max_length=LONGEST,
        required=False,
        label="Note (replaces the one before)",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, feedback: Feedback, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        article = feedback.publication.regional_article.article_id if feedback.publication else None
        editions = Edition.objects.filter(article=article).select_related("article__condition").order_by("-number")
        self.fields["edition"].queryset = editions  # type: ignore[attr-defined]


def as_seen(act: Act) -> Act:
    """The deed on feedback that is as it was when its page was opened; raises `Conflict` otherwise."""

    @wraps(act)
    def done(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
        if feedback.lock_version != cleaned["opened_version"]:
            raise Conflict
        return act(feedback, cleaned, by)

    return done


@as_seen
def take(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
    """See to it."""
    triaging.take_feedback(feedback, by=by)
    return "It is in your hands now."


@as_seen
def put_back(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
    """See to it no more."""
    triaging.put_back_feedback(feedback, by=by)
    return "It waits for somebody again."


@as_seen
def note(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
    """Write down what was found out."""
    triaging.note_feedback(feedback, cleaned["note"], by=by)
    return "The note is saved."


@as_seen
def close(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
    """Say what became of it."""
    edition = cleaned["edition"]
    triaging.close_feedback(feedback, cleaned["outcome"], by=by, note=cleaned["note"], edition=edition)
    return "Closed."


@as_seen
def open_again(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
    """See to it once more."""
    triaging.open_feedback_again(feedback, by=by)
    return "It is open again, in your hands."


@as_seen
def confirm_harm(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
    """It could harm somebody."""
    triaging.confirm_harm(feedback, by=by)
    return "The page is due for review today; its owner and the clinical leads are told."


@as_seen
def blank(feedback: Feedback, cleaned: Cleaned, by: User) -> str:
    """Forget the words."""
    triaging.blank_feedback(feedback, by=by, reason=cleaned["reason"])
    return "The reader’s words are gone."


class PageFilter(admin.SimpleListFilter):
    """The page a reader spoke of, as the inbox links it; none to choose from here."""

    title = "page"
    parameter_name = "page"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The page chosen elsewhere."""
        chosen = request.GET.get(self.parameter_name, "")
        found = RegionalArticle.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 10 else None
        return [(chosen, str(found) if found else "the site"), ("site", "the site as a whole")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What was said of it."""
        value = self.value() or ""
        if value == "site":
            return queryset.filter(publication=None)
        is_number = value.isdecimal() and len(value) < 10
        return queryset.filter(publication__regional_article=value) if is_number else queryset


@admin.register(Feedback)
class FeedbackAdmin(RecordAdmin):
    """What readers say, read only, with what editors do about it."""

    group = "Articles"
    place = 40
    change_form_template = "admin/conditions/feedback.html"
    readers = policies.READERS
    list_display = ("__str__", "could_harm", "state", "outcome", "taken_by", "received_at")
    list_filter = ("state", "about", "could_harm", "outcome", PageFilter)
    list_select_related = ("publication__regional_article__article__condition", "taken_by")
    search_fields = ("words", "heading")
    fields = (
        ("region", "publication", "heading"),
        ("about", "could_harm", "received_at"),
        "words",
        ("state", "taken_by", "note"),
        ("outcome", "fixed_in", "closed_at"),
        ("harm_confirmed_by", "harm_confirmed_at", "blanked_at"),
    )
    deeds = {
        "confirm-harm": Deed(plain(SeenForm), confirm_harm),
        "take": Deed(plain(SeenForm), take),
        "put-back": Deed(plain(SeenForm), put_back),
        "note": Deed(NoteForm, note),
        "close": Deed(CloseForm, close),
        "open-again": Deed(plain(SeenForm), open_again),
        "blank": Deed(plain(BlankForm), blank),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feedback]:
        """With what names the page."""
        beside = ("publication__regional_article__article__condition", "taken_by")
        return super().get_queryset(request).select_related(*beside)

    def panel(self, request: HttpRequest, thing: Feedback) -> dict[str, Any]:
        """What can be done about it now, each button with the reason why it cannot be pressed."""
        return {"buttons": list(self.buttons(thing, person(request)))}

    def buttons(self, feedback: Feedback, by: User) -> Iterator[Button]:
        """The buttons of its state."""
        made = partial(self.button, thing=feedback, initial={"opened_version": feedback.lock_version})
        if feedback.state == FeedbackState.COUNTED:
            return
        if not feedback.waits:
            yield made("open-again", "Open it again", objection=policies.objection_to_open_again(feedback, by=by))
        else:
            may = policies.objection_to_triage(feedback, by=by)
            if feedback.publication is not None and feedback.harm_confirmed_at is None:
                yield made("confirm-harm", "Confirm: this could harm somebody", objection=may, is_grave=True)
            yield made("take", "Take it", objection=policies.objection_to_take(feedback, by=by))
            if feedback.state == FeedbackState.IN_HAND:
                objection = policies.objection_to_put_back(feedback, by=by)
                yield made("put-back", "Put it back", objection=objection)
            yield made("note", "Save the note", objection=may)
            yield made("close", "Close it", objection=may)
        yield made(
            "blank", "Delete the reader’s words", objection=policies.objection_to_blank(feedback, "asked", by=by)
        )
