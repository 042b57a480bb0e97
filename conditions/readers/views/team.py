"""The medical team of a region, and a page for each reviewer."""

import logging
from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from alsinfo import surrogates
from alsinfo.imaging import digest_of
from alsinfo.json_ld import as_script, collection
from conditions.models import Photograph
from conditions.readers import profiles
from conditions.readers.answers import cacheable, keyed, listing, not_vouched_for, public, region_of
from conditions.readers.team import AlteredSignature, insist_on_whole, members, published_signatures, signed_by
from conditions.rendering import team_path

PHOTOGRAPH_SECONDS = 30 * 24 * 60 * 60  # long, yet an erased one is gone from caches within a month

alarm = logging.getLogger("alsinfo.alarm")


@public
def medical_team(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Who reviews and signs for the region, and who once did."""
    region = region_of(region_slug)
    signatures = list(published_signatures(region))
    try:
        insist_on_whole(signatures)
    except AlteredSignature:
        return _altered(request)
    counts = Counter(signature.reviewer_id for signature in signatures)
    found = members(region, counts, region.day(timezone.now()))
    named = [(member.printed_name, member.url) for member in found]
    context = {
        "region": region,
        "own_url": team_path(region),
        "structured_data": as_script(collection(team_path(region), "Medical team", region.lang, named)),
        "other_url": team_path(region.other),
        "present": [member for member in found if not member.is_former],
        "former": [member for member in found if member.is_former],
    }
    return cacheable(request, render_to_string("conditions/medical_team.html", context), headers=listing(region))


@public
def reviewer(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """A reviewer: who they are, their registrations as checked, and everything published that they signed."""
    region = region_of(region_slug)
    today = region.day(timezone.now())
    signers = published_signatures(region).filter(reviewer__slug=slug).values_list("reviewer", flat=True)
    found = members(region, signers, today, slug)
    if not found:
        raise Http404
    [member] = found
    try:
        signed = signed_by(member, region, today)
    except AlteredSignature:
        return _altered(request)
    context = {
        "region": region,
        "member": member,
        "signed": signed,
        "team_url": team_path(region),
        "structured_data": as_script(profiles.document(member, region)),
    }
    text = render_to_string("conditions/reviewer.html", context)
    return cacheable(request, text, headers=keyed(surrogates.reviewer(slug)))


@public
def photograph(request: HttpRequest, digest: str) -> HttpResponse:
    """A reviewer's photograph, while an approved profile shows it; caches may keep it for 30 days."""
    found = Photograph.objects.filter(pk=digest, entries__shown_by__isnull=False).first()
    if found is None:
        raise Http404
    body = bytes(found.body)
    if digest_of(body) != digest:
        alarm.critical("A photograph is altered, asked for at %s.", request.path)
        return not_vouched_for(request)
    response = HttpResponse(body, content_type="image/webp")
    response.headers["Cache-Control"] = f"public, max-age={PHOTOGRAPH_SECONDS}, immutable"
    return response


def _altered(request: HttpRequest) -> HttpResponse:
    alarm.critical("A published signature or its text is altered, asked for at %s.", request.path)
    return not_vouched_for(request)
