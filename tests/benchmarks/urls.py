"""The site's addresses and `/bare/`, which returns the article page's bytes from memory and does nothing else."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from alsinfo.urls import urlpatterns as site
from conditions.readers.serving import Whole, read
from organisations.regions import Region

SLUG = "amyotrophic-lateral-sclerosis"


@cache
def page() -> bytes:
    reading = read(Region.GB, SLUG, Region.GB.day(timezone.now()))
    assert isinstance(reading, Whole)
    return reading.body


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(page(), headers={"Content-Length": str(len(page()))})


urlpatterns: list[Any] = [path("bare/", bare), *site]
