"""The whole way of a text through the admin, as the people who walk it."""

import pytest
from django.test import Client

from alsinfo.admin.records import page_of
from conditions.models import Article, Condition, Edition
from conditions.vocabulary import PageState
from tests import pages
from tests import world as w
from tests.pages import new_rows, signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

CONDITIONS = "/admin/conditions/condition/"
ARTICLES = "/admin/conditions/article/"
EDITIONS = "/admin/conditions/edition/"


def written(world: w.World) -> dict[str, str]:
    """Everything a first edition needs, as an editor fills it in."""
    sections = [
        {
            "key": "overview",
            "kind": "overview",
            "position": "1",
            "heading": "What it is",
            "body": "A disease [@brown].",
        },
        {"key": "symptoms", "kind": "symptoms", "position": "2", "heading": "Symptoms", "body": "Weakness [@brown]."},
    ]
    listings = [
        {"organisation": str(body.pk), "region": region.value, "why": "For all."}
        for region, body in world.bodies.items()
    ]
    return {
        "change_note": "First version.",
        "openings-0-title": "Amyotrophic lateral sclerosis",
        "openings-0-summary": "ALS is a disease of nerve cells.",
        "openings-0-key_points": "It weakens muscles.\r\nThere is no cure.",
        "openings-0-emergency": "Someone is choking.",
        "openings-0-disclaimer": "This is a test.",
        **new_rows("sections", 0, sections),
        **new_rows("citations", 0, [{"key": "brown", "reference": str(world.reference.pk)}]),
        **new_rows("listings", 0, listings),
    }


def started(world: w.World) -> Edition:
    """A condition, an article and an edition, made by an editor in the admin."""
    editor = signed_in(world.editor)
    names = new_rows("names", 0, [{"text": "ALS", "kind": "abbreviation", "region": ""}])
    codes = new_rows("codes", 0, [{"system": "icd-11", "code": "8B60.0"}])
    pages.send(editor, f"{CONDITIONS}add/", name="Amyotrophic lateral sclerosis", slug="als", **names, **codes)
    condition = Condition.objects.get(slug="als")
    assert [str(row) for row in (*condition.names.all(), *condition.codes.all())] == ["ALS", "ICD-11 8B60.0"]
    answer = pages.send(
        editor, f"{ARTICLES}add/", condition=condition.pk, risk_tier="high", review_interval_months=12, slug_US="mnd"
    )
    assert "The article was added." in " ".join(pages.messages(answer))
    article = Article.objects.get(condition=condition)
    answer = pages.send(editor, page_of(article), "/start/", regions="GB,US")
    edition = article.editions.get()
    assert answer.redirect_chain[-1][0] == page_of(edition)  # type: ignore[attr-defined]
    return edition


def test_a_text_is_written_reviewed_published_taken_down_and_put_back(world: w.World) -> None:
    edition = started(world)
    editor, publisher = signed_in(world.editor), signed_in(world.publisher)
    answer = pages.send(editor, page_of(edition), **written(world))
    assert pages.messages(answer) == ["Saved."]
    reviewers = {"reviewers_GB": world.uk.pk, "reviewers_US": world.us.pk}
    answer = pages.send(editor, page_of(edition), "/submit/", **reviewers)
    assert pages.messages(answer) == ["UK: in review; US: in review."]
    for region in (GB, US):
        w.sign(w.row(edition, region))
    answer = pages.post(publisher, f"{EDITIONS}{edition.pk}/publish/", {"region": "GB", "round": 1})
    assert pages.messages(answer) == ["Amyotrophic lateral sclerosis (UK) v1 is live."]
    assert w.page(edition.article, US).state == PageState.UNPUBLISHED
    pages.post(publisher, f"{EDITIONS}{edition.pk}/publish/", {"region": "US", "round": 1})
    assert w.page(edition.article, US).state == PageState.LIVE
    reader = Client()
    assert b"A disease" in reader.get("/uk/conditions/als/").content
    assert reader.get("/us/conditions/mnd/").status_code == 200

    address = f"{ARTICLES}{edition.article_id}/"
    pages.post(publisher, f"{address}suspend/", {"region": "GB", "reason": "A wrong dose."})
    assert reader.get("/uk/conditions/als/").status_code == 410
    answer = pages.post(publisher, f"{address}lift/", {"region": "GB", "reason": "It was right."})
    assert "another publisher or clinical lead" in pages.messages(answer)[0]
    other = signed_in(world.other_publisher)
    pages.post(other, f"{address}lift/", {"region": "GB", "reason": "It was right."})
    assert reader.get("/uk/conditions/als/").status_code == 200


def test_every_step_between_can_be_taken_with_its_button(world: w.World) -> None:
    edition = w.draft(world)
    url, editor = page_of(edition), signed_in(world.editor)
    pages.send(editor, url, "/submit/", reviewers_GB=world.uk.pk, reviewers_US=world.us.pk)
    answer = pages.send(editor, url, "/invite/", reviewer=world.other_uk.pk)
    assert pages.messages(answer) == ["Dr Other Uk Reviewer was asked for UK."]
    answer = pages.send(editor, url, "/reopen/", reason="A mistake.")
    assert pages.messages(answer) == ["The text for UK can be changed again."]
    answer = pages.send(editor, url, "/discard/", reason="Not needed.")
    assert pages.messages(answer) == ["The text for UK was discarded."]
    w.sign(w.row(edition, US))
    answer = pages.send(signed_in(world.publisher), url, "/publish/")
    assert pages.messages(answer) == ["Amyotrophic lateral sclerosis (US) v1 is live."]


def test_the_live_text_is_confirmed_again_and_moved_from_the_article(world: w.World, live: w.Article) -> None:
    editor, url = signed_in(world.editor), page_of(live)
    answer = pages.send(editor, url, "/reconfirm/", reviewer=world.other_uk.pk)
    assert pages.messages(answer) == ["Dr Other Uk Reviewer was asked to confirm the text for UK."]
    answer = pages.send(editor, url, "/address/", slug="motor-neurone-disease")
    assert pages.messages(answer) == ["The page is at /uk/conditions/motor-neurone-disease/ now."]
    assert Client().get("/uk/conditions/als/").status_code == 301


def test_a_button_that_cannot_be_pressed_says_why(world: w.World) -> None:
    edition = w.draft(world)
    w.submit(world, edition)
    page = signed_in(world.editor).get(page_of(edition)).content.decode()
    assert "Only a person with the role of publisher can do this." in page
    w.edit(w.draft(world, w.article(world, "pls", "PLS")), world.editor, "symptoms", "")
    other = Edition.objects.get(article__condition__slug="pls")
    page = signed_in(world.editor).get(page_of(other)).content.decode()
    assert "The checks found 1 fault that must be put right first." in page
    assert "“Symptoms” is empty." in page


def test_whoever_contributed_is_refused_with_a_sentence_when_publishing(world: w.World) -> None:
    w.roles.grant(world.publisher, w.Role.EDITOR, by=None)
    edition = w.draft(world)
    w.write(edition, world.publisher, fields={"change_note": "Mine."})
    rows = w.submit(world, edition)
    w.sign(rows[GB])
    publisher = signed_in(world.publisher)
    sentence = "You contributed to this edition, so somebody else has to publish it."
    assert sentence in publisher.get(page_of(edition)).content.decode()
    answer = pages.post(publisher, f"{EDITIONS}{edition.pk}/publish/", {"region": "GB", "round": 1})
    assert pages.messages(answer) == [sentence]
    assert w.page(edition.article, GB).state == PageState.UNPUBLISHED


def test_the_preview_shows_each_region_its_text_and_is_kept_nowhere(world: w.World) -> None:
    edition = w.draft(world)
    editor = signed_in(world.editor)
    answer = editor.get(f"{EDITIONS}{edition.pk}/preview/uk/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Ask your GP." in answer.content.decode()
    assert "Ask your doctor." not in answer.content.decode()
    assert "not signed, not public" in answer.content.decode()
    assert editor.get(f"{EDITIONS}{edition.pk}/preview/fr/").status_code == 404
    assert editor.get(f"{EDITIONS}999999/preview/uk/").status_code == 404
    assert signed_in(world.administrator).get(f"{EDITIONS}{edition.pk}/preview/uk/").status_code == 403


def test_a_reference_is_described_in_the_library_and_taken_into_the_text_on_demand(world: w.World) -> None:
    edition = w.draft(world)
    editor = signed_in(world.editor)
    url = f"/admin/conditions/reference/{world.reference.pk}/change/"
    pages.send(editor, url, title="ALS, corrected")
    page = editor.get(page_of(edition)).content.decode()
    assert (
        "newer in the library" in page
        and "It says now: " in page
        and "ALS, corrected" in page.split("It says now: ")[1][:200]
    )
    citation = edition.citations.get()
    assert citation.description["title"] == "Amyotrophic lateral sclerosis"
    pages.send(editor, page_of(edition), **{"citations-0-take_newest": "on"})
    citation.refresh_from_db()
    assert citation.description["title"] == "ALS, corrected"
