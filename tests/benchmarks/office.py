"""The admin's first page, list, queues and forms at 10,000 articles beside the same at 10 and 100, on PostgreSQL.

The pages are asked for in turn by an editor, in this process; what counts is the ratio, and that the number of
queries is the same. The rows are written past the actions, while the guards of their tables are off.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

from django.db import connection, reset_queries
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from conditions.actions import cataloguing
from conditions.models import (
    Article,
    ChangeNote,
    Citation,
    Condition,
    ConditionName,
    Declaration,
    Edition,
    Publication,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Revision,
    SignOff,
)
from organisations.regions import Region
from tests import world as w

STAGES, ROUNDS = (10, 100, 10_000), 9
MOST_RATIO = 2  # of the queues, to what they take at 100
SECTIONS, REFERENCES = 15, 40
HOST = {"headers": {"host": "127.0.0.1"}}
TABLES = (
    Article,
    ChangeNote,
    Declaration,
    Edition,
    Publication,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Revision,
    SignOff,
)
Row = TypeVar("Row", bound=Model)


@override_settings(DEBUG=False)  # with it Django writes down every query
def main() -> None:
    """Measure, print, and fail above a bar or when a page asks for more as the site grows."""
    world = w.build()
    pattern = w.live(world)
    edition = large_edition(world)
    pages = {
        "first page": ("/admin/", 500),
        "list": ("/admin/conditions/article/", 500),
        "list, narrowed and searched": ("/admin/conditions/article/?q=disease+0&state=in-review&due=overdue", 500),
        "article": (f"/admin/conditions/article/{pattern.pk}/change/", 1000),
        "edition, 15 sections, 40 works": (f"/admin/conditions/edition/{edition.pk}/change/", 1000),
    }
    queues = {name: (address, 500) for name, address in queues_of(world.editor.pk).items()}
    pages |= {**queues, "figures": ("/admin/figures/", 3000)}
    client = Client()
    client.force_login(world.editor)
    found = []
    for first, last in zip((0, *STAGES), STAGES, strict=False):
        write(range(first, last), pattern, world)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        found.append(measure(client, {name: address for name, (address, _) in pages.items()}))
    heads = [f"{stage:,} ms" for stage in STAGES]
    print(f"{'':32}" + "".join(f"{head:>11}" for head in [*heads, "ratio", "to 100", "bar ms", "queries"]))
    is_bad = False
    for name, (_, bar) in pages.items():
        (ten, _), (few, _), (many, _) = (figures[name] for figures in found)
        asked = sorted({figures[name][1] for figures in found})
        print(
            f"{name:32}{ten:11.0f}{few:11.0f}{many:11.0f}{many / ten:11.2f}{many / few:11.2f}{bar:11}"
            f"{' to '.join(map(str, asked)):>11}"
        )
        is_bad = is_bad or many > bar or len(asked) > 1 or (name in queues and many / few > MOST_RATIO)
    if is_bad:
        sys.exit("Above the bar, or more queries for more articles.")


def queues_of(owner: int) -> dict[str, str]:
    """Addresses of the queues, also narrowed and far down."""
    return {
        "queue: review": "/admin/queues/",
        "queue: ready": "/admin/queues/?queue=ready",
        "queue: review, owner, page 60": f"/admin/queues/?owner={owner}&region=uk&page=60",
        "queue: registrations": "/admin/queues/?queue=credentials",
        "review calendar": "/admin/review-calendar/",
    }


def measure(client: Client, addresses: Mapping[str, str]) -> dict[str, tuple[float, int]]:
    """The median milliseconds of each page and its number of queries, after a first look.

    The pages are asked for in turn, round after round: a machine that is slow for some seconds is so to all of them.
    """
    for address in addresses.values():
        client.get(address, **HOST)  # type: ignore[arg-type]
    asked = {name: queries_of(client, address) for name, address in addresses.items()}
    times: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            started = perf_counter()
            answer = client.get(address, **HOST)  # type: ignore[arg-type]
            times[name].append((perf_counter() - started) * 1000)
            assert answer.status_code == 200, (address, answer.status_code)
    return {name: (median(times[name]), asked[name]) for name in addresses}


def queries_of(client: Client, address: str) -> int:
    """How many a page makes."""
    reset_queries()  # the log holds 9,000, and writing the rows filled it
    with CaptureQueriesContext(connection) as queries:
        client.get(address, **HOST)  # type: ignore[arg-type]
    return len(queries)


def large_edition(world: w.World) -> Edition:
    """A draft of many sections and works."""
    edition = w.draft(world, w.article(world, "large", "Large"))
    works = [
        cataloguing.add_reference({"type": "book", "title": f"Work {number}"}, by=world.editor)
        for number in range(REFERENCES - 1)
    ]
    rows: list[Any] = [Citation(key=f"work{number}", reference=work) for number, work in enumerate(works)]
    text = " ".join(f"A sentence [@work{number}]." for number in range(REFERENCES - 1))
    rows += [
        w.section(f"part-{number}", f"Part {number}", text, kind="other", position=10 + number)
        for number in range(SECTIONS - 4)
    ]
    return w.write(edition, world.editor, put=rows)


@contextmanager
def unguarded() -> Iterator[None]:
    """The tables take any row; only their owner can do this."""
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        yield
        for model in TABLES:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")


def write(numbers: range, pattern: Article, world: w.World) -> None:
    """Articles that are live in both regions like `pattern`, every third with a text in review over it."""
    numbered = iter(numbers)
    with unguarded():
        while batch := list(islice(numbered, 1_000)):
            write_batch(batch, pattern, world)


def write_batch(numbers: Sequence[int], pattern: Article, world: w.World) -> None:
    conditions = made(Condition(slug=f"disease-{n}", name=f"Disease {n}") for n in numbers)
    made(
        ConditionName(condition=each, text=f"{name} of {each.name}", kind="synonym")
        for each in conditions
        for name in ("Syndrome", "Palsy", "Ataxia")
    )
    articles = made(Article(condition=each, owner=world.editor) for each in conditions)
    closed = pattern.editions.get()
    editions = made(like(closed, article=each) for each in articles)
    drafts = made(like(closed, article=each, number=2, state="frozen") for each in articles[::3])
    for region in Region:
        write_region(region, numbers, articles, editions, drafts, pattern)


def write_region(
    region: Region,
    numbers: Sequence[int],
    articles: list[Article],
    editions: list[Edition],
    drafts: list[Edition],
    pattern: Article,
) -> None:
    page = w.page(pattern, region)
    live = page.live_publication()
    assert live and live.regional_edition
    row, signature = live.regional_edition, live.signatures().get()
    days = [w.today() + timedelta(days=number * 37 % 700 - 100) for number in numbers]
    pages = made(like(page, article=each, next_review_due_on=day) for each, day in zip(articles, days, strict=True))
    texts = made(
        like(live.revision, digest=f"{region.value}{number:062d}", article=each)
        for each, number in zip(articles, numbers, strict=True)
    )
    rows = made(like(row, edition=each, revision=text) for each, text in zip(editions, texts, strict=True))
    beside = list(zip(pages, rows, texts, strict=True))
    reviews = asked(signature.assignment, beside)
    made(
        like(signature, assignment=review, regional_article=one, regional_edition=way, revision=text)
        for review, (one, way, text) in zip(reviews, beside, strict=True)
    )
    versions = made(like(live, regional_article=one, regional_edition=way, revision=text) for one, way, text in beside)
    made(ChangeNote(publication=each, text="First version.") for each in versions)
    ways = made(
        like(row, edition=each, revision=text, state="in_review") for each, text in zip(drafts, texts[::3], strict=True)
    )
    asked(signature.assignment, zip(pages[::3], ways, texts[::3], strict=True), state="accepted", answered_at=None)


def asked(
    pattern: ReviewAssignment, beside: Iterable[tuple[RegionalArticle, RegionalEdition, Revision]], **but: Any
) -> list[ReviewAssignment]:
    """Reviews, whose reviewers said that they have no interests."""
    reviews = made(
        like(pattern, regional_article=page, regional_edition=row, revision=text, **but) for page, row, text in beside
    )
    made(like(pattern.declaration, assignment=each) for each in reviews)
    return reviews


def like(pattern: Row, **but: Any) -> Row:
    """A row that is not saved yet, like another but for some columns."""
    names = [field.name for field in pattern._meta.concrete_fields if not field.primary_key or field.name == "digest"]
    return type(pattern)(**{name: getattr(pattern, name) for name in names} | but)


def made(rows: Iterable[Row]) -> list[Row]:
    """Write rows."""
    found = list(rows)
    return type(found[0])._base_manager.bulk_create(found, batch_size=1_000) if found else []
