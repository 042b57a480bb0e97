"""The bench itself: what every other test relies on."""

import socket
import warnings
from threading import Thread

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.templatetags.static import static
from playwright.sync_api import Browser, Page

from alsinfo.accounts.models import User
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.guards import engine
from tests.browsers import Reader
from tests.databases import as_owner
from tests.network import NetworkUsed

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")


def record_an_event() -> None:
    with transaction.atomic():
        chain.record("tried", User.objects.create_user("tester"), by=None)


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(NetworkUsed):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("example.org", 80)


def test_a_warning_fails_the_test() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("something is odd", stacklevel=1)


def test_tests_see_the_settings_of_production() -> None:
    assert not settings.DEBUG
    assert settings.SESSION_COOKIE_SECURE


@pytest.mark.django_db
def test_the_guards_stand_in_the_test_database() -> None:
    assert engine.problems(connection) == []


@on_postgresql
@pytest.mark.django_db
def test_tests_run_as_the_application_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone()[0].startswith("alsinfo_application")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_application_role_may_not_rewrite_history_even_without_guards() -> None:
    record_an_event()
    with as_owner():
        engine.drop(connection)
    with pytest.raises(DatabaseError, match="permission denied"):
        AuditEvent.objects.update(reason="another reason")


@pytest.mark.django_db(transaction=True)
def test_history_can_be_written_in_a_test_that_commits() -> None:
    record_an_event()
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_test_that_committed() -> None:
    assert not AuditEvent.objects.exists()
    assert engine.problems(connection) == []


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_database() -> None:
    def create() -> None:
        User.objects.create_user("from-another-thread")
        connection.close()

    thread = Thread(target=create)
    thread.start()
    thread.join()
    assert User.objects.filter(username="from-another-thread").exists()


@pytest.mark.browser
def test_a_page_reaches_no_other_machine(browser: Browser) -> None:
    reader = Reader(browser)
    page = reader(width=390)
    page.goto("data:text/html,<img src='http://192.0.2.1/picture.png' alt='the picture is missing'>")
    assert page.viewport_size == {"width": 390, "height": 900}
    assert reader.complaints == ["request to another host: http://192.0.2.1/picture.png"]
    reader.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_browser_sees_the_site_and_its_static_files(page: Page, live_site: str) -> None:
    answer = page.goto(f"{live_site}/health/live")
    assert answer
    assert answer.ok
    assert page.request.get(f"{live_site}{static('admin/css/base.css')}").ok
