"""Editors talk: notes and threads beside a text, seen by those who read editions and by nobody else."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from alsinfo.outbox.models import Message
from conditions.actions import drafting, noting, reading, submitting
from conditions.content.mentions import mentions
from conditions.errors.cataloguing import MissingRole
from conditions.errors.commenting import UnusableRemark
from conditions.errors.drafting import WrongState
from conditions.errors.noting import CannotMention, NoteOpen, NoteResolved
from conditions.models import Contribution, Edition, Note
from conditions.models.desk import texts_of
from tests import world as w
from tests.at_desk import address, at_desk, text_of
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def edition(world: w.World) -> Edition:
    return w.draft(world)


def notes_of(edition: Edition) -> str:
    return f"/admin/conditions/edition/{edition.pk}/notes/"


def say(who: Any, edition: Edition, deed: str, **fields: object) -> HttpResponse:
    return at_desk(who).post(notes_of(edition), {"deed": deed, **fields}, follow=True)  # type: ignore[return-value]


def close(edition: Edition, world: w.World) -> None:
    for region in (GB, US):
        submitting.discard(edition, region, by=world.publisher, reason="Not needed.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ada and @bob.smith, look", ["ada", "bob.smith"]),
        ("Ask @ada.", ["ada."]),
        ("(@ada) @ada", ["ada"]),
        ("Mail ada@example.org or @", []),
        ("@josé+x_y-z", ["josé+x_y-z"]),
        ("a@@b", []),
    ],
)
def test_a_mention_begins_with_an_at_sign_after_a_blank_or_a_bracket(text: str, names: list[str]) -> None:
    assert mentions(text) == names


def test_a_thread_is_opened_answered_resolved_and_opened_again(world: w.World, edition: Edition) -> None:
    page = text_of(say(world.editor, edition, "open", part="section:symptoms", body="Is *weak* right?\nI doubt it."))
    note = Note.objects.get()
    assert "Noted." in page and "Is *weak* right?\nI doubt it." in page and "Symptoms</h2>" in page
    page = text_of(say(world.lead, edition, "reply", note=note.pk, body="It is <b>right</b>."))
    assert "It is &lt;b&gt;right&lt;/b&gt;." in page and "Replied." in page
    page = text_of(say(world.publisher, edition, "resolve", note=note.pk))
    assert "resolved by Publisher" in page and "Send the reply" not in page
    page = text_of(say(world.other_editor, edition, "reopen", note=note.pk))
    assert "The note is open again." in page and "resolved by" not in page and "Send the reply" in page


def test_the_page_of_the_edition_shows_what_is_open(world: w.World, edition: Edition) -> None:
    where = f"/admin/conditions/edition/{edition.pk}/change/"
    assert "No note is open." in text_of(at_desk(world.editor).get(where))
    assert "Nobody has said anything yet." in text_of(at_desk(world.editor).get(notes_of(edition)))
    for number in range(5):
        noting.open_note(edition, f"Note {number}", by=world.lead)
    noting.resolve_note(Note.objects.get(body="Note 4"), by=world.lead)
    page = text_of(at_desk(world.publisher).get(where))
    assert "4 open, 1 resolved." in page
    assert [f"Note {number}" in page for number in range(5)] == [False, True, True, True, False]


def test_an_open_thread_goes_on_beside_the_next_edition(world: w.World, edition: Edition) -> None:
    for body in ("Still to do", "Done", "Done later"):
        noting.open_note(edition, body, by=world.editor, part="section:symptoms")
    noting.resolve_note(Note.objects.get(body="Done"), by=world.editor)
    close(edition, world)
    following = drafting.start(edition.article, by=world.editor)
    page = text_of(at_desk(world.editor).get(notes_of(following)))
    assert "Still to do" in page and "Done</" not in page and f"since edition {edition.number}" in page
    later = Note.objects.get(body="Done later")
    page = text_of(say(world.editor, following, "resolve", note=later.pk))
    assert "Done later" in page and "Open again" in page, "what was resolved by mistake can be opened again"
    noting.reply_to_note(later_open(world), "Look, @publisher", by=world.editor)
    told = Message.objects.get(to_user=world.publisher, subject__startswith="Editor mentions you")
    assert notes_of(following) in told.body, "the mail leads to where work goes on"


def later_open(world: w.World) -> Note:
    return Note.objects.get(body="Still to do")


def test_who_is_mentioned_gets_a_mail_without_what_was_said(world: w.World, edition: Edition) -> None:
    noting.open_note(edition, "@lead, @publisher and @editor: secretword? @lead!", by=world.editor)
    told = Message.objects.filter(subject__contains="mentions you")
    assert sorted(told.values_list("to_user__username", flat=True)) == ["lead", "publisher"]
    for message in told:
        assert f"{notes_of(edition)}#note-{Note.objects.get().pk}" in message.body
        assert "secretword" not in message.subject + message.body


def test_a_name_that_nobody_has_stays_text_and_is_pointed_out(world: w.World, edition: Edition) -> None:
    page = text_of(say(world.editor, edition, "open", body="Ask @nobody-here. Or @lead."))
    assert "Nobody here is called @nobody-here, so nobody was told: is the name right?" in page
    assert Note.objects.get().body == "Ask @nobody-here. Or @lead."
    assert Message.objects.filter(subject__contains="mentions you").count() == 1


def test_a_user_name_that_ends_with_a_stop_is_found(world: w.World, edition: Edition) -> None:
    dotted = w.person("dr.", w.Role.LEAD, is_staff=True)
    noting.open_note(edition, "Ask @dr. now", by=world.editor)
    assert Message.objects.filter(to_user=dotted).exists()


@pytest.mark.parametrize("name", ["uk-reviewer", "draft-reader", "administrator", "gone"])
def test_somebody_who_may_not_read_the_text_is_not_mentioned_and_nothing_typed_is_lost(
    world: w.World, edition: Edition, name: str
) -> None:
    w.person("gone", w.Role.EDITOR, is_staff=True, is_active=False)
    noting.open_note(edition, "A note", by=world.editor)
    note = Note.objects.get()
    for fields in ({"deed": "open", "part": "section:symptoms"}, {"deed": "reply", "note": note.pk}):
        answer = at_desk(world.editor).post(notes_of(edition), {**fields, "body": f"What says @{name}, <please>?"})
        page = text_of(answer)
        assert answer.status_code == 400
        assert f"(@{name}) cannot read editions. Take the @ away" in page
        assert page.count(f"What says @{name}, &lt;please&gt;?</textarea>") == 1
        assert "<title>Error: " in page
        anchor = f"reply-{note.pk}-body" if "note" in fields else "note-body"
        assert f'<a href="#{anchor}">' in page and f'id="{anchor}"' in page
    assert 'value="section:symptoms" selected' in text_of(
        at_desk(world.editor).post(notes_of(edition), {"deed": "open", "part": "section:symptoms", "body": f"@{name}"})
    )
    assert Note.objects.count() == 1 and not note.replies.exists()
    assert not Message.objects.filter(subject__contains="mentions you").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": "  \n"}, "Say something: the note is empty."),
        ({"body": "x" * 2_001}, "This has 2,001 characters; at most 2,000 can be kept."),
        ({"body": "a\u202eb"}, "The text has a character that cannot be shown"),
        ({"body": "Fine.", "part": "section:no-such"}, "Say which part of the text this is about."),
    ],
)
def test_a_note_that_cannot_be_kept_is_shown_again(
    world: w.World, edition: Edition, fields: dict[str, str], sentence: str
) -> None:
    answer = at_desk(world.editor).post(notes_of(edition), {"deed": "open", **fields})
    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert not Note.objects.exists()


def test_a_closed_edition_takes_no_new_note_and_says_so(world: w.World, edition: Edition) -> None:
    close(edition, world)
    page = text_of(at_desk(world.editor).get(notes_of(edition)))
    assert "This edition is closed. Start a new one to talk about its text." in page and "Add the note" not in page
    edition.refresh_from_db()
    with pytest.raises(WrongState):
        noting.open_note(edition, "Too late", by=world.editor)


def test_a_thread_is_resolved_once_and_then_takes_no_reply(world: w.World, edition: Edition) -> None:
    note = noting.open_note(edition, "A note", by=world.editor)
    with pytest.raises(NoteOpen):
        noting.reopen_note(note, by=world.editor)
    noting.resolve_note(note, by=world.editor)
    with pytest.raises(NoteResolved):
        noting.resolve_note(note, by=world.lead)
    answer = at_desk(world.lead).post(notes_of(edition), {"deed": "reply", "note": note.pk, "body": "My late words"})
    assert answer.status_code == 409
    assert "This note is resolved. Open it again to say more." in text_of(answer)
    assert "My late words</textarea>" in text_of(answer), "nothing typed is lost"
    page = text_of(say(world.lead, edition, "reopen", note=note.pk, body="My late words"))
    assert "My late words</p>" in page and "The note is open again." in page


def test_a_note_is_reached_beside_its_own_article_only(world: w.World, edition: Edition) -> None:
    note = noting.open_note(edition, "A note", by=world.editor)
    other = w.draft(world, w.article(world, "other", "Other"))
    for number in (note.pk, "999", "x", "", "9" * 30):
        for deed in ("resolve", "reply", "delete"):
            sent = {"deed": deed, "note": number, "body": "Words"}
            assert at_desk(world.editor).post(notes_of(other), sent).status_code == 404
    note.refresh_from_db()
    assert note.state == "open" and not note.replies.exists()


def test_reviewers_and_readers_of_drafts_never_see_a_note(world: w.World, edition: Edition) -> None:
    noting.open_note(edition, "The secretword", by=world.editor, part="section:symptoms")
    before = texts_of(edition)
    row = w.submit(world, edition)[GB]
    to = w.accept(w.assignment(row))
    asked = reading.accept_reading(
        reading.invite_reader(row, world.draft_reader, by=world.editor), by=world.draft_reader
    )
    pages = [at_desk(world.uk).get(address(to, part)) for part in ("", "page/", "copy/")]
    pages += [at_desk(world.uk).get("/desk/"), at_desk(world.draft_reader).get(f"/desk/readings/{asked.pk}/")]
    assert [page.status_code for page in pages] == [200] * 5
    assert not any("secretword" in text_of(page) for page in pages)
    assert "secretword" not in str(before) + str(list(Message.objects.values()))
    for person in (world.uk, world.draft_reader):
        assert at_desk(person).get(notes_of(edition)).status_code == 302
    with pytest.raises(MissingRole):
        noting.open_note(edition, "May I?", by=world.uk.user)


def test_a_note_is_no_contribution_and_changes_no_version(world: w.World, edition: Edition) -> None:
    version, saved = edition.lock_version, edition.saved_at
    noting.reply_to_note(noting.open_note(edition, "A note", by=world.publisher), "More", by=world.lead)
    edition.refresh_from_db()
    assert (edition.lock_version, edition.saved_at) == (version, saved)
    assert not Contribution.objects.filter(user__in=[world.publisher, world.lead]).exists()


def test_a_superuser_reads_and_says_nothing(world: w.World, edition: Edition) -> None:
    noting.open_note(edition, "A note", by=world.editor)
    page = text_of(at_desk(world.superuser).get(notes_of(edition)))
    assert "A note" in page and "Only a person with the role of" in page
    assert "Resolve" not in page and "Add the note" not in page
    assert at_desk(world.superuser).post(notes_of(edition), {"deed": "open", "body": "Words"}).status_code == 403


def test_many_threads_cost_no_more_queries_than_one(world: w.World, edition: Edition) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert at_desk(world.editor).get(notes_of(edition)).status_code == 200
        return len(captured)

    def talk() -> None:
        noting.reply_to_note(noting.open_note(edition, "A note", by=world.lead), "More", by=world.publisher)

    talk()
    one = queries()
    for _ in range(6):
        talk()
    assert queries() == one


def test_what_is_said_has_to_be_said(world: w.World, edition: Edition) -> None:
    with pytest.raises(UnusableRemark):
        noting.open_note(edition, " ", by=world.editor)
    with pytest.raises(CannotMention):
        noting.open_note(edition, "@uk-reviewer", by=world.editor)
