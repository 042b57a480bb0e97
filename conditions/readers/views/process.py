"""How texts come about, and what was put right."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from conditions import checks
from conditions.actions.assigning import DAYS_TO_RESPOND, DAYS_TO_REVIEW
from conditions.content.currency import EXPIRED_DAYS, OVERDUE_DAYS, SOON_DAYS
from conditions.models import Correction, Path, Publication
from conditions.policies.deferring import readable
from conditions.readers.answers import cacheable, listing, public, region_of
from conditions.readers.process import deeds, figures
from conditions.readers.serving import Whole, read
from conditions.readers.versions import withdrawn_on_of
from conditions.rendering import article_path, version_path
from conditions.vocabulary import LONGEST_INTERVAL_MONTHS
from organisations.regions import Region

PER_PAGE = 25


@dataclass(frozen=True)
class Corrected:
    """What was wrong on a page that readers get; `version_url` is empty where that version is taken down."""

    title: str
    url: str
    text: str
    since: date
    fixed_on: date
    version: int
    version_url: str


@public
def editorial_process(request: HttpRequest, region_slug: str) -> HttpResponse:
    """The rules that the site keeps, from the code that keeps them, and figures of the last twelve months."""
    region = region_of(region_slug)
    context = {
        "region": region,
        "deeds": list(deeds()),
        "tiers": [(tier.label, months) for tier, months in LONGEST_INTERVAL_MONTHS.items()],
        "days": {
            "respond": DAYS_TO_RESPOND,
            "review": DAYS_TO_REVIEW,
            "soon": SOON_DAYS,
            "overdue": OVERDUE_DAYS,
            "expired": EXPIRED_DAYS,
        },
        "rules": [rule for rule in checks.RULES if rule.is_blocking],
        "figures": figures(region, timezone.now()),
        **_addresses(region, "editorial-process"),
    }
    text = render_to_string("conditions/editorial_process.html", context)
    return cacheable(request, text, headers=listing(region))


@public
def corrections(request: HttpRequest, region_slug: str) -> HttpResponse:
    """What was wrong on pages that readers get, since when, and which version put it right; newest first."""
    region = region_of(region_slug)
    pages = readable(region, region.day(timezone.now()))
    live = Correction.objects.filter(publication__regional_article__in=pages)
    beside = ("publication__regional_article",)
    ordered = live.select_related(*beside).order_by("-publication__published_at", "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "region": region,
        "page": page,
        "found": _corrected(list(page.object_list), region),
        **_addresses(region, "corrections"),
    }
    return cacheable(request, render_to_string("conditions/corrections.html", context), headers=listing(region))


def _corrected(found: list[Correction], region: Region) -> list[Corrected]:
    """Those whose page is whole on this very read, under the title that is signed now."""
    pages = {each.publication.regional_article_id for each in found}
    slugs = Path.objects.filter(regional_article__in=pages, is_canonical=True).values_list("regional_article", "slug")
    titles = {number: (slug, title) for number, slug in slugs if (title := _title(region, slug))}
    return [
        _fact(each, region, *titles[each.publication.regional_article_id])
        for each in found
        if each.publication.regional_article_id in titles
    ]


def _title(region: Region, slug: str) -> str:
    reading = read(region, slug, region.day(timezone.now()))
    if not isinstance(reading, Whole):
        return ""
    live = Publication.objects.select_related("revision").get(pk=reading.publication_id)
    return str(live.revision.content["title"])


def _fact(correction: Correction, region: Region, slug: str, title: str) -> Corrected:
    publication = correction.publication
    is_down = withdrawn_on_of(publication)
    return Corrected(
        title=title,
        url=article_path(region, slug),
        text=correction.text,
        since=correction.since,
        fixed_on=publication.published_on,
        version=publication.sequence,
        version_url="" if is_down else version_path(region, slug, publication.sequence),
    )


def _addresses(region: Region, page: str) -> dict[str, str]:
    return {"own_url": f"/{region.slug}/{page}/", "other_url": f"/{region.other.slug}/{page}/"}
