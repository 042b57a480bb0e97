"""Anybody can find out by a code who signed a text, whether it is whole, and whether it is still what readers see."""

import hashlib
import logging

import pytest
from django.db import connection
from django.test import Client

from alsinfo.guards import engine
from conditions.actions import assigning, drafting, publishing, withdrawing
from conditions.content import seals
from conditions.content.shown import missing, parts
from conditions.models import Article, Publication, RenderedPage, Revision
from conditions.page_facts import page_of_publication
from conditions.readers.verifying import code_of
from conditions.rendering import article_html
from conditions.sealing import etag, page_parts
from tests import world as w
from tests.article_page import a_content, a_page
from tests.databases import as_owner
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
FORM = "/verify/"
WHY = "A dose was wrong."


@pytest.fixture
def article(live: w.Article) -> Article:
    return live


def digest_of(article: Article, sequence: int = 1) -> str:
    return str(w.page(article).publications.get(sequence=sequence).revision_id)


def second_version(world: w.World, article: Article) -> None:
    edition = drafting.start(article, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "help-uk", "Ring your GP today.")
    w.publish(world, w.submit(world, edition)[GB])


def test_the_page_says_who_signed_and_where_readers_get_it_and_gives_what_was_hashed(
    client: Client, article: Article
) -> None:
    digest = digest_of(article)
    page = client.get(f"{FORM}{digest}/")
    assert page.status_code == 200 and "noindex" in page.text
    signature = w.page(article).publications.get().signatures().get()
    check = signature.credential_check
    for part in (
        "what readers in the United Kingdom see now",
        f"<code>{digest}</code>, the same",
        "signed parts stand in it, word for word",
        "Dr Uk Reviewer",
        "https://www.gmc-uk.org/registrants/0000001",
        "General Medical Council: Registered with a licence to practise, looked up on",
        f'<time datetime="{check.checked_on}">',
        signature.meaning,
        "The whole page",
        " GMT</time>" if " GMT</time>" in page.text else " BST</time>",
        '<a href="/uk/conditions/als/v1/">version 1</a>',
        '<a href="/us/conditions/als/history/" hreflang="en-US">',
        "What it does not prove",
    ):
        assert part in page.text, part
    assert 'lang="en-US"' in client.get(f"{FORM}{w.page(article, US).publications.get().revision_id}/").text
    answer = client.get(f"{FORM}{digest}/content.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert hashlib.sha256(answer.content).hexdigest() == digest
    assert f'filename="content-{digest[:12]}.json"' in answer.headers["Content-Disposition"]
    assert answer.content.decode() == Revision.objects.get(pk=digest).text


def test_the_code_of_a_page_leads_to_its_text(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = digest_of(article)
    code = f"{digest[:4]} {digest[4:8]} {digest[8:12]}"
    page = client.get("/uk/conditions/als/").text
    assert f'<a class="alone" href="/verify/{digest}/" rel="nofollow"><code>{code}</code>' in page
    assert f"/verify/ with the code {code}." in page
    for typed in (code, code.upper(), digest, f" {digest[:12]}\n", code.replace(" ", "-")):
        answer = client.get(FORM, {"code": typed})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/verify/{digest}/")
    for typed, sentence in {
        digest[:11]: "12 signs at least",
        "what": "12 signs at least",
        "<b>": "12 signs at least",
        "0" * 12: "No published text has this code.",
        "f" * 65: "12 signs at least",
    }.items():
        answer = client.get(FORM, {"code": typed})
        assert answer.status_code == 200 and sentence in answer.text
        assert "<title>Error: " in answer.text and '<a href="#page-code">' in answer.text
    assert "Error" not in client.get(FORM).text
    digests = [digest, str(w.page(article, US).publications.get().revision_id)]
    monkeypatch.setattr("conditions.readers.verifying.published_with", lambda code: digests)
    answer = client.get(FORM, {"code": code})
    assert "2 texts begin with this code." in answer.text
    assert all(f'<a href="/verify/{each}/">' in answer.text for each in digests)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1A2b-3c4d 5E6F", "1a2b3c4d5e6f"), ("1a2b 3c4d 5e6", ""), ("g" * 12, ""), ("", ""), ("a" * 64, "a" * 64)],
)
def test_a_code_is_read_as_it_is_printed(typed: str, expected: str) -> None:
    assert code_of(typed) == expected


def test_what_is_not_published_is_the_same_404_as_nothing(client: Client, world: w.World) -> None:
    w.sign(w.submit(world, w.draft(world))[GB])
    nothing = client.get(f"{FORM}{'0' * 64}/")
    unpublished = list(Revision.objects.values_list("pk", flat=True))
    assert nothing.status_code == 404 and len(unpublished) == 2
    for digest in (*unpublished, "x", "0" * 12, "A" * 64):
        for part in ("", "content.json"):
            answer = client.get(f"{FORM}{digest}/{part}")
            assert (answer.status_code, answer.content) == (404, nothing.content)
            assert dict(answer.headers) == dict(nothing.headers)
        assert "Error: " in client.get(FORM, {"code": digest}).text


def test_a_former_text_says_that_readers_see_another_now(client: Client, world: w.World, article: Article) -> None:
    first = digest_of(article)
    second_version(world, article)
    page = client.get(f"{FORM}{first}/").text
    assert "readers in the United Kingdom see another one now" in page and "Do not rely on it." in page
    assert "Its seal holds" not in page and client.get(f"{FORM}{first}/content.json").status_code == 200
    signature = w.page(article).publications.get(sequence=1).signatures().get()
    withdrawing.revoke(signature, by=world.lead, reason="canary: he was not himself")
    for part in ("", "content.json"):
        answer = client.get(f"{FORM}{first}/{part}")
        assert answer.status_code == 410
        assert "the signature was withdrawn on <time" in answer.text and "Read what is signed now" in answer.text
        assert "Ask your GP." not in answer.text and "canary" not in answer.text
    assert client.get(f"{FORM}{digest_of(article, 2)}/").status_code == 200


def test_a_text_signed_again_by_another_outlives_the_first_signature(
    client: Client, world: w.World, article: Article
) -> None:
    asked = w.accept(assigning.invite_to_reconfirm(w.page(article), world.other_uk, by=world.editor))
    publishing.reconfirm(asked, w.signing_of(asked), by=world.other_uk.user)
    first = w.page(article).publications.get(sequence=1).signatures().get()
    withdrawing.revoke(first, by=world.lead, reason="Struck off.")
    page = client.get(f"{FORM}{digest_of(article)}/").text
    assert "Dr Other Uk Reviewer" in page and "This signature was withdrawn on" in page
    assert "version 2</a>" in page and "/v1/" not in page


def test_a_text_of_a_page_taken_down_is_told_without_a_word_of_it(
    client: Client, world: w.World, article: Article
) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    for part in ("", "content.json"):
        answer = client.get(f"{FORM}{digest_of(article)}/{part}")
        assert answer.status_code == 410 and WHY in answer.text and "tel:999" in answer.text
        assert "Dr Uk Reviewer" in answer.text
        assert "Amyotrophic" not in answer.text and "nerve cells" not in answer.text


ALTERATIONS = {
    "text": "UPDATE conditions_revision SET text = replace(text, 'nerve cells', 'nerve cellS')",
    "signature": "UPDATE conditions_signoff SET printed_name = 'Dr Who'",
    "page": "UPDATE conditions_renderedpage SET etag = 'x'",
}


@pytest.mark.parametrize("part", ALTERATIONS)
def test_what_was_altered_is_not_vouched_for(
    client: Client, article: Article, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute(ALTERATIONS[part])
    for end in ("", "content.json"):
        caplog.clear()
        with caplog.at_level(logging.CRITICAL, "alsinfo.alarm"):
            answer = client.get(f"{FORM}{digest_of(article)}/{end}")
        assert answer.status_code == 503 and "altered" in caplog.text
        assert "Dr Who" not in answer.text and "cellS" not in answer.text


def test_sealed_bytes_that_do_not_show_the_signed_words_are_noticed(
    client: Client, article: Article, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever has the key could seal another page: the words are compared, too."""
    live = w.page(article).live_publication()
    assert live
    body = article_html(page_of_publication(live)).replace("Muscles grow weak", "Muscles grow strong").encode()
    seal = seals.make(settings.SEAL_KEYS, *page_parts(live, "none", body, live.rests_on()))  # type: ignore[attr-defined]
    RenderedPage.objects.filter(publication=live, notice="none").update(body=body, etag=etag(body), seal=seal)
    assert client.get("/uk/conditions/als/").status_code == 200
    with caplog.at_level(logging.CRITICAL, "alsinfo.alarm"):
        assert client.get(f"{FORM}{live.revision_id}/").status_code == 503
    assert "does not show what was signed: section symptoms" in caplog.text


def test_every_signed_part_is_looked_for() -> None:
    page = article_html(a_page())
    content = a_content()
    assert missing(content, page) == []
    for name, words in parts(content):
        changed = page.replace(words.split()[-1], "otherwise")
        assert name in missing(content, changed), name


def test_notes_on_a_work_are_not_copied_into_what_is_signed(client: Client, world: w.World) -> None:
    noted = {**w.BROWN, "note": "private", "abstract": "Not ours to give away."}
    w.cataloguing.change_reference(world.reference, noted, by=world.editor)
    article = w.live(world)
    answer = client.get(f"{FORM}{digest_of(article)}/content.json")
    assert answer.status_code == 200 and "private" not in answer.text and "Not ours" not in answer.text
    assert Publication.objects.count() == 2
