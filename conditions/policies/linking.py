"""Which page a link between pages means, and whether readers of a region get there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conditions.content.links import PageLink, linked_in_sections
from conditions.models import Article, Path
from conditions.vocabulary import PageState
from organisations.models import Shown
from organisations.regions import Region

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Destination:
    """What a link means: the UUID of an article or organisation, and its slug while readers of the region get there.

    They get to live pages of other articles, and to organisations that help in the region and that the page itself
    lists: it is made anew when one of these changes.
    """

    uuid: str
    slug: str


def destinations(content: Content) -> dict[PageLink, Destination]:
    """What each link of a content's sections means; those that mean nothing are left out.

    A condition is found by its own slug, else by any address its page has or had in this region, else in the other
    one. No query for a text without such links, four at most for one with.
    """
    links = linked_in_sections(content)
    slugs: dict[str, set[str]] = {"condition": set(), "organisation": set()}
    for link in links:
        slugs[link.kind].add(link.slug)
    found = {
        "condition": _conditions(slugs["condition"], content) if slugs["condition"] else {},
        "organisation": _organisations(slugs["organisation"], content) if slugs["organisation"] else {},
    }
    return {link: found[link.kind][link.slug] for link in links if link.slug in found[link.kind]}


def at_rest(known: Mapping[PageLink, Destination], content: Content) -> Iterator[tuple[PageLink, str]]:
    """The links of a content of which its readers get only the words now, and why."""
    readers = f"{Region(content['region']).label} readers"
    for link, destination in known.items():
        if destination.uuid == content["article"]:
            yield link, "leads to this very page"
        elif not destination.slug and link.kind == "organisation":
            yield (
                link,
                f"is not among the organisations of this page that help {readers}",
            )
        elif not destination.slug:
            yield link, f"has no page for {readers} now"


def slugs_of(article: Article) -> set[str]:
    """Every slug that a link to the article may have."""
    addresses = Path.objects.filter(regional_article__article=article).values_list("slug", flat=True)
    return {article.condition.slug, *addresses}


def _conditions(slugs: Iterable[str], content: Content) -> dict[str, Destination]:
    region, meant = Region(content["region"]), dict[str, str]()
    paths = Path.objects.filter(slug__in=slugs).values_list("region", "slug", "regional_article__article__uuid")
    for _, slug, uuid in sorted(paths, key=lambda path: path[0] == region):
        meant[slug] = str(uuid)
    articles = Article.objects.filter(condition__slug__in=slugs).values_list("condition__slug", "uuid")
    meant |= {slug: str(uuid) for slug, uuid in articles}
    live = _live_slugs({uuid for uuid in meant.values() if uuid != content["article"]}, region)
    return {slug: Destination(uuid, live.get(uuid, "")) for slug, uuid in meant.items()}


def _live_slugs(uuids: Iterable[str], region: Region) -> dict[str, str]:
    page = "regional_article"
    live = Path.objects.filter(is_canonical=True, region=region, **{f"{page}__state": PageState.LIVE})
    found = live.filter(**{f"{page}__article__uuid__in": uuids}).values_list(f"{page}__article__uuid", "slug")
    return {str(uuid): slug for uuid, slug in found}


def _organisations(slugs: Iterable[str], content: Content) -> dict[str, Destination]:
    listed = {listing["organisation"] for listing in content["listings"]}
    helps_here = f",{content['region']}"  # the region itself, or a place in it
    bodies = Shown.objects.filter(organisation__slug__in=slugs).values_list(
        "organisation__slug", "organisation__uuid", "areas"
    )
    return {
        slug: Destination(str(uuid), slug if str(uuid) in listed and helps_here in areas else "")
        for slug, uuid, areas in bodies
    }
