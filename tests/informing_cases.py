"""The actions on pages about the site, in the table of `test_actions`."""

from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import informing
from conditions.models import SitePage, SitePageEntry
from tests import world as w
from tests.action_case import Case
from tests.acts import Place

SAID = {"title": "About us", "text": "We explain things."}


def propose(place: Place, by: User | None = None) -> Any:
    return informing.propose_page(SitePage(kind="about"), by=by or place.world.editor, fields=SAID)


INFORMING = (
    Case("propose_page", "editor", (), "SitePageEntry", after="About us", act=propose),
    Case(
        "approve_page",
        "publisher",
        (propose,),
        "SitePageEntry",
        after="About us",
        act=lambda place, by: informing.approve_page(SitePageEntry.objects.get(), by=by, is_affirmed=True),
    ),
)


def shown(world: w.World, kind: str = "about", **but: Any) -> SitePage:
    """A page that readers see; `but` are other fields of it, or `title` and `text`."""
    said = {name: but.pop(name, SAID[name]) for name in SAID}
    entry = informing.propose_page(SitePage(kind=kind, **but), by=world.editor, fields=said)
    informing.approve_page(entry, by=world.publisher, is_affirmed=True)
    return SitePage.objects.get(pk=entry.page_id)


def plant(world: w.World, word: str) -> None:
    """A page that readers see, and a proposal for it that nobody approved."""
    informing.propose_page(shown(world), by=world.editor, fields={"title": "About us", "text": f"We are {word}."})
