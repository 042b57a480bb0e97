"""Who may describe conditions, references and reviewers, and what a register's number looks like."""

import re
from datetime import date

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.content.library import NUMBERS
from conditions.errors.cataloguing import (
    AlreadyMerged,
    BadIdentifier,
    Duplicate,
    NotMerged,
    NotOneWork,
    OwnCredentials,
)
from conditions.models import CredentialCheck, Reference, Registration
from conditions.policies.roles import objection_without
from conditions.vocabulary import CheckResult, Register
from organisations.areas import STATES

SHAPES = {
    Register.GMC: r"\d{7}",
    Register.NMC: r"\d{2}[A-Z]\d{4}[A-Z]",
    Register.GPHC: r"2\d{6}",
    Register.HCPC: r"[A-Z]{2}\d{1,6}",
    Register.NPI: r"[12]\d{9}",
}


def objection_to_catalogue(*, by: User) -> Refusal | None:
    """Editors and publishers describe conditions, articles, references and addresses."""
    return objection_without(by, Role.EDITOR, Role.PUBLISHER)


def objection_to_describe(reference: Reference, *, by: User) -> Refusal | None:
    """Only a work that stands for itself is described anew."""
    return objection_to_catalogue(by=by) or (AlreadyMerged() if reference.merged_into_id else None)


def objection_to_numbers(reference: Reference) -> Refusal | None:
    """Each identifier belongs to one work; `reference` is as it would be saved."""
    others = Reference.objects.exclude(pk=reference.pk).exclude(merged_into=reference.pk or 0)
    for name, label in NUMBERS.items():
        number = getattr(reference, name)
        if number and (other := others.filter(**{name: number}).first()):
            return Duplicate(f"The work with the {label} {number} is in the library already: {other.current.title}")
    return None


def objection_to_merge(kept: Reference, merged: Reference, *, by: User) -> Refusal | None:
    """Two works that stand, and do not have two different numbers of one kind; a book may have several ISBN."""
    if objection := objection_to_catalogue(by=by):
        return objection
    if kept.merged_into_id or merged.merged_into_id:
        return AlreadyMerged("One of the two was merged into another work already.")
    if kept.pk == merged.pk:
        return NotOneWork("A work cannot be merged into itself.")
    for name, label in NUMBERS.items():
        one, other = getattr(kept, name), getattr(merged, name)
        if one and other and one != other and name != "isbn":
            return NotOneWork(
                f"One has the {label} {one}, the other {other}. If one of them is wrong, correct it first."
            )
    return None


def objection_to_part(merged: Reference, *, by: User) -> Refusal | None:
    """A work that was merged, and shares no identifier with one that stands by now."""
    if objection := objection_to_catalogue(by=by):
        return objection
    if not merged.merged_into_id:
        return NotMerged()
    for name, label in NUMBERS.items():
        number = getattr(merged, name)
        if number and Reference.objects.standing().filter(**{name: number}).exists():
            return Duplicate(f"Another work has the {label} {number}. Take it off that work first.")
    return None


def objection_to_register(*, by: User) -> Refusal | None:
    """Clinical leads describe reviewers."""
    return objection_without(by, Role.LEAD)


def objection_to_check(registration: Registration, *, by: User, checked_on: date, today: date) -> Refusal | None:
    """A lead looks at somebody else's entry, on a day that has come."""
    if objection := objection_to_register(by=by):
        return objection
    if registration.reviewer.user_id == by.pk:
        return OwnCredentials()
    return BadIdentifier("A check cannot be dated in the future.") if checked_on > today else None


def is_struck_off(before: CredentialCheck | None, check: CredentialCheck) -> bool:
    """Whether a registration that was licensed is newly found not to be; one whose check ran out is not struck off."""
    if before is None or check.result in (before.result, CheckResult.LICENSED):
        return False
    return check.registration.checks.filter(result=CheckResult.LICENSED).exists()


def objection_to_number(register: str, number: str) -> Refusal | None:
    """Whether a registration number has its register's shape; an NPI also has a check digit."""
    if not re.fullmatch(SHAPES[Register(register)], number, re.ASCII):
        return BadIdentifier(f"“{number}” is not a number that the {Register(register).label} gives.")
    if register == Register.NPI and not _has_valid_check_digit("80840" + number):
        return BadIdentifier(f"“{number}” is not an NPI: its check digit is wrong.")
    return None


def objection_to_licence_state(state: str) -> Refusal | None:
    """Whether a licence was given by a US state or territory, named by its two letters; "" is no licence."""
    if not state or f"US-{state}" in STATES:
        return None
    return BadIdentifier(f"“{state}” is not the two letters of a US state or territory, like IL for Illinois.")


def normal_number(register: str, number: str) -> str:
    """The number without blanks, in capitals, and for the GMC without a leading C"""
    compact = re.sub(r"\s", "", number)
    compact = compact.upper() if compact.isascii() else compact
    return compact.removeprefix("C") if register == Register.GMC else compact


def _has_valid_check_digit(digits: str) -> bool:
    """The Luhn rule of ISO/IEC 7812-1."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
