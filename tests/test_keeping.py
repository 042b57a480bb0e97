"""A session that ended while somebody wrote in the admin loses nothing, saves nothing unseen and shows nobody else."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.admin.records import page_of
from conditions.models import Edition
from tests import pages
from tests import world as w
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
MINE = "Mine, typed for an hour [@brown2017]."
BODY = "sections-0-body"


@pytest.fixture
def edition(world: w.World) -> Edition:
    return w.draft(world)


def sign_in(client: Client, user: User, to: str) -> Any:
    typed = {"login": user.username, "password": w.PASSWORD, "next": to}
    return client.post(f"/accounts/login/?next={to}", typed, follow=True)


def typed(client: Client, edition: Edition) -> pages.Fields:
    return {**pages.form(client.get(page_of(edition))).fields, BODY: [MINE]}


def test_a_session_that_ended_leads_through_signing_in_back_to_what_was_typed(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    fields = typed(editor, edition)
    Session.objects.all().delete()
    before = pages.everything()
    answer = editor.post(page_of(edition), fields)
    assert answer["Location"] == f"/accounts/login/?next={page_of(edition)}"
    back = sign_in(editor, world.editor, page_of(edition))
    assert back.redirect_chain[-1][0] == page_of(edition)
    assert pages.form(back).fields[BODY] == [MINE]
    assert "so nothing was saved" in pages.errors(back)[""][0]
    assert edition.sections.get(key="overview").body != MINE
    again = pages.form(editor.get(page_of(edition))).fields
    assert again[BODY] == [MINE], "it is still there when the page is loaded again"
    after = pages.everything()
    assert {table for table in before if before[table] != after[table]} <= {
        "accounts.CacheEntry",
        "account.EmailAddress",
        "usersessions.UserSession",
    }
    assert pages.messages(pages.post(editor, page_of(edition), again)) == ["Saved."]
    assert edition.sections.get(key="overview").body == MINE
    assert "Your session had ended" not in editor.get(page_of(edition)).content.decode()


def test_whoever_signs_in_instead_sees_nothing_of_it(world: w.World, edition: Edition) -> None:
    browser = signed_in(world.editor)
    fields = typed(browser, edition)
    Session.objects.all().delete()
    browser.post(page_of(edition), fields)
    page = sign_in(browser, world.other_editor, page_of(edition))
    assert page.status_code == 200
    assert "typed for an hour" not in page.content.decode()


def test_a_text_that_was_saved_meanwhile_is_shown_beside_it(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    fields = typed(editor, edition)
    Session.objects.all().delete()
    editor.post(page_of(edition), fields)
    w.edit(edition, world.other_editor, "overview", "Theirs [@brown2017].")
    back = sign_in(editor, world.editor, page_of(edition))
    assert pages.form(back).fields[BODY] == [MINE]
    assert pages.form(back).fields[f"kind-{BODY}"] == ["both"]
    assert "Theirs [@brown2017]." in back.content.decode()


def test_a_stale_token_leads_back_to_the_form(world: w.World, edition: Edition, settings: Settings) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.editor)
    fields = typed(browser, edition)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    back: Any = pages.post(browser, page_of(edition), fields)
    assert back.redirect_chain == [(page_of(edition), 302)]
    assert pages.form(back).fields[BODY] == [MINE]
    browser.force_login(world.other_editor)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    refused = pages.post(browser, page_of(edition), fields)
    assert refused.status_code == 403
    assert "typed for an hour" not in refused.content.decode() + browser.get(page_of(edition)).content.decode()
    assert edition.sections.get(key="overview").body != MINE


def test_a_second_factor_that_is_asked_for_meanwhile_loses_nothing(
    world: w.World, edition: Edition, settings: Settings
) -> None:
    editor = signed_in(world.editor)
    fields = typed(editor, edition)
    settings.REQUIRE_SECOND_FACTOR = True
    answer: Any = pages.post(editor, page_of(edition), fields)
    assert "What you typed is kept" in answer.content.decode()
    settings.REQUIRE_SECOND_FACTOR = False
    assert pages.form(editor.get(page_of(edition))).fields[BODY] == [MINE]


def lose_role(world: w.World, edition: Edition) -> None:
    roles.revoke(world.editor, Role.EDITOR, by=world.administrator)


def leave_staff(world: w.World, edition: Edition) -> None:
    User.objects.filter(pk=world.editor.pk).update(is_staff=False)


def send_to_review(world: w.World, edition: Edition) -> None:
    w.submit(world, edition, by=world.other_editor)


@pytest.mark.parametrize("meanwhile", [lose_role, leave_staff, send_to_review])
def test_whoever_may_not_save_any_more_can_copy_what_they_typed(
    world: w.World, edition: Edition, meanwhile: Any
) -> None:
    editor = signed_in(world.editor)
    fields = typed(editor, edition)
    meanwhile(world, edition)
    before = pages.everything()
    answer = editor.post(page_of(edition), fields)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert f"Sections 1, body:\n{MINE}" in page
    assert "Muscles grow weak" not in page, "only what was changed"
    assert pages.everything() == before


def test_a_reason_typed_beside_a_button_can_be_copied(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    button = next(form for form in pages.forms(editor.get(page_of(edition))) if form.action.endswith("/discard/"))
    Session.objects.all().delete()
    answer = editor.post(button.action, {**button.fields, "reason": "A long reason."})
    assert answer["Location"] == f"/accounts/login/?next={page_of(edition)}"
    page = sign_in(editor, world.editor, page_of(edition))
    assert ">A long reason.</textarea>" in page.content.decode()
    assert Edition.objects.get().state == "draft"


def test_what_is_kept_can_be_thrown_away(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    fields = typed(editor, edition)
    Session.objects.all().delete()
    editor.post(page_of(edition), fields)
    sign_in(editor, world.editor, page_of(edition))
    page = pages.post(editor, page_of(edition), {"_forget": "1"})
    assert pages.form(page).fields[BODY] != [MINE]
    assert "Your session had ended" not in page.content.decode()


def test_a_new_thing_is_kept_too(world: w.World) -> None:
    address = "/admin/conditions/condition/add/"
    editor = signed_in(world.editor)
    fields = {**pages.form(editor.get(address)).fields, "name": "Mine"}
    Session.objects.all().delete()
    editor.post(address, fields)
    assert pages.form(sign_in(editor, world.editor, address)).fields["name"] == ["Mine"]


@pytest.mark.parametrize("writer", ["", "1", "1:x:y"])
def test_a_form_that_was_never_given_out_is_not_kept(world: w.World, edition: Edition, writer: str) -> None:
    nobody = Client()
    answer = nobody.post(page_of(edition), {"writer": writer, BODY: MINE})
    assert answer.status_code == 302
    assert not nobody.session.keys()
