"""Attempts on what all tables of the record have in common: nothing is deleted, emptied, replaced or rewritten."""

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model, QuerySet

from alsinfo.accounts.models import Invitation
from alsinfo.audit.models import AuditEvent
from alsinfo.guards.engine import Guard, registry
from conditions.models import (
    ChangeNote,
    Correction,
    DissentNote,
    Path,
    Publication,
    RetractionAnswer,
    RetractionEvent,
    RetractionList,
    Revocation,
)
from tests import world as w
from tests.refusals import (
    assigning,
    cataloguing,
    commenting,
    drafting,
    informing,
    organisations,
    overruling,
    people,
    picturing,
    prescribing,
    profiling,
    publishing,
    reading,
    rows,
    talking,
    triaging,
    watching,
    withdrawing,
)
from tests.refusals.attempts import ATTEMPTS, Act, Attempt, Making
from tests.refusals.rows import change, delete, end_live, publication, replace, run, run_with_replacing, saved, sign_off
from tests.refusals.rules import key_of
from tests.refusals.scene import Scene
from tests.world import GB, US

CHANGES: dict[str, dict[str, Any]] = {
    "accounts_invitation": {"digest": "c" * 64},
    "audit_auditevent": {"reason": "Nothing to see."},
    "organisations_entry": {"body": "{}"},
    **organisations.CHANGES,
    "conditions_profileentry": {"proposed_at": "2020-01-01T00:00:00Z"},
    "conditions_credentialcheck": {"result": "conditions"},
    "conditions_licencestatus": {"status": "withdrawn"},
    "conditions_fundingdecision": {"decision": "not-funded"},
    "conditions_revision": {"text": "It can be cured."},
    "conditions_contribution": {"region": "FR"},
    "conditions_declaration": {"statement": "None at all."},
    "conditions_invitationlink": {"token_hash": "1" * 64},
    "conditions_signoff": {"printed_name": "Dr Nobody"},
    "conditions_revocation": {"reason": "Nothing to see."},
    "conditions_overruling": {"reason": "Nothing to see."},
    "conditions_dissentnote": {"text": "Nothing to see."},
    "conditions_publication": {"published_on": "2020-01-01"},
    "conditions_changenote": {"text": "Nothing to see."},
    "conditions_correction": {"text": "Nothing to see."},
    **withdrawing.CHANGES,
    "conditions_retractionlist": {"rows": 9},
    "conditions_retractionevent": {"nature": "correction"},
    "conditions_retractionanswer": {"reason": "Nothing to see."},
    "conditions_reviewcomment": {"body": "All is well."},
    "conditions_commentreply": {"body": "All is well."},
    **talking.CHANGES,
    **triaging.CHANGES,
    **(informing.CHANGES | picturing.CHANGES),
}
"""Another value for a column of each table whose rows are never changed."""


def rows_of(table: str) -> QuerySet[Model]:
    """Every row of a table, oldest first."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return model._base_manager.order_by("pk")


def rewriting(guard: Guard) -> Making:
    """UPDATE of a column that never changes."""
    return lambda s: lambda: change(rows_of(guard.table)[0], **CHANGES[guard.table])


def deleting(guard: Guard) -> Making:
    """DELETE of one row."""
    return lambda s: lambda: delete(rows_of(guard.table)[0])


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
        new, old = NEW_AND_OLD.get(f"{guard.table}.{'.'.join(key)}", NEW_AND_OLD[guard.table])(s)
        fields = {field.column: field.attname for field in new._meta.local_concrete_fields}
        for column in key:
            setattr(new, fields[column], getattr(old, fields[column]))
        return lambda: replace(new)

    return making


def replacing_later(guard: Guard) -> Making:
    """UPDATE OR REPLACE, which gives a row the key of another."""

    def making(s: Scene) -> Act:
        table, key = guard.table, key_of(guard)
        row, other = TWO[table](s)
        fields = {field.column: field for field in row._meta.local_concrete_fields}
        values = [getattr(other, fields[column].attname) for column in key]
        setting = ", ".join(f"{column} = %s" for column in key)
        return lambda: run_with_replacing(f"UPDATE OR REPLACE {table} SET {setting} WHERE id = %s", *values, row.pk)

    return making


def renumbering(guard: Guard) -> Making:
    """UPDATE of a primary key, so that history names something else."""

    def making(s: Scene) -> Act:
        row = ALONE[guard.table](s) if guard.table in ALONE else rows_of(guard.table).reverse()[0]
        return lambda: run(f"UPDATE {guard.table} SET id = %s WHERE id = %s", 10**9, row.pk)

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


def _second_open_edition(s: Scene) -> tuple[Model, Model]:
    return drafting.edition(s, article=s.drafted.article), s.drafted


def _second_invitation(s: Scene) -> tuple[Model, Model]:
    return rows.assignment(s.in_review, s.world.uk, s.world), s.accepted


def _second_reconfirmation(s: Scene) -> tuple[Model, Model]:
    row = Publication.objects.get(regional_article=s.page).regional_edition
    assert row is not None
    return rows.assignment(row, s.world.uk, s.world, regional_edition=None), s.confirming


def _second_live_publication(s: Scene) -> tuple[Model, Model]:
    sign_off(s.confirming).save()
    return rows.confirmation(s.confirming, s.world), s.page.publications.get()


NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "accounts_user": lambda s: (people.person(s), s.world.editor),
    "accounts_invitation": lambda s: (people.invited(s), Invitation.objects.get()),
    "audit_auditevent": lambda s: (people.event(), AuditEvent.objects.order_by("sequence")[0]),
    "organisations_organisation": lambda s: (people.organisation(), s.world.bodies[GB]),
    "organisations_entry": lambda s: (people.entry(s), s.world.bodies[GB].entries.get()),
    **organisations.NEW_AND_OLD,
    "conditions_article": lambda s: (cataloguing.article(s), s.shown),
    "conditions_medicine": lambda s: (prescribing.medicine(s), s.medicine),
    "conditions_licencestatus": lambda s: (prescribing.licence(s), s.medicine.licences.all()[0]),
    "conditions_fundingdecision": lambda s: (prescribing.funding(s), s.medicine.fundings.all()[0]),
    "conditions_path": lambda s: (cataloguing.path(s), Path.objects.get(region="GB", slug="down")),
    "conditions_path.regional_article_id": lambda s: (cataloguing.path(s, is_canonical=True), s.page.paths.get()),
    "conditions_reviewer": lambda s: (cataloguing.reviewer(s), s.world.uk),
    "conditions_profile": lambda s: (profiling.profile(s), s.world.other_uk.profile),
    "conditions_profileentry": lambda s: (profiling.entry(s, number=9), profiling.proposed(s)),
    "conditions_registration": lambda s: (cataloguing.registration(s), s.world.uk.registrations.get()),
    "conditions_credentialcheck": lambda s: (cataloguing.check(s), s.world.uk.registrations.get().checks.get()),
    "conditions_revision": lambda s: (rows_of("conditions_revision")[0], rows_of("conditions_revision")[0]),
    "conditions_edition": lambda s: (drafting.edition(s), s.shown.editions.get()),
    "conditions_edition.article_id": _second_open_edition,
    "conditions_contribution": lambda s: (drafting.contribution(s), s.drafted.contributions.all()[0]),
    "conditions_regionaledition": lambda s: (
        rows.regional_edition(s.in_review.edition, s.in_review.revision, s.world),
        s.in_review,
    ),
    "conditions_reviewassignment": lambda s: (rows.assignment(s.cleared, s.world.other_uk, s.world), s.asked),
    "conditions_reviewassignment.regional_edition_id.reviewer_id": _second_invitation,
    "conditions_reviewassignment.regional_article_id.reviewer_id": _second_reconfirmation,
    "conditions_declaration": lambda s: (assigning.declaration(s), s.pending.declaration),
    "conditions_reviewcomment": lambda s: (rows.remark(s.accepted), s.remark),
    "conditions_commentreply": lambda s: (commenting.reply(s), s.remark.replies.get()),
    **talking.NEW_AND_OLD,
    **triaging.NEW_AND_OLD,
    **(informing.NEW_AND_OLD | picturing.NEW_AND_OLD),
    "conditions_invitationlink": lambda s: (assigning.link(s), s.asked.links.get()),
    "conditions_reading": lambda s: (reading.reading(s), s.read),
    "conditions_reading.regional_edition_id.reader_id": reading.second,
    "conditions_signoff": lambda s: (sign_off(s.accepted), s.cleared.sign_offs.get()),
    "conditions_signoff.assignment_id": lambda s: (sign_off(s.accepted), saved(sign_off(s.accepted))),
    "conditions_revocation": lambda s: (rows.revocation(s.cleared.sign_offs.get(), s.world), Revocation.objects.get()),
    "conditions_overruling": lambda s: (overruling.overruling(s), s.overruled),
    "conditions_dissentnote": lambda s: (overruling.note(s), DissentNote.objects.get()),
    "conditions_publication": lambda s: (publication(s.cleared, s.world), Publication.objects.order_by("pk")[0]),
    "conditions_publication.regional_article_id.sequence": _again_under_a_number,
    "conditions_publication.regional_edition_id": _again_for_a_review,
    "conditions_publication.assignment_id": _again_for_a_reconfirmation,
    "conditions_publication.regional_article_id": _second_live_publication,
    "conditions_changenote": lambda s: (_note(s), ChangeNote.objects.order_by("pk")[0]),
    "conditions_correction": lambda s: (publishing.correction(s), Correction.objects.get()),
    "conditions_regionalarticle": lambda s: (cataloguing.page(s), s.page),
    **withdrawing.NEW_AND_OLD,
    "conditions_retractionlist": lambda s: (watching.read_list(s), RetractionList.objects.get()),
    "conditions_retractionevent": lambda s: (watching.event(s), RetractionEvent.objects.get()),
    "conditions_retractionanswer": lambda s: (watching.answer(s), RetractionAnswer.objects.get()),
}
"""A new row that would be right, not saved, and an old one whose key it takes; by table, or by table and key."""

TWO: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "accounts_user": lambda s: (s.world.editor, s.world.other_editor),
    "organisations_organisation": lambda s: (s.world.bodies[GB], s.world.bodies[US]),
    "conditions_reviewer": lambda s: (s.world.other_uk, s.world.us),
    "conditions_medicine": lambda s: (s.medicine, saved(prescribing.medicine(s))),
}
"""Two rows, of which the first takes the key of the second."""

ALONE: dict[str, Callable[[Scene], Model]] = {
    **informing.ALONE,
    "conditions_medicine": lambda s: saved(prescribing.medicine(s)),
    "organisations_organisation": lambda s: saved(people.organisation()),
    "conditions_regionalarticle": lambda s: w.page(s.drafted.article),
}
"""A row whose primary key no other rule looks at, where the newest is not one."""

FAMILIES = {
    "_keeps_its_key": renumbering,
    "_is_never_changed": rewriting,
    "_is_never_deleted": deleting,
    "_is_never_emptied": emptying,
    r"_is_never_replaced_\d+": replacing,
    r"_is_never_replaced_\d+_later": replacing_later,
}
REPEATS = {
    "conditions_publication_is_never_replaced_2": ("publications_are_counted_without_gaps",),
    "conditions_overruling_is_never_replaced_2": ("an_overruling_is_of_the_last_request_for_changes",),
}


def enter_families() -> None:
    """One attempt for each guard that belongs to a family."""
    by_hand = {attempt.rule for attempt in ATTEMPTS}
    for guard in registry():
        for family, made in FAMILIES.items():
            if re.fullmatch(guard.table + family, guard.name) and guard.name not in by_hand:
                making = made(guard)
                making.__name__ = f"{made.__name__}_{guard.table}_{'_'.join(key_of(guard))}".rstrip("_")
                ATTEMPTS.append(Attempt(guard.name, making, REPEATS.get(guard.name, ())))


enter_families()
