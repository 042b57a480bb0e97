"""One row for every action, each carrying the hash of the one before: nothing can be changed, left out or cut off."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.audit import chain
from alsinfo.audit.chain import GENESIS, Head
from alsinfo.audit.models import AuditEvent
from alsinfo.guards import engine
from alsinfo.refusals import DatabaseRefused, translated
from tests.databases import as_owner
from tests.racing import LARGEST, races

ALTERATIONS = {
    "verb": "publish",
    "subject_type": "accounts.RoleGrant",
    "subject_id": "999",
    "reason": "another",
    "before": "another",
    "after": "another",
}


@pytest.fixture
def person(db: None) -> User:
    return person_named("somebody")


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    """The database as its owner has it who took the guards away."""
    with as_owner():
        connection.check_constraints()
        engine.drop(connection)
        yield


def person_named(username: str) -> User:
    found: User = User.objects.create_user(username)
    return found


def record(person: User, count: int = 1) -> list[AuditEvent]:
    with transaction.atomic():
        return [chain.record("greet", person, by=person, reason=f"number {number}") for number in range(count)]


def test_an_event_says_who_did_what_to_whom_when_and_why(person: User) -> None:
    (event,) = record(person)
    event.refresh_from_db()
    assert (event.actor, event.verb, event.subject_type, event.subject_id) == (
        person,
        "greet",
        "accounts.User",
        str(person.pk),
    )
    assert event.reason == "number 0"
    assert event.at.utcoffset() == timedelta(0)


def test_the_system_acts_without_a_person(person: User) -> None:
    with transaction.atomic():
        assert chain.record("tidy", person, by=None).actor is None
    assert chain.verify() == []


def test_each_event_follows_the_one_before(person: User) -> None:
    first, second, third = record(person, 3)
    assert first.prev_hash == GENESIS
    assert [second.prev_hash, third.prev_hash] == [first.hash, second.hash]
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert chain.head() == Head(3, third.hash)
    assert chain.verify() == []


def test_an_event_is_still_whole_when_read_again(person: User) -> None:
    (event,) = record(person)
    assert chain.hash_of(AuditEvent.objects.get()) == event.hash


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_action() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of its action"):
        chain.record("greet", person_named("somebody"), by=None)


def test_a_failing_event_undoes_the_action(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(chain, "record", fail)
    with pytest.raises(DatabaseError):
        roles.grant(person, Role.EDITOR, by=None)
    assert not RoleGrant.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda event: AuditEvent.objects.filter(pk=event.pk).update(verb="publish"),
        lambda event: AuditEvent.objects.filter(pk=event.pk).delete(),
        lambda event: event.delete(),
        lambda event: event.save(),
        lambda event: AuditEvent.objects.bulk_update([event], ["verb"]),
    ],
    ids=["update", "delete", "delete one", "save again", "bulk update"],
)
def test_an_event_is_never_changed_or_deleted(person: User, act: Callable[[AuditEvent], object]) -> None:
    (event,) = record(person)
    with pytest.raises(DatabaseRefused), translated(), transaction.atomic():
        act(event)
    assert chain.verify() == []


@pytest.mark.parametrize("field", ALTERATIONS)
def test_an_altered_field_is_noticed(person: User, unguarded: None, field: str) -> None:
    record(person, 3)
    AuditEvent.objects.filter(sequence=2).update(**{field: ALTERATIONS[field]})
    assert chain.verify() == ["Event 2 was altered."]


def test_another_actor_or_time_is_noticed(person: User, unguarded: None) -> None:
    _, second, _ = record(person, 3)
    AuditEvent.objects.filter(sequence=2).update(actor=person_named("another"))
    assert chain.verify() == ["Event 2 was altered."]
    AuditEvent.objects.filter(sequence=2).update(actor=person, at=second.at + timedelta(microseconds=1))
    assert chain.verify() == ["Event 2 was altered."]


def test_an_event_hashed_anew_no_longer_carries_the_next(person: User, unguarded: None) -> None:
    _, second, _ = record(person, 3)
    second.verb = "publish"
    second.hash = chain.hash_of(second)
    second.save()
    assert chain.verify() == ["Event 3 does not follow the event before it."]


def test_an_event_taken_out_is_noticed(person: User, unguarded: None) -> None:
    record(person, 3)
    AuditEvent.objects.filter(sequence=2).delete()
    assert chain.verify() == ["Event 2 is missing."]


def test_a_chain_that_was_cut_off_is_noticed_by_who_noted_its_head(person: User, unguarded: None) -> None:
    record(person, 3)
    noted = chain.head()
    AuditEvent.objects.filter(sequence=3).delete()
    assert chain.verify() == []
    assert chain.verify(noted) == ["The chain ends at 2; 3 was noted outside: it was cut off."]


def test_a_chain_that_was_rewritten_is_noticed_by_who_noted_its_head(person: User, unguarded: None) -> None:
    record(person, 3)
    noted = chain.head()
    AuditEvent.objects.all().delete()
    record(person, 4)
    assert chain.verify() == []
    assert chain.verify(noted) == ["Event 3 is not the one noted outside: the chain was rewritten."]


def test_the_chain_goes_on_after_its_head_was_noted(person: User) -> None:
    record(person, 2)
    noted = chain.head()
    record(person, 2)
    assert chain.verify(noted) == []


def test_the_chain_cannot_fork(person: User, unguarded: None) -> None:
    first, *_ = record(person, 2)
    fork = AuditEvent(sequence=9, verb="greet", at=first.at, prev_hash=first.prev_hash, hash="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        fork.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_twenty_who_act_at_once_leave_one_chain() -> None:
    person = person_named("somebody")
    with races() as race:
        race(*[partial(record, person, 5)] * LARGEST)
    assert AuditEvent.objects.count() == LARGEST * 5
    assert chain.verify() == []
