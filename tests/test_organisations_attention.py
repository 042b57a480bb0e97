"""Organisations that need attention: found by rules, gone when the cause is gone."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations import actions, attention
from organisations.models import CharityRegistration, Contact, Shown
from tests import bodies
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = pytest.mark.django_db

PAGE = "/admin/organisations-to-verify/"


def found(today: date = date(2026, 3, 1)) -> dict[str, set[tuple[str, str]]]:
    """Who is under which rule, and why."""
    return {
        rule.title: {(str(each.organisation), each.sentence) for each in rule.remarks}
        for rule in attention.rules(today)
    }


def test_each_rule_finds_its_organisations(world: w.World, live: w.Article) -> None:
    number: list[Any] = [CharityRegistration(register="CCEW", number="294354")]
    bodies.approved(world, "One", ["GB"], *number, Contact(kind="email", value="a@one.example"))
    number = [CharityRegistration(register="CCEW", number="294354")]
    two = bodies.approved(world, "Two", ["GB"], *number, Contact(kind="telephone", value="+448088087777"))
    Shown.objects.filter(organisation=two).update(card=Shown.objects.get(organisation=two).card.replace("+44", "044"))
    body = world.bodies[GB]
    merged = actions.propose(body, by=world.editor, fields={"standing": "merged", "successor": world.bodies[US]})
    actions.approve(merged, by=world.publisher)
    said = {"how": "email", "asked": "The office"}
    us = world.bodies[US].entry
    assert us
    actions.record_details_check(us, by=world.editor, checked_on=date(2025, 8, 1), **said)
    rules = found()
    assert rules["Closed or merged, and still listed by pages"] == {
        ("Support UK", "Listed by Amyotrophic lateral sclerosis.")
    }
    assert {name for name, _ in rules["A contact or number that cannot be right"]} == {"Two"}
    assert rules["Perhaps the same organisation twice"] == {
        ("One", "CCEW 294354: also Two."),
        ("Two", "CCEW 294354: also One."),
    }
    assert {name for name, _ in rules["No way to reach them, or none without speaking"]} == {"Support US", "Two"}
    assert rules["The check of the details is overdue"] == {("Support US", "Due on 1 February 2026.")}
    assert {name for name, _ in rules["Never checked with the organisation"]} == {"One", "Two"}
    assert attention.to_verify(date(2026, 3, 1)) == 3
    assert "The check of the details is overdue" not in found(date(2026, 2, 1))


def test_the_list_is_for_those_who_can_act_and_takes_two_queries_for_its_rules(world: w.World) -> None:
    page = signed_in(world.editor).get(PAGE).content.decode()
    assert "Never checked with the organisation" in page
    assert f'<a href="/admin/organisations/organisation/{world.bodies[GB].pk}/change/">Support UK</a>' in page
    assert signed_in(world.administrator).get(PAGE).status_code == 403
    with CaptureQueriesContext(connection) as queries:
        attention.rules(date(2026, 3, 1))
    assert len(queries) == 2


def test_nothing_needs_attention_where_nothing_is_shown(world: w.World) -> None:
    Shown.objects.all().delete()
    assert "Nothing needs attention." in signed_in(world.publisher).get(PAGE).content.decode()
