"""Somebody leaves: signed out at once, open work handed over, names on signatures kept; data erased when asked for."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from alsinfo.accounts import people
from alsinfo.accounts.models import User
from alsinfo.accounts.people import KEPT, NotAnAdministrator, OwnAccount, StillOpen, SuperuserAccount
from alsinfo.admin.records import page_of
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.outbox import post
from alsinfo.outbox.models import Message
from conditions.actions import leaving
from conditions.errors.leaving import NoSuccessor
from conditions.models import Article, Edition, SignOff
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.second_factors import enrol
from tests.world import GB, US

pytestmark = pytest.mark.django_db


def test_who_leaves_is_signed_out_everywhere_and_nobody_else_is(world: w.World) -> None:
    one, two, other = signed_in(world.editor), signed_in(world.editor), signed_in(world.other_editor)
    leaving.leave(world.editor, by=world.administrator)
    people.activate(world.editor, by=world.administrator)
    assert [client.get("/admin/").status_code for client in (one, two, other)] == [302, 302, 200]


def test_owned_articles_go_to_the_successor_and_drafts_stay_with_the_article(world: w.World) -> None:
    edition = w.draft(world)
    count = chain.head().count
    leaving.leave(world.editor, by=world.administrator, successor=world.other_editor)
    assert Article.objects.get().owner == world.other_editor
    assert Edition.objects.get(pk=edition.pk).state == "draft"
    event = AuditEvent.objects.get(sequence__gt=count)
    assert (event.verb, event.actor) == ("deactivate", world.administrator)
    assert event.reason == "Handed to Other Editor: Amyotrophic lateral sclerosis."
    w.edit(edition, world.other_editor, "overview", "It is a disease of nerve cells, said plainly [@brown2017].")


def test_an_article_is_left_to_somebody_who_can_work_on_it(world: w.World) -> None:
    w.article(world)
    people.deactivate(world.other_editor, by=world.administrator)
    for successor in (None, world.editor, world.lead, world.administrator, world.superuser, world.other_editor):
        with pytest.raises(NoSuccessor):
            leaving.leave(world.editor, by=world.administrator, successor=successor)
    assert User.objects.get(pk=world.editor.pk).is_active


def test_open_reviews_end_and_who_invited_is_told(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    leaving.leave(world.uk.user, by=world.administrator)
    assert w.asked(rows[GB]) == [("uk-reviewer", "cancelled")]
    assert w.asked(rows[US]) == [("us-reviewer", "invited")]
    subjects = list(Message.objects.filter(to_user=world.editor).values_list("subject", flat=True))
    assert any("is no longer asked" in subject for subject in subjects)
    assert any(subject.startswith("Nobody is reviewing") for subject in subjects)


def test_the_names_on_signatures_stay(world: w.World, live: w.Article) -> None:
    before = list(SignOff.objects.values())
    leaving.leave(world.uk.user, by=world.administrator)
    people.erase(User.objects.get(pk=world.uk.user_id), by=world.administrator)
    assert list(SignOff.objects.values()) == before
    assert SignOff.objects.filter(printed_name="Dr Uk Reviewer").exists()


def test_nobody_closes_their_own_account_and_only_administrators_close_others(world: w.World) -> None:
    with pytest.raises(OwnAccount):
        leaving.leave(world.administrator, by=world.administrator)
    with pytest.raises(NotAnAdministrator):
        leaving.leave(world.uk.user, by=world.lead)
    with pytest.raises(SuperuserAccount):
        leaving.leave(world.superuser, by=world.administrator)


def test_the_form_asks_for_a_successor_where_there_is_something_to_take_over(world: w.World) -> None:
    w.article(world)
    administrator = signed_in(world.administrator)
    pages.send(administrator, page_of(world.lead), "/deactivate/")
    assert not User.objects.get(pk=world.lead.pk).is_active
    pages.send(administrator, page_of(world.editor), "/deactivate/")
    assert User.objects.get(pk=world.editor.pk).is_active
    pages.send(administrator, page_of(world.editor), "/deactivate/", successor=world.publisher.pk)
    assert not User.objects.get(pk=world.editor.pk).is_active
    assert Article.objects.get().owner == world.publisher


# Erasure


def test_personal_data_of_a_closed_account_are_replaced_and_the_audit_says_what_stays(world: w.World) -> None:
    person = world.other_editor
    with pytest.raises(StillOpen):
        people.erase(person, by=world.administrator)
    people.deactivate(person, by=world.administrator)
    administrator = signed_in(world.administrator)
    assert KEPT in administrator.get(page_of(person)).text
    pages.send(administrator, page_of(person), "/erase/")
    assert User.objects.get(pk=person.pk).full_name
    pages.send(administrator, page_of(person), "/erase/", is_understood="on")
    erased = User.objects.get(pk=person.pk)
    assert (erased.username, erased.full_name, erased.email) == (f"former-{person.pk}", "", "")
    assert not erased.has_usable_password()
    event = AuditEvent.objects.get(verb="erase")
    assert event.reason == KEPT
    assert "other-editor" not in event.reason
    assert chain.verify() == []


def test_sign_in_rows_and_messages_go_with_the_data(world: w.World) -> None:
    person = world.other_editor
    client = signed_in(person)
    client.post("/accounts/login/", {"login": person.username, "password": w.PASSWORD})
    enrol(person)
    EmailAddress.objects.create(user=person, email=person.email)
    UserSession.objects.create(user=person, ip="192.0.2.1", session_key="x", user_agent="A browser")
    post.send(person, "Hello", "For the person.")
    post.send(person.email.upper(), "Hello", "To the address.")
    post.send(world.editor, "Hello", "For another.")
    people.deactivate(person, by=world.administrator)
    people.erase(User.objects.get(pk=person.pk), by=world.administrator)
    for kept in (EmailAddress, UserSession, Authenticator):
        assert not kept.objects.filter(user=person).exists()
    assert list(Message.objects.values_list("body", flat=True)) == ["For another."]
    everything = str(pages.everything())
    for trace in ("other-editor@example.org", "Other Editor"):
        assert trace not in everything


def test_what_goes_and_what_stays_is_said_before_it_is_done_and_in_the_audit(world: w.World) -> None:
    people.deactivate(world.other_editor, by=world.administrator)
    text = signed_in(world.administrator).get(page_of(world.other_editor)).text
    for part in ("second factors", "messages", "photograph", "printed with each signature", "register", "audit"):
        assert part in text
        assert part in KEPT


def test_leaving_and_erasing_write_one_event_each(world: w.World) -> None:
    count = chain.head().count
    leaving.leave(world.uk.user, by=world.administrator)
    leaving.erase(User.objects.get(pk=world.uk.user_id), by=world.administrator)
    found = AuditEvent.objects.filter(sequence__gt=count).order_by("sequence")
    assert list(found.values_list("verb", "actor", "subject_id")) == [
        ("deactivate", world.administrator.pk, str(world.uk.user_id)),
        ("erase", world.administrator.pk, str(world.uk.user_id)),
    ]
