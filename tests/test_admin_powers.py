"""What nobody gets out of the admin by forging a request: not the superuser, not a person of another role."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from alsinfo.accounts.models import Role
from alsinfo.admin.records import RecordAdmin, page_of
from alsinfo.outbox.models import Message
from conditions.actions import assigning, reading
from conditions.models import Edition, SignOff
from conditions.models.desk import texts_of
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

PEOPLE = ("editor", "publisher", "lead", "administrator", "superuser")


@pytest.fixture
def edition(world: w.World, live: w.Article) -> Edition:
    """An edition cleared for the UK and with a declared interest for the US; another, live article beside it."""
    edition = w.draft(world, w.article(world, "pls", "Primary lateral sclerosis"))
    rows = w.submit(world, edition)
    reading.invite_reader(rows[GB], world.draft_reader, by=world.lead)
    w.sign(rows[GB])
    to = w.assignment(rows[US])
    assigning.declare_interest(to, by=to.reviewer.user, statement="Shares.")
    return edition


def registered() -> list[tuple[type[Model], RecordAdmin]]:
    return [(model, each) for model, each in admin.site._registry.items() if isinstance(each, RecordAdmin)]


def address(model: type[Model], what: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


FORGED = {
    "state": "published",
    "is_superuser": "on",
    "role": "publisher",
    "reason": "Because.",
    "region": "GB",
    "round": "1",
    "number": "1",
    "opened_version": "0",
    "slug": "forged",
    "name": "Forged",
    "regions": "GB,US",
    "text": "Forged",
    "_save": "Save",
    "post": "yes",
    "action": "delete_selected",
}


def forgeries(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    """A POST to every address of every list and its newest thing."""
    for model, each in registered():
        thing = model._default_manager.order_by("-pk").first()
        assert thing is not None or model._meta.label in (
            "conditions.Correction",
            "conditions.Deferral",
            "conditions.DissentNote",
            "conditions.Lift",
            "conditions.Overruling",
            "conditions.Profile",
            "conditions.ProfileEntry",
            "conditions.Redirection",
            "conditions.Reinstatement",
            "conditions.ReviewComment",
            "conditions.Revocation",
            "conditions.Suspension",
            "conditions.Withdrawal",
            "conditions.Medicine",
            "conditions.Feedback",
            "conditions.SitePage",
            "conditions.SitePageEntry",
            "conditions.LicenceStatus",
            "conditions.FundingDecision",
            "conditions.Note",
            "conditions.RetractionEvent",
            "conditions.CheckedLink",
            "organisations.DetailsCheck",
            "organisations.Hiding",
            "outbox.Message",
        )
        yield address(model, "changelist"), {**FORGED, "_selected_action": getattr(thing, "pk", 1), "index": "0"}
        yield address(model, "add"), FORGED
        if thing is not None:
            for what in ("change", "delete", "history", *each.deeds):
                yield address(model, what, thing.pk), FORGED
                yield address(model, what, thing.pk), {**FORGED, "_saveasnew": "1"}
    yield reverse("admin:conditions_edition_preview", args=[edition.pk, "uk"]), FORGED


def test_a_superuser_reads_everything_and_changes_nothing(world: w.World, edition: Edition) -> None:
    client = signed_in(world.superuser)
    before = pages.everything()
    for url, data in forgeries(edition):
        assert client.post(url, data).status_code in (200, 302, 400, 403, 404), url
    assert pages.everything() == before
    for model, _ in registered():
        assert client.get(address(model, "changelist")).status_code == 200
        assert client.get(address(model, "add")).status_code == 403
        thing = None if model is Message else model._default_manager.first()  # of mail only what is stuck is shown
        if thing:
            page = client.get(page_of(thing))
            assert page.status_code == 200
            assert b'name="_save"' not in page.content


def test_a_person_without_a_role_or_not_signed_in_gets_and_changes_nothing(world: w.World, edition: Edition) -> None:
    nobody = signed_in(w.person("nobody", is_staff=True))
    reviewer = signed_in(world.uk.user)
    before = pages.everything()
    for url, data in forgeries(edition):
        assert nobody.post(url, data).status_code in (400, 403), url
        assert nobody.get(url).status_code in (403, 405), url
        assert Client().post(url, data).headers["Location"].startswith("/admin/login/")
        assert reviewer.post(url, data).headers["Location"].startswith("/admin/login/")
    assert pages.everything() == before
    assert "Your roles give you nothing to do here." in nobody.get("/admin/").content.decode()


def test_people_without_access_are_told_and_the_others_sign_in_where_everybody_does(world: w.World) -> None:
    assert Client().get("/admin/login/?next=/admin/").headers["Location"] == "/accounts/login/?next=/admin/"
    assert signed_in(world.uk.user).get("/admin/login/").status_code == 403
    assert signed_in(world.editor).get("/admin/login/").headers["Location"] == "/admin/"


def test_a_demoted_or_deactivated_person_saves_nothing_with_a_form_opened_before(world: w.World) -> None:
    edition = w.draft(world)
    editor, other = signed_in(world.editor), signed_in(world.other_editor)
    fields = pages.form(editor.get(page_of(edition))).fields
    w.roles.revoke(world.editor, Role.EDITOR, by=None)
    type(world.other_editor).objects.filter(pk=world.other_editor.pk).update(is_active=False)
    before = pages.everything()
    assert editor.post(page_of(edition), {**fields, "change_note": "Late."}).status_code == 403
    assert other.post(page_of(edition), {**fields, "change_note": "Late."}).status_code == 302
    assert pages.everything() == before


NOT_THEIRS = {
    "editor": ("publish", "clear", "recuse", "cancel", "revoke", "suspend", "give-role", "deactivate", "approve"),
    "publisher": ("submit", "invite", "clear", "recuse", "cancel", "revoke", "start", "give-role", "deactivate"),
    "lead": ("submit", "publish", "reopen", "discard", "start", "address", "give-role", "deactivate", "approve"),
    "administrator": ("submit", "publish", "reopen", "discard", "start", "suspend", "clear", "revoke", "approve"),
}


@pytest.mark.parametrize("who", NOT_THEIRS)
def test_a_button_of_another_role_does_nothing(world: w.World, edition: Edition, who: str) -> None:
    client = signed_in(getattr(world, who))
    before = pages.everything()
    done = {each: name for each in registered() for name in each[1].deeds}
    assert done
    for model, each in registered():
        thing = edition if model is Edition else model._default_manager.order_by("-pk").first()
        for verb in each.deeds:
            if verb in NOT_THEIRS[who] and thing is not None:
                reviewers = {"reviewer": world.other_uk.pk, "reviewers_GB": world.uk.pk, "reviewers_US": world.us.pk}
                data = {**FORGED, "opened_version": edition.lock_version, **reviewers}
                answer = client.post(address(model, verb, thing.pk), data)
                is_refused = answer.status_code == 200 and hasattr(answer.wsgi_request, "refused_deed")
                assert is_refused or answer.status_code in (302, 403), (model, verb)
    assert pages.everything() == before


def test_buttons_answer_only_to_post_and_only_for_things_that_exist(world: w.World, edition: Edition) -> None:
    client = signed_in(world.editor)
    before = pages.everything()
    for model, each in registered():
        for verb in each.deeds:
            if each.has_view_permission(client.get("/admin/").wsgi_request):
                for missing in ("999999", "x", "99999999999999999999"):
                    assert client.post(address(model, verb, missing), FORGED).status_code == 404
            thing = model._default_manager.first()
            if thing is not None:
                assert client.get(address(model, verb, thing.pk)).status_code == 405
        assert client.get(address(model, "change", "999999")).status_code in (403, 404)
    assert pages.everything() == before


def test_a_row_of_another_edition_is_out_of_reach(world: w.World) -> None:
    edition = w.draft(world)
    other = w.draft(world, w.article(world, "pls", "PLS"))
    foreign = other.sections.get(key="overview")
    editor = signed_in(world.editor)
    fields = pages.form(editor.get(page_of(edition))).fields
    before = pages.everything()
    for changes in (
        {"sections-0-id": foreign.pk, "sections-0-body": "Forged."},
        {"sections-0-id": foreign.pk, "sections-0-DELETE": "on"},
        {"sections-4-id": foreign.pk, "sections-4-body": "Forged.", "sections-INITIAL_FORMS": "5"},
        {"sections-0-edition": other.pk, "sections-0-body": "Forged."},
        {"sections-TOTAL_FORMS": "99999999"},
        {"sections-TOTAL_FORMS": "x"},
        {"sections-INITIAL_FORMS": "x"},
        {"citations-0-id": "x"},
    ):
        assert editor.post(page_of(edition), {**fields, **changes}).status_code == 200, changes
    assert pages.everything() == before
    without = {name: value for name, value in fields.items() if not name.endswith("_FORMS")}
    assert editor.post(page_of(edition), without).status_code == 200
    assert pages.everything() == before
    texts = texts_of(edition)
    editor.post(page_of(edition), {**fields, "sections-TOTAL_FORMS": "-1", "sections-0-body": "Forged."})
    assert texts_of(Edition.objects.get(pk=edition.pk)) == texts


def test_fields_that_are_not_in_the_form_are_not_written(world: w.World) -> None:
    edition = w.draft(world)
    extra = {"state": "closed", "number": "77", "article": "1", "started_by": world.publisher.pk, "lock_version": "900"}
    pages.send(signed_in(world.editor), page_of(edition), **extra, note_to_reviewers="Thank you.")
    saved = Edition.objects.get(pk=edition.pk)
    assert (saved.state, saved.number, saved.started_by_id) == ("draft", 1, world.editor.pk)
    assert saved.lock_version == edition.lock_version + 1
    assert saved.note_to_reviewers == "Thank you."


def test_leads_decide_about_interests_and_signatures(world: w.World, edition: Edition) -> None:
    lead = signed_in(world.lead)
    pending = w.assignment(w.row(edition, US))
    assert "Shares." in lead.get(page_of(pending)).content.decode()
    assert "Shares." not in signed_in(world.editor).get(page_of(pending)).content.decode()
    answer = pages.send(lead, page_of(pending), "/clear/")
    assert pages.messages(answer) == ["The interest was cleared; it is printed with the signature."]
    answer = pages.send(lead, page_of(pending), "/cancel/", reason="Somebody else is quicker.")
    assert pages.messages(answer) == ["The request was withdrawn."]
    live = SignOff.objects.get(regional_article__article__condition__slug="als", regional_article__region="GB")
    answer = pages.send(lead, page_of(live), "/revoke/", reason="Struck off.")
    assert pages.messages(answer) == ["The signature was withdrawn. Amyotrophic lateral sclerosis (UK): suspended."]


def test_a_signer_withdraws_their_own_signature_and_sees_no_other(world: w.World, edition: Edition) -> None:
    type(world.uk.user).objects.filter(pk=world.uk.user.pk).update(is_staff=True)
    signer = signed_in(world.uk.user)
    own = SignOff.objects.filter(reviewer=world.uk)[0]
    other = SignOff.objects.filter(reviewer=world.us)[0]
    assert signer.get(page_of(other)).status_code == 403
    answer = pages.send(signer, page_of(own), "/revoke/", reason="I was wrong.")
    assert pages.messages(answer)[0].startswith("The signature was withdrawn.")
