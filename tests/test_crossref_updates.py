"""Crossref is asked what was published about our works, where the settings name it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings

from conditions.errors.looking_up import LookupBusy, LookupGarbled
from conditions.lookups import updates
from conditions.lookups.updates import events_of
from conditions.management.commands.run_due import JOBS
from conditions.models import LookedUp, RetractionEvent
from tests import world as w
from tests.lookup_service import Service, served

DOI = "10.1056/nejmra1603471"  # the world's reference
UPDATE = {"type": "retraction", "DOI": "10.1056/NEJMc999", "updated": {"date-parts": [[2026, 5, 3]]}}
pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    settings.LOOKUP_CONTACT = "desk@example.org"
    found = Service()
    with served(found) as address:
        settings.CROSSREF_URL = address
        yield found


def said(*of: Any, doi: str = DOI) -> bytes:
    """Crossref's answer about a work with these updates."""
    return json.dumps({"message": {"DOI": doi, "title": ["ALS"], "updated-by": list(of)}}).encode()


@pytest.mark.parametrize(
    ("kind", "nature"),
    [
        ("retraction", "retraction"),
        ("withdrawal", "retraction"),
        ("removal", "retraction"),
        ("Retraction", "retraction"),
        ("expression_of_concern", "concern"),
        ("partial_retraction", "concern"),
        ("correction", "correction"),
        ("corrigendum", "correction"),
        ("erratum", "correction"),
        ("reinstatement", "reinstatement"),
    ],
)
def test_an_update_says_what_befell_a_work(kind: str, nature: str) -> None:
    [found] = events_of(DOI, {"title": ["ALS"], "updated-by": [{**UPDATE, "type": kind}]})
    assert (found.nature, found.happened_on, found.notice_doi) == (nature, date(2026, 5, 3), "10.1056/NEJMc999")


@pytest.mark.parametrize("parts", [[2026], [2026, 5], [2026, 5, 3]])
def test_a_day_that_is_partly_known_is_its_first(parts: list[int]) -> None:
    [found] = events_of(DOI, {"updated-by": [{**UPDATE, "updated": {"date-parts": [parts]}}]})
    assert found.happened_on == date(*(*parts, 1, 1)[:3])


@pytest.mark.parametrize(
    "updated", [None, {}, {"date-parts": []}, {"date-parts": [[None]]}, {"date-parts": [[2026, 13]]}]
)
def test_a_retraction_without_a_day_is_not_passed_over(updated: Any) -> None:
    with pytest.raises(LookupGarbled):
        list(events_of(DOI, {"updated-by": [{**UPDATE, "updated": updated}]}))


@pytest.mark.parametrize("said", [None, "nothing", [], [7], [{"type": "new_version"}], [{}]])
def test_what_does_not_bear_on_a_work_is_no_event(said: Any) -> None:
    assert list(events_of(DOI, {"updated-by": said})) == []


def test_a_retraction_at_crossref_marks_the_live_page_and_brings_its_review_to_today(service: Service) -> None:
    world = w.build()
    article = w.live(world, w.article(world, "als"))
    service.says(said(UPDATE))
    assert JOBS["crossref"]() == "1 updates of works, 2 pages to review again"
    assert RetractionEvent.objects.get().source == "crossref"
    assert w.page(article).next_review_due_on == w.today()
    assert JOBS["crossref"]() == "0 updates of works, 0 pages to review again"
    assert len(service.asked) == 1, "a work is asked for once a week"


def test_a_work_of_which_nothing_was_published_was_looked_up_today(service: Service) -> None:
    w.build()
    service.says(said())
    updates.watch()
    assert LookedUp.objects.get().identifier == f"doi:{DOI}"
    assert LookedUp.objects.get().as_of == w.today()


def test_a_work_that_crossref_does_not_know_was_not_looked_up(service: Service) -> None:
    w.build()
    service.says(b"", status=404)
    updates.watch()
    assert not LookedUp.objects.exists()


def test_where_crossref_is_busy_the_work_waits_and_what_was_answered_is_kept(
    service: Service,
) -> None:
    world = w.build()
    w.cataloguing.add_reference({"type": "book", "title": "B", "DOI": "10.9999/z"}, by=world.editor)
    service.says(said(UPDATE))
    service.says(b"", status=429)
    with pytest.raises(LookupBusy):
        updates.watch()
    assert RetractionEvent.objects.count() == 1
    service.says(said(doi="10.9999/z"))
    updates.watch()
    assert len(service.asked) == 3
    assert set(LookedUp.objects.values_list("identifier", flat=True)) == {f"doi:{DOI}", "doi:10.9999/z"}


def test_without_a_cache_works_are_asked_for_all_the_same(service: Service) -> None:
    w.build()
    for _ in range(2):
        service.says(said(UPDATE))
        updates.watch()
        cache.clear()
    assert RetractionEvent.objects.count() == 1


def test_crossref_is_asked_only_where_the_settings_name_it() -> None:
    assert JOBS["crossref"]() == "switched off"
