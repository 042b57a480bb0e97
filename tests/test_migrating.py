"""Guards go before tables are rebuilt and come back when all migrations are applied, once per `migrate`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from alsinfo.guards import engine
from alsinfo.guards.apps import check_guards_stand
from alsinfo.guards.migrating import drop_before_rebuilding, install_after_migrating, migrations_to_apply
from tests.databases import ROLE, as_owner

SQLITE = connection.vendor == "sqlite"
NEWEST = "0004_purges"  # of the outbox


@pytest.fixture
def owner(transactional_db: None) -> Iterator[None]:
    """The owner migrates; at the end the tables and the rights of the application are as they were."""
    with as_owner():
        yield
        call_command("migrate", verbosity=0)
        if ROLE.name:
            engine.grant_application_role(connection, ROLE.name)


def test_after_migrate_every_guard_stands(owner: None) -> None:
    engine.drop(connection)
    call_command("migrate", verbosity=0)
    assert engine.problems(connection) == []


def test_an_app_taken_back_and_migrated_again_has_its_guards(owner: None) -> None:
    call_command("migrate", "audit", "zero", verbosity=0)
    missing = [problem for problem in engine.problems(connection) if "audit_auditevent" in problem]
    assert missing
    call_command("migrate", "audit", verbosity=0)
    assert engine.problems(connection) == []


def test_a_schema_half_way_is_named_and_crashes_nothing(owner: None) -> None:
    call_command("migrate", "conditions", "zero", verbosity=0)
    assert any("conditions.0001" in name for name in migrations_to_apply(connection))
    assert engine.problems(connection)
    call_command("migrate", "conditions", "0001", verbosity=0)
    assert engine.problems(connection)
    call_command("migrate", verbosity=0)
    assert migrations_to_apply(connection) == engine.problems(connection) == []


def test_guards_are_installed_once_per_migrate(owner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    with monkeypatch.context() as patched:  # ended before the fixtures are, which install guards themselves
        patched.setattr(engine, "install", calls.append)
        call_command("migrate", verbosity=0)
    assert calls == [connection]


@pytest.mark.django_db
def test_guards_go_before_tables_change_on_sqlite_only() -> None:
    with as_owner():
        drop_before_rebuilding(using="default", plan=[])
        assert engine.problems(connection) == []
        drop_before_rebuilding(using="default", plan=["a migration"])
    assert bool(engine.problems(connection)) is SQLITE


@pytest.mark.django_db
def test_guards_come_back_only_when_no_migration_is_left() -> None:
    recorder = MigrationRecorder(connection)
    with as_owner():
        engine.drop(connection)
        recorder.record_unapplied("outbox", NEWEST)
        install_after_migrating(using="default", plan=["a migration"])
        assert engine.problems(connection)
        recorder.record_applied("outbox", NEWEST)
        install_after_migrating(using="default", plan=["a migration"])
    assert engine.problems(connection) == []


@pytest.mark.django_db
def test_the_deployment_check_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_guards_stand() == []
    with as_owner():
        engine.drop(connection)
    found: list[Any] = check_guards_stand()
    assert {message.id for message in found} == {"guards.E001"}
    assert "Guard guard_audit_auditevent_is_never_changed on audit_auditevent is missing." in [m.msg for m in found]
