"""The references of a live page as files, and their style on it."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from conditions.actions import withdrawing
from conditions.exporting import FORMATS
from conditions.importing.records import Found
from conditions.importing.references import READERS
from conditions.models import Revision
from tests import world as w
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

PAGE = "/uk/conditions/als/"


def described(client: Client, suffix: str) -> list[dict[str, Any]]:
    answer = client.get(f"{PAGE}references.{suffix}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == FORMATS[suffix].media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="als-references.{suffix}"'
    return [record.csl for record in READERS[f".{suffix}"](BytesIO(answer.content)) if isinstance(record, Found)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_references_of_a_page_are_a_file_in_each_format(client: Client, world: w.World, suffix: str) -> None:
    w.live(world, w.article(world, "als"))
    [work] = described(client, suffix)
    assert (work["title"], work["DOI"]) == (w.BROWN["title"], w.BROWN["DOI"])


def test_only_what_readers_get_now_is_in_the_file(client: Client, world: w.World) -> None:
    w.cataloguing.change_reference(world.reference, {**w.BROWN, "note": "canary"}, by=world.editor)
    article = w.article(world, "als")
    w.live(world, article)
    w.cataloguing.change_reference(world.reference, {**w.BROWN, "title": "A newer title"}, by=world.editor)
    answer = client.get(f"{PAGE}references.json")
    assert json.loads(answer.content)[0]["title"] == w.BROWN["title"]
    assert "canary" not in answer.text
    assert "canary" not in Revision.objects.filter(region=GB).get().text, "what is signed is what is shown"


def test_a_reader_who_has_the_file_gets_304(client: Client, world: w.World) -> None:
    w.live(world, w.article(world, "als"))
    etag = client.get(f"{PAGE}references.ris").headers["ETag"]
    assert client.get(f"{PAGE}references.ris", headers={"if-none-match": etag}).status_code == 304
    assert client.get(f"{PAGE}references.bib", headers={"if-none-match": etag}).status_code == 200


def test_where_there_is_no_page_there_is_no_file(client: Client, world: w.World) -> None:
    article = w.article(world, "als")
    w.draft(world, article)
    nothing = client.get("/uk/conditions/never/references.ris")
    assert (nothing.status_code, client.get(f"{PAGE}references.ris").content) == (404, nothing.content)
    live = w.article(world, "pls", "PLS")
    w.live(world, live)
    assert client.get("/uk/conditions/pls/references.exe").status_code == 404
    withdrawing.suspend(w.page(live), by=world.publisher, reason="A wrong dose.")
    assert client.get("/uk/conditions/pls/references.ris").status_code == 410


def test_a_page_that_moved_leads_to_its_file(client: Client, world: w.World) -> None:
    article = w.article(world, "als")
    w.live(world, article)
    w.cataloguing.change_address(w.page(article), "mnd", by=world.editor)
    answer = client.get(f"{PAGE}references.ris")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/uk/conditions/mnd/references.ris")


def test_the_style_of_references_changes_the_page_and_not_what_is_signed(
    client: Client, world: w.World, settings: Settings
) -> None:
    w.live(world, w.article(world, "als"))
    digest = Revision.objects.filter(region=GB).get().digest
    assert "doi: 10.1056/NEJMra1603471" in client.get(PAGE).text
    settings.REFERENCE_STYLE = "ama"
    call_command("rebuild_pages")
    assert "doi:10.1056/NEJMra1603471" in client.get(PAGE).text
    assert Revision.objects.filter(region=GB).get().digest == digest
