"""What reviewers said of a text: read, answered, met; the suggested wording taken with one press."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Button, Cleaned, Deed, plain
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from alsinfo.concurrency import Conflict
from conditions.actions import commenting
from conditions.errors.commenting import QuoteGone
from conditions.models import Edition, ReviewComment
from conditions.policies import commenting as policies
from conditions.vocabulary import EditionState


@dataclass(frozen=True)
class RemarkCard:
    """A remark, the part of the text it is on in words, and what can be done about it."""

    remark: ReviewComment
    place: str
    buttons: list[Button]


class SeenForm(forms.Form):
    """The remark as it stood when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReplyForm(forms.Form):
    """What to say to it."""

    reply = forms.CharField(max_length=2_000, label="Your answer", widget=forms.Textarea(attrs={"rows": 3}))


class TakeForm(forms.Form):
    """The text as it stood when the page was opened."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)


def take(remark: ReviewComment, cleaned: Cleaned, by: User) -> str:
    """Put the suggestion into the text."""
    edition = open_edition(remark)
    if edition is None:
        raise QuoteGone
    commenting.take_suggestion(remark, edition, by=by, opened_version=cleaned["opened_version"])
    return "The suggested wording stands in the text now."


def done(remark: ReviewComment, cleaned: Cleaned, by: User) -> str:
    """The text was changed."""
    if remark.lock_version != cleaned["seen"]:
        raise Conflict
    commenting.mark_done(remark, by=by)
    return "Marked as changed in the text. Who said it looks at that in the next review."


def answer(remark: ReviewComment, cleaned: Cleaned, by: User) -> str:
    """The text stays as it is."""
    commenting.answer(remark, by=by, reply=cleaned["reply"])
    return "Answered. Who said it reads that in the next review."


def open_edition(remark: ReviewComment) -> Edition | None:
    """The working text of the article, if one is open."""
    return Edition.objects.filter(article=remark.article_id).exclude(state=EditionState.CLOSED).first()


def next_page(remark: ReviewComment) -> Model:
    """Back to the text where it can be changed."""
    return open_edition(remark) or remark


@admin.register(ReviewComment)
class RemarkAdmin(RecordAdmin):
    """Remarks on texts, read only, with what editors do about them."""

    group = "Review"
    place = 2
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    change_form_template = "admin/conditions/remark.html"
    list_display = ("__str__", "article", "weight", "state", "author", "made_at")
    list_filter = ("state", "weight")
    list_select_related = ("article__condition", "author")
    ordering = ("-pk",)
    fields = ("article", "regions", "revision", "part", "author", "made_at", "state")
    deeds = {
        "take": Deed(plain(TakeForm), take, next_page),
        "done": Deed(plain(SeenForm), done, next_page),
        "answer": Deed(plain(ReplyForm), answer, next_page),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewComment]:
        """With what names a remark."""
        return super().get_queryset(request).select_related("article__condition", "author", "revision")

    def panel(self, request: HttpRequest, thing: ReviewComment) -> dict[str, Any]:
        """The remark and its buttons."""
        return {"card": self.card(request, thing, open_edition(thing))}

    def card(self, request: HttpRequest, remark: ReviewComment, edition: Edition | None) -> RemarkCard:
        """What was said and what can be done about it, each button with the reason why it cannot be pressed."""
        by, mark = person(request), {"remark": remark.pk}
        objection = policies.objection_to_work_on(remark, by=by)
        buttons = [
            self.button(
                "done", "Changed in the text", remark, objection, initial={**mark, "seen": remark.lock_version}
            ),
            self.button("answer", "Answer", remark, objection, initial=mark),
        ]
        if remark.suggestion and edition is not None:
            objection = policies.objection_to_take(remark, edition, by=by)
            initial = {**mark, "opened_version": edition.lock_version}
            buttons.insert(0, self.button("take", "Take this wording", remark, objection, initial=initial))
        return RemarkCard(remark, policies.place_of(remark.part, remark.revision.content), buttons)
