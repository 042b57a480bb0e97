"""Two texts of an article, compared part by part: any two versions, texts in review, or the open draft."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.admin.buttons import Button
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from conditions.content.canonical import UnusableText
from conditions.models import Article, Edition, Publication, RegionalEdition, Revision
from conditions.models.desk import contents_of
from conditions.models.editions import ALL_REGIONS
from conditions.models.pictures import inline_address
from conditions.parts import Part, organisation_names, parts_of
from conditions.policies.drafting import objection_to_start
from conditions.vocabulary import EditionState
from organisations.regions import Region

DRAFT = "draft"


@dataclass(frozen=True)
class Choice:
    """A text that can be compared: a digest, or `draft`, and what it is."""

    token: str
    label: str


def show(office: RecordAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The comparison that the query asks for; without one, what readers get with what is newest."""
    region = region_of(request)
    offered = choices(article, region)
    after = _chosen(request, "after", offered, 0)
    before = _chosen(request, "before", offered, _before(offered, after))
    context: dict[str, Any] = {
        **office.admin_site.each_context(request),
        "title": f"Compare texts: {article}",
        "opts": office.opts,
        "article": article,
        "region": region,
        "regions": list(Region),
        "choices": offered,
        "before": before,
        "after": after,
    }
    if before and after:
        context |= _comparison(office, request, article, region, (before, after))
    return TemplateResponse(request, "admin/conditions/compare.html", context)


def region_of(request: HttpRequest) -> Region:
    """The region of the address part that is asked for, the UK for any other word."""
    asked = request.GET.get("region", "")
    return next((region for region in Region if region.slug == asked), Region.GB)


def choices(article: Article, region: Region) -> list[Choice]:
    """Every text of the article for a region, the newest first; a text that came back stands once, with all it was."""
    named: dict[str, list[str]] = {}
    open_edition = _open_edition(article)
    if open_edition is not None and region in open_edition.covered and open_edition.state == EditionState.DRAFT:
        named[DRAFT] = [f"Edition {open_edition.number}, the draft as it was last saved"]
    rows = RegionalEdition.objects.filter(edition__article=article, region=region, revision__isnull=False)
    for row in rows.select_related("edition").order_by("-edition__number", "-round"):
        label = f"Edition {row.edition.number}, round {row.round}: {row.get_state_display()}"
        named.setdefault(str(row.revision_id), []).append(label)
    versions = Publication.objects.filter(regional_article__article=article, regional_article__region=region)
    for version in versions.order_by("-sequence"):
        label = f"v{version.sequence}, published {version.published_on:%-d %B %Y}"
        named.setdefault(version.revision_id, []).insert(0, f"{label}, live" if version.ended_at is None else label)
    return [Choice(token, "; ".join(labels[:3])) for token, labels in named.items()]


def _comparison(
    office: RecordAdmin, request: HttpRequest, article: Article, region: Region, texts: tuple[Choice, Choice]
) -> dict[str, Any]:
    try:
        before, after = (_content(article, region, text.token) for text in texts)
        both = [before, after]
        parts = parts_of({region: after}, {region: before}, organisation_names(both), inline_address(both))
    except UnusableText as problem:
        return {"problem": str(problem)}
    buttons = [_restore(office, request, article, region, text) for text in texts if text.token != DRAFT]
    return {"parts": parts, "changed": [part for part in parts if part.mark], "same": _same(parts), "buttons": buttons}


def _restore(
    office: RecordAdmin, request: HttpRequest, article: Article, region: Region, text: Choice
) -> tuple[Choice, Button]:
    initial = {f"text_{region.value}": text.token, "regions": ALL_REGIONS}
    objection = objection_to_start(article, by=person(request))
    return text, office.button("restore", "Start a new edition from it", article, objection, initial=initial)


def _same(parts: list[Part]) -> list[Part]:
    return [part for part in parts if not part.mark]


def _content(article: Article, region: Region, token: str) -> dict[str, Any]:
    if token == DRAFT:
        edition = _open_edition(article)
        if edition is None:
            raise Http404
        return contents_of(edition)[region]
    found = Revision.objects.filter(article=article, region=region, pk=token).first()
    if found is None:
        raise Http404
    return found.content


def _open_edition(article: Article) -> Edition | None:
    return article.editions.exclude(state=EditionState.CLOSED).first()


def _chosen(request: HttpRequest, name: str, offered: list[Choice], otherwise: int) -> Choice | None:
    """What the query names. Raises Http404 for a text that is not one of the article's own for the region."""
    token = request.GET.get(name, "")
    if token:
        found = next((choice for choice in offered if choice.token == token), None)
        if found is None:
            raise Http404
        return found
    return offered[otherwise] if len(offered) > otherwise else None


def _before(offered: list[Choice], after: Choice | None) -> int:
    """What readers get, if that is not what it is compared with, else the text before."""
    live = [place for place, choice in enumerate(offered) if choice.label.partition(";")[0].endswith(", live")]
    if live and offered[live[0]] != after:
        return live[0]
    return offered.index(after) + 1 if after else 0
