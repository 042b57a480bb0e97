"""A page's past: its history, each version for good, any two compared, and how it was on a day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from conditions.article_facts import VersionFact
from conditions.content.canonical import UnusableText
from conditions.models import Publication
from conditions.page_facts import page_of_version
from conditions.readers.answers import about_page, cacheable, down, not_vouched_for, otherwise, public, region_of
from conditions.readers.comparing import comparison, pair_of
from conditions.readers.forms import DayForm
from conditions.readers.serving import Whole, read
from conditions.readers.versions import (
    AlteredVersion,
    Version,
    absences_of,
    as_it_was,
    insist_on_whole,
    published,
    version_of,
    versions_of,
)
from conditions.rendering import article_path, version_html
from organisations.regions import Region


@public
def history(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """Every published version: what changed, why, and who signed it; `?on=` tells what readers got on a day."""
    region, now = region_of(region_slug), timezone.now()
    reading = read(region, slug, region.day(now))
    if not isinstance(reading, Whole):
        return otherwise(request, region, reading, suffix="history/")
    live = _publication(reading)
    page = live.regional_article
    try:
        versions = versions_of(page, slug, region.day(now))
    except AlteredVersion:
        return not_vouched_for(request)
    form = DayForm(region, request.GET if request.GET.get("on") else None)
    day = form.cleaned_data["on"] if form.is_valid() else None
    by_number: dict[int | None, Version] = {version.number: version for version in versions}
    context = {
        **_about(live, region, slug),
        "versions": versions,
        "absences": absences_of(page),
        "form": form,
        "day": day,
        "moments": [(span, by_number.get(span.version)) for span in as_it_was(page, day, now)] if day else [],
    }
    return cacheable(request, render_to_string("conditions/history.html", context), headers=about_page(page.pk))


@public
def version(request: HttpRequest, region_slug: str, slug: str, number: int) -> HttpResponse:
    """One version for good, as it was signed, under a banner that says which one readers see now."""
    region, now = region_of(region_slug), timezone.now()
    reading = read(region, slug, region.day(now))
    if not isinstance(reading, Whole):
        return otherwise(request, region, reading, suffix=f"v{number}/")
    live = _publication(reading)
    shown = live.regional_article.publications.select_related("change_note", "revision").filter(sequence=number).first()
    if shown is None:
        raise Http404
    try:
        insist_on_whole([shown])
    except AlteredVersion:
        return not_vouched_for(request)
    found = version_of(shown, slug)
    if found.withdrawn_on:
        return _taken_down(request, live, region, slug, [found])
    fact = VersionFact(number, found.published_on, found.ended_on, live.sequence)
    headers = about_page(live.regional_article_id)
    return cacheable(request, version_html(page_of_version(shown), fact), headers=headers)


@public
def compare(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """Any two versions word by word, `?from=1&to=3`; the last two if that names none."""
    region, now = region_of(region_slug), timezone.now()
    reading = read(region, slug, region.day(now))
    if not isinstance(reading, Whole):
        return otherwise(request, region, reading, suffix="compare/")
    live = _publication(reading)
    try:
        publications = published(live.regional_article)
    except AlteredVersion:
        return not_vouched_for(request)
    versions = [version_of(each, slug) for each in publications]
    pair = pair_of(request.GET, versions)
    if spoilt := [each for each in pair if each.withdrawn_on]:
        return _taken_down(request, live, region, slug, spoilt)
    context = {**_about(live, region, slug), "versions": [each for each in versions if not each.withdrawn_on]}
    if pair:
        texts = {each.sequence: each.revision.text for each in publications}
        context |= {"pair": pair, "problem": ""}
        try:
            context |= comparison(region, *(texts[each.number] for each in pair))
        except UnusableText as problem:
            context["problem"] = str(problem)
    headers = about_page(live.regional_article_id)
    return cacheable(request, render_to_string("conditions/compare.html", context), headers=headers)


def _publication(reading: Whole) -> Publication:
    beside = ("revision", "regional_article", "change_note")
    return Publication.objects.select_related(*beside).get(pk=reading.publication_id)


def _about(live: Publication, region: Region, slug: str) -> dict[str, object]:
    return {"region": region, "title": live.revision.content["title"], "article_url": article_path(region, slug)}


def _taken_down(
    request: HttpRequest, live: Publication, region: Region, slug: str, versions: list[Version]
) -> HttpResponse:
    """410: a signature on these versions was withdrawn, so nobody vouches for them; the live page stands."""
    context = {**_about(live, region, slug), "versions": versions}
    return down(request, "conditions/version_gone.html", context, live.regional_article_id)
