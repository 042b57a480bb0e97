"""The review page: both regions at once, comments part by part, what is kept until it is sent."""

import re
from typing import Any

import pytest

from alsinfo.audit.models import AuditEvent
from conditions.actions import submitting
from conditions.models import Edition, ReviewAssignment, ReviewComment, Reviewer, SignOff
from conditions.vocabulary import Register
from tests import world as w
from tests.at_desk import QUEUE, address, at_desk, decision, send, state_of, text_of, with_remark
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def both(world: w.World) -> Reviewer:
    """A clinician registered in both countries."""
    found = w.reviewer("both-reviewer", Register.GMC, "0000007", world.lead)
    licence = {"licence_state": "IL", "licence_number": "TEST-7"}
    american = w.credentials.add_registration(found, Register.NPI, "1003000126", by=world.lead, **licence)
    w.check(american, world.lead)
    return found


def sent_to(world: w.World, edition: Edition, reviewer: Reviewer) -> dict[Any, ReviewAssignment]:
    """Both texts of an edition in review with one reviewer, who accepted."""
    edition.refresh_from_db()
    chosen = {region: [reviewer] for region in edition.covered}
    rows = submitting.submit(edition, by=world.editor, opened_version=edition.lock_version, reviewers=chosen)
    return {row.region: w.accept(w.assignment(row, reviewer)) for row in rows}


@pytest.fixture
def pair(world: w.World, both: Reviewer) -> dict[Any, ReviewAssignment]:
    return sent_to(world, w.draft(world), both)


@pytest.fixture
def accepted(world: w.World) -> ReviewAssignment:
    return w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))


# Two regions


def test_two_regions_stand_on_one_page_and_their_common_sections_once(pair: dict[Any, ReviewAssignment]) -> None:
    for to in pair.values():
        page = text_of(at_desk(to.reviewer).get(address(to)))
        assert page.count("Muscles grow weak") == 1
        assert page.count("Ask your GP.") == 1
        assert page.count("Ask your doctor.") == 1
        assert "What do you decide on the UK text?" in page
        assert "What do you decide on the US text?" in page
        for each in pair.values():
            assert f'value="{each.revision_id}"' in page


def test_two_regions_are_one_line_of_the_queue(pair: dict[Any, ReviewAssignment], both: Reviewer) -> None:
    page = text_of(at_desk(both).get(QUEUE))
    assert page.count("Read and decide") == 1
    assert "UK and US" in page


def test_one_post_signs_both_regions(pair: dict[Any, ReviewAssignment]) -> None:
    response = send(pair[GB], decision(*pair.values()))
    assert response.headers["Location"] == address(pair[GB], "receipt/")
    assert sorted(SignOff.objects.values_list("revision__region", flat=True)) == ["GB", "US"]
    assert AuditEvent.objects.filter(verb="sign_off").count() == 2
    assert "You also signed" in text_of(at_desk(pair[GB].reviewer).get(address(pair[GB], "receipt/")))


def test_scope_and_verdict_are_chosen_region_by_region(pair: dict[Any, ReviewAssignment]) -> None:
    form = decision(*pair.values(), decision_US="changes", note="Call it a physician.")
    send(pair[GB], form)
    assert state_of(pair[GB]) == state_of(pair[US]) == "completed"
    assert SignOff.objects.get().assignment == pair[GB]
    assert pair[US].asked_for_changes


@pytest.mark.parametrize("change", [{"digest_US": "0" * 64}, {"decision_US": ""}, {"password": "wrong"}])
def test_what_is_refused_for_one_region_is_refused_for_both(
    pair: dict[Any, ReviewAssignment], change: dict[str, str]
) -> None:
    response = send(pair[GB], with_remark(decision(*pair.values(), **change)))
    assert response.status_code in (400, 409)
    assert not SignOff.objects.exists()
    assert not ReviewComment.objects.exists()
    assert {state_of(each) for each in pair.values()} == {"accepted"}
    assert "Say it plainly.</textarea>" in text_of(response)


def test_a_region_taken_back_while_reading_is_told_and_nothing_is_signed_or_lost(
    world: w.World, pair: dict[Any, ReviewAssignment]
) -> None:
    row = pair[US].regional_edition
    assert row is not None
    submitting.reopen(row, by=world.editor, reason="A figure was wrong.")
    form = with_remark(decision(*pair.values()), "remark.section-help-us.US.0", body="Which doctor?")
    response = send(pair[GB], form)
    assert response.status_code == 400
    assert "changed while you were reading" in text_of(response)
    assert "Which doctor?" in text_of(response)
    assert not SignOff.objects.exists()
    assert send(pair[GB], decision(pair[GB])).headers["Location"] == address(pair[GB], "receipt/")


def test_both_requests_are_answered_at_once(world: w.World, both: Reviewer) -> None:
    edition = w.draft(world)
    chosen = {region: [both] for region in edition.covered}
    rows = submitting.submit(edition, by=world.editor, opened_version=edition.lock_version, reviewers=chosen)
    asked = [w.assignment(row, both) for row in rows]
    send(asked[0], {"step": "answer", "answer": "accept"})
    assert [state_of(each) for each in asked] == ["accepted", "accepted"]


# What differs


def changed(world: w.World) -> ReviewAssignment:
    """A live article with one changed, one new and one removed section in review."""
    edition = w.drafting.start(w.live(world), by=world.editor)
    symptoms = edition.sections.get(key="symptoms")
    symptoms.body = "Muscles grow weaker by 50 mg [@brown2017]."
    outlook = w.section("outlook", "Outlook", "It differs [@brown2017].", position=7)
    w.write(edition, world.editor, put=[symptoms, outlook], remove=[edition.sections.get(key="overview")])
    overview = w.section("overview-new", "What it is", "A disease [@brown2017].", kind="overview", position=1)
    w.write(edition, world.editor, put=[overview], fields={"change_note": "Rewritten."})
    return w.accept(w.assignment(w.submit(world, edition)[GB]))


def test_changed_new_and_removed_sections_are_open_and_say_so_in_words(world: w.World) -> None:
    to = changed(world)
    page = text_of(at_desk(to.reviewer).get(address(to)))
    assert "3 of 4 sections differ" in page
    assert "new section" in page
    assert "taken out" in page
    assert re.search(r'<section class="part" id="page-section-symptoms"', page)
    assert re.search(r'<details id="page-section-help-uk"', page)
    assert "50 mg" in re.sub(r"<[^>]+>", "", page)


def test_sections_in_another_order_are_said_to_be(world: w.World, live: w.Article) -> None:
    edition = w.drafting.start(live, by=world.editor)
    overview = edition.sections.get(key="overview")
    overview.position = 8
    w.write(edition, world.editor, put=[overview], fields={"change_note": "Moved."})
    to = w.accept(w.assignment(w.submit(world, edition)[GB]))
    assert "Sections stand in another order than before." in text_of(at_desk(to.reviewer).get(address(to)))


def test_the_page_can_be_compared_with_what_the_reviewer_last_signed(world: w.World) -> None:
    article = w.live(world, regions="GB")
    for body, reviewer in (("Muscles waste [@brown2017].", world.other_uk), ("Muscles thin [@brown2017].", world.uk)):
        edition = w.drafting.start(article, by=world.editor, regions="GB")
        w.edit(edition, world.editor, "symptoms", body)
        edition.refresh_from_db()
        submitting.submit(edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [reviewer]})
        to = w.accept(w.assignment(w.row(edition), reviewer))
        if reviewer != world.uk:
            assert "Show what differs from what you signed" not in text_of(at_desk(reviewer).get(address(to)))
            w.publish(world, w.row(edition))
    client = at_desk(world.uk)
    assert re.search(r"<del>.*waste", text_of(client.get(address(to))))
    assert '<a href="?since=signed">' in text_of(client.get(address(to)))
    page = text_of(client.get(address(to) + "?since=signed"))
    assert re.search(r"<del>.*weak", page)
    assert "Show what differs from what readers see now" in page
    assert f'action="{address(to)}?since=signed"' in page


def test_a_comment_on_what_both_regions_share_is_on_both(pair: dict[Any, ReviewAssignment]) -> None:
    form = with_remark(decision(*pair.values(), decision="changes", password=""))
    form = with_remark(form, "remark.section-help-us.US.0", body="Which doctor?")
    send(pair[US], form)
    assert dict(ReviewComment.objects.values_list("part", "regions")) == {
        "section:symptoms": "GB,US",
        "section:help-us": "US",
    }
