"""A page that lists no organisation says why, in words that were signed."""

import pytest
from django.test import Client

from conditions import checks
from conditions.errors.drafting import Incomplete
from conditions.models import Edition
from tests import world as w
from tests.at_desk import address, at_desk, text_of
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "We know of no organisation in the US yet. Your clinic can tell you who helps nearby."


def without_us_organisations(world: w.World) -> Edition:
    edition = w.draft(world)
    return w.write(edition, world.editor, remove=list(edition.listings.filter(region="US")))


def test_nothing_is_sent_to_review_without_an_organisation_or_a_reason(world: w.World) -> None:
    edition = without_us_organisations(world)
    with pytest.raises(Incomplete):
        w.submit(world, edition)
    assert "US: No support organisation is listed" in " ".join(map(str, checks.findings(edition)))


def test_readers_of_the_region_get_the_reason_that_was_signed(world: w.World) -> None:
    edition = without_us_organisations(world)
    reason = w.section("support", "Organisations", WHY, kind="no-organisation", region="US")
    w.write(edition, world.editor, put=[reason])
    rows = w.submit(world, edition)
    texts = {region: row.revision.text for region, row in rows.items() if row.revision}
    assert WHY in texts[US] and WHY not in texts[GB]
    to = w.accept(w.assignment(rows[US]))
    assert WHY in text_of(at_desk(to.reviewer).get(address(to)))
    for row in rows.values():
        w.publish(world, row)
    uk, us = (text_of(Client().get(f"/{region}/conditions/als/")) for region in ("uk", "us"))
    assert WHY in us and '<a href="#support">Organisations</a>' in us and "page-organisations" not in us
    assert WHY not in uk and "page-organisations" in uk
