"""What every request meets: security headers, no state for readers, a clear answer to nonsense and lost databases."""

import logging
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from django.urls import path

from alsinfo import health, middleware
from alsinfo.guards import engine
from alsinfo.middleware import SecurityHeaders, StaffSession
from tests.databases import as_owner
from tests.world import PASSWORD, person

FAULTS = {"operational": OperationalError("password authentication failed"), "interface": InterfaceError("closed")}


def plain(request: HttpRequest, word: str = "") -> HttpResponse:
    return HttpResponse("Hello.")


def lost(request: HttpRequest) -> HttpResponse:
    raise FAULTS[request.GET["fault"]]


def remembering(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    return HttpResponse("Hello.")


def with_own_headers(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Cache-Control": "max-age=60", "Referrer-Policy": "no-referrer"})


urlpatterns = [
    path("plain/", plain),
    path("plain/<str:word>/", plain),
    path("lost/", lost),
    path("own/", with_own_headers),
    path("desk/plain/", plain),
    path("desk/lost/", lost),
    path("desk/remembering/", remembering),
    path("desk/own/", with_own_headers),
    path("health/live", health.live),
    path("health/ready", health.ready),
]


@pytest.fixture
def bare_site(settings: LazySettings) -> None:
    """The views above, behind the middleware of the site."""
    settings.ROOT_URLCONF = __name__


pytestmark = pytest.mark.usefixtures("bare_site")

# Headers


def test_a_public_page_runs_no_script_and_loads_nothing_from_elsewhere(client: Client) -> None:
    headers = client.get("/plain/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_staff_page_runs_our_scripts_and_is_stored_nowhere(client: Client) -> None:
    headers = client.get("/desk/plain/").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/own/", "/desk/own/"])
def test_a_header_the_view_set_itself_stays(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("max-age=60", "no-referrer")


@pytest.mark.parametrize("address", ["/nowhere/", "/plain/?q=%00", "/lost/?fault=operational"])
def test_an_answer_that_is_no_page_has_the_headers_too(client: Client, address: str) -> None:
    assert client.get(address).headers["Content-Security-Policy"] == middleware.PUBLIC_CSP


def test_https_is_asked_for_and_remembered(settings: LazySettings, rf: RequestFactory) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = SecurityHeaders(plain)
    redirected = answer(rf.get("/plain/?a=b"))
    assert isinstance(redirected, HttpResponse)
    assert (redirected.status_code, redirected.headers["Location"]) == (301, "https://testserver/plain/?a=b")
    assert "Strict-Transport-Security" not in redirected.headers
    served = answer(rf.get("/plain/", secure=True))
    assert isinstance(served, HttpResponse)
    assert served.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


# Readers leave no trace


@pytest.mark.django_db
def test_a_reader_gets_no_cookie_and_costs_no_query_even_when_signed_in(
    client: Client, django_assert_num_queries: Callable[..., object]
) -> None:
    person("somebody")
    client.login(username="somebody", password=PASSWORD)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        response = client.get("/plain/")
    assert not response.cookies
    assert "Vary" not in response.headers
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


@pytest.mark.django_db
def test_staff_have_a_session_and_an_account(client: Client) -> None:
    user = person("somebody")
    client.force_login(user)
    response = client.get("/desk/remembering/")
    assert "__Host-session" in response.cookies
    assert response.wsgi_request.user == user


def test_a_staff_form_without_its_token_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/desk/plain/").status_code == 403
    assert Client(enforce_csrf_checks=True).post("/plain/").status_code == 200


# Nonsense


@pytest.mark.parametrize(
    "address",
    ["/plain/?q=%00", "/plain/?q=a%00b&r=1", "/plain/?q=%ff", "/plain/?%c3=1", "/plain/a%00b/", "/plain/%ff/"],
)
def test_an_address_that_is_no_text_is_a_bad_request(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/plain/?q=%C3%A9&r=%25", "/plain/?q=100%", "/plain/%C3%A9/", "/plain/%E4%B8%AD/", "/plain/?q=a+b"]
)
def test_an_address_in_any_language_is_served(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_query_that_was_not_encoded_is_read_as_utf8(client: Client) -> None:
    assert client.get("/plain/", QUERY_STRING="q=é".encode().decode("latin-1")).status_code == 200
    assert client.get("/plain/", QUERY_STRING="q=é".encode("latin-1").decode("latin-1")).status_code == 400


# A lost database


@pytest.mark.parametrize("address", ["/lost/", "/desk/lost/"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_database_that_does_not_answer_is_503_with_a_time_to_come_back(
    client: Client, address: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="alsinfo.middleware"):
        response = client.get(address, {"fault": fault})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.headers["Cache-Control"] == "no-store"
    assert "999" in response.text
    assert "password" not in response.text + caplog.text


def test_a_session_that_cannot_be_saved_is_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(SessionStore, "save", fail)
    assert client.get("/desk/remembering/").status_code == 503


def test_the_503_page_needs_no_template(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(template: str) -> str:
        raise TemplateDoesNotExist(template)

    monkeypatch.setattr(middleware, "render_to_string", fail)
    response = middleware.unavailable(OperationalError())
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "Please try again" in response.text


def test_another_fault_is_not_taken_for_a_lost_database(rf: RequestFactory) -> None:
    assert middleware.DatabaseDown(plain).process_exception(rf.get("/plain/"), ValueError()) is None


def test_a_session_is_looked_at_on_staff_addresses_only(rf: RequestFactory) -> None:
    for address, expected in {"/plain/": False, "/desk/plain/": True, "/desks/": False, "/uk/desk/": False}.items():
        request = rf.get(address)
        StaffSession(plain)(request)
        assert hasattr(request, "session") is expected, address


# Health


@pytest.mark.django_db
def test_a_whole_site_is_live_and_ready(client: Client) -> None:
    for address in ("/health/live", "/health/ready"):
        response = client.get(address)
        assert (response.status_code, response.text) == (200, "ok\n")
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_site_without_its_guards_is_not_ready(client: Client) -> None:
    with as_owner():
        engine.drop(connection)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "Guard guard_audit_auditevent_is_never_deleted on audit_auditevent is missing." in response.text.splitlines()
    assert client.get("/health/live").status_code == 200


@pytest.mark.django_db
def test_a_site_behind_its_migrations_is_not_ready(client: Client) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'outbox' AND name LIKE '0004%'")
    response = client.get("/health/ready")
    assert (response.status_code, response.text) == (
        503,
        "Migration outbox.0004_purges is not applied.\n",
    )


def test_a_site_without_its_database_is_live_but_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> list[str]:
        raise OperationalError("password authentication failed")

    monkeypatch.setattr(health, "migrations_to_apply", fail)
    response = client.get("/health/ready")
    assert (response.status_code, response.text) == (503, "The database did not answer: OperationalError.\n")
    assert client.get("/health/live").status_code == 200
