"""A visit to a web address, answered by a server of this machine; nobody else's is asked, and no private one ever."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from conditions import visiting
from conditions.content.visits import Answer, Visit
from tests.link_server import Site, is_here, serving


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


def visit(url: str) -> Visit:
    Site.asked.clear()
    return visiting.visit(url, is_here)


@pytest.mark.parametrize(
    ("path", "answer", "status", "ended_at", "asked"),
    [
        ("/", Answer.FINE, 200, "/", ["HEAD /"]),
        ("/get-only", Answer.FINE, 200, "/get-only", ["HEAD /get-only", "GET /get-only"]),
        ("/status/404", Answer.HARD, 404, "/status/404", ["HEAD /status/404", "GET /status/404"]),
        ("/status/410", Answer.HARD, 410, "/status/410", ["HEAD /status/410", "GET /status/410"]),
        ("/status/403", Answer.GUARDED, 403, "/status/403", ["HEAD /status/403", "GET /status/403"]),
        ("/status/429", Answer.SOFT, 429, "/status/429", ["HEAD /status/429", "GET /status/429"]),
        ("/status/503", Answer.SOFT, 503, "/status/503", ["HEAD /status/503", "GET /status/503"]),
        ("/to/to/here", Answer.FINE, 200, "/here", ["HEAD /to/to/here", "HEAD /to/here", "HEAD /here"]),
        ("/a b?q=ä&r=1", Answer.FINE, 200, "/a b?q=ä&r=1", ["HEAD /a%20b?q=%C3%A4&r=1"]),
    ],
)
def test_head_then_get_and_redirects_to_where_they_lead(
    site: str, path: str, answer: Answer, status: int, ended_at: str, asked: list[str]
) -> None:
    found = visit(site + path)
    assert (found.answer, found.status, found.ended_at) == (answer, status, site + ended_at)
    assert [f"{method} {where}" for method, where in Site.asked] == asked
    assert bool(found.problem) is (status >= 400)


def test_it_says_who_it_is(site: str, settings: Any) -> None:
    settings.LOOKUP_CONTACT, settings.SITE_URL = "desk@example.org", "https://als.example"
    Site.agents.clear()
    visit(f"{site}/")
    assert Site.agents == {"alsinfo link check (+https://als.example; mailto:desk@example.org)"}


def test_a_circle_of_redirects_ends(site: str) -> None:
    found = visit(f"{site}/{'to/' * 9}end")
    assert (found.answer, len(Site.asked)) == (Answer.SOFT, 6)
    assert "more than 5 times" in found.problem


def test_a_site_that_is_late_or_hangs_up_may_be_so_by_chance(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "SECONDS", 0.1)
    assert visit(f"{site}/late").answer is Answer.SOFT
    assert visit(f"{site}/hang-up").answer is Answer.SOFT
    monkeypatch.setattr(visiting, "SECONDS", 5.0)
    monkeypatch.setattr(visiting, "LONGEST", 0.1)
    assert visit(f"{site}/late").answer is Answer.SOFT


def test_where_nobody_listens_it_is_a_soft_failure() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert visit(f"http://127.0.0.1:{free.getsockname()[1]}/").answer is Answer.SOFT


@pytest.mark.parametrize(("code", "answer"), [(socket.EAI_NONAME, Answer.HARD), (socket.EAI_AGAIN, Answer.SOFT)])
def test_a_name_that_does_not_exist_is_a_hard_failure(
    code: int, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(code, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert visit("http://gone.example/").answer is answer


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.0.0.8",
            "172.16.3.4",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("::1", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a00:1"),
        *("ff02::1", "2002:7f00:1::", "255.255.255.255", "::"),
    ],
)
def test_no_private_machine_is_public(address: str) -> None:
    assert not visiting.is_public(address, 443)


def test_a_public_machine_is_asked_at_the_ports_of_the_web_only() -> None:
    assert visiting.is_public("93.184.216.34", 443)
    assert visiting.is_public("2606:2800:220:1:248:1893:25c8:1946", 80)
    assert not visiting.is_public("93.184.216.34", 22)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://[::1]/", "file:///etc/passwd"),
        *("ftp://127.0.0.1/", "http://user:word@127.0.0.1:PORT/", "http://", "gopher://127.0.0.1:PORT/"),
    ],
)
def test_a_real_visit_asks_no_machine_of_ours(site: str, url: str) -> None:
    Site.asked.clear()
    found = visiting.visit(url.replace("PORT", site.rpartition(":")[2]))
    assert found.answer in (Answer.REFUSED, Answer.HARD)
    assert Site.asked == []


def test_a_public_name_that_leads_to_a_private_machine_too_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert visiting.visit("http://2130706433/").answer is Answer.REFUSED


def test_a_redirect_to_a_private_machine_is_not_followed(site: str) -> None:
    port = int(site.rpartition(":")[2])

    def is_allowed_once(address: str, asked: int) -> bool:
        return is_here(address, asked) and asked == port and not Site.asked

    Site.asked.clear()
    found = visiting.visit(f"{site}/to/http://127.0.0.1:{port}/secret", is_allowed_once)
    assert found.answer is Answer.REFUSED
    assert [path for _, path in Site.asked] == [f"/to/http://127.0.0.1:{port}/secret"]
