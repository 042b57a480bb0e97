"""The reviewers' desk: the open text, the decision, the receipt."""

import re

import pytest
from django.db import connection
from django.test import Client

from alsinfo.audit.models import AuditEvent
from alsinfo.guards import engine
from alsinfo.outbox.models import Message
from conditions.actions import assigning, signing, submitting, withdrawing
from conditions.models import Publication, ReviewAssignment, ReviewComment, SignOff
from conditions.vocabulary import Register, ReviewState
from tests import world as w
from tests.at_desk import QUEUE, SENTENCE, address, at_desk, decision, send, state_of, text_of
from tests.databases import as_owner
from tests.world import GB, PASSWORD, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def asked(world: w.World) -> ReviewAssignment:
    """The UK reviewer was asked about a first text."""
    return w.assignment(w.submit(world, w.draft(world))[GB])


@pytest.fixture
def accepted(asked: ReviewAssignment) -> ReviewAssignment:
    return w.accept(asked)


# The decision


def test_the_open_text_has_everything_that_is_signed(accepted: ReviewAssignment) -> None:
    page = text_of(at_desk(accepted.reviewer).get(address(accepted)))
    content = accepted.revision.content
    shown = [content["title"], content["summary"], *content["names"], *content["key_points"]]
    shown += [part["heading"] for part in content["sections"]] + ["Support UK", "N Engl J Med", "This is a test."]
    assert [words for words in shown if words not in page] == []
    assert f'value="{accepted.revision_id}"' in page
    assert "All of it is new" in page
    assert "First version." in page


def test_a_preview_says_that_it_is_one(accepted: ReviewAssignment) -> None:
    response = at_desk(accepted.reviewer).get(address(accepted, "page/"))
    assert "Preview for reviewers" in text_of(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in text_of(response)


def test_a_signature_clears_the_text_and_gives_a_receipt(accepted: ReviewAssignment) -> None:
    client = at_desk(accepted.reviewer)
    assert send(accepted, decision(accepted), client).headers["Location"] == address(accepted, "receipt/")
    row = accepted.regional_edition
    assert row is not None
    row.refresh_from_db()
    assert row.state == ReviewState.CLEARED
    receipt = text_of(client.get(address(accepted, "receipt/")))
    for words in (
        "Dr Uk Reviewer",
        "GMC 0000001",
        accepted.revision_id,
        "I have read the whole page",
        "What happens next",
    ):
        assert words in receipt
    assert address(accepted, "receipt/") in text_of(client.get(QUEUE))
    assert client.get(address(accepted)).headers["Location"] == address(accepted, "receipt/")


def test_signing_twice_signs_once_and_is_answered_kindly(accepted: ReviewAssignment) -> None:
    client = at_desk(accepted.reviewer)
    for _ in range(2):
        assert send(accepted, decision(accepted), client).headers["Location"] == address(accepted, "receipt/")
    assert "so nothing was signed twice" in text_of(client.get(address(accepted, "receipt/")))
    assert SignOff.objects.count() == 1
    assert AuditEvent.objects.filter(verb="sign_off").count() == 1


def test_a_wrong_password_signs_nothing_and_is_not_shown_again(accepted: ReviewAssignment) -> None:
    response = send(accepted, decision(accepted, password="hunter2 wrong"))
    page = text_of(response)
    assert response.status_code == 400
    assert "<title>Error: Review" in page
    assert '<a href="#page-password">The password is not right.' in page
    assert "hunter2" not in page
    assert re.search(r'value="whole-page"[^>]*\bchecked\b', page)
    assert not SignOff.objects.exists()
    assert state_of(accepted) == "accepted"


def test_a_note_survives_a_wrong_password_and_becomes_a_comment_when_signing(accepted: ReviewAssignment) -> None:
    response = send(accepted, decision(accepted, note="Section 2 is doubtful.", password="wrong"))
    assert "Section 2 is doubtful.</textarea>" in text_of(response)
    assert not SignOff.objects.exists()
    send(accepted, decision(accepted, note="Section 2 is doubtful."))
    comment = ReviewComment.objects.get()
    assert (comment.part, comment.weight, comment.body) == ("", "should", "Section 2 is doubtful.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"decision": ""}, "Choose what you decide."),
        ({"decision": "publish-now"}, "This cannot be chosen for this text now."),
        ({"decision": "changes-only"}, "This cannot be chosen for this text now."),
        ({"is_declaration_true": ""}, "Tick that your declaration of interests is still true."),
        ({"password": ""}, "Type your password to sign."),
        ({"password": "nul\0"}, "Null characters are not allowed."),
        ({"digest": "0" * 64}, "The text changed while you were reading."),
        ({"digest": "nul\0\r\n"}, "The text changed while you were reading."),
        ({"decision": "changes"}, "Say what should change"),
        ({"decision": "decline"}, "Say why you are not the right reviewer"),
        ({"decision": "changes", "note": "nul\0"}, "character that cannot be shown"),
        ({"decision": "changes", "note": "x" * 1_000_000}, "This has 1,000,000 characters; at most 2,000 can be kept."),
    ],
)
def test_a_decision_that_cannot_be_taken_is_explained_and_changes_nothing(
    accepted: ReviewAssignment, change: dict[str, str], sentence: str
) -> None:
    response = send(accepted, decision(accepted, **change))
    assert 400 <= response.status_code < 500
    assert text_of(response).count(sentence) == 2, "once in the list on top, once at the field"
    assert state_of(accepted) == "accepted"
    assert not SignOff.objects.exists()


def test_every_error_links_to_its_field(accepted: ReviewAssignment) -> None:
    page = text_of(send(accepted, decision(accepted, is_declaration_true="", password="")))
    for field in ("page-is_declaration_true", "page-password"):
        assert f'<a href="#{field}">' in page
        assert f'id="{field}"' in page
    page = text_of(send(accepted, {"step": "decision"}))
    assert '<a href="#page-decision_GB_0">' in page
    assert 'id="page-decision_GB_0"' in page
    assert 'tabindex="-1" autofocus' in page
    assert f'action="{address(accepted)}"' in page, "else the form keeps the page's #part, and the errors get no focus"


def test_changes_are_asked_for_with_a_note_of_several_lines(accepted: ReviewAssignment) -> None:
    form = decision(accepted, decision="changes", note="One.\r\nTwo.", password="")
    assert send(accepted, form).headers["Location"] == QUEUE
    accepted.refresh_from_db()
    assert accepted.reason == "One.\nTwo."
    assert accepted.regional_edition is not None
    assert accepted.regional_edition.state == ReviewState.CHANGES_REQUESTED
    assert "You asked for changes." in text_of(at_desk(accepted.reviewer).get(address(accepted)))


def test_a_text_taken_back_meanwhile_is_not_signed_and_the_note_is_kept(
    world: w.World, accepted: ReviewAssignment
) -> None:
    assert accepted.regional_edition is not None
    submitting.reopen(accepted.regional_edition, by=world.editor, reason="A figure was wrong.")
    for form in (
        decision(accepted, note="My long note."),
        decision(accepted, decision="changes", note="My long note."),
        decision(accepted, decision="", note="My long note."),
    ):
        response = send(accepted, form)
        assert response.status_code == 409
        assert "This review ended while you were reading:" in text_of(response)
        assert "A figure was wrong." in text_of(response)
        assert "My long note.</textarea>" in text_of(response)
        assert SENTENCE not in text_of(response)
    assert not SignOff.objects.exists()


def test_a_lapsed_registration_signs_nothing(world: w.World) -> None:
    lapsing = w.reviewer("lapsing", Register.GMC, "0000009", world.lead)
    edition = w.draft(world)
    row = w.submit(world, edition)[GB]
    to = w.accept(assigning.invite(row, lapsing, by=world.editor))
    w.check(lapsing.registrations.get(), world.lead, result="not-found")
    assert "You cannot sign now" in text_of(at_desk(lapsing).get(address(to)))
    response = send(to, decision(to))
    assert response.status_code == 403
    assert "No registration of yours" in text_of(response)


def test_a_session_that_ended_loses_nothing_but_the_password(accepted: ReviewAssignment) -> None:
    client = Client()
    form = decision(accepted, decision="changes", note="My long note.", password="my secret")
    sent_to = client.post(address(accepted), form).headers["Location"]
    assert state_of(accepted) == "accepted"
    client.post(sent_to, {"login": accepted.reviewer.user.username, "password": PASSWORD})
    page = text_of(client.get(address(accepted)))
    assert "My long note.</textarea>" in page
    assert "Your session had ended, so nothing was sent." in page
    assert "my secret" not in str(dict(client.session))
    send(accepted, form, client)
    assert state_of(accepted) == "completed"
    assert address(accepted) not in client.session


def test_no_get_changes_anything(world: w.World, accepted: ReviewAssignment) -> None:
    client = at_desk(accepted.reviewer)
    before = (AuditEvent.objects.count(), Message.objects.count(), accepted.lock_version)
    query = "?step=decision&decision=decline&note=x&answer=decline&reason=x"
    for path in (QUEUE, address(accepted), address(accepted, "page/"), address(accepted, "receipt/")):
        client.get(path + query)
        client.head(path)
    accepted.refresh_from_db()
    assert (AuditEvent.objects.count(), Message.objects.count(), accepted.lock_version) == before
    assert [client.post(path).status_code for path in (QUEUE, address(accepted, "page/"))] == [405, 405]


def test_pages_of_the_desk_are_never_stored_and_run_no_script(accepted: ReviewAssignment) -> None:
    client = at_desk(accepted.reviewer)
    for path in (QUEUE, address(accepted)):
        response = client.get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
        assert '<meta name="robots" content="noindex">' in text_of(response)
        assert "<script" not in text_of(response)
        assert not re.search(r"style=|<div[^>]*\b(?:action|novalidate)=", text_of(response))


def test_an_altered_text_is_neither_shown_nor_signed(accepted: ReviewAssignment) -> None:
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute("UPDATE conditions_revision SET text = replace(text, 'grow weak', 'grow strong')")
        connection.check_constraints()
        engine.install(connection)
    client = at_desk(accepted.reviewer)
    assert client.get(QUEUE).status_code == 200
    for response in (client.get(address(accepted)), client.get(address(accepted, "page/"))):
        assert response.status_code == 503
        assert "grow strong" not in text_of(response)
    assert send(accepted, decision(accepted), client).status_code == 503
    assert not SignOff.objects.exists()


# Texts that readers already have


def changed_again(world: w.World) -> ReviewAssignment:
    """A live article with a changed section in review, accepted by the UK reviewer."""
    edition = w.drafting.start(w.live(world), by=world.editor)
    w.edit(edition, world.editor, "symptoms", "Muscles grow weaker [@brown2017].")
    return w.accept(w.assignment(w.submit(world, edition)[GB]))


def test_changes_alone_can_be_signed_when_a_whole_page_signature_lies_beneath(world: w.World) -> None:
    to = changed_again(world)
    page = text_of(at_desk(to.reviewer).get(address(to)))
    assert "1 of 3 sections differ" in page
    assert '<span class="chip">1 edit</span>' in page
    assert re.search(r"<del>.*weak.*</del>.*<ins>.*weaker.*</ins>", page)
    assert "Sign these changes only" in page
    assert f"the whole page by Dr Uk Reviewer, {w.today():%-d %B %Y}" in page
    send(to, decision(to, decision="changes-only"))
    assert to.sign_off.scope == "changes-only"


def test_a_live_text_is_confirmed_again_and_its_dates_move(world: w.World, live: w.Article) -> None:
    page = w.page(live)
    to = w.accept(assigning.invite_to_reconfirm(page, world.uk, by=world.editor))
    client = at_desk(world.uk)
    shown = text_of(client.get(address(to)))
    assert "Nothing differs" in shown
    assert "Ask for changes" not in shown
    assert send(to, decision(to), client).headers["Location"] == address(to, "receipt/")
    assert Publication.objects.get(assignment=to).sequence == 2
    assert "published again with your signature" in text_of(client.get(address(to, "receipt/")))


def test_a_live_text_replaced_meanwhile_is_not_confirmed(world: w.World, live: w.Article) -> None:
    to = w.accept(assigning.invite_to_reconfirm(w.page(live), world.other_uk, by=world.editor))
    edition = w.drafting.start(live, by=world.editor)
    w.edit(edition, world.editor, "symptoms", "Something else [@brown2017].")
    w.publish(world, w.submit(world, edition)[GB])
    response = send(to, decision(to))
    assert 400 <= response.status_code < 500
    assert not SignOff.objects.filter(assignment=to).exists()


def test_a_withdrawn_signature_says_so_on_its_receipt(world: w.World, accepted: ReviewAssignment) -> None:
    signature = signing.sign_off(accepted, w.signing_of(accepted), by=world.uk.user)
    withdrawing.revoke(signature, by=world.uk.user, reason="I misread it.")
    client = at_desk(world.uk)
    assert "This signature was withdrawn. Reason: I misread it." in text_of(client.get(address(accepted, "receipt/")))
    assert "withdrawn" in text_of(client.get(QUEUE))


def test_readers_of_the_us_get_dates_as_they_write_them(world: w.World) -> None:
    to = w.accept(w.assignment(w.submit(world, w.draft(world))[US]))
    page = text_of(at_desk(world.us).get(address(to)))
    assert f"{to.due_on:%B} {to.due_on.day}, {to.due_on.year}" in page
    assert '<html lang="en-US">' in page
