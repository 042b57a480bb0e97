"""What machines are told of the site: exactly what readers get, and no more."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from conditions.actions import withdrawing
from conditions.models import RegionalArticle
from conditions.readers.views import machines
from tests import bodies
from tests import world as w
from tests.refusals.attempts import undone
from tests.world import GB, US, World

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
SITE = "http://testserver"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
LINK = "{http://www.w3.org/1999/xhtml}link"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def built(bare_ground: None, django_db_blocker: Any) -> Iterator[World]:
    """Live in both regions, live in one, taken down, drafted; organisations of both regions and of one."""
    with django_db_blocker.unblock(), undone():
        world = w.build()
        w.live(world, w.article(world, "als", "Amyotrophic lateral sclerosis"))
        w.live(world, w.article(world, "pls", "Primary lateral sclerosis"), regions="GB")
        down = w.live(world, w.article(world, "down", "Taken down"), regions="US")
        withdrawing.suspend(w.page(down, US), by=world.publisher, reason="A mistake.")
        w.draft(world, w.article(world, "draft", "A draft"))
        for name, areas in bodies.SOME.items():
            bodies.approved(world, name, areas)
        yield world


@pytest.fixture
def _django_db_helper(built: World) -> Iterator[None]:
    """In place of pytest-django's own: a savepoint for each test in the one transaction of this module."""
    with undone():
        yield


@pytest.fixture
def world(built: World) -> World:
    return deepcopy(built)


def parsed(client: Client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "xml" in answer.headers["Content-Type"]
    return ElementTree.fromstring(answer.content)


def listed(client: Client) -> list[str]:
    """The paths in all sitemaps that the index names."""
    index = parsed(client, "/sitemap.xml")
    found = []
    for place in index.findall("s:sitemap/s:loc", SITEMAP):
        assert place.text is not None
        urls = parsed(client, place.text.removeprefix(SITE))
        found += [str(each.text).removeprefix(SITE) for each in urls.findall("s:url/s:loc", SITEMAP)]
    return found


def crawled(client: Client) -> set[str]:
    """The paths that links lead to from the first page on, as far as each names itself and may be kept."""
    waiting, seen, found = ["/"], {"/"}, set()
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        assert answer.status_code == 200, path
        if "html" not in answer.headers["Content-Type"]:
            continue
        own = re.search(r'<link rel="canonical" href="([^"]*)">', answer.text)
        if own and own[1] == f"{SITE}{path}" and 'content="noindex"' not in answer.text:
            found.add(path)
        for link in re.findall(r'<a [^>]*href="(/[^"#?]*)', answer.text):
            if link not in seen and not link.startswith(("/static/", "/desk/")):
                seen.add(link)
                waiting.append(link)
    return found


def test_the_sitemap_is_what_links_lead_to_and_nothing_else(client: Client, world: World) -> None:
    addresses = listed(client)
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == crawled(client)
    assert {"/uk/conditions/als/", "/us/conditions/als/", "/uk/conditions/pls/"} <= set(addresses)
    assert not [path for path in addresses if "down" in path or "draft" in path or "search" in path]


def test_each_address_names_the_same_page_in_the_other_country(client: Client, world: World) -> None:
    urls = parsed(client, "/sitemaps/conditions-1.xml").findall("s:url", SITEMAP)
    links = {
        url.findtext("s:loc", "", SITEMAP): [(each.get("hreflang"), each.get("href")) for each in url.findall(LINK)]
        for url in urls
    }
    both = [("en-GB", f"{SITE}/uk/conditions/als/"), ("en-US", f"{SITE}/us/conditions/als/")]
    assert links[f"{SITE}/uk/conditions/als/"] == links[f"{SITE}/us/conditions/als/"] == both
    assert links[f"{SITE}/uk/conditions/pls/"] == []
    assert {url.findtext("s:lastmod", "", SITEMAP) for url in urls} == {w.today().isoformat(), w.today(US).isoformat()}


def test_a_page_long_overdue_leaves_the_sitemap_as_it_asks_not_to_be_kept(client: Client, world: World) -> None:
    page = RegionalArticle.objects.get(article__condition__slug="pls", region=GB)
    RegionalArticle.objects.filter(pk=page.pk).update(next_review_due_on=w.today() - w.timedelta(days=90))
    assert "/uk/conditions/pls/" not in listed(client)
    RegionalArticle.objects.filter(pk=page.pk).update(next_review_due_on=w.today() - w.timedelta(days=89))
    assert "/uk/conditions/pls/" in listed(client)


def test_more_addresses_than_a_file_may_hold_go_into_another(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sorted(listed(client))
    monkeypatch.setattr(machines, "MOST_IN_ONE", 2)
    assert sorted(listed(client)) == whole
    for nowhere in ("conditions-9", "conditions-0", "nothing-1", "conditions"):
        assert client.get(f"/sitemaps/{nowhere}.xml").status_code == 404


def entries(client: Client, region: str = "uk") -> list[tuple[str, str]]:
    found = parsed(client, f"/{region}/feed.xml").findall("a:entry", ATOM)
    return [(each.findtext("a:title", "", ATOM), each.findtext("a:summary", "", ATOM)) for each in found]


def test_the_feed_tells_what_was_published_and_why(client: Client, world: World) -> None:
    assert entries(client) == [
        ("Published: Amyotrophic lateral sclerosis", "First version."),
        ("Published: Amyotrophic lateral sclerosis", "First version."),
    ]
    feed = parsed(client, "/uk/feed.xml")
    for part in (feed, *feed.findall("a:entry", ATOM)):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext("a:updated", "", ATOM))
    keys = [each.findtext("a:id", "", ATOM) for each in feed.findall("a:entry", ATOM)]
    assert len(set(keys)) == 2
    page = RegionalArticle.objects.get(article__condition__slug="pls", region=GB)
    withdrawing.suspend(page, by=world.publisher, reason="A mistake.")
    assert len(entries(client)) == 1
    assert '<link rel="alternate" type="application/atom+xml"' in client.get("/uk/").text
    assert client.get("/fr/feed.xml").status_code == 404


def test_robots_names_the_sitemap_and_keeps_out_of_search_and_staff_pages(client: Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    for path in ("/admin/", "/desk/", "/accounts/", "/uk/search/", "/us/search/"):
        assert f"Disallow: {path}" in lines


def test_security_txt_says_whom_to_tell_and_until_when(client: Client, settings: Settings) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    text = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:security@example.org\n" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.M)


def test_machines_are_told_of_a_page_what_it_shows(client: Client, world: World) -> None:
    text = client.get("/uk/conditions/als/").text
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    told = json.loads(script)
    assert told["@type"] == "MedicalWebPage"
    assert told["name"] == re.findall(r"<h1>(.*?)</h1>", text)[0]
    assert told["about"]["alternateName"] == re.findall(r"Also looked up as (.*?)</p>", text)[0].split(", ")
    assert told["description"] in text
    assert told["inLanguage"] == "en-GB"
    days = re.findall(r'<time datetime="([^"]*)"', text)
    for name in ("datePublished", "dateModified", "lastReviewed"):
        assert told[name] in days
    [person] = told["reviewedBy"]
    assert "Medically reviewed by <a" in text and person["name"] in text
    assert person["identifier"] == {"@type": "PropertyValue", "propertyID": "GMC", "value": "0000001"}
    assert len(told["citation"]) == len(re.findall(r'<li id="ref-', text)) == 1
    anchors = [part["url"].partition("#")[2] for part in told["hasPart"]]
    assert all(f'<section id="{anchor}">' in text for anchor in anchors)
    headings = re.findall(r'<section id="(?!page-)[^"]*">\s*<h2>(.*?)</h2>', text)
    assert [part["name"] for part in told["hasPart"]] == headings
    assert told["hasPart"][1]["hasHealthAspect"] == "https://schema.org/SymptomsHealthAspect"


def test_caches_know_each_page_by_its_key(client: Client, world: World) -> None:
    page = RegionalArticle.objects.get(article__condition__slug="als", region=GB)
    keys = {
        "/uk/conditions/als/": f"page-{page.pk}",
        "/uk/medical-team/uk-reviewer/": "reviewer-uk-reviewer",
        "/uk/organisations/mnd-scotland/": "organisation-mnd-scotland",
    }
    for address, key in keys.items():
        headers = client.get(address).headers
        assert headers["Surrogate-Key"] == headers["Cache-Tag"] == key
