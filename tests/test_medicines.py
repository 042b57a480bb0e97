"""Medicines by region: licence and funding apart, copied into texts, shown to readers, watched when they change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alsinfo.audit.models import AuditEvent
from alsinfo.outbox.models import Message
from conditions import checks
from conditions.actions import drafting, prescribing, reusing, submitting
from conditions.content.canonical import digest
from conditions.errors.cataloguing import Duplicate
from conditions.errors.drafting import Incomplete, UnusableText
from conditions.errors.prescribing import BadStatus, SameStatus
from conditions.models import BrandName, Edition, Medicine, MedicineUse, RegionalArticle
from conditions.models.desk import contents_of, texts_of
from tests import medicines as m
from tests import world as w
from tests.article_page import Reading
from tests.world import GB, US

pytestmark = pytest.mark.django_db


@pytest.fixture
def riluzole(world: w.World) -> Medicine:
    return m.riluzole(world)


def codes(edition: Edition) -> set[str]:
    """The rules that stand in the way of a review."""
    return {finding.code for finding in checks.findings(edition) if finding.is_blocking}


def use_of(edition: Edition) -> MedicineUse:
    """The edition's one medicine, with nothing remembered."""
    return MedicineUse.objects.get(edition=edition)


# The library


def test_each_region_has_its_own_brands_and_the_last_status_counts(world: w.World, riluzole: Medicine) -> None:
    m.withdrawn(world, riluzole)
    known = m.anew(riluzole).description()["regions"]
    assert (known["GB"]["brands"], known["US"]["brands"]) == (["Rilutek"], ["Exservan"])
    assert (known["GB"]["licence"]["status"], known["US"]["licence"]["status"]) == ("withdrawn", "licensed")
    assert riluzole.licences.filter(region=GB).count() == 2


def test_a_licence_says_nothing_of_funding_and_funding_nothing_of_a_licence(world: w.World, riluzole: Medicine) -> None:
    m.withdrawn(world, riluzole)
    known = m.anew(riluzole).description()["regions"]
    assert [row["decision"] for row in known["GB"]["funding"]] == ["funded"]
    assert known["US"]["licence"]["status"] == "licensed" and known["US"]["funding"] == []


def test_the_last_decision_of_each_payer_counts(world: w.World, riluzole: Medicine) -> None:
    for place, payer, decision in (
        ("GB-SCT", "", "restricted"),
        ("GB-ENG", "", "not-funded"),
        ("US", "Medicare", "funded"),
        ("US", "medicare", "undecided"),
    ):
        prescribing.record_funding(riluzole, place, decision, by=world.publisher, source=world.reference, payer=payer)
    known = m.anew(riluzole).description()["regions"]
    assert [(row["payer"], row["decision"]) for row in known["GB"]["funding"]] == [
        ("NICE", "not-funded"),
        ("Scottish Medicines Consortium", "restricted"),
    ]
    assert [(row["payer"], row["decision"]) for row in known["US"]["funding"]] == [("medicare", "undecided")]


def test_nothing_new_a_day_to_come_and_a_nameless_payer_are_refused(world: w.World, riluzole: Medicine) -> None:
    said: dict[str, Any] = {"by": world.editor, "source": world.reference}
    with pytest.raises(SameStatus):
        prescribing.record_licence(riluzole, US, "licensed", note="Tablets.", **said)
    with pytest.raises(SameStatus):
        prescribing.record_funding(riluzole, "GB-ENG", "funded", **said)
    with pytest.raises(BadStatus, match="has not come"):
        prescribing.record_licence(riluzole, US, "withdrawn", decided_on=w.today() + timedelta(days=2), **said)
    with pytest.raises(BadStatus, match="Name the payer"):
        prescribing.record_funding(riluzole, "US", "funded", **said)
    with pytest.raises(BadStatus, match="leave the payer empty"):
        prescribing.record_funding(riluzole, "GB-WLS", "funded", payer="Medicare", **said)


def test_a_medicine_is_there_once_under_words_that_can_be_shown(world: w.World, riluzole: Medicine) -> None:
    with pytest.raises(Duplicate):
        prescribing.add_medicine({**m.FIELDS, "name": "Riluzole"}, by=world.editor)
    other = prescribing.add_medicine({**m.FIELDS, "name": "edaravone"}, by=world.editor)
    with pytest.raises(Duplicate):
        prescribing.change_medicine(other, by=world.editor, fields={"name": "RILUZOLE"})
    with pytest.raises(UnusableText):
        prescribing.change_medicine(other, by=world.editor, fields={"purpose": "ALS\u202e"})
    brand = BrandName(region=GB, name=" Radicava ")
    prescribing.change_medicine(other, by=world.editor, fields={"purpose": "ALS."}, put=[brand])
    assert m.anew(other).names == ["edaravone", "Radicava"]


# Into a text


def test_a_text_without_medicines_has_the_digest_it_always_had(world: w.World) -> None:
    edition = w.draft(world)
    before = {region: digest(text) for region, text in texts_of(edition).items()}
    assert all('"medicines":[]' in text for text in texts_of(edition).values())
    medicine = m.riluzole(world)
    m.withdrawn(world, medicine)
    assert {region: digest(text) for region, text in texts_of(edition).items()} == before


def test_each_regions_text_gets_a_copy_of_that_regions_facts(world: w.World, riluzole: Medicine) -> None:
    contents = contents_of(m.draft(world, riluzole))
    shown = {region: content["medicines"][0] for region, content in contents.items()}
    assert {region: item["brands"] for region, item in shown.items()} == {GB: ["Rilutek"], US: ["Exservan"]}
    assert shown[GB]["licence"]["source"] == shown[GB]["funding"][0]["source"] == "brown2017"
    assert shown[GB]["medicine"] == str(riluzole.uuid)


def test_a_change_in_the_library_changes_no_text_until_it_is_taken(world: w.World, riluzole: Medicine) -> None:
    edition = m.draft(world, riluzole)
    before = texts_of(edition)
    m.withdrawn(world, riluzole)
    assert texts_of(edition) == before
    use = use_of(edition)
    assert use.is_outdated and codes(edition) == {"medicine-outdated"}
    use.description = {}
    w.write(edition, world.editor, put=[use])
    assert codes(edition) == set()
    after = texts_of(edition)
    assert after[GB] != before[GB] and after[US] == before[US]


def test_a_copy_that_is_behind_is_not_sent_to_review_unless_answered_and_an_answer_is_of_one_description(
    world: w.World, riluzole: Medicine
) -> None:
    edition = m.draft(world, riluzole)
    prescribing.change_medicine(m.anew(riluzole), by=world.editor, fields={"purpose": "To slow ALS."})
    with pytest.raises(Incomplete, match="newer description of riluzole"):
        w.submit(world, edition)
    use = use_of(edition)
    use.answer = "The words say the same."
    w.write(edition, world.editor, put=[use])
    assert codes(edition) == set()
    m.withdrawn(world, riluzole)
    assert codes(edition) == {"medicine-outdated"}


def test_sources_are_among_the_references_and_numbered_where_they_are_first_seen(
    world: w.World, riluzole: Medicine
) -> None:
    book = w.cataloguing.add_reference({"type": "book", "title": "A book"}, by=world.editor)
    prescribing.record_licence(riluzole, GB, "conditional", by=world.editor, source=book)
    edition = m.draft(world, m.anew(riluzole))
    assert codes(edition) == {"medicine-without-source"}
    w.write(edition, world.editor, put=[w.Citation(key="book", reference=book)])
    assert codes(edition) == set()
    assert {row["key"] for row in contents_of(edition)[GB]["citations"]} == {"brown2017", "book"}
    assert {row["key"] for row in contents_of(edition)[US]["citations"]} == {"brown2017"}
    assert "unused-reference" not in {finding.code for finding in checks.findings(edition)}


def test_a_medicine_needs_a_section_to_stand_in_and_a_licence_status(world: w.World) -> None:
    unknown = prescribing.add_medicine(m.FIELDS, by=world.editor)
    edition = w.write(w.draft(world), world.editor, put=[MedicineUse(medicine=unknown)])
    assert codes(edition) == {"medicines-unplaced", "medicine-without-licence"}


def test_the_next_edition_and_a_copy_start_with_what_was_published(world: w.World, riluzole: Medicine) -> None:
    article = m.live(world, riluzole)
    live = {region: w.page(article, region).live_publication() for region in (GB, US)}
    edition = drafting.start(article, by=world.editor)
    assert {region: digest(text) for region, text in texts_of(edition).items()} == {
        region: publication.revision_id for region, publication in live.items() if publication
    }
    use = use_of(edition)
    assert (use.region, use.is_outdated) == ("", False)
    condition = w.cataloguing.add_condition("pls", "PLS", by=world.editor)
    copy = reusing.duplicate(article, condition, by=world.editor)
    assert use_of(copy.editions.get()).description == use.description


# For readers


def test_readers_of_each_region_see_licence_and_funding_in_words_with_day_and_source(
    client: Client, world: w.World, riluzole: Medicine
) -> None:
    m.live(world, riluzole)
    uk, us = (Reading(client.get(f"/{slug}/conditions/als/").text) for slug in ("uk", "us"))
    assert "riluzole Brand name Rilutek Kind of medicine A glutamate blocker" in uk.text
    assert "Licence in the UK Licensed since 10 June 1996. Reference 1" in uk.text
    assert "Funding, England (NICE) Funded, as recorded on" in uk.text
    assert "Exservan" not in uk.text and "Rilutek" not in us.text
    assert "License in the US Licensed, as recorded on" in us.text and "Tablets." in us.text
    assert "Funding No decision is recorded here. A license does not mean" in us.text
    assert len(set(uk.ids)) == len(uk.ids)


def test_a_source_counts_as_a_place_that_cites_it(client: Client, world: w.World, riluzole: Medicine) -> None:
    m.live(world, riluzole)
    html = client.get("/uk/conditions/als/").text
    backs = html.count('aria-label="') and html.count("where the text cites reference 1")
    assert backs == html.count('href="#ref-brown2017"') == 5  # three sections, a licence, a decision


# When something is decided


def due_on(page: RegionalArticle) -> Any:
    page.refresh_from_db()
    return page.next_review_due_on


def test_a_change_brings_pages_that_show_it_to_review_and_tells_owner_and_leads(
    client: Client, world: w.World, riluzole: Medicine
) -> None:
    article = m.live(world, riluzole)
    uk, us = w.page(article), w.page(article, US)
    later, count = due_on(us), Message.objects.count()
    m.withdrawn(world, riluzole)
    assert due_on(uk) == w.today() and due_on(us) == later
    event = AuditEvent.objects.order_by("-sequence")[0]
    assert (event.verb, event.before, event.after) == ("record_licence", "licensed", "withdrawn")
    assert event.reason == f"To review again: {uk}"
    told = Message.objects.order_by("pk")[count:]
    assert {message.to_user for message in told} == {world.editor, world.lead, world.other_lead}
    assert all(f"- {uk}\n" in message.body for message in told)
    assert f"{w.today():%Y-%m-%d}" in client.get("/uk/conditions/als/").text


def test_a_medicine_no_page_shows_and_other_words_move_no_date(
    world: w.World, live: w.Article, riluzole: Medicine
) -> None:
    page = w.page(live)
    before, count = due_on(page), Message.objects.count()
    m.withdrawn(world, riluzole)
    assert due_on(page) == before and Message.objects.count() == count


def test_other_words_or_brands_move_no_date(world: w.World, riluzole: Medicine) -> None:
    page = w.page(m.live(world, riluzole))
    before = due_on(page)
    prescribing.change_medicine(m.anew(riluzole), by=world.editor, fields={"purpose": "ALS."})
    assert due_on(page) == before


def publish_as_it_is(world: w.World, edition: Edition) -> RegionalArticle:
    row = w.row(edition)
    w.publish(world, row)
    return w.page(edition.article)


@pytest.mark.parametrize(("happens", "is_due"), [(m.withdrawn, True), (lambda *_: None, False)])
def test_a_text_that_was_overtaken_while_in_review_is_due_on_the_day_it_is_published(
    world: w.World, riluzole: Medicine, happens: Callable[[w.World, Medicine], None], is_due: bool
) -> None:
    edition = m.draft(world, riluzole)
    w.submit(world, edition)
    happens(world, riluzole)
    page = publish_as_it_is(world, edition)
    assert (due_on(page) == w.today()) is is_due


def test_a_new_text_with_the_newest_copy_moves_the_date_on(world: w.World, riluzole: Medicine) -> None:
    article = m.live(world, riluzole)
    m.withdrawn(world, riluzole)
    edition = drafting.start(article, by=world.editor)
    use = use_of(edition)
    use.description = {}
    w.write(edition, world.editor, put=[use], fields={"change_note": "The licence was withdrawn."})
    rows = submitting.submit(edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [world.uk]})
    assert {row.region: row.state for row in rows} == {"GB": "in_review", "US": "unchanged"}
    page = publish_as_it_is(world, edition)
    assert due_on(page) > w.today()
