"""What operators run: it says what it did, can be repeated, and fails loudly."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from alsinfo.accounts import people
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.guards import engine
from alsinfo.outbox.models import Message
from conditions.management.commands import load_demo
from conditions.models import Publication, RenderedPage, ReviewAssignment
from tests import world as w
from tests.databases import as_owner
from tests.world import GB

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def demonstration(settings: Settings, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> str:
    settings.DEMONSTRATION = True
    monkeypatch.setattr(load_demo, "kept_password", lambda: "a password for the test")
    return run("load_demo")


def test_the_demonstration_is_loaded_once_and_names_its_accounts(demonstration: str, client: Client) -> None:
    assert "demo-reviewer-uk" in demonstration
    assert "a password for the test" in demonstration
    publications = Publication.objects.count()
    assert "there already" in run("load_demo")
    assert Publication.objects.count() == publications
    statuses = {
        "amyotrophic-lateral-sclerosis": 200,
        "progressive-muscular-atrophy": 410,
        "primary-lateral-sclerosis": 404,
        "progressive-bulbar-palsy": 404,
    }
    for region in ("uk", "us"):
        for slug, status in statuses.items():
            response = client.get(f"/{region}/conditions/{slug}/")
            assert response.status_code == status
            assert "Demonstration content, not medical advice" in response.text


def test_a_role_can_be_given_and_confirmed_in_the_demonstration(demonstration: str) -> None:
    one, two = (User.objects.get(username=name) for name in ("demo-administrator", "demo-administrator-two"))
    assert all(name in demonstration for name in (one.username, two.username))
    people.give_role(User.objects.get(username="demo-editor"), Role.LEAD, by=one)
    people.confirm_role(User.objects.get(username="demo-editor"), Role.LEAD, by=two)
    assert holds(User.objects.get(username="demo-editor"), Role.LEAD)


def test_the_demonstration_is_refused_on_a_real_site(settings: Settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="not a demonstration site"):
        run("load_demo")


def test_the_record_of_the_demonstration_is_whole(demonstration: str) -> None:
    report = run("verify_record")
    assert "revisions: 6" in report
    assert "signatures: 4" in report
    assert "pages: 12" in report
    assert "audit chain: " in report


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE conditions_revision SET text = replace(text, 'nerve', 'nervE')", "is not the text of its digest"),
        ("UPDATE conditions_signoff SET interests = 'Shares'", "Signature .* was altered"),
        ("UPDATE conditions_renderedpage SET seal = 'trial:00'", "The page of .* was altered"),
        ("UPDATE audit_auditevent SET reason = 'x' WHERE sequence = 3", "Event 3 was altered"),
        ("DELETE FROM conditions_lift", "[Gg]uard"),
    ],
)
def test_whatever_was_altered_is_found(statement: str, complaint: str) -> None:
    w.live(w.build())
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute(statement)
        connection.check_constraints()
        if "lift" not in statement:
            engine.install(connection)
    with pytest.raises(CommandError, match=complaint):
        run("verify_record")


def test_pages_are_rendered_again_with_the_same_words(settings: Settings, client: Client) -> None:
    article = w.live(w.build())
    before = RenderedPage.objects.get(publication__regional_article=w.page(article), notice="none").etag
    settings.PUBLISHER_NAME = "A health charity"
    assert "2 pages rendered." in run("rebuild_pages")
    page = client.get("/uk/conditions/als/")
    assert "A health charity" in page.text
    assert "disease of nerve cells" in page.text
    assert page.headers["ETag"] != f'"{before}"'
    assert run("verify_record")


def test_rebuilding_goes_on_past_a_page_that_was_altered_and_seals_nothing_of_it(client: Client) -> None:
    w.live(w.build())
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute("UPDATE conditions_signoff SET interests = 'Shares' WHERE printed_name = 'Dr Uk Reviewer'")
        connection.check_constraints()
        engine.install(connection)
    with pytest.raises(CommandError, match=r"\(UK\) v1"):
        run("rebuild_pages")
    assert client.get("/uk/conditions/als/").status_code == 503
    assert client.get("/us/conditions/als/").status_code == 200


def test_an_unanswered_invitation_ends_five_days_after_its_date() -> None:
    world = w.build()
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    invitation = w.assignment(row)
    for days, state in ((5, "invited"), (6, "expired")):
        respond_by = w.today() - timedelta(days=days)
        ReviewAssignment.objects.filter(pk=invitation.pk).update(respond_by=respond_by)
        run("run_due", "--only", "invitations")
        invitation.refresh_from_db()
        assert invitation.state == state
    assert Message.objects.filter(subject__startswith="Nobody is reviewing").exists()
    assert "0 ended" in run("run_due", "--only", "invitations")


@pytest.mark.django_db(transaction=True)
def test_mail_that_waits_is_sent_once() -> None:
    world = w.build()
    w.submit(world, w.draft(world))
    assert "2 sent" in run("run_due")
    assert "nothing to send" in run("run_due")
    assert [message.to for message in mail.outbox] == [["uk-reviewer@example.org"], ["us-reviewer@example.org"]]
    assert "/desk/invitations/" in str(mail.outbox[0].body)
    assert "disease of nerve cells" not in str(mail.outbox[0].body)
