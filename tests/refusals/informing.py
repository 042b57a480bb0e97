"""Attempts on pages about the site and on what is proposed for them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from alsinfo.concurrency import clock_now
from conditions.models import SitePage, SitePageEntry
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, saved
from tests.refusals.scene import Scene


def page(**but: Any) -> SitePage:
    """A page of its own, not saved."""
    return SitePage(**{"kind": "funding", "title": "Who pays", "text": "Nobody.", **but})


def entry(s: Scene, **but: Any) -> SitePageEntry:
    """One more proposal for the page that is shown, not saved."""
    values = {"page": s.about, "number": 9, "title": "About", "text": "Us.", "proposed_by": s.world.editor}
    return SitePageEntry(**{**values, "proposed_at": clock_now(), **but})


@attempt("site_page_kind_is_known")
def a_page_about_anything(s: Scene) -> Act:
    return lambda: page(kind="shop").save()


@attempt("site_page_region_is_known")
def a_page_about_the_site_for_france(s: Scene) -> Act:
    return lambda: page(region="FR").save()


@attempt("one_site_page_per_kind_and_region")
def a_page_about_the_site_twice(s: Scene) -> Act:
    return lambda: page(kind="about").save()


@attempt("a_site_page_keeps_its_address")
def making_another_page_of_it(s: Scene) -> Act:
    return lambda: change(s.about, kind="privacy")


@attempt("a_site_page_shows_an_approved_entry")
def showing_a_page_nobody_approved(s: Scene) -> Act:
    waiting = saved(entry(s))
    return lambda: change(s.about, entry=waiting)


@attempt("a_site_page_begins_without_an_entry")
def adding_a_page_with_the_entry_of_another(s: Scene) -> Act:
    return lambda: page(entry=s.about.entry).save()


@attempt("one_site_page_entry_per_number")
def a_site_page_entry_numbered_twice(s: Scene) -> Act:
    return lambda: entry(s, number=1).save()


@attempt("a_site_page_entry_is_approved_after_it_was_proposed")
def a_site_page_entry_that_begins_approved(s: Scene) -> Act:
    return lambda: entry(s, approved_by=s.world.publisher, approved_at=clock_now()).save()


@attempt("nobody_approves_the_site_page_they_proposed")
def approving_ones_own_site_page(s: Scene) -> Act:
    waiting = saved(entry(s))
    return lambda: change(waiting, approved_by=s.world.editor, approved_at=clock_now())


@attempt("an_approved_site_page_says_who_and_when")
def a_site_page_approved_at_no_time(s: Scene) -> Act:
    waiting = saved(entry(s))
    return lambda: change(waiting, approved_by=s.world.publisher)


@attempt("an_approved_site_page_stays_approved")
def taking_back_who_approved_a_site_page(s: Scene) -> Act:
    return lambda: change(s.about.entry, approved_by=s.world.lead)  # type: ignore[arg-type]


CHANGES: dict[str, dict[str, Any]] = {"conditions_sitepageentry": {"text": "All is well."}}
NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "conditions_sitepage": lambda s: (page(), s.about),
    "conditions_sitepageentry": lambda s: (entry(s), SitePageEntry.objects.order_by("pk")[0]),
}
ALONE: dict[str, Callable[[Scene], Model]] = {"conditions_sitepage": lambda s: saved(page())}
"""See `kept`."""
