"""No password, key of a link, or session is left where somebody could read it: not in a table, not in a log."""

import base64
import logging
import re
import zlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from alsinfo.accounts import resetting
from alsinfo.accounts.models import Role, User
from alsinfo.outbox import post
from alsinfo.outbox.models import Message
from tests import at_desk
from tests import world as w
from tests.invitations import FORM, link_to
from tests.second_factors import code_of
from tests.world import GB

pytestmark = pytest.mark.django_db
LOGIN, FORGOTTEN = "/accounts/login/", "/accounts/password/forgotten/"
FIRST, RESET, WRONG = "the first of my sentences", "another sentence of mine", "a wrong sentence"


def key_in(body: str) -> str:
    """The key of the link in a letter."""
    found = re.search(r"/accounts/(?:invitation/|password/new/\w+-)(\S+)/", body)
    assert found
    return found[1]


def kept() -> Iterator[str]:
    """Everything the database keeps, sessions unpacked."""
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            yield str(row)
    for session in Session.objects.all():
        yield str(session.get_decoded())


def tables_that_hold(secret: str) -> list[str]:
    """What is kept that holds a secret, plainly or in the usual disguises."""
    plain = secret.encode()
    disguises = {secret, base64.b64encode(plain).decode().rstrip("="), plain.hex(), zlib.compress(plain).hex()}
    return [text[:80] for text in kept() if any(each in text for each in disguises)]


def test_a_key_is_in_the_letter_that_waits_and_nowhere_once_it_was_sent(world: w.World) -> None:
    invited = w.invite(world)
    resetting.reset_password(world.editor, by=world.administrator)
    Client().post(FORGOTTEN, {"email": world.publisher.email})
    keys = [key_in(message.body) for message in Message.objects.filter(body__contains="/accounts/")]
    assert len(keys) == 3
    assert all(len(tables_that_hold(key)) == 1 for key in keys)
    link = link_to(invited)
    post.deliver()
    for key in keys:
        assert tables_that_hold(key) == []
    Client().get(link)
    assert tables_that_hold(keys[0]) == []


def test_a_letter_that_is_given_up_keeps_no_key(world: w.World, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.test_outbox.Picky"
    User.objects.filter(pk=world.editor.pk).update(email="refused@example.org")
    resetting.reset_password(world.editor, by=world.administrator)
    key = key_in(Message.objects.get().body)
    Message.objects.update(attempts=post.MOST_ATTEMPTS - 1)
    assert post.deliver() == {"given up": 1}
    assert tables_that_hold(key) == []


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def test_the_whole_way_from_invitation_to_signature_leaves_no_secret_in_any_log(
    world: w.World, logged: pytest.LogCaptureFixture, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    invited = w.invite(world, "grace", Role.REVIEWER)
    secrets = [FIRST, RESET, WRONG, *come(invited), *forget_the_password(invited)]
    settings.REQUIRE_SECOND_FACTOR = False
    secrets += [w.PASSWORD, sign_a_text(world)]
    post.deliver()
    words = "\n".join(
        logging.Formatter("%(name)s %(message)s").format(record)
        for record in logged.records
        if record.name != "django.db.backends"
    )
    assert "sign-in refused" in words and "refused: wrong-password" in words
    for secret in secrets:
        assert secret not in words


def come(invited: User) -> list[str]:
    """The invitation, a refused password, the first password; the key and the session."""
    client, key = Client(), key_in(Message.objects.latest("pk").body)
    client.get(link_to(invited))
    client.post(FORM, {"password1": FIRST, "password2": WRONG})
    client.post(FORM, {"password1": FIRST, "password2": FIRST})
    return [key, sign_out(client)]


def forget_the_password(invited: User) -> list[str]:
    """A wrong password, a link for another, the right one, an app; the key, the app's secret and the session."""
    client = Client()
    client.post(LOGIN, {"login": "grace", "password": WRONG})
    client.post(FORGOTTEN, {"email": invited.email})
    body = Message.objects.filter(body__contains="/password/new/").latest("pk").body
    form = client.get(re.search(r"http://testserver(\S+)", body)[1]).headers["Location"]  # type: ignore[index]
    client.post(form, {"password1": RESET, "password2": WRONG})
    client.post(form, {"password1": RESET, "password2": RESET})
    assert client.post(LOGIN, {"login": "grace", "password": RESET}).headers["Location"]
    client.get("/accounts/factors/app/add/")
    secret = client.session["mfa.totp.secret"]
    client.post("/accounts/factors/app/add/", {"code": code_of(secret)})
    return [key_in(body), secret, sign_out(client)]


def sign_a_text(world: w.World) -> str:
    """A signature, first with a wrong password; the session."""
    reviewer = at_desk.at_desk(world.uk)
    accepted = w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))
    reviewer.post(at_desk.address(accepted), at_desk.decision(accepted, password=WRONG))
    reviewer.post(at_desk.address(accepted), at_desk.decision(accepted))
    accepted.refresh_from_db()
    assert accepted.state == "completed"
    return sign_out(reviewer)


def sign_out(client: Client) -> str:
    """Sign out; the key of the session that ended."""
    key = str(client.session.session_key)
    client.post("/accounts/logout/")
    return key
