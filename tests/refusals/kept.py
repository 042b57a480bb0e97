"""Attempts on what all tables of the record have in common: nothing is deleted, emptied, replaced or rewritten."""

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from alsinfo.audit.models import AuditEvent
from alsinfo.guards.engine import Guard, registry
from conditions.models import ChangeNote, Lift, Path, Publication, Revision, Revocation, Suspension
from tests import world as w
from tests.refusals import assigning, cataloguing, drafting, people, publishing, rows, withdrawing
from tests.refusals.attempts import ATTEMPTS, Act, Attempt, Making
from tests.refusals.rows import change, delete, end_live, publication, replace, run, saved, sign_off
from tests.refusals.rules import key_of
from tests.refusals.scene import Scene
from tests.world import GB

CHANGES: dict[str, dict[str, Any]] = {
    "audit_auditevent": {"reason": "Nothing to see."},
    "organisations_entry": {"body": "{}"},
    "conditions_credentialcheck": {"result": "conditions"},
    "conditions_revision": {"text": "It can be cured."},
    "conditions_contribution": {"region": "FR"},
    "conditions_declaration": {"statement": "None at all."},
    "conditions_signoff": {"printed_name": "Dr Nobody"},
    "conditions_revocation": {"reason": "Nothing to see."},
    "conditions_publication": {"published_on": "2020-01-01"},
    "conditions_changenote": {"text": "Nothing to see."},
    "conditions_suspension": {"reason": "Nothing to see."},
    "conditions_lift": {"reason": "Nothing to see."},
}
"""Another value for a column of each table whose rows are never changed."""


def some_row(table: str) -> Model:
    """The oldest row of a table."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    row: Model = model._base_manager.order_by("pk")[0]
    return row


def rewriting(guard: Guard) -> Making:
    """UPDATE of a column that never changes."""
    return lambda s: lambda: change(some_row(guard.table), **CHANGES[guard.table])


def deleting(guard: Guard) -> Making:
    """DELETE of one row."""
    return lambda s: lambda: delete(some_row(guard.table))


def emptying(guard: Guard) -> Making:
    """TRUNCATE of a table that nothing points at any more (a foreign key refuses it, too)."""

    def making(s: Scene) -> Act:
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint"
                " WHERE contype = 'f' AND confrelid = %s::regclass",
                [guard.table],
            )
            for table, name in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        return lambda: run(f"TRUNCATE {guard.table}")

    return making


def replacing(guard: Guard) -> Making:
    """INSERT OR REPLACE of a row that would be right, were its key not taken."""

    def making(s: Scene) -> Act:
        key = key_of(guard)
        new, old = NEW_AND_OLD.get(f"{guard.table}.{key[-1]}", NEW_AND_OLD[guard.table])(s)
        fields = {field.column: field.attname for field in new._meta.local_concrete_fields}
        for column in key:
            setattr(new, fields[column], getattr(old, fields[column]))
        return lambda: replace(new)

    return making


def _again_for_a_review(s: Scene) -> tuple[Model, Model]:
    old = saved(publication(s.cleared, s.world))
    end_live(old.regional_article)
    return publication(s.cleared, s.world), old


def _again_for_a_reconfirmation(s: Scene) -> tuple[Model, Model]:
    sign_off(s.confirming).save()
    end_live(s.page)
    old = saved(rows.confirmation(s.confirming, s.world))
    end_live(s.page)
    return rows.confirmation(s.confirming, s.world), old


def _again_under_a_number(s: Scene) -> tuple[Model, Model]:
    row = publishing.second_edition(s)
    w.sign(row)
    end_live(s.page)
    return publication(row, s.world), s.page.publications.get()


def _note(s: Scene) -> ChangeNote:
    return ChangeNote(publication=saved(publication(s.cleared, s.world)), text="Another note.")


NEW_AND_OLD: dict[str, Any] = {
    "accounts_user": lambda s: (people.person(s), s.world.editor),
    "audit_auditevent": lambda s: (people.event(), AuditEvent.objects.order_by("sequence")[0]),
    "organisations_organisation": lambda s: (people.organisation(), s.world.bodies[GB]),
    "organisations_entry": lambda s: (people.entry(s), s.world.bodies[GB].entries.get()),
    "conditions_article": lambda s: (cataloguing.article(s), s.shown),
    "conditions_path": lambda s: (cataloguing.path(s), Path.objects.get(region="GB", slug="down")),
    "conditions_reviewer": lambda s: (cataloguing.reviewer(s), s.world.uk),
    "conditions_registration": lambda s: (cataloguing.registration(s), s.world.uk.registrations.get()),
    "conditions_credentialcheck": lambda s: (cataloguing.check(s), s.world.uk.registrations.get().checks.get()),
    "conditions_revision": lambda s: (s.cleared.revision, Revision.objects.get(pk=s.cleared.revision_id)),
    "conditions_edition": lambda s: (drafting.edition(s), s.shown.editions.get()),
    "conditions_contribution": lambda s: (drafting.contribution(s), s.drafted.contributions.all()[0]),
    "conditions_regionaledition": lambda s: (
        rows.regional_edition(s.in_review.edition, s.in_review.revision, s.world),
        s.in_review,
    ),
    "conditions_reviewassignment": lambda s: (rows.assignment(s.cleared, s.world.other_uk, s.world), s.asked),
    "conditions_declaration": lambda s: (assigning.declaration(s), s.pending.declaration),
    "conditions_signoff": lambda s: (sign_off(s.accepted), s.cleared.sign_offs.get()),
    "conditions_signoff.assignment_id": lambda s: (sign_off(s.accepted), saved(sign_off(s.accepted))),
    "conditions_revocation": lambda s: (
        rows.revocation(s.cleared.sign_offs.get(), s.world),
        Revocation.objects.get(),
    ),
    "conditions_publication": lambda s: (publication(s.cleared, s.world), Publication.objects.order_by("pk")[0]),
    "conditions_publication.sequence": _again_under_a_number,
    "conditions_publication.regional_edition_id": _again_for_a_review,
    "conditions_publication.assignment_id": _again_for_a_reconfirmation,
    "conditions_changenote": lambda s: (_note(s), ChangeNote.objects.order_by("pk")[0]),
    "conditions_regionalarticle": lambda s: (cataloguing.page(s), s.page),
    "conditions_suspension": lambda s: (rows.suspension(s.page, s.world), Suspension.objects.order_by("pk")[0]),
    "conditions_lift": lambda s: (withdrawing.lift(s), Lift.objects.get()),
    "conditions_lift.suspension_id": lambda s: (withdrawing.lift(s), saved(withdrawing.lift(s))),
}
"""A new row that would be right, not saved, and an old one whose key it takes; by table, or by table and key."""

FAMILIES = {
    "_is_never_changed": rewriting,
    "_is_never_deleted": deleting,
    "_is_never_emptied": emptying,
    "_is_never_replaced_": replacing,
}
REPEATS = {"conditions_publication_is_never_replaced_2": ("publications_are_counted_without_gaps",)}


def enter_families() -> None:
    """One attempt for each guard that belongs to a family."""
    for guard in registry():
        for family, made in FAMILIES.items():
            if guard.name.rstrip("0123456789") == guard.table + family:
                making = made(guard)
                making.__name__ = f"{made.__name__}_{guard.name.split('_is_never_')[0]}{guard.name.split(family)[1]}"
                ATTEMPTS.append(Attempt(guard.name, making, REPEATS.get(guard.name, ())))


enter_families()
