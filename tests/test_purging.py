"""Caches before the site are told at once what changed: all of it, and nothing waits for them."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from alsinfo.answers import CACHE_CONTROL
from alsinfo.concurrency import clock_now
from alsinfo.outbox import purging
from alsinfo.outbox.models import Purge
from alsinfo.surrogates import NOT_FOUND
from conditions.actions import withdrawing
from tests import surfaces
from tests import world as w
from tests.action_case import Case, reached
from tests.action_cases import CASES
from tests.cache_server import Cache, caching
from tests.pages import signed_in
from tests.place import Place
from tests.servers import free_port

pytestmark = pytest.mark.django_db
SEEN = [
    *(f"/uk/conditions/als/{part}" for part in ("", "history/", "v1/", "references.ris")),
    "/us/conditions/als/",
    "/uk/conditions/never-was/",
    *surfaces.lists("uk", "als"),
    *(f"/uk/{name}" for name in ("about/", "organisations/")),
]
TELLING = (
    *("publish", "reconfirm", "revoke", "suspend", "lift", "withdraw", "redirect", "defer", "leave", "record_check"),
    *("approve_profile", "approve_page", "hide_contact"),
)
"""Actions after which readers get something else; the nightly run asks it of all there are."""
CHOSEN = [next(case for case in CASES if case.action == action) for action in TELLING]


@pytest.fixture
def cache(settings: LazySettings) -> Iterator[Cache]:
    with caching() as listening:
        settings.PURGE_URL, settings.PURGE_HEADER = listening.url, "Fastly-Key: a secret"
        yield listening


def due() -> None:
    """The pause is over."""
    Purge.objects.update(due_at=clock_now())


def held(client: Client) -> dict[str, tuple[bytes, set[str]]]:
    """What a cache holds: each address with what it answers and the keys it is held under."""
    answers = {address: client.get(address) for address in SEEN}
    kept = {address: answer for address, answer in answers.items() if answer.headers["Cache-Control"] == CACHE_CONTROL}
    return {address: (each.content, set(each.headers["Surrogate-Key"].split())) for address, each in kept.items()}


@pytest.mark.looks
@pytest.mark.parametrize("case", reached(CASES if os.environ.get("ALSINFO_EVERY_WAY") else CHOSEN))
def test_a_cache_is_told_of_all_that_changes_for_readers(
    case: Case, place: Place, client: Client, cache: Cache
) -> None:
    purging.post_purges()
    cache.dropped.clear()
    before = held(client)
    case.perform(place, case.by)
    purging.post_purges()
    changed = {address for address, (body, _) in held(client).items() if body != before[address][0]}
    assert changed or case not in CHOSEN
    assert not {address: keys for address in changed if not (keys := before[address][1]) & cache.keys}


def test_a_page_is_dropped_with_the_suspension_and_its_pages_alone(
    world: w.World, cache: Cache, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = w.page(w.live(world))
    other = w.page(w.live(world, w.article(world, "pls", "PLS")))
    Purge.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        withdrawing.suspend(page, by=world.publisher, reason="A dose was wrong.")
        assert not cache.dropped
    keys = {f"page-{page.pk}", "lists-uk", NOT_FOUND, "reviewer-uk-reviewer", "organisation-support-uk"}
    assert cache.keys == keys and f"page-{other.pk}" not in keys
    assert set(cache.secrets) == {"a secret"}
    assert not Purge.objects.exists()
    assert purging.post_purges() == "0 keys posted"


def test_nobody_is_told_where_no_cache_is_named(world: w.World) -> None:
    w.live(world)
    assert not Purge.objects.exists()
    assert purging.post_purges() == "switched off"


@pytest.mark.parametrize("fault", ["silent", "refusing", "sending elsewhere"])
def test_a_cache_that_fails_keeps_nothing_from_happening_is_asked_again_and_shown(
    world: w.World,
    client: Client,
    cache: Cache,
    settings: LazySettings,
    fault: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = w.page(w.live(world))
    purging.post_purges()
    cache.dropped.clear()
    cache.status, cache.location = {"refusing": (500, ""), "sending elsewhere": (307, cache.url)}.get(fault, (200, ""))
    if fault == "silent":
        settings.PURGE_URL = f"http://127.0.0.1:{free_port()}/"
    with django_capture_on_commit_callbacks(execute=True):
        withdrawing.suspend(page, by=world.publisher, reason="A dose was wrong.")
    assert client.get("/uk/conditions/als/").status_code == 410
    home = signed_in(world.administrator).get("/admin/").text
    assert "5 pages that a cache may show as they were" in home and "The cache" in home
    assert "a secret" not in home
    tried = len(cache.dropped)
    with django_capture_on_commit_callbacks(execute=True):
        withdrawing.lift(page, by=world.lead, reason="It was right.")
    assert len(cache.dropped) == tried, "who acts next does not wait for the cache again"
    assert purging.held().count() == 5 and Purge.objects.count() > 5
    settings.PURGE_URL, cache.status, cache.location = cache.url, 200, ""
    due()
    call_command("run_due", only="purges")
    assert f"page-{page.pk}" in cache.keys and not Purge.objects.exists()
    assert "may show" not in signed_in(world.administrator).get("/admin/").text


def test_pauses_grow_and_what_no_cache_can_hold_any_more_is_forgotten(cache: Cache) -> None:
    cache.status = 503
    purging.purge("page-1")
    pauses = []
    for _ in range(8):
        due()
        purging.post_purges()
        pauses.append(round((Purge.objects.get().due_at - clock_now()).total_seconds() / 30))
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 120]
    Purge.objects.update(created_at=clock_now() - timedelta(days=1, minutes=1))
    purging.post_purges()
    assert not Purge.objects.exists()


def test_many_keys_go_in_few_requests_each_once(cache: Cache) -> None:
    for _ in range(2):
        purging.purge(*(f"page-{number}" for number in range(70)))
    assert purging.post_purges() == "70 keys posted"
    assert [len(keys) for keys in cache.dropped] == [30, 30, 10]
    assert len(cache.keys) == 70 and not Purge.objects.exists()


def test_a_key_is_posted_by_one_process_alone_and_by_another_when_that_one_died(cache: Cache) -> None:
    purging.purge("page-1")
    [taken] = purging._taken(clock_now())
    assert purging.post_purges() == "0 keys posted"
    Purge.objects.filter(pk=taken.pk).update(leased_until=clock_now())
    assert purging.post_purges() == "1 keys posted"
