"""Nobody overwrites what another person did meanwhile, and what the database refuses is said in a sentence."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.concurrency import Conflict, clock_now, lock, swap
from alsinfo.refusals import DatabaseRefused, Refusal, sentence_of_constraint, translated
from conditions.actions import drafting
from conditions.models import Condition, Edition
from conditions.vocabulary import EditionState
from tests import world as w
from tests.racing import LARGEST, done, races, refused


@pytest.fixture
def edition(db: None) -> Edition:
    world = w.build()
    return drafting.start(w.article(world), by=world.editor, regions="GB")


def as_read_by_another(edition: Edition) -> Edition:
    return Edition.objects.get(pk=edition.pk)


def test_a_swap_writes_and_counts(edition: Edition) -> None:
    before = edition.lock_version
    swap(edition, change_note="Why")
    assert (edition.change_note, edition.lock_version) == ("Why", before + 1)
    found = as_read_by_another(edition)
    assert (found.change_note, found.lock_version) == ("Why", before + 1)


def test_who_read_the_row_before_a_change_cannot_overwrite_it(edition: Edition) -> None:
    late = as_read_by_another(edition)
    swap(edition, change_note="First")
    with pytest.raises(Conflict) as conflict:
        swap(late, change_note="Second")
    assert conflict.value.code == "changed-meanwhile"
    assert late.change_note != "Second"
    assert as_read_by_another(edition).change_note == "First"


def test_a_form_opened_before_a_change_cannot_overwrite_it(edition: Edition) -> None:
    opened = edition.lock_version
    swap(edition, change_note="First")
    with pytest.raises(Conflict):
        swap(as_read_by_another(edition), lock_version=opened, change_note="Second")


def test_a_row_that_moved_to_another_state_is_not_swapped(edition: Edition) -> None:
    edition.state = EditionState.FROZEN  # as it would be in the hands of somebody who read another state
    with pytest.raises(Conflict):
        swap(edition, change_note="Second")


def test_a_row_without_a_state_is_swapped_too(edition: Edition) -> None:
    condition = Condition.objects.get()
    swap(condition, slug="another")
    assert Condition.objects.get().lock_version == condition.lock_version == 1


def test_a_lock_gives_the_row_as_it_is_now(edition: Edition) -> None:
    late = as_read_by_another(edition)
    swap(edition, change_note="Now")
    with transaction.atomic():
        assert lock(late).change_note == "Now"


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_swap_at_once_one_succeeds() -> None:
    world = w.build()
    edition = drafting.start(w.article(world), by=world.editor, regions="GB")
    copies = [as_read_by_another(edition) for _ in range(LARGEST)]
    with races() as race:
        outcomes = race(*(partial(swap, copy, change_note=str(number)) for number, copy in enumerate(copies)))
    assert len(done(outcomes)) == 1
    assert {type(refusal) for refusal in refused(outcomes)} == {Conflict}
    assert as_read_by_another(edition).lock_version == edition.lock_version + 1


@pytest.mark.django_db
def test_the_clock_is_that_of_the_database_and_goes_on_within_a_transaction() -> None:
    first, second = clock_now(), clock_now()
    assert first < second
    assert abs(timezone.now() - second) < timedelta(minutes=1)
    assert second.utcoffset() == timedelta(0)


def give_a_role_twice() -> None:
    person = User.objects.create_user("somebody")
    for _ in range(2):
        RoleGrant.objects.create(user=person, role=Role.EDITOR)


def give_an_unknown_role() -> None:
    RoleGrant.objects.create(user=User.objects.create_user("somebody"), role="owner")


def give_a_role_to_nobody() -> None:
    RoleGrant(role=Role.EDITOR).save()


def delete_a_person() -> None:
    person = User.objects.create_user("somebody")
    User.objects.filter(pk=person.pk)._raw_delete("default")


REFUSED: list[tuple[Callable[[], None], str, str]] = [
    (give_a_role_twice, "a_role_is_held_once", "This person already holds this role."),
    (give_an_unknown_role, "a_role_is_one_of_ours", "The database refused this: a role is one of ours."),
    (give_a_role_to_nobody, "", DatabaseRefused.sentence),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "guard", "sentence"), REFUSED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_the_database_refuses_is_said_in_a_sentence(act: Callable[[], None], guard: str, sentence: str) -> None:
    with pytest.raises(DatabaseRefused) as refusal, translated(), transaction.atomic():
        act()
    assert (refusal.value.guard, str(refusal.value)) == (guard, sentence)
    assert not User.objects.filter(username="somebody").exists()


@pytest.mark.django_db
def test_what_a_guard_or_a_missing_right_refuses_is_said_in_a_sentence() -> None:
    with pytest.raises(DatabaseRefused) as refusal, translated(), transaction.atomic():
        delete_a_person()
    by_guard = ("accounts_user_is_never_deleted", "This is part of the record and is never deleted.")
    by_right = ("", DatabaseRefused.sentence)
    assert (refusal.value.guard, str(refusal.value)) == (by_right if connection.vendor == "postgresql" else by_guard)


@pytest.mark.django_db
def test_a_fault_of_the_program_is_not_taken_for_a_refusal() -> None:
    with pytest.raises(DatabaseError) as error, translated(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not isinstance(error.value, Refusal)


@pytest.mark.django_db
def test_an_act_can_be_translated_as_a_whole() -> None:
    with pytest.raises(DatabaseRefused):
        translated()(transaction.atomic(give_a_role_twice))()


def test_a_refusal_says_its_own_sentence_unless_another_is_given() -> None:
    assert str(Conflict()) == Conflict.sentence
    assert str(Conflict("Look again.")) == "Look again."
    assert (Conflict.status, Refusal.status) == (409, 409)


def test_a_constraint_without_a_message_is_read_as_words() -> None:
    assert sentence_of_constraint("one_thing_at_a_time") == "The database refused this: one thing at a time."
    assert sentence_of_constraint("") == ""
