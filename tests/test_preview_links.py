"""A draft shown by a link: the page as readers would get it, to who has the link, until it runs out."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.logs import WithoutSecrets
from alsinfo.middleware import PUBLIC_CSP
from alsinfo.outbox.models import Message
from alsinfo.tokens import hash_of
from conditions.actions import leaving, previewing, submitting
from conditions.desk import previews
from conditions.errors.drafting import WrongState
from conditions.errors.previewing import PreviewOver, UnusableDays
from conditions.models import Edition, PreviewLink
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.fingerprints import fingerprint
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
NOWHERE = "/uk/nothing/"
BANNER = re.compile(r'<p class="preview">.*?</p>')


@pytest.fixture
def edition(world: w.World) -> Edition:
    return w.draft(world)


def share(edition: Edition, world: w.World, **how: Any) -> str:
    """The address of a link to the UK page."""
    return f"/desk/previews/{previewing.share_preview(edition, GB, by=world.editor, **how).token}/"


def change_page(edition: Edition, name: str = "") -> str:
    return f"/admin/conditions/edition/{edition.pk}/{name or 'change/'}"


def made_in_admin(client: Client, edition: Edition, **fields: object) -> str:
    """Make a link with the button; the address shown."""
    answer = client.post(change_page(edition, "previews/"), {"region": "GB", "days": 7} | fields)
    found = re.search(r'value="http://testserver(/desk/previews/[\w-]{43}/)"', text_of(answer))
    assert found, text_of(answer)
    return found[1]


def without_what_only_a_publication_knows(page: str) -> str:
    """The page but for its banner, robots, byline, list of reviewers, what was checked when, files and dates."""
    page = BANNER.sub("", page).replace('<meta name="robots" content="noindex">', "")
    page = re.sub(r'<section class="not-printed" aria-labelledby="page-feedback">.*?</section>', "", page, flags=re.S)
    page = re.sub(r'<p class="not-printed"><a href="/desk/take-down/.*?</p>', "", page)
    page = re.sub(r'<script type="application/ld\+json">.*?</script>', "", page, flags=re.S)
    page = re.sub(r'<div class="byline">.*?</div>', "", page, flags=re.S)
    page = re.sub(r"<p>As a file for a reference manager:.*?</p>", "", page, flags=re.S)
    page = re.sub(r'<p class="freshness">.*?</p>', "", page, flags=re.S)
    page = re.sub(r'<ul class="reviewers">.*?</ul>', "", page, flags=re.S)
    page = re.sub(r"<dd>(<time.*?</time>|not yet)</dd>", "<dd></dd>", page)
    return "\n".join(line.strip() for line in page.splitlines() if line.strip())


def test_a_preview_is_the_public_page_but_for_its_banner(world: w.World) -> None:
    w.live(world, w.article(world, "pls", "Primary lateral sclerosis"))
    edition = w.draft(world)
    w.edit(edition, world.editor, "overview", "It is [kin](condition:pls) of another disease [@brown2017].")
    link, desk = share(edition, world), at_desk(world.editor)
    shared, looked = Client().get(link), desk.get(change_page(edition, "preview/uk/"))
    w.publish(world, w.submit(world, edition)[GB])
    public = Client().get("/uk/conditions/als/")
    expected = without_what_only_a_publication_knows(text_of(public))
    assert "kin</a> of another disease" in expected and "site.css" in expected and "Not signed" not in expected
    for preview in (shared, looked):
        assert without_what_only_a_publication_knows(text_of(preview)) == expected
        assert preview.headers["Content-Security-Policy"] == public.headers["Content-Security-Policy"] == PUBLIC_CSP
        assert "not signed, not public" in BANNER.findall(text_of(preview))[0]
        assert text_of(preview).count('<meta name="robots" content="noindex">') == 1


def test_an_editor_makes_a_link_that_works_without_an_account(world: w.World, edition: Edition) -> None:
    desk = at_desk(world.editor)
    link = made_in_admin(desk, edition, days=3)
    page = text_of(Client().get(link))
    kept = PreviewLink.objects.get()
    assert kept.expires_at - kept.made_at == timedelta(days=3)
    assert "Muscles grow weak" in page and "Ask your GP" in page and "Ask your doctor" not in page
    assert f"works until {GB.day(kept.expires_at):%-d %B %Y}" in page
    listed = text_of(desk.get(change_page(edition)))
    assert "For UK readers, made by Editor" in listed and link.split("/")[3] not in listed


def test_the_link_shows_the_text_as_it_is_now(world: w.World, edition: Edition) -> None:
    link = share(edition, world)
    w.edit(edition, world.editor, "symptoms", "Muscles waste [@brown2017].")
    assert "Muscles waste" in text_of(Client().get(link))
    w.submit(world, edition)
    assert "Muscles waste" in text_of(Client().get(link)), "a text in review is still no public one"


def test_a_preview_is_kept_nowhere_and_told_to_nobody(edition: Edition, world: w.World) -> None:
    link, before = share(edition, world), fingerprint()
    client = Client()
    response = client.get(link)
    assert client.head(link).status_code == response.status_code == 200
    assert not client.cookies and "Vary" not in response.headers and "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert fingerprint() == before
    looked = at_desk(world.lead).get(change_page(edition, "preview/uk/")).headers
    assert "no-store" in looked["Cache-Control"] and "noindex" in looked["X-Robots-Tag"]


def test_the_token_is_kept_in_no_table_and_no_log(world: w.World, edition: Edition) -> None:
    desk = at_desk(world.editor)
    token = made_in_admin(desk, edition).split("/")[3]
    assert PreviewLink.objects.get().token_hash == hash_of(token)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in str(cursor.fetchall()), table
    assert Message.objects.filter(body__contains=token).count() == 0
    line = logging.LogRecord("x", 20, "x", 1, '"GET %s HTTP/1.1" 200', (f"/desk/previews/{token}/",), None)
    assert WithoutSecrets().filter(line)
    assert line.getMessage() == '"GET /desk/previews/…/ HTTP/1.1" 200'


def revoke(edition: Edition, world: w.World) -> None:
    previewing.revoke_preview(edition.preview_links.get(), by=world.lead)


def close(edition: Edition, world: w.World) -> None:
    for region in (GB, US):
        submitting.discard(edition, region, by=world.publisher, reason="Not needed.")


def leave(edition: Edition, world: w.World) -> None:
    leaving.leave(world.editor, by=world.administrator, successor=world.other_editor)


def narrow(edition: Edition, world: w.World) -> None:
    w.write(edition, world.editor, fields={"regions": "US"})


@pytest.mark.parametrize("end", [revoke, close, leave, narrow])
def test_a_link_dies(world: w.World, edition: Edition, end: Callable[[Edition, w.World], None]) -> None:
    link = share(edition, world)
    assert Client().get(link).status_code == 200
    end(edition, world)
    assert Client().get(link).status_code == 404


def run_out(edition: Edition, world: w.World, token: str = "ran-out") -> str:
    """A link that worked until a moment ago."""
    now = w.clock_now()
    PreviewLink.objects.create(
        edition=edition,
        region=GB,
        token_hash=hash_of(token),
        made_by=world.editor,
        made_at=now - timedelta(days=7),
        expires_at=now - timedelta(seconds=1),
    )
    return f"/desk/previews/{token}/"


def seen(where: str, method: str = "get") -> tuple[int, bytes, dict[str, Any], int]:
    with CaptureQueriesContext(connection) as queries:
        response = getattr(Client(), method)(where)
    return response.status_code, response.content, dict(response.headers), len(queries)


def test_a_dead_link_is_told_from_an_address_that_never_was_by_nothing(world: w.World, edition: Edition) -> None:
    revoked = share(edition, world)
    revoke(edition, world)
    dead = [revoked, run_out(edition, world), "/desk/previews/a/", "/desk/previews/%E2%82%AC/"]
    for method in ("get", "head", "post", "put", "options"):
        nowhere = seen(NOWHERE, method)
        assert nowhere[0] == 404
        for where in dead:
            assert seen(where, method)[:3] == nowhere[:3], (method, where)
    assert {seen(where)[3] for where in dead} == {1} == {seen("/uk/conditions/never-was/")[3]}


def test_a_link_takes_nothing(world: w.World, edition: Edition) -> None:
    link, before = share(edition, world), fingerprint()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(enforce_csrf_checks=True), method)(link).status_code == 404
    assert fingerprint() == before


def test_a_link_looked_at_too_often_asks_to_wait_and_others_go_on(
    world: w.World, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST_A_MINUTE", 2)
    link, other = share(edition, world), share(edition, world)
    assert [Client().get(link).status_code for _ in range(3)] == [200, 200, 429]
    too_many = Client().get(link)
    assert too_many.headers["Retry-After"] == "60" and too_many.headers["Cache-Control"] == "no-store"
    assert Client().get(other).status_code == 200
    monkeypatch.setattr(previews, "monotonic", lambda: 10.0**9)
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize("days", [0, -1, 31, 10_000])
def test_a_link_works_for_a_month_at_most(world: w.World, edition: Edition, days: int) -> None:
    with pytest.raises(UnusableDays):
        previewing.share_preview(edition, GB, by=world.editor, days=days)
    answer = at_desk(world.editor).post(change_page(edition, "previews/"), {"region": "GB", "days": days}, follow=True)
    assert "Choose a region of this edition and a number of days." in text_of(answer)
    assert not PreviewLink.objects.exists()


def test_only_an_editor_shares_and_only_an_open_edition_of_a_region_it_has(world: w.World, edition: Edition) -> None:
    answer = at_desk(world.publisher).post(change_page(edition, "previews/"), {"region": "GB", "days": 7}, follow=True)
    assert "Only a person with the role of editor can do this." in text_of(answer)
    w.write(edition, world.editor, fields={"regions": "GB"})
    with pytest.raises(WrongState, match="not written for US"):
        previewing.share_preview(edition, US, by=world.editor)
    submitting.discard(edition, GB, by=world.publisher, reason="Not needed.")
    edition.refresh_from_db()
    with pytest.raises(WrongState, match="closed"):
        previewing.share_preview(edition, GB, by=world.editor)
    assert "Preview links" not in text_of(at_desk(world.editor).get(change_page(edition)))


def test_a_lead_revokes_with_a_button_and_a_second_press_says_why_not(world: w.World, edition: Edition) -> None:
    link = share(edition, world)
    desk, sent = at_desk(world.lead), {"link": edition.preview_links.get().pk}
    assert "Revoke this link" in text_of(desk.get(change_page(edition)))
    where = change_page(edition, "previews/revoke/")
    assert "Revoked: the link works no longer." in text_of(desk.post(where, sent, follow=True))
    assert Client().get(link).status_code == 404
    assert "works no longer: it was revoked already" in text_of(desk.post(where, sent, follow=True))
    with pytest.raises(PreviewOver):
        previewing.revoke_preview(edition.preview_links.get(), by=world.lead)


def test_a_link_is_revoked_under_its_own_edition_only(world: w.World, edition: Edition) -> None:
    share(edition, world)
    other = w.draft(world, w.article(world, "other", "Other"))
    for number in (edition.preview_links.get().pk, 999, "x", ""):
        answer = at_desk(world.editor).post(change_page(other, "previews/revoke/"), {"link": number})
        assert answer.status_code == 404
    assert edition.preview_links.working(w.clock_now()).exists()
