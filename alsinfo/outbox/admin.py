"""Mail that did not arrive, for who can do something about it; what it says is not shown."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models.query import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed, Nothing, plain
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, page_of
from alsinfo.admin.site import BackOffice
from alsinfo.admin.work import Item, Line, Waiting
from alsinfo.outbox import purging, repeating
from alsinfo.outbox.models import Message

SHOWN = 4


def send_again(message: Message, cleaned: Cleaned, by: User) -> str:
    """Try once more."""
    repeating.send_again(message, by=by)
    return "The message leaves within a minute or two, if its reader may still read it."


@admin.register(Message)
class MessageAdmin(RecordAdmin):
    """Messages that were refused: given up, or tried again later."""

    place = 95
    readers = (Role.ADMINISTRATOR, Role.LEAD)
    list_display = ("subject", "recipient", "standing", "last_error", "created_at")
    list_display_links = ("subject",)
    ordering = ("-created_at", "-pk")
    fields = ("subject", "recipient", "standing", "last_error", "attempts", "created_at")
    deeds = {"send-again": Deed(plain(Nothing), send_again)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """None but those that did not arrive: who is written to about what is nobody's business."""
        return cast(QuerySet[Message], Message.objects.stuck().select_related("to_user").order_by("-created_at", "-pk"))

    @admin.display(description="to")
    def recipient(self, message: Message) -> str:
        """Who was written to, and where."""
        return f"{message.to_user}, {message.to_user.email}" if message.to_user else message.to_address

    @admin.display(description="state")
    def standing(self, message: Message) -> str:
        """Given up, or when it is tried again."""
        if message.failed_at:
            return f"Given up on {message.failed_at:%-d %B %Y}"
        return f"Tried again on {message.due_at:%-d %B %Y, %H:%M} UTC"

    def deed_view(self, request: HttpRequest, object_id: str, deed: Deed) -> HttpResponse:
        """Back to the list, where a message that is on its way is no longer."""
        answer = super().deed_view(request, object_id, deed)
        is_gone = answer.status_code == HTTPStatus.FOUND and self.get_object(request, unquote(object_id)) is None
        return HttpResponseRedirect(reverse("admin:outbox_message_changelist")) if is_gone else answer

    def panel(self, request: HttpRequest, thing: Message) -> dict[str, Any]:
        """One button."""
        objection = repeating.objection_to_send_again(thing, by=person(request))
        return {"buttons": [self.button("send-again", "Send again", thing, objection)]}


def stuck(reader: User) -> Waiting:
    """Mail that did not arrive."""
    found = Message.objects.stuck()
    first = found.select_related("to_user").order_by("-created_at", "-pk")[:SHOWN]
    items = [Item(each.subject, page_of(each), "given up" if each.failed_at else "tried again later") for each in first]
    return Waiting(found.count(), "outbox/message/", items, "late")


def held(reader: User) -> Waiting:
    """What caches were not told to drop."""
    found = purging.held()
    items = [Item(f"{each}: {each.last_error}", "", f"{each.attempts} tries") for each in found[:SHOWN]]
    return Waiting(found.count(), "", items, "late")


cast(BackOffice, admin.site).add_line(
    Line(
        "pages that a cache may show as they were",
        repeating.KEEPERS,
        33,
        held,
        "page that a cache may show as it was",
    )
)
cast(BackOffice, admin.site).add_line(
    Line("messages that did not arrive", repeating.KEEPERS, 32, stuck, of_one="message that did not arrive")
)
