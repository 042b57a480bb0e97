"""The page of the queues: one at a time, all counted, narrowed to a region or to the articles of one owner."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.accounts.models import Role, User
from alsinfo.admin.site import BackOffice, Page
from alsinfo.concurrency import clock_now
from conditions.admin.queues import ON_THE_WAY, Queue, Scope
from conditions.admin.safety_queues import QUEUES, SAFETY
from conditions.models import RegionalEdition
from conditions.vocabulary import OPEN_REVIEWS
from organisations.regions import Region

ON_A_PAGE = 50
READERS = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)


def scope_of(request: HttpRequest) -> Scope:
    """What the query narrows to; a word that is no region, and a number that is nobody, narrow nothing."""
    slug, owner = request.GET.get("region", ""), request.GET.get("owner", "")
    region = next((each for each in Region if each.slug == slug), None)
    is_number = owner.isascii() and owner.isdecimal() and len(owner) < 10
    return Scope(clock_now(), region, int(owner) if is_number else None)


def filters(scope: Scope) -> dict[str, Any]:
    """What the form of a page offers: regions, and people who look after articles."""
    return {"scope": scope, "regions": Region, "owners": owners(), "narrowed": narrowed(scope)}


def owners() -> list[User]:
    """Everybody who may look after articles."""
    held = User.objects.filter(is_active=True, role_grants__role__in=READERS, role_grants__confirmed_at__isnull=False)
    return list(held.distinct().order_by("full_name", "username"))


def narrowed(scope: Scope) -> str:
    """The query that keeps a page narrowed as it is."""
    kept = {"region": scope.region.slug if scope.region else "", "owner": scope.owner or ""}
    return urlencode({name: value for name, value in kept.items() if value})


def show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """One queue, and how much waits in the others."""
    scope = scope_of(request)
    chosen = QUEUES.get(request.GET.get("queue", ""), ON_THE_WAY[0])
    page = Paginator(chosen.find(scope), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, row.days(scope.now)) for row in map(chosen.row, page)]
    groups = {"On the way to readers": ON_THE_WAY, "Safety": SAFETY}
    counted = {name: [(queue, _count(queue, scope)) for queue in queues] for name, queues in groups.items()}
    kept = urlencode({"queue": chosen.slug}) + (f"&{narrowed(scope)}" if narrowed(scope) else "")
    context |= {"queue": chosen, "page": page, "rows": rows, "groups": counted, "kept": kept, **filters(scope)}
    return TemplateResponse(request, "admin/queues.html", context)


def _count(queue: Queue, scope: Scope) -> int:
    found = queue.find(scope)
    return len(found) if isinstance(found, list) else found.order_by().count()  # type: ignore[union-attr]


def waiting() -> int:
    """How many texts are on their way."""
    return RegionalEdition.objects.filter(state__in=OPEN_REVIEWS).count()


cast(BackOffice, admin.site).add_page(
    Page(address="queues/", name="queues", title="Queues", readers=READERS, waiting=waiting, view=show)
)
