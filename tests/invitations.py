"""The way of somebody who was invited: the letter, its link, the form."""

import re
from typing import Any

from django.test import Client

from alsinfo.accounts import inviting
from alsinfo.accounts.models import Role, User
from alsinfo.outbox.models import Message
from tests import world as w
from tests.action_case import Case
from tests.acts import Place

FORM = "/accounts/invitation/"


def link_to(person: User) -> str:
    """The link in the newest letter that waits for the person, as a path."""
    body = Message.objects.filter(to_address=person.email, subject__startswith="Your invitation").latest("pk").body
    found = re.search(rf"http://testserver({FORM}\S+/)", body)
    assert found
    return found[1]


def opened(person: User) -> Client:
    """A browser in which the person has opened their link; the form is at `FORM`."""
    client = Client()
    assert client.get(link_to(person)).headers["Location"] == FORM
    return client


def invite_somebody(place: Place) -> None:
    w.invite(place.world)


def invite(place: Place, by: User) -> Any:
    fields = {"full_name": "New", "email": "new@example.org"}
    return inviting.invite("new", by=by, fields=fields, roles=[Role.EDITOR])


def invite_again(place: Place, by: User) -> Any:
    return inviting.send_again(User.objects.get(username="invited"), by=by)


def revoke_invitation(place: Place, by: User) -> Any:
    return inviting.revoke(User.objects.get(username="invited"), by=by)


INVITING = (
    Case("invite", "administrator", (), "User", after="editor", verb="invite_person", act=invite),
    Case("send_again", "administrator", (invite_somebody,), "User", verb="invite_again", act=invite_again),
    Case("revoke", "administrator", (invite_somebody,), "User", verb="revoke_invitation", act=revoke_invitation),
)
