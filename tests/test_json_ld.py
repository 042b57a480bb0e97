"""What machines are told of each kind of page is what the page shows."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from alsinfo.json_ld import MOST_NAMED, collection
from conditions.actions import profiling
from conditions.models import Description
from conditions.structured_data import _drug
from tests import medicines
from tests import world as w

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
SITE = "http://testserver"


def told(text: str) -> dict[str, Any]:
    """The one block of a page."""
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    found: dict[str, Any] = json.loads(script)
    assert found["@context"] == "https://schema.org"
    return found


def words_of(text: str) -> str:
    """The page's words, without its scripts and elements."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", " ", text)))


def links(text: str) -> list[tuple[str, str]]:
    """Words and target of each link in the page's main part, without where it begins on a page."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return [(unescape(words), href) for href, words in re.findall(r'<a [^>]*href="([^"#?]*)"[^>]*>([^<]*)</a>', main)]


def test_a_page_on_a_condition_is_told_with_its_medicines_as_it_states_them(client: Client, world: w.World) -> None:
    medicines.live(world, medicines.riluzole(world))
    for region, brand, country in (("uk", "Rilutek", "United Kingdom"), ("us", "Exservan", "United States")):
        text = client.get(f"/{region}/conditions/als/").text
        page = told(text)
        assert page["publishingPrinciples"] == f"{SITE}/{region}/editorial-process/"
        assert f'href="/{region}/editorial-process/"' in text
        [drug] = page["about"]["possibleTreatment"]
        assert (drug["name"], drug["nonProprietaryName"], drug["proprietaryName"]) == ("riluzole", "riluzole", [brand])
        assert drug["legalStatus"]["applicableLocation"]["name"] == country
        for said in (brand, drug["drugClass"]["name"], drug["legalStatus"]["name"]):
            assert said in words_of(text)
        assert "licens" in drug["legalStatus"]["name"].casefold() and "unded" not in json.dumps(page)
        assert "ld+json" not in client.get(f"/{region}/conditions/als/v1/").text, "a former text is not told"


def test_a_medicine_whose_licence_is_not_recorded_is_told_without_one() -> None:
    drug = _drug({"name": "riluzole", "class": "A blocker", "brands": [], "licence": None}, w.GB)
    assert drug.keys() == {"@type", "name", "nonProprietaryName", "drugClass"}


def test_lists_are_told_as_they_are_shown(client: Client, world: w.World) -> None:
    w.live(world)
    w.live(world, w.article(world, "pls", "Primary <lateral> sclerosis"), regions="GB")
    for address in ("/uk/", "/uk/conditions/", "/us/conditions/", "/uk/medical-team/", "/uk/organisations/"):
        text = client.get(address).text
        page = told(text)
        assert (page["@type"], page["url"]) == ("CollectionPage", f"{SITE}{address}")
        assert page["inLanguage"] == ("en-US" if "/us/" in address else "en-GB")
        assert page["name"] == unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", text)[0])
        items = page["mainEntity"]["itemListElement"]
        assert items and page["mainEntity"]["numberOfItems"] == len(items)
        assert [each["position"] for each in items] == list(range(1, len(items) + 1))
        shown = links(text)
        at = [shown.index((each["name"], each["url"].removeprefix(SITE))) for each in items]
        assert at == sorted(at)
    assert told(client.get("/").text)["@type"] == "WebSite"


def test_a_long_list_counts_all_and_names_the_first() -> None:
    page = collection("/uk/", "All", "en-GB", [(str(number), f"/uk/{number}/") for number in range(250)])
    assert page["mainEntity"]["numberOfItems"] == 250
    assert len(page["mainEntity"]["itemListElement"]) == MOST_NAMED


def test_a_reviewer_is_told_with_what_was_checked_and_approved(client: Client, world: w.World) -> None:
    w.live(world)
    address = "/uk/medical-team/uk-reviewer/"
    bare = told(client.get(address).text)["mainEntity"]
    assert "knowsAbout" not in bare and "image" not in bare
    words = Description("Neurologist", specialties=("Motor neurone disease",), links=("https://example.org/me",))
    profile = profiling.save_profile(world.uk, words, by=world.uk.user)
    profiling.approve_profile(profile.entries.get(), by=world.lead)
    text = client.get(address).text
    page = told(text)
    person = page["mainEntity"]
    assert (page["@type"], person["@type"], person["url"]) == ("ProfilePage", "Person", f"{SITE}{address}")
    assert page["name"] == person["name"] == re.findall(r"<h1>(.*?)</h1>", text)[0]
    assert person["identifier"] == [{"@type": "PropertyValue", "propertyID": "GMC", "value": "0000001"}]
    [credential] = person["hasCredential"]
    said = (person["jobTitle"], *person["knowsAbout"], *person["sameAs"], credential["name"])
    for each in (*said, credential["recognizedBy"]["name"]):
        assert each in words_of(text)
    w.check(world.uk.registrations.get(), world.lead, result="conditions")
    assert "hasCredential" not in told(client.get(address).text)["mainEntity"]
