"""The link in an invitation: what is asked, without signing in; never the text, and nothing that changes."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.guards import engine
from alsinfo.logs import WithoutSecrets
from alsinfo.outbox import post
from alsinfo.outbox.models import Message
from alsinfo.tokens import hash_of
from conditions.actions import assigning, submitting
from conditions.models import InvitationLink, ReviewAssignment
from tests import world as w
from tests.at_desk import SENTENCE, address, at_desk, text_of
from tests.databases import as_owner
from tests.fingerprints import fingerprint
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
TOKEN = re.compile(r"/desk/invitations/([\w-]{43})/\n")
UNKNOWN = "/desk/invitations/" + "x" * 43 + "/"


@pytest.fixture
def asked(world: w.World) -> ReviewAssignment:
    """The UK reviewer was asked about a first text."""
    return w.assignment(w.submit(world, w.draft(world))[GB])


@pytest.fixture
def link(asked: ReviewAssignment) -> str:
    """The address in the UK reviewer's mail."""
    return link_to(asked)


def link_to(assignment: ReviewAssignment) -> str:
    found = TOKEN.search(Message.objects.filter(to_user=assignment.reviewer.user).latest("pk").body)
    assert found
    return f"/desk/invitations/{found[1]}/"


def test_a_link_shows_what_is_asked_and_of_whom(asked: ReviewAssignment, link: str) -> None:
    page = text_of(Client().get(link))
    for told in (
        "Amyotrophic lateral sclerosis",
        "ALS is a disease of the nerve cells that move muscles.",
        "the United Kingdom",
        "Dr Uk Reviewer",
        "Editor",
        "Read the whole text",
        "About 1 minute",
        f"{asked.respond_by:%-d %B %Y}",
        f"{asked.due_on:%-d %B %Y}",
    ):
        assert told in page, told
    assert f'href="{address(asked)}"' in page
    assert "Sign in to answer" in page


def test_a_link_never_shows_the_text(world: w.World) -> None:
    edition = w.draft(world)
    w.write(edition, world.editor, fields={"note_to_reviewers": "Mind the dose."})
    page = text_of(Client().get(link_to(w.assignment(w.submit(world, edition)[GB]))))
    for kept in (SENTENCE, "nerve cells [", "It weakens muscles", "choking", "Symptoms", "Ask your GP", "Brown"):
        assert kept not in page, kept
    assert "Mind the dose" not in page
    assert "This is a test." not in page


def test_a_link_can_be_opened_again_and_changes_nothing(link: str) -> None:
    before = fingerprint()
    client = Client()
    for _ in range(3):
        response = client.get(link)
        assert response.status_code == 200
        assert not client.cookies
    assert client.head(link).status_code == 200
    assert fingerprint() == before


def test_only_the_hash_of_a_token_is_kept(asked: ReviewAssignment, link: str) -> None:
    token = link.split("/")[3]
    kept = asked.links.get()
    assert kept.token_hash == hash_of(token)
    post.deliver()
    assert token in str(mail.outbox[0].body)
    assert token not in str(list(Message.objects.values())) + str(list(InvitationLink.objects.values()))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_link_takes_nothing(link: str, method: str) -> None:
    before = fingerprint()
    strict = Client(enforce_csrf_checks=True)
    for where in (link, UNKNOWN):
        assert getattr(strict, method)(where, {"answer": "accept"}).status_code == 405
    assert fingerprint() == before


def test_a_link_is_kept_by_no_cache_and_told_to_no_other_site(link: str) -> None:
    for where in (link, UNKNOWN):
        headers = Client().get(where).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "Vary" not in headers
        assert "http-equiv" not in text_of(Client().get(where))


def test_a_link_to_an_accepted_review_goes_on_to_work(asked: ReviewAssignment, link: str) -> None:
    w.accept(asked)
    page = text_of(Client().get(link))
    assert "Sign in to go on" in page
    assert "Answer by" not in page


def test_a_link_to_a_reconfirmation_says_that_readers_see_the_text(world: w.World, live: w.Article) -> None:
    again = assigning.invite_to_reconfirm(w.page(live), world.uk, by=world.editor)
    assert "Read the text that readers see now." in text_of(Client().get(link_to(again)))


def cancel(asked: ReviewAssignment, world: w.World) -> None:
    assigning.cancel(asked, by=world.lead, reason="Somebody else does it.")


def decline(asked: ReviewAssignment, world: w.World) -> None:
    assigning.decline(asked, by=world.uk.user, reason="No time.")


def reopen(asked: ReviewAssignment, world: w.World) -> None:
    assert asked.regional_edition
    submitting.reopen(asked.regional_edition, by=world.editor, reason="A mistake.")


def sign(asked: ReviewAssignment, world: w.World) -> None:
    assert asked.regional_edition
    w.sign(asked.regional_edition)


@pytest.mark.parametrize("end", [cancel, decline, reopen, sign])
def test_a_link_dies_with_its_request(
    world: w.World, asked: ReviewAssignment, link: str, end: Callable[[ReviewAssignment, w.World], None]
) -> None:
    assert Client().get(link).status_code == 200
    end(asked, world)
    assert Client().get(link).status_code == 404


def test_a_link_works_for_thirty_days(asked: ReviewAssignment, link: str) -> None:
    kept = asked.links.get()
    assert kept.expires_at - kept.made_at == timedelta(days=30)
    InvitationLink.objects.bulk_create(
        [
            InvitationLink(
                assignment=asked,
                token_hash=hash_of("an-old-one"),
                made_at=kept.made_at - timedelta(days=31),
                expires_at=kept.made_at - timedelta(days=1),
            )
        ]
    )
    assert Client().get("/desk/invitations/an-old-one/").status_code == 404


def seen(where: str) -> tuple[int, bytes, dict[str, Any], int]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = Client().get(where)
    return response.status_code, response.content, dict(response.headers), len(queries)


def test_a_dead_link_is_told_from_an_unknown_one_by_nothing(world: w.World, asked: ReviewAssignment, link: str) -> None:
    cancel(asked, world)
    unknown = seen(UNKNOWN)
    assert unknown == seen(link) == seen("/desk/invitations/a/") == seen("/desk/invitations/%E2%82%AC/")
    assert b"This link no longer works" in unknown[1]
    assert unknown[0] == 404


def test_a_new_request_has_a_link_of_its_own(world: w.World, asked: ReviewAssignment, link: str) -> None:
    decline(asked, world)
    asked.refresh_from_db()
    assert asked.regional_edition
    again = assigning.invite(asked.regional_edition, world.uk, by=world.editor)
    assert link_to(again) != link
    assert Client().get(link_to(again)).status_code == 200
    assert Client().get(link).status_code == 404


def test_who_has_signed_in_sees_the_same_page(world: w.World, link: str) -> None:
    for person in (world.us, world.editor):
        assert text_of(at_desk(person).get(link)) == text_of(Client().get(link))


def test_an_altered_text_is_not_shown(asked: ReviewAssignment, link: str, caplog: pytest.LogCaptureFixture) -> None:
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute("UPDATE conditions_revision SET text = replace(text, 'ALS is', 'ALS is not')")
        connection.check_constraints()
        engine.install(connection)
    response = Client().get(link)
    assert response.status_code == 503
    assert "ALS is not" not in text_of(response)
    assert f"The text of review {asked.pk} is altered." in caplog.messages


def test_the_log_does_not_hold_a_token(world: w.World, link: str, caplog: pytest.LogCaptureFixture) -> None:
    token = link.split("/")[3]
    Client().post(link)
    cancel(ReviewAssignment.objects.get(reviewer=world.uk), world)
    Client().get(link)
    logged = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert "Not Found: /desk/invitations/…/" in logged
    assert "Method Not Allowed (POST): /desk/invitations/…/" in logged
    assert not [line for line in logged if token in line]


def test_the_server_for_trying_out_does_not_print_a_token() -> None:
    parts = ("GET /desk/invitations/abc/ HTTP/1.1", "200", "9")
    line = logging.LogRecord("django.server", logging.INFO, "", 0, '"%s" %s %s', parts, None)
    assert WithoutSecrets().filter(line)
    assert line.getMessage() == '"GET /desk/invitations/…/ HTTP/1.1" 200 9'
    assert any(isinstance(each, WithoutSecrets) for each in logging.getLogger("django.server").filters)
