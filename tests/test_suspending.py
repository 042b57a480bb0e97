"""A page is taken down while the database is slow and a publication runs: readers get 410 with the next uncached read.

Real connections on PostgreSQL; whoever is slow is held at a known place, by a lock. Each test counts its tries.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from alsinfo.audit import chain
from alsinfo.concurrency import lock, one_at_a_time
from conditions.actions import drafting, publishing, withdrawing
from conditions.errors.publishing import SignedBeforeSuspension
from conditions.models import Article, Publication, RegionalArticle, RegionalEdition, Suspension
from tests import surfaces
from tests import world as w
from tests.racing import SECONDS, Race, races, refused
from tests.world import GB, World

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL who waits for what"),
]

TRIES = 8
FEWER = 4
READERS = 3
ADDRESS = "/uk/conditions/als/"
FOR_THE_CHAIN = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
FOR_A_ROW = "SELECT count(*) FROM pg_locks WHERE locktype IN ('transactionid', 'tuple') AND NOT granted"


@pytest.fixture
def world(transactional_db: None) -> World:
    return w.build()


@pytest.fixture
def article(world: World) -> Article:
    return w.live(world, regions="GB")


@pytest.fixture
def race(transactional_db: None) -> Iterator[Race]:
    with races() as race:
        yield race


def until(query: str) -> None:
    """Somebody waits for what the query counts."""
    end = monotonic() + SECONDS
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(query)
            if cursor.fetchone() != (0,):
                return
        sleep(0.002)
    raise AssertionError("Nobody came to the place at which they are held.")


def next_signed(world: World, article: Article, number: int) -> RegionalEdition:
    """Another text of the page, signed."""
    edition = drafting.start(article, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "symptoms", f"Muscles grow weak, they say {number} times [@brown2017].")
    row = w.submit(world, edition)[GB]
    w.sign(row)
    return row


def publish(row: RegionalEdition, world: World) -> Publication:
    return publishing.publish(RegionalEdition.objects.get(pk=row.pk), by=world.publisher)


def suspend(world: World, article: Article) -> int:
    """Take the page down; what the very next reader gets."""
    withdrawing.suspend(w.page(article), by=world.lead, reason="A wrong dose.")
    return Client().get(ADDRESS).status_code


def in_turn(first: Callable[[], Any], second: Callable[[], Any], race: Race) -> tuple[Any, Any]:
    """Both on a database that stands still just before the audit event, the last step; the second comes while it does.

    The first has done all it does, and has not ended; the second waits for it.
    """
    is_slow, is_under_way = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            one_at_a_time(chain.CHAIN_LOCK)
            is_slow.set()
            until(FOR_THE_CHAIN)
            assert Client().get(ADDRESS).status_code == 200  # readers are not held up, and nothing is done by halves
            is_under_way.set()
            until(FOR_A_ROW)

    def after(event: Event, act: Callable[[], Any]) -> Any:
        assert event.wait(SECONDS)
        return act()

    _, one, two = race(slow, partial(after, is_slow, first), partial(after, is_under_way, second))
    return one, two


def put_back(world: World, article: Article) -> None:
    withdrawing.lift(w.page(article), by=world.other_lead, reason="It was right.")


def test_a_suspension_that_comes_while_a_publication_ends_slowly_holds(
    world: World, article: Article, race: Race
) -> None:
    for number in range(TRIES):
        row = next_signed(world, article, number)
        published, status = in_turn(partial(publish, row, world), partial(suspend, world, article), race)
        assert isinstance(published, Publication)
        assert (status, w.page(article).state) == (410, "suspended")
        put_back(world, article)
    assert Suspension.objects.count() == TRIES
    assert chain.verify() == []


def test_a_publication_that_comes_while_a_suspension_ends_slowly_is_refused(
    world: World, article: Article, race: Race
) -> None:
    for number in range(TRIES):
        row = next_signed(world, article, number)
        status, published = in_turn(partial(suspend, world, article), partial(publish, row, world), race)
        assert isinstance(published, SignedBeforeSuspension)
        assert (status, w.page(article).state) == (410, "suspended")
        put_back(world, article)
        publish(row, world)
    assert Suspension.objects.count() == TRIES


def test_readers_get_410_from_the_moment_on_at_which_the_suspension_has_ended(
    world: World, article: Article, race: Race
) -> None:
    """Readers ask all the time while a publication and a suspension run, wherever these stand."""
    seen: Counter[int] = Counter()
    for number in range(FEWER):
        row, is_down = next_signed(world, article, number), Event()

        def taken_down(is_down: Event = is_down) -> int:
            status = suspend(world, article)
            is_down.set()
            return status

        def reader(is_down: Event = is_down) -> list[int]:
            client, got = Client(), []
            while not is_down.is_set():
                got.append(client.get(ADDRESS).status_code)
            return [*got, client.get(ADDRESS).status_code]

        published, status, *read = race(partial(publish, row, world), taken_down, *[reader] * READERS)
        assert status == 410
        for got in read:
            assert got == sorted(got), "once it is down it stays down"
            assert got[-1] == 410
            seen.update(got)
        put_back(world, article)
        if refused([published]):
            publish(row, world)
    assert set(seen) == {200, 410}  # never an error: caches may show old text on those


def test_a_suspension_does_not_wait_for_what_is_done_to_another_page(
    world: World, article: Article, race: Race
) -> None:
    other = w.live(world, w.article(world, "pls", "PLS"), regions="GB")
    is_held, is_done = Event(), Event()

    def busy() -> None:
        with transaction.atomic():
            lock(RegionalArticle.objects.get(article=other, region=GB))
            is_held.set()
            assert is_done.wait(SECONDS)

    def taken_down() -> int:
        assert is_held.wait(SECONDS)
        try:
            return suspend(world, article)
        finally:
            is_done.set()

    _, status = race(busy, taken_down)
    assert status == 410
    assert surfaces.leaking(Client(), "uk", "als", "grow weak, they say") == {}
