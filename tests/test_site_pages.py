"""Pages about the site: one person proposes, another approves, nothing there is about health."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from alsinfo.refusals import Refusal
from conditions.actions import informing
from conditions.models import SitePage
from conditions.vocabulary import SitePageKind
from organisations.errors import AlreadyApproved, NothingNew
from tests import pages
from tests import world as w
from tests.informing_cases import SAID, shown
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
ADD = "/admin/conditions/sitepage/add/"


def test_an_editor_writes_a_page_a_publisher_reads_and_approves_it_and_readers_see_it(client: Client) -> None:
    world = w.build()
    editor, publisher = signed_in(world.editor), signed_in(world.publisher)
    assert "This page is not written yet." in client.get("/uk/about/").text
    text = "We explain.\n\n### How\n\nWith [care](https://example.org/)."
    pages.send(editor, ADD, kind="about", region="", title="About us", text=text)
    page = SitePage.objects.get()
    address = f"/admin/conditions/sitepage/{page.pk}/change/"
    assert "not written yet" in client.get("/uk/about/").text
    assert "You proposed" not in publisher.get(address).text
    assert "a person with the role of publisher" in editor.get(address).text
    refused: Any = pages.send(publisher, address, "/approve/")
    assert "say that it gives no advice on health" in refused.text
    pages.send(publisher, address, "/approve/", is_affirmed="on")
    for region in ("uk", "us"):
        seen = client.get(f"/{region}/about/")
        assert "<h1>About us</h1>" in seen.text and "<h2>How</h2>" in seen.text
        assert seen.headers["Cache-Control"].startswith("public") and not seen.cookies
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get("/us/about/").text)
    assert found and json.loads(found[1])["@type"] == "AboutPage"
    pages.send(editor, address, title="About us", text="We explain more.")
    assert "We explain." in client.get("/uk/about/").text
    versions = publisher.get(address).text
    assert "Entry 2: About us" in versions and "Entry 1: About us" in versions


def test_what_is_about_health_or_cannot_be_shown_is_said_at_its_field_and_stays_typed() -> None:
    world = w.build()
    w.article(world)
    for text, sentence in {
        "We know amyotrophic lateral sclerosis.": "Take out “amyotrophic lateral sclerosis”",
        "We advise 50 mg.": "Take out “50 mg”",
        "<b>Bold</b>": "HTML is not allowed",
    }.items():
        answer: Any = pages.send(signed_in(world.editor), ADD, kind="about", region="", title="About", text=text)
        assert sentence in answer.text.replace("&lt;", "<")
        assert pages.form(answer).fields["text"] == [text]
        with pytest.raises(Refusal) as refusal:
            informing.propose_page(SitePage(kind="about"), by=world.editor, fields={"title": "About", "text": text})
        assert refusal.value.code == "unusable-page"
    assert not SitePage.objects.exists()


def test_only_another_person_approves_the_newest_proposal_and_says_that_it_is_not_about_health() -> None:
    world = w.build()
    both = w.person("both", w.Role.EDITOR, w.Role.PUBLISHER, is_staff=True)
    page = SitePage(kind="about")
    first = informing.propose_page(page, by=both, fields=SAID)
    with pytest.raises(NothingNew):
        informing.propose_page(SitePage.objects.get(), by=world.editor, fields=SAID)
    for by, is_affirmed, code in ((both, True, "own-page"), (world.publisher, False, "not-affirmed")):
        with pytest.raises(Refusal) as refusal:
            informing.approve_page(first, by=by, is_affirmed=is_affirmed)
        assert refusal.value.code == code
    second = informing.propose_page(SitePage.objects.get(), by=both, fields={"title": "About", "text": "Us."})
    with pytest.raises(AlreadyApproved):
        informing.approve_page(first, by=world.publisher, is_affirmed=True)
    informing.approve_page(second, by=world.publisher, is_affirmed=True)


def test_a_regions_own_page_goes_before_that_for_all(client: Client) -> None:
    world = w.build()
    shown(world, text="For all.")
    shown(world, region="US", text="For the US.")
    assert "For all." in client.get("/uk/about/").text
    assert "For the US." in client.get("/us/about/").text


def test_a_page_about_the_site_stands_in_the_way_of_no_other_and_each_is_in_the_footer(client: Client) -> None:
    home = client.get("/uk/").text
    for kind in SitePageKind.values:
        assert f'href="/uk/{kind}/"' in home
        assert client.get(f"/uk/{kind}/").status_code == 200
        assert client.get(f"/uk/{kind}").headers["Location"] == f"/uk/{kind}/"
    for address in ("/uk/nothing/", "/fr/about/", "/uk/about/more/"):
        assert client.get(address).status_code == 404
    assert client.get("/uk/conditions/").status_code == client.get("/uk/feedback/").status_code == 200
