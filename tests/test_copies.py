"""The copy of a text for paper: what it says on top, and whom it stays closed to."""

import pytest
from django.db import connection
from django.test import Client

from alsinfo.guards import engine
from conditions.actions import assigning, withdrawing
from conditions.models import ReviewAssignment
from tests import world as w
from tests.at_desk import SENTENCE, address, at_desk, text_of
from tests.databases import as_owner
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
NOT_PUBLISHED = "Not published, for review only."


@pytest.fixture
def asked(world: w.World) -> ReviewAssignment:
    """The UK reviewer was asked about a first text."""
    return w.assignment(w.submit(world, w.draft(world))[GB])


def copy_of(assignment: ReviewAssignment) -> str:
    """The copy as its reviewer gets it."""
    response = at_desk(assignment.reviewer).get(address(assignment, "copy/"))
    assert response.status_code == 200
    return text_of(response)


def test_a_copy_has_the_whole_text_of_its_region_with_code_digest_and_addresses(asked: ReviewAssignment) -> None:
    page = copy_of(w.accept(asked))
    code = " ".join((asked.revision_id[:4], asked.revision_id[4:8], asked.revision_id[8:12]))
    for said in (NOT_PUBLISHED, "the United Kingdom", code, asked.revision_id, SENTENCE, "Ask your GP.", "Support UK"):
        assert said in page
    assert "Brown RH. Amyotrophic lateral sclerosis. N Engl J Med. 2017. doi: 10.1056/NEJMra1603471" in page
    assert "There is no cure." in page
    assert "This is a test." in page
    assert "Ask your doctor." not in page
    assert "Support US" not in page
    assert "<details" not in page


def test_a_copy_is_closed_until_the_review_is_accepted(world: w.World, asked: ReviewAssignment) -> None:
    client = at_desk(world.uk)
    assert client.get(address(asked, "copy/")).headers["Location"] == address(asked)
    assigning.declare_interest(asked, by=world.uk.user, statement="Shares.")
    assert client.get(address(asked, "copy/")).headers["Location"] == address(asked)
    assigning.clear_interest(asked, by=world.lead)
    assert SENTENCE in text_of(client.get(address(asked, "copy/")))


def test_a_copy_closes_with_the_review(world: w.World, asked: ReviewAssignment) -> None:
    w.accept(asked)
    assigning.cancel(asked, by=world.lead, reason="No longer needed.")
    response = at_desk(world.uk).get(address(asked, "copy/"))
    assert (response.status_code, SENTENCE in text_of(response)) == (302, False)


def test_a_copy_of_another_person_is_not_there(world: w.World, asked: ReviewAssignment) -> None:
    w.accept(asked)
    for who in (world.us, world.other_uk):
        assert at_desk(who).get(address(asked, "copy/")).status_code == 404
    assert at_desk(world.lead).get(address(asked, "copy/")).status_code == 403
    assert Client().get(address(asked, "copy/")).headers["Location"].startswith("/accounts/login/")


def test_an_altered_text_is_not_copied(asked: ReviewAssignment) -> None:
    client = at_desk(w.accept(asked).reviewer)
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute("UPDATE conditions_revision SET text = replace(text, 'grow weak', 'grow strong')")
        connection.check_constraints()
        engine.install(connection)
    response = client.get(address(asked, "copy/"))
    assert response.status_code == 503
    assert "grow strong" not in text_of(response)


def test_what_was_signed_says_so_with_the_day(world: w.World, asked: ReviewAssignment) -> None:
    w.accept(asked)
    signature = w.sign(asked.regional_edition)  # type: ignore[arg-type]
    page = copy_of(asked)
    assert f'Signed by you on <time datetime="{signature.signed_on}">' in page
    assert NOT_PUBLISHED not in page
    withdrawing.revoke(signature, by=world.uk.user, reason="A mistake.")
    assert "The signature was withdrawn." in copy_of(asked)


def test_a_text_that_is_live_is_not_called_unpublished(world: w.World, live: w.Article) -> None:
    to = assigning.invite_to_reconfirm(w.page(live, US), world.us, by=world.editor)
    page = copy_of(w.accept(to))
    assert "What readers see now, for your review." in page
    assert NOT_PUBLISHED not in page
    assert "Ask your doctor." in page
