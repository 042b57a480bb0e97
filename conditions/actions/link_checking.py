"""Visit the web addresses of works and organisations, a few at a time. Not actions: what is noted is an observation.

Each link is taken by one process for an hour, so that it is safe to run twice at once and to be cut off at any time.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F

from alsinfo.concurrency import clock_now
from conditions.content.references import reference_line
from conditions.content.visits import Answer, LinkState, Visit, after
from conditions.content.works import doi_of, pmid_of
from conditions.models import CheckedLink, Reference
from conditions.visiting import visit
from organisations.models import Organisation
from organisations.vocabulary import ContactKind

LEASE = timedelta(hours=1)
MOST_AT_ONCE = 60  # links in one run
MOST_PER_HOST = 5
PAUSE = 1.0  # seconds between two visits to one host
THREADS = 8
LONGEST = 1000

Visitor = Callable[[str], Visit]
Key = tuple[int | None, int | None, str]


def check_links(visitor: Visitor = visit, *, pause: float = PAUSE) -> int:
    """Visit links that are due, hosts side by side and each host slowly; how many. Nothing unless switched on."""
    if not settings.LINK_CHECKS:
        return 0
    now = clock_now()
    by_host = _by_host(_taken(now))
    with ThreadPoolExecutor(THREADS) as pool:
        rounds = [pool.submit(_visit_all, links, visitor, pause) for links in by_host.values()]
        for finished in as_completed(rounds):
            for link, found in finished.result():
                _note(link, found, clock_now())
    return sum(map(len, by_host.values()))


def collect() -> None:
    """Know every address that pages may show now, and forget those that nobody shows any more."""
    shown = set(_addresses_of_works()) | set(_addresses_of_organisations())
    known = {
        (reference, organisation, url): pk
        for pk, reference, organisation, url in CheckedLink.objects.values_list(
            "pk", "reference", "organisation", "url"
        )
    }
    now = clock_now()
    CheckedLink.objects.bulk_create(
        (
            CheckedLink(reference_id=reference, organisation_id=organisation, url=url, next_check_at=now)
            for reference, organisation, url in sorted(shown - set(known), key=str)
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )
    gone = [pk for key, pk in known.items() if key not in shown]
    for start in range(0, len(gone), 1000):
        CheckedLink.objects.filter(pk__in=gone[start : start + 1000]).delete()


def _addresses_of_works() -> Iterator[Key]:
    """Of works that readers reach by web address alone; a DOI or PMID is there to outlive addresses."""
    works = Reference.objects.standing().filter(csl__has_key="URL").values_list("pk", "csl")
    for number, csl in works.iterator(chunk_size=1000):
        url = "" if doi_of(csl) or pmid_of(csl) else reference_line(csl).url
        if url and len(url) <= LONGEST:
            yield number, None, url


def _addresses_of_organisations() -> Iterator[Key]:
    for body in Organisation.objects.filter(entry__isnull=False).select_related("entry").order_by("pk"):
        contacts: Iterable[Mapping[str, str]] = body.entry.content["contacts"] if body.entry else ()
        for contact in contacts:
            if contact["kind"] == ContactKind.WEBSITE and len(contact["value"]) <= LONGEST:
                yield None, body.pk, contact["value"]


def _taken(now: datetime) -> list[CheckedLink]:
    """The links this process visits, the longest due first; nobody else does within the hour."""
    due = CheckedLink.objects.filter(next_check_at__lte=now).order_by("next_check_at", "pk")
    chosen: list[CheckedLink] = []
    hosts: dict[str, int] = defaultdict(int)
    for link in due[: MOST_AT_ONCE * 10]:
        host = _host(link)
        if len(chosen) < MOST_AT_ONCE and hosts[host] < MOST_PER_HOST and _take(link, now):
            chosen.append(link)
            hosts[host] += 1
    return chosen


def _take(link: CheckedLink, now: datetime) -> bool:
    untouched = CheckedLink.objects.filter(pk=link.pk, next_check_at=link.next_check_at)
    return untouched.update(next_check_at=now + LEASE) == 1


def _by_host(links: Iterable[CheckedLink]) -> dict[str, list[CheckedLink]]:
    found: dict[str, list[CheckedLink]] = defaultdict(list)
    for link in links:
        found[_host(link)].append(link)
    return found


def _host(link: CheckedLink) -> str:
    try:
        return urlsplit(link.url).hostname or ""
    except ValueError:
        return ""


def _visit_all(links: list[CheckedLink], visitor: Visitor, pause: float) -> list[tuple[CheckedLink, Visit]]:
    """Runs in a thread: no database here."""
    found = []
    for place, link in enumerate(links):
        if place:
            time.sleep(pause)
        found.append((link, visitor(link.url)))
    return found


def _note(link: CheckedLink, found: Visit, now: datetime) -> None:
    tally, next_check_at = after(found, link.tally, now)
    is_fine = tally.state is LinkState.FINE
    CheckedLink.objects.filter(pk=link.pk).update(
        state=tally.state,
        soft_failures=tally.soft,
        hard_failures=tally.hard,
        status=found.status,
        ended_at=found.ended_at[:2000] if found.answer is not Answer.REFUSED else "",
        problem=found.problem[:200],
        checked_at=now,
        fine_at=now if is_fine else F("fine_at"),
        next_check_at=next_check_at,
    )
