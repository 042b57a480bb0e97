"""Verify a text: by a code on a page or a print, to the signatures on it and how to check them by hand."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone

from conditions.models import Publication
from conditions.page_facts import canonical_slug, other_region_url
from conditions.readers import verifying
from conditions.readers.answers import about_page, cacheable, down, not_vouched_for, public, why_gone
from conditions.readers.serving import Altered, Reading, Whole, read
from conditions.readers.versions import AlteredVersion, insist_on_whole, withdrawn_on_of
from conditions.rendering import article_path, digest_code
from organisations.regions import Region

alarm = logging.getLogger("alsinfo.alarm")


@public
def verify_form(request: HttpRequest) -> HttpResponse:
    """Where a code or digest is typed: `?code=` leads to its text, or lists those that begin so."""
    typed = request.GET.get("code", "")
    code = verifying.code_of(typed)
    found = verifying.published_with(code) if code else []
    if len(found) == 1:
        return HttpResponseRedirect(f"/verify/{found[0]}/")
    problem = ""
    if typed and not found:
        problem = "No published text has this code." if code else "A code has 12 signs at least: 0 to 9 and a to f."
    context = {"typed": typed, "problem": problem, "found": found, "length": verifying.CODE_LENGTH}
    return cacheable(request, render_to_string("conditions/verify_form.html", context))


@public
def verify(request: HttpRequest, digest: str) -> HttpResponse:
    """A published text by its digest: computed anew, with its signatures; 410 without a word of it if taken down."""
    publications = verifying.publications_of(digest)
    answer, reading = _closed(request, publications)
    if answer:
        return answer
    context = {**_facts(publications), "recomputed": verifying.recomputed(publications[0])}
    live = next((each for each in publications if each.ended_at is None), None)
    if live and isinstance(reading, Whole):
        context["shown"] = verifying.shown_now(live, reading.etag, reading.body)
        if missing := context["shown"].missing:
            alarm.critical("%s is sealed, but does not show what was signed: %s.", live, ", ".join(missing))
            return not_vouched_for(request)
    context["live"] = live
    context["title"] = publications[0].revision.content["title"]
    context["may_leave"] = verifying.may_leave(publications[0].revision.content)
    headers = about_page(publications[0].regional_article_id)
    return cacheable(request, render_to_string("conditions/verify.html", context), headers=headers)


@public
def content(request: HttpRequest, digest: str) -> HttpResponse:
    """Exactly the bytes that were hashed and signed."""
    publications = verifying.publications_of(digest)
    answer, _ = _closed(request, publications)
    if answer:
        return answer
    revision = publications[0].revision
    if not verifying.may_leave(revision.content):
        raise Http404
    headers = about_page(publications[0].regional_article_id)
    headers["Content-Disposition"] = f'attachment; filename="content-{digest[:12]}.json"'
    return cacheable(request, revision.text.encode(), digest, content_type="application/json", headers=headers)


def _closed(request: HttpRequest, publications: list[Publication]) -> tuple[HttpResponse | None, Reading | None]:
    """The answer where nothing of a text may be shown, else None; and what readers get at its address."""
    if not publications:
        raise Http404
    page = publications[0].regional_article
    region = Region(page.region)
    try:
        insist_on_whole(publications)
    except AlteredVersion:
        return not_vouched_for(request), None
    reading = read(region, canonical_slug(page), region.day(timezone.now()))
    if isinstance(reading, Altered):
        return not_vouched_for(request), None
    if isinstance(reading, Whole) and not all(withdrawn_on_of(each) for each in publications):
        return None, reading
    context = {
        **_facts(publications),
        "reason": why_gone(page),
        "article_url": article_path(region, canonical_slug(page)) if isinstance(reading, Whole) else "",
    }
    return down(request, "conditions/verify_gone.html", context, page.pk), None


def _facts(publications: list[Publication]) -> dict[str, Any]:
    """What may be said of a text, taken down or not."""
    page = publications[0].regional_article
    region, slug, digest = Region(page.region), canonical_slug(page), publications[0].revision_id
    return {
        "region": region,
        "digest": digest,
        "code": digest_code(digest),
        "signatures": verifying.signed(publications),
        "places": [verifying.place(each, slug, withdrawn_on=withdrawn_on_of(each)) for each in publications],
        "article_url": article_path(region, slug),
        "history_url": f"{article_path(region, slug)}history/",
        "other_url": other_region_url(page),
    }
