"""Two reviewers disagree: both opinions are kept, a lead decides, and the dissent may be read by readers."""

import pytest
from django.db import connection
from django.test import Client

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.guards import engine
from alsinfo.outbox.models import Message
from conditions.actions import assigning, dissenting, drafting, overruling, publishing, signing, submitting, withdrawing
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.errors.overruling import NoOtherSignature, NoteNotProposed, NoteProposed, NotYourDissent, OwnReview
from conditions.models import DissentNote, Overruling, RegionalEdition
from conditions.readers.dissents import notes_of
from tests import world as w
from tests.at_desk import at_desk
from tests.databases import as_owner
from tests.pages import messages, send, signed_in
from tests.test_every_word import Texts, fixed_phrases, without
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WORDS = "The dose of riluzole is too high.\n\nIt should be 50 mg."
WHY = "The dose was checked against the label."


@pytest.fixture
def row(world: w.World) -> RegionalEdition:
    """A UK text that one reviewer signed and another sent back."""
    row = w.submit(world, w.draft(world, w.article(world, "als"), regions="GB"))[GB]
    second = w.accept(assigning.invite(row, world.other_uk, by=world.editor))
    w.sign(row, of=world.uk)
    signing.request_changes(second, by=world.other_uk.user, note=WORDS)
    row.refresh_from_db()
    return row


@pytest.fixture
def overruled(world: w.World, row: RegionalEdition) -> Overruling:
    return overruling.overrule(row, by=world.lead, reason=WHY)


def told(person: User) -> list[str]:
    return [s.split(":")[0] for s in Message.objects.filter(to_user=person).values_list("subject", flat=True)]


def agreed(world: w.World, overruled: Overruling) -> DissentNote:
    proposed = dissenting.propose_note(overruled, by=world.publisher)
    return dissenting.agree_to_note(proposed, by=world.other_uk.user)


# Deciding


def test_a_lead_overrules_and_both_opinions_stay(world: w.World, row: RegionalEdition, overruled: Overruling) -> None:
    row.refresh_from_db()
    assert row.state == "cleared"
    assert row.sign_offs.get().reviewer == world.uk
    dissent = overruled.assignment
    assert (dissent.reviewer, dissent.reason, dissent.asked_for_changes) == (world.other_uk, WORDS, True)
    assert "Overruled" in told(world.other_uk.user)
    assert "Signed, not yet published" in told(world.publisher)


def test_what_is_published_is_what_was_signed_and_the_draft_is_kept(world: w.World, row: RegionalEdition) -> None:
    w.edit(row.edition, world.editor, "help-uk", "Ring your GP.")
    overruling.overrule(row, by=world.lead, reason=WHY)
    row.refresh_from_db()
    published = publishing.publish(row, by=world.publisher)
    assert published.revision_id == row.revision_id == row.sign_offs.get().revision_id
    row.edition.refresh_from_db()
    assert row.edition.state == "draft"
    assert row.edition.sections.get(key="help-uk").body == "Ring your GP."


def test_a_draft_that_says_nothing_else_is_closed_with_the_publication(
    world: w.World, row: RegionalEdition, overruled: Overruling
) -> None:
    row.refresh_from_db()
    publishing.publish(row, by=world.publisher)
    row.edition.refresh_from_db()
    assert row.edition.state == "closed"


def test_only_a_lead_who_neither_reviewed_nor_wrote_the_text_overrules(world: w.World, row: RegionalEdition) -> None:
    for person in (world.uk.user, world.other_uk.user, world.editor):
        with pytest.raises(MissingRole):
            overruling.overrule(row, by=person, reason=WHY)
        roles.grant(person, Role.LEAD, by=None)
        with pytest.raises(OwnReview):
            overruling.overrule(row, by=person, reason=WHY)


def test_nothing_is_overruled_without_a_reason_or_the_signature_of_another(
    world: w.World, row: RegionalEdition
) -> None:
    with pytest.raises(ReasonMissing):
        overruling.overrule(row, by=world.lead, reason=" ")
    withdrawing.revoke(row.sign_offs.get(), by=world.lead, reason="Struck off.")
    with pytest.raises(NoOtherSignature):
        overruling.overrule(row, by=world.lead, reason=WHY)


def test_a_request_is_overruled_once(world: w.World, row: RegionalEdition, overruled: Overruling) -> None:
    row.refresh_from_db()
    with pytest.raises(WrongState):
        overruling.overrule(row, by=world.lead, reason=WHY)


def test_one_more_reviewer_can_be_asked_and_overruled_again(
    world: w.World, row: RegionalEdition, overruled: Overruling
) -> None:
    row.refresh_from_db()
    third = w.reviewer("third", w.Register.GMC, "0000003", world.lead)
    to = w.accept(assigning.invite(row, third, by=world.lead))
    signing.request_changes(to, by=third.user, note="Name the trial.")
    row.refresh_from_db()
    again = overruling.overrule(row, by=world.other_lead, reason=WHY)
    assert [again.assignment.reviewer, overruled.assignment.reviewer] == [third, world.other_uk]


def test_the_same_text_reopened_goes_back_to_the_reviewer_who_dissented(
    world: w.World, row: RegionalEdition, overruled: Overruling
) -> None:
    row.refresh_from_db()
    submitting.reopen(row, by=world.editor, reason="Look again.")
    again = w.submit(world, row.edition)[GB]
    assert (again.pk, again.state) == (row.pk, "in_review")
    assert w.asked(again)[-1] == ("other-uk-reviewer", "invited")


# The dissent for readers


def test_a_dissent_is_shown_only_when_proposed_by_one_and_agreed_to_by_its_author(
    world: w.World, overruled: Overruling
) -> None:
    with pytest.raises(NoteNotProposed):
        dissenting.agree_to_note(overruled, by=world.other_uk.user)
    with pytest.raises(MissingRole):
        dissenting.propose_note(overruled, by=world.editor)
    roles.grant(world.other_uk.user, Role.PUBLISHER, by=None)
    with pytest.raises(NotYourDissent):
        dissenting.propose_note(overruled, by=world.other_uk.user)
    proposed = dissenting.propose_note(overruled, by=world.lead)
    assert told(world.other_uk.user)[-1].startswith("May readers read your dissent?")
    with pytest.raises(NoteProposed):
        dissenting.propose_note(proposed, by=world.publisher)
    with pytest.raises(NotYourDissent):
        dissenting.agree_to_note(proposed, by=world.uk.user)
    note = dissenting.agree_to_note(proposed, by=world.other_uk.user)
    assert (note.text, note.printed_name, note.registration) == (WORDS, "Dr Other Uk Reviewer", "GMC 0000002")
    with pytest.raises(NoteProposed):
        dissenting.agree_to_note(proposed, by=world.other_uk.user)


def test_readers_find_the_dissent_in_the_history_of_its_version_and_nowhere_else(
    client: Client, world: w.World, row: RegionalEdition, overruled: Overruling
) -> None:
    agreed(world, overruled)
    assert client.get("/uk/conditions/als/history/").status_code == 404
    row.refresh_from_db()
    w.publish(world, row)
    history = client.get("/uk/conditions/als/history/").text
    assert "It should be 50 mg." in history
    assert "Dr Other Uk Reviewer" in history
    assert WHY not in history
    assert "riluzole" not in client.get("/uk/conditions/als/").text
    edition = drafting.start(row.edition.article, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "help-uk", "Ring your GP.")
    w.publish(world, w.submit(world, edition)[GB])
    first, second = w.page(row.edition.article).publications.order_by("sequence")
    assert {number: len(notes) for number, notes in notes_of([first, second]).items()} == {first.pk: 1}
    assert client.get("/uk/conditions/als/history/").text.count("It should be 50 mg.") == 1


def test_without_consent_readers_never_see_it(
    client: Client, world: w.World, row: RegionalEdition, overruled: Overruling
) -> None:
    dissenting.propose_note(overruled, by=world.publisher)
    row.refresh_from_db()
    w.publish(world, row)
    history = client.get("/uk/conditions/als/history/").text
    assert "riluzole" not in history
    assert "Other Uk" not in history


def test_every_word_of_a_dissent_is_of_the_record_or_a_fixed_phrase(
    client: Client, world: w.World, row: RegionalEdition, overruled: Overruling
) -> None:
    note = agreed(world, overruled)
    row.refresh_from_db()
    w.publish(world, row)
    page = client.get("/uk/conditions/als/history/").text
    shown = page[page.index("Did not sign") : page.index("<dt>Digest</dt>")]
    known = {*fixed_phrases(), *Texts(note.text).found, *note.text.split("\n\n"), note.printed_name, note.registration}
    phrases = sorted(known - {""}, key=len, reverse=True)
    assert [text for text in Texts(shown).found if without(text, phrases).strip(" ,.")] == []


def test_an_altered_dissent_is_never_shown(
    client: Client, world: w.World, row: RegionalEdition, overruled: Overruling
) -> None:
    note = agreed(world, overruled)
    row.refresh_from_db()
    w.publish(world, row)
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute("UPDATE conditions_dissentnote SET text = 'All is well.' WHERE id = %s", [note.pk])
    response = client.get("/uk/conditions/als/history/")
    assert response.status_code == 503
    assert "All is well" not in response.text


# At the desk and in the admin


def test_the_author_reads_why_and_agrees_at_the_desk(world: w.World, overruled: Overruling) -> None:
    client, where = at_desk(world.other_uk), f"/desk/reviews/{overruled.assignment_id}/dissent/"
    page = client.get(where)
    assert WHY in page.text
    assert "Nobody has proposed" in page.text
    assert client.post(where).status_code == 409
    dissenting.propose_note(overruled, by=world.publisher)
    assert "Publish what I wrote, under my name" in client.get(where).text
    assert "You agreed" in client.post(where, follow=True).text
    assert DissentNote.objects.get().text == WORDS


def test_nobody_else_reads_it_there(world: w.World, row: RegionalEdition, overruled: Overruling) -> None:
    where = f"/desk/reviews/{overruled.assignment_id}/dissent/"
    assert at_desk(world.uk).get(where).status_code == 404
    signed = row.sign_offs.get().assignment_id
    assert at_desk(world.uk).get(f"/desk/reviews/{signed}/dissent/").status_code == 404


def test_a_lead_overrules_in_the_admin_where_others_see_why_they_cannot(world: w.World, row: RegionalEdition) -> None:
    page = f"/admin/conditions/edition/{row.edition_id}/change/"
    editor = signed_in(world.editor).get(page).text
    assert "Overrule the request for changes" in editor
    assert "Only a person with the role of clinical lead can do this." in editor
    response = send(signed_in(world.lead), page, "/overrule/", reason=WHY)
    assert messages(response) == ["The text for UK is cleared as it was signed. Dr Other Uk Reviewer was told."]
    response = send(signed_in(world.publisher), page, "/propose-note/")
    assert messages(response) == ["Dr Other Uk Reviewer was asked. What they wrote appears once they agree."]
    assert "Asked whether it may be published." in signed_in(world.lead).get(page).text


def test_a_lead_is_told_who_was_not_heard(world: w.World) -> None:
    row = w.submit(world, w.draft(world, w.article(world, "pls", "PLS"), regions="US"))[US]
    others = [
        w.reviewer(name, w.Register.NPI, number, world.lead)
        for name, number in (("second-us", "1245319599"), ("third-us", "1003000126"))
    ]
    second, _ = [w.accept(assigning.invite(row, each, by=world.editor)) for each in others]
    w.sign(row, of=world.us)
    signing.request_changes(second, by=others[0].user, note=WORDS)
    response = send(
        signed_in(world.lead), f"/admin/conditions/edition/{row.edition_id}/change/", "/overrule/", reason=WHY
    )
    assert "Not heard, since the text was sent back before they answered: Dr Third Us." in messages(response)[0]
