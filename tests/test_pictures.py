"""Pictures of articles: sent by an editor, reviewed with the text, for readers only once it is published."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from alsinfo.admin.records import page_of
from alsinfo.guards import engine
from conditions.actions import drafting, withdrawing
from conditions.models import Edition, PictureFile, PictureShown
from tests import pages, pictured
from tests import world as w
from tests.at_desk import address as review
from tests.at_desk import at_desk, text_of
from tests.databases import as_owner
from tests.pages import signed_in
from tests.refusals.rows import change
from tests.world import GB, US, World

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PAGE = "/uk/conditions/als/"
INLINE = 'src="data:image/webp;base64,'


@pytest.fixture
def world() -> World:
    return w.build()


def send(world: World, edition: Edition, query: str = "", **fields: Any) -> Any:
    """What an editor sends on the page of its own."""
    fields = {"file": SimpleUploadedFile("Nerve cells.png", pictured.sent(), "image/png"), **pictured.WORDS, **fields}
    return signed_in(world.editor).post(f"/admin/conditions/edition/{edition.pk}/pictures/{query}", fields, follow=True)


def test_an_editor_sends_a_picture_with_its_words_and_places_it(world: World) -> None:
    edition = w.draft(world)
    on_the_way = pages.send(signed_in(world.editor), page_of(edition), _picture="", change_note="Typed.")
    assert on_the_way.redirect_chain[-1][0].endswith("/pictures/")  # type: ignore[attr-defined]
    assert Edition.objects.get(pk=edition.pk).change_note == "Typed."
    section = edition.sections.get(key="overview")
    answer = send(world, edition, section=section.pk)
    assert pages.messages(answer) == ["![nerve-cells] stands at the end of “What it is”. Saved."]
    section.refresh_from_db()
    assert section.body.endswith("\n\n![nerve-cells]")
    row = edition.pictures.get()
    assert {name: getattr(row, name) for name in pictured.WORDS} == pictured.WORDS
    assert [file["width"] for file in row.files] == [480, 800, 900]
    assert INLINE in answer.text and "placed · all regions · 900 pixels wide" in answer.text


def test_nothing_that_came_with_a_picture_is_kept(world: World) -> None:
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = "51.5007 N"
    Image.new("RGB", (900, 600), "red").save(out, "JPEG", exif=exif)
    send(world, w.draft(world), file=SimpleUploadedFile("a.jpg", out.getvalue()))
    assert PictureFile.objects.count() == 3
    for file in PictureFile.objects.all():
        assert b"51.5007" not in bytes(file.body)
        assert Image.open(BytesIO(bytes(file.body))).format == "WEBP"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": SimpleUploadedFile("a.png", b"hello")}, "This is not a picture we can read"),
        ({"file": SimpleUploadedFile("a.png", b"")}, "This file is empty"),
        ({"file": SimpleUploadedFile("a.png", b"x" * 5_300_000)}, "This picture is larger than 5 MB."),
        ({"file": ""}, "This field is required"),
        ({"credit": ""}, "Choose the picture again"),
        ({"licence": "stolen"}, "Select a valid choice"),
    ],
    ids=["text", "empty", "too large", "none", "whose", "licence"],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    world: World, fields: dict[str, Any], sentence: str
) -> None:
    answer = send(world, w.draft(world), **fields)
    assert sentence in text_of(answer)
    assert "<title>Error: " in answer.text and pictured.WORDS["caption"] in answer.text
    assert not PictureFile.objects.exists()


def test_another_file_takes_the_place_of_one_and_the_words_stay(world: World) -> None:
    edition = pictured.draft(world)
    row = edition.pictures.get()
    before = row.files
    other = SimpleUploadedFile("other.png", pictured.sent("green"))
    send(world, edition, f"?picture={row.pk}", file=other, caption="Another caption.")
    row.refresh_from_db()
    assert row.files != before and (row.key, row.caption) == ("nerves", "Another caption.")
    assert send(world, edition, "?picture=999999").status_code == 404
    assert send(world, w.draft(world, w.article(world, "pls", "PLS")), f"?picture={row.pk}").status_code == 404


def test_words_are_changed_and_the_picture_taken_out_on_the_page_of_the_text(world: World) -> None:
    edition = pictured.draft(world)
    editor = signed_in(world.editor)
    pages.send(editor, page_of(edition), **{"pictures-0-alt": "A cell."})
    assert edition.pictures.get().alt == "A cell."
    pages.send(editor, page_of(edition), **{"pictures-0-DELETE": "on"})
    assert not edition.pictures.exists() and PictureFile.objects.exists()


def test_a_draft_shows_its_picture_to_who_may_read_it_and_gives_it_no_address(client: Client, world: World) -> None:
    edition = pictured.draft(world)
    preview = signed_in(world.editor).get(f"/admin/conditions/edition/{edition.pk}/preview/uk/")
    assert INLINE in preview.text and "/pictures/" not in preview.text
    row = w.submit(world, edition)[GB]
    to = w.accept(w.assignment(row))
    desk = at_desk(world.uk)
    for page in ("", "page/", "copy/"):
        shown = desk.get(review(to, page))
        assert INLINE in shown.text and "/pictures/" not in shown.text
    assert "Read out in place of the picture: A nerve cell with a long thread" in text_of(desk.get(review(to)))
    nothing = client.get(f"/pictures/{'0' * 64}.webp")
    hidden = client.get(pictured.address())
    assert (hidden.status_code, hidden.content, dict(hidden.headers)) == (404, nothing.content, dict(nothing.headers))
    assert signed_in(world.editor).get(pictured.address()).status_code == 404


def test_readers_get_it_with_the_text_that_was_signed(client: Client, world: World) -> None:
    pictured.live(world)
    page = client.get(PAGE)
    assert page.text.count("<img") == 1
    assert f'src="{pictured.address()}"' in page.text and 'width="900" height="600"' in page.text
    assert "A: the cell. B: the muscle it moves. <small>Ada Example. <a href=" in page.text
    assert '"@type":"ImageObject"' in page.text and '"license":"https://creativecommons.org/' in page.text
    assert "img-src 'self'" in page.headers["Content-Security-Policy"]
    for address in re.findall(r"/pictures/\w+\.webp", page.text):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies and "Vary" not in answer.headers
        assert client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    assert client.get(pictured.address().replace(".webp", ".svg")).status_code == 404


def test_what_was_published_stays_with_its_version_and_what_takes_its_place_waits(client: Client, world: World) -> None:
    article = pictured.live(world)
    edition = drafting.start(article, by=world.editor, regions="GB")
    pictured.show(world, edition, colour="green")
    row = w.submit(world, edition)[GB]
    to = w.accept(w.assignment(row))
    text = at_desk(world.uk).get(review(to)).text
    assert text.count(INLINE) == 2 and "<del>" in text and "1 edit" in text
    assert client.get(pictured.address("green")).status_code == 404
    w.publish(world, row)
    assert pictured.address("green") in client.get(PAGE).text
    assert pictured.address() in client.get(f"{PAGE}v1/").text
    compared = client.get(f"{PAGE}compare/").text
    assert pictured.address() in compared and pictured.address("green") in compared
    assert [client.get(pictured.address(colour)).status_code for colour in ("navy", "green")] == [200, 200]


def test_a_new_edition_starts_with_the_picture_and_says_what_is_live(world: World) -> None:
    article = pictured.live(world)
    edition = w.write(drafting.start(article, by=world.editor), world.editor, fields={"change_note": "None."})
    assert [row.key for row in edition.pictures.all()] == ["nerves"]
    assert {row.state for row in w.submit(world, edition).values()} == {"unchanged"}


def test_nobody_gets_the_picture_of_a_page_that_was_taken_down(client: Client, world: World) -> None:
    article = pictured.live(world)
    withdrawing.suspend(w.page(article), by=world.publisher, reason="Wrong.")
    assert client.get(pictured.address()).status_code == 200, "the US page still shows it"
    withdrawing.suspend(w.page(article, US), by=world.publisher, reason="Wrong.")
    assert client.get(pictured.address()).status_code == 404


def test_nobody_gets_the_picture_of_a_version_whose_signature_was_withdrawn(client: Client, world: World) -> None:
    article = pictured.live(world)
    edition = drafting.start(article, by=world.editor)
    pictured.show(world, edition, colour="green")
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    for page in article.regional_articles.all():
        signature = page.publications.get(sequence=1).signatures().get()
        withdrawing.revoke(signature, by=world.lead, reason="Struck off.")
    assert client.get(pictured.address()).status_code == 404
    assert client.get(pictured.address("green")).status_code == 200


def test_a_row_that_says_so_makes_no_picture_public(client: Client, world: World) -> None:
    article = w.live(world)
    pictured.draft(world, w.article(world, "pls", "PLS"))
    live = w.page(article).publications.get()
    PictureShown.objects.create(publication=live, file=pictured.kept())
    assert client.get(pictured.address()).status_code == 404


def test_a_picture_altered_in_the_database_is_not_shown(client: Client, world: World) -> None:
    pictured.live(world)
    assert client.get(pictured.address()).status_code == 200
    with as_owner():
        engine.drop(connection)
        change(pictured.kept(), body=b"another")
        connection.check_constraints()
        engine.install(connection)
    assert client.get(pictured.address()).status_code == 503
