"""Every state × action × role of the machines: what their tables do not allow is refused and changes nothing."""

import re
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path

import pytest
from django.db import transaction

from alsinfo.audit.models import AuditEvent
from alsinfo.refusals import Refusal
from conditions import vocabulary
from conditions.actions import (
    assigning,
    deferring,
    drafting,
    overruling,
    publishing,
    reading,
    retiring,
    scheduling,
    signing,
    submitting,
    withdrawing,
)
from conditions.guards import steps
from conditions.models import Reading
from tests.acts import ACTS, Place, actions_of, is_possible, now
from tests.fingerprints import fingerprint
from tests.machines import BY_THE_SYSTEM, MACHINES, ROLES, WHO, expected, refused
from tests.ways import WAYS
from tests.writes import Writes

pytestmark = [pytest.mark.django_db, pytest.mark.looks]  # policies refuse; what a database refuses is in `refusals`

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "machines.md"
SITUATIONS = [
    pytest.param(machine, situation, marks=pytest.mark.reached(WAYS[machine][situation]))
    for machine, table in MACHINES.items()
    for situation in table.situations
]
STATES = {
    "Edition": vocabulary.EditionState,
    "RegionalEdition": vocabulary.ReviewState,
    "ReviewAssignment": vocabulary.AssignmentState,
    "RegionalArticle": vocabulary.PageState,
    "Reading": vocabulary.ReadingState,
}
STEPS: dict[str, Mapping[str, tuple[str, ...]]] = {
    "Edition": steps.EDITION_STEPS,
    "RegionalEdition": steps.REVIEW_STEPS,
    "ReviewAssignment": steps.ASSIGNMENT_STEPS,
    "RegionalArticle": steps.PAGE_STEPS,
    "Reading": steps.READING_STEPS,
}


def state_of(situation: str) -> str:
    """The state a situation is of: its first word."""
    return situation.partition(",")[0].partition(" ")[0]


def edition_state(place: Place) -> str:
    newest = place.article.editions.first()
    return newest.state if newest else "none"


def row_states(place: Place) -> str:
    """The state of the row and of the rounds after it."""
    rows = now(place.edition).regional_editions.filter(region="GB", round__gte=place.row.round if place.row else 1)
    return ", ".join(rows.order_by("round").values_list("state", flat=True))


def assignment_state(place: Place) -> str:
    return now(place.assignment).state


def page_state(place: Place) -> str:
    return place.page.state


def reading_state(place: Place) -> str:
    """The state of the newest reading of the row."""
    newest = Reading.objects.filter(regional_edition=now(place.row)).order_by("-pk").first()
    return newest.state if newest else "none"


OUTCOMES: dict[str, Callable[[Place], str]] = {
    "Edition": edition_state,
    "RegionalEdition": row_states,
    "ReviewAssignment": assignment_state,
    "RegionalArticle": page_state,
    "Reading": reading_state,
}


def outcome(machine: str, place: Place, action: str, role: str, before: str) -> str:
    """What comes of one cell, undone afterwards; a refusal must leave the record as it was `before`."""
    events = AuditEvent.objects.count()
    with transaction.atomic(), Writes() as writes:
        try:
            ACTS[action](place, place.person(role))
        except Refusal as refusal:
            result = refused(refusal.code)
            was_left = not writes.tables or fingerprint() == before  # what never wrote cannot have changed anything
            assert was_left, f"{action} by {role} was refused and yet changed something"
        else:
            result = OUTCOMES[machine](place)
            is_idle = fingerprint() == before  # a second suspension changes nothing
            assert AuditEvent.objects.count() == events + (not is_idle)
        transaction.set_rollback(True)
    return result


@pytest.mark.parametrize(("name", "situation"), SITUATIONS)
def test_what_the_machines_do_not_allow_is_refused_and_changes_nothing(name: str, situation: str, place: Place) -> None:
    machine = MACHINES[name]
    before = fingerprint()
    assert (OUTCOMES[name](place) or "no row yet").startswith(state_of(situation))
    found, wanted = {}, {}
    for action in machine.actions:
        if not is_possible(place, action):
            assert action not in machine.situations[situation], f"there is nothing here to {action}"
            continue
        for role in ROLES:
            wanted[action, role] = expected(machine, situation, action, role)
            found[action, role] = outcome(name, place, action, role, before)
    assert {cell: result for cell, result in found.items() if wanted[cell] != result} == {}


def test_every_state_is_in_the_tables_and_every_situation_is_reached() -> None:
    for name, machine in MACHINES.items():
        assert {state_of(situation) for situation in machine.situations} >= set(STATES[name].values)
        assert set(machine.situations) == set(WAYS[name])


def test_every_action_but_cataloguing_is_in_the_tables() -> None:
    modules = (
        *(assigning, deferring, drafting, overruling, publishing, reading, retiring),
        *(scheduling, signing, submitting, withdrawing),
    )
    actions = {name for module in modules for name in actions_of(module)} - set(chain(*BY_THE_SYSTEM.values()))
    assert {action for machine in MACHINES.values() for action in machine.actions} == actions
    assert set(ACTS) == set(WHO) == actions


def test_the_database_allows_every_step_of_the_tables() -> None:
    for name, machine in MACHINES.items():
        for situation, answers in machine.situations.items():
            before = state_of(situation)
            for outcome in (str(answer).partition(",")[0] for answer in answers.values()):
                if before in STEPS[name] and outcome in STATES[name].values:
                    assert outcome == before or outcome in STEPS[name][before]


@pytest.mark.parametrize("name", MACHINES)
def test_the_reference_names_every_state_and_action_of_a_machine_and_no_other(name: str) -> None:
    section = REFERENCE.read_text().split(f"\n## {name}\n")[1].split("\n## ")[0]
    words = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    assert sorted(words) == sorted([*STATES[name].values, *MACHINES[name].actions, *BY_THE_SYSTEM.get(name, ())])
