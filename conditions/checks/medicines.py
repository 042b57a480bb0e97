"""Rules on medicines: shown where readers look for them, known to be licensed or not, sourced, and up to date."""

from collections.abc import Iterator

from conditions.checks.rules import Fault, Rule, Subject
from conditions.content import medicines


def _unplaced(subject: Subject) -> Iterator[Fault]:
    if subject.content["medicines"] and medicines.place(subject.content) is None:
        yield Fault("medicines", "Medicines are chosen, but there is no section of the kind “Medicines” to show them.")


def _without_licence(subject: Subject) -> Iterator[Fault]:
    for name in medicines.without_licence(subject.content):
        sentence = f"The library does not say whether {name} is licensed. Record it there, then take the description."
        yield Fault("medicines", sentence)


def _unsourced(subject: Subject) -> Iterator[Fault]:
    for name in medicines.unsourced(subject.content):
        yield Fault("medicines", f"The source of what is said of {name} is not among the references. Add it to them.")


def _outdated(subject: Subject) -> Iterator[Fault]:
    for name in subject.outdated:
        sentence = f"The library has a newer description of {name}: take it, or say why the copy stays as it is."
        yield Fault("medicines", sentence)


RULES = (
    Rule("medicines-unplaced", True, "alsinfo", "Medicines are shown in a section of the kind “Medicines”.", _unplaced),
    Rule(
        "medicine-without-licence",
        True,
        "schema.org DrugLegalStatus",
        "Of every medicine it is said whether it is licensed.",
        _without_licence,
    ),
    Rule(
        "medicine-without-source",
        True,
        "JAMA benchmarks",
        "What every status of a medicine rests on is among the references.",
        _unsourced,
    ),
    Rule(
        "medicine-outdated",
        True,
        "alsinfo",
        "Medicines are described as in the library, or somebody said why not.",
        _outdated,
    ),
)
