"""Links between pages: each reader's own region, one hop at most, never a dead link."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions import checks
from conditions.actions import cataloguing, pages, withdrawing
from conditions.errors.drafting import Incomplete
from conditions.models import Article, Edition, Listing, Publication
from conditions.page_facts import page_of_publication
from organisations.models import Organisation
from tests import world as w
from tests.at_desk import address, at_desk, text_of
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
TEXT = "Some have [another disease](condition:pls) of nerve cells [@brown2017]."


def linking(world: w.World, body: str = TEXT) -> Edition:
    """A draft of ALS with this overview."""
    return w.edit(w.draft(world), world.editor, "overview", body)


def go_live(world: w.World, edition: Edition) -> Article:
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    return edition.article


def shown(slug: str = "als", region: str = "uk") -> str:
    """The overview as readers get it."""
    found = re.search(
        r'<section id="overview">(.*?)</section>', text_of(Client().get(f"/{region}/conditions/{slug}/")), re.S
    )
    assert found
    return found[1]


def found(edition: Edition, code: str) -> list[str]:
    return [str(finding) for finding in checks.findings(edition) if finding.rule.code == code]


def pls(world: w.World, **slugs: str) -> Article:
    condition = cataloguing.add_condition("pls", "Primary lateral sclerosis", by=world.editor)
    own = {region: slugs[region.slug] for region in (GB, US) if region.slug in slugs}
    return cataloguing.add_article(condition, by=world.editor, slugs=own)


def test_a_link_leads_to_the_readers_own_region(world: w.World) -> None:
    w.live(world, pls(world, uk="primary-lateral-sclerosis"))
    go_live(world, linking(world))
    assert '<a href="/uk/conditions/primary-lateral-sclerosis/">another disease</a>' in shown()
    assert '<a href="/us/conditions/pls/">another disease</a>' in shown(region="us")
    assert Client().get("/uk/conditions/primary-lateral-sclerosis/").status_code == 200


def test_a_page_that_is_live_in_one_region_only_is_words_in_the_other(world: w.World) -> None:
    w.live(world, pls(world), regions="US")
    edition = linking(world)
    assert found(edition, "page-at-rest") == [
        "UK: (condition:pls) has no page for UK readers now: readers get its words without a link."
    ]
    go_live(world, edition)
    assert "Some have another disease of nerve cells" in shown()
    assert "/us/conditions/pls/" in shown(region="us")


def test_any_address_the_page_has_or_had_will_do(world: w.World) -> None:
    article = w.live(world, pls(world, uk="old", us="american"))
    cataloguing.change_address(w.page(article), "new", by=world.editor)
    go_live(world, linking(world, "[a](condition:old) [b](condition:new) [c](condition:american) [d](condition:pls)."))
    assert shown().count('<a href="/uk/conditions/new/">') == 4
    assert shown(region="us").count('<a href="/us/conditions/american/">') == 4


def test_the_address_here_wins_over_one_in_the_other_region_and_a_condition_over_both(world: w.World) -> None:
    w.live(world, pls(world, uk="kin", us="kindred"))
    other = cataloguing.add_condition("pma", "Progressive muscular atrophy", by=world.editor)
    w.live(world, cataloguing.add_article(other, by=world.editor, slugs={GB: "pma-uk", US: "kin"}))
    third = cataloguing.add_condition("kindred", "Kindred", by=world.editor)
    w.live(world, cataloguing.add_article(third, by=world.editor, slugs={GB: "third", US: "third"}))
    go_live(world, linking(world, "[a](condition:kin) [b](condition:kindred)."))
    assert '<a href="/uk/conditions/kin/">a</a> <a href="/uk/conditions/third/">b</a>' in shown()
    assert '<a href="/us/conditions/kin/">a</a> <a href="/us/conditions/third/">b</a>' in shown(region="us")


def test_a_renamed_page_is_reached_in_one_hop_and_then_directly(world: w.World) -> None:
    article = w.live(world, pls(world))
    als = go_live(world, linking(world))
    for slug in ("second", "third"):
        cataloguing.change_address(w.page(article), slug, by=world.editor)
    old = re.search(r'<a href="(/uk/conditions/[^"]*)">another', shown())
    assert old
    hop = Client().get(old[1])
    assert (hop.status_code, hop.headers["Location"]) == (301, "/uk/conditions/third/")
    before = w.page(als).live_publication()
    call_command("rebuild_pages")
    assert '<a href="/uk/conditions/third/">another disease</a>' in shown()
    assert w.page(als).live_publication() == before, "a rebuilt page is the same publication"


def test_what_is_signed_is_what_was_typed(world: w.World) -> None:
    kin = pls(world)
    row = w.submit(world, linking(world))[GB]
    assert row.revision and "[another disease](condition:pls)" in row.revision.text
    digest = row.revision_id
    w.publish(world, row)
    w.live(world, kin)
    assert w.page(row.edition.article).live_publication().revision_id == digest  # type: ignore[union-attr]


def test_words_become_a_link_when_the_page_goes_live_and_nothing_else_is_made_anew(world: w.World) -> None:
    kin = pls(world)
    als = go_live(world, linking(world))
    bystander = w.live(world, w.article(world, "bystander", "Bystander"))
    assert "<a" not in shown().split("of nerve cells")[0]
    seen = {of: made_at(of) for of in (als, bystander)}
    w.live(world, kin)
    assert '<a href="/uk/conditions/pls/">another disease</a>' in shown()
    assert made_at(als) != seen[als]
    assert made_at(bystander) == seen[bystander]


def made_at(of: Article) -> object:
    live = w.page(of).live_publication()
    assert live
    return live.pages.get(notice="none").rendered_at


def test_a_page_that_goes_on_being_live_makes_no_other_anew(world: w.World) -> None:
    kin = w.live(world, pls(world))
    als = go_live(world, linking(world))
    before = made_at(als)
    edition = w.drafting.start(kin, by=world.editor)
    go_live(world, w.edit(edition, world.editor, "overview", "Rarer still [@brown2017]."))
    assert made_at(als) == before


def test_a_link_to_a_page_taken_down_leads_to_help_and_rests_in_what_is_made_then(world: w.World) -> None:
    kin = w.live(world, pls(world))
    go_live(world, linking(world))
    withdrawing.suspend(w.page(kin), by=world.publisher, reason="A wrong dose.")
    down = Client().get("/uk/conditions/pls/")
    assert down.status_code == 410 and "A wrong dose." in text_of(down)
    call_command("rebuild_pages")
    assert "<a" not in shown().split("of nerve cells")[0]
    withdrawing.lift(w.page(kin), by=world.lead, reason="It was right.")
    assert '<a href="/uk/conditions/pls/">another disease</a>' in shown()


def test_no_more_than_fifty_pages_are_made_anew_in_one_action(world: w.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_LINKING", 1)
    kin = pls(world)
    for slug in ("one", "two"):
        edition = w.edit(w.draft(world, w.article(world, slug, slug.title())), world.editor, "overview", TEXT)
        go_live(world, edition)
    w.live(world, kin)
    assert ["/uk/conditions/pls/" in shown(slug) for slug in ("one", "two")] == [False, True]
    call_command("rebuild_pages")
    assert "/uk/conditions/pls/" in shown("one")


def test_a_link_to_the_page_itself_is_words(world: w.World) -> None:
    edition = linking(world, "It is [this disease](condition:als) [@brown2017].")
    [sentence] = found(edition, "page-at-rest")
    assert "leads to this very page" in sentence
    go_live(world, edition)
    pages.rebuild(Publication.objects.filter(regional_article__region=GB).get())
    assert "It is this disease" in shown()


def test_a_link_to_nothing_is_refused_at_submit(world: w.World) -> None:
    edition = linking(world, "[a](condition:no-such) [b](organisation:nobody) [@brown2017].")
    assert found(edition, "unknown-page") == [
        "(condition:no-such) names no condition of this site.",
        "(organisation:nobody) names no organisation of this site.",
    ]
    with pytest.raises(Incomplete):
        w.submit(world, edition)


def test_a_link_outside_the_sections_is_refused_at_submit(world: w.World) -> None:
    edition = w.draft(world)
    opening = edition.openings.get()
    opening.disclaimer = "See [another page](condition:als)."
    w.write(edition, world.editor, put=[opening])
    assert "only sections can link" in found(edition, "misplaced-link")[0]
    with pytest.raises(Incomplete):
        w.submit(world, edition)


def test_a_link_to_an_organisation_leads_to_its_own_page(world: w.World) -> None:
    body = world.bodies[GB]
    edition = linking(world, f"Ask [them](organisation:{body.slug}) [@brown2017].")
    assert found(edition, "page-at-rest") == [
        f"US: (organisation:{body.slug}) is not among the organisations of this page "
        "that help US readers: readers get its words without a link."
    ]
    go_live(world, edition)
    page = text_of(Client().get("/uk/conditions/als/"))
    assert f'Ask <a href="/uk/organisations/{body.slug}/">them</a>' in page
    assert Client().get(f"/uk/organisations/{body.slug}/").status_code == 200
    assert "Ask them" in shown(region="us")


def test_a_listed_organisation_without_a_page_for_these_readers_is_words(world: w.World) -> None:
    body = world.bodies[GB]
    edition = linking(world, f"Ask [them](organisation:{body.slug}) [@brown2017].")
    w.write(edition, world.editor, put=[Listing(organisation=body, region="US", why="Abroad.")])
    go_live(world, edition)
    assert "Ask them" in shown(region="us")
    assert Client().get(f"/us/organisations/{body.slug}/").status_code == 404


def test_an_organisation_that_nobody_approved_is_none(world: w.World) -> None:
    Organisation.objects.create(slug="new", name="New", kind="support")
    assert len(found(linking(world, "[them](organisation:new) [@brown2017]."), "unknown-page")) == 1


def test_a_reviewer_reads_the_words_and_what_is_typed(world: w.World) -> None:
    w.live(world, pls(world))
    row = w.submit(world, linking(world))[GB]
    to = w.accept(w.assignment(row))
    desk = at_desk(to.reviewer)
    assert 'another disease <span class="address">(condition:pls)</span> of nerve cells' in text_of(
        desk.get(address(to))
    )
    for part in ("page/", "copy/"):
        assert '<a href="/uk/conditions/pls/">another disease</a>' in text_of(desk.get(address(to, part)))


def test_a_text_without_links_costs_no_query_and_many_links_cost_four(world: w.World) -> None:
    def queries(body: str, slug: str) -> int:
        edition = w.edit(w.draft(world, w.article(world, slug, slug.title())), world.editor, "overview", body)
        made = w.publish(world, w.submit(world, edition)[GB])
        with CaptureQueriesContext(connection) as captured:
            page_of_publication(Publication.objects.get(pk=made.pk))
        return len(captured)

    w.live(world, pls(world))
    none, one = queries("No link.", "none"), queries("[a](condition:pls) [b](organisation:support-uk).", "one")
    many = queries("[a](condition:pls) [b](organisation:support-uk) [c](condition:none) [d](condition:one).", "many")
    assert one == many == none + 4
