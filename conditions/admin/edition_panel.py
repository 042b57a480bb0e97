"""What stands beside an edition's text: where each region is, what changed since a signature, outline, sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conditions.admin.edition_forms import facts_of
from conditions.checks import Finding
from conditions.content import citations
from conditions.content.canonical import Content
from conditions.content.changes import Changed, changed_sections, is_changed_around
from conditions.content.readability import measured
from conditions.models import (
    Citation,
    Edition,
    Listing,
    MedicineUse,
    Opening,
    Picture,
    RegionalArticle,
    Section,
    SignOff,
)
from organisations.regions import Region

AREAS: Mapping[str, type] = {"sections": Section, "listings": Listing, "medicines": MedicineUse}
ABOUT_THE_CHANGE = ("change_note", "correction", "wrong_since")
KINDS: Mapping[str, tuple[type, str]] = {
    "section": (Section, "body"),
    "citation": (Citation, "key"),
    "listing": (Listing, "organisation"),
    "picture": (Picture, "alt"),
    **{f"picture-{name}": (Picture, name) for name in ("caption", "credit", "licence")},
}


@dataclass(frozen=True)
class Since:
    """What changed in a region's text since somebody last signed one; `count` is said in words."""

    signature: SignOff
    sections: list[Changed]
    is_changed_around: bool

    @property
    def count(self) -> str:
        """How many sections changed."""
        if not self.sections:
            return "what stands around the sections changed" if self.is_changed_around else "nothing changed"
        return "1 section changed" if len(self.sections) == 1 else f"{len(self.sections)} sections changed"


@dataclass(frozen=True)
class Entry:
    """A section in the outline: `prefix` names its row in the form, `key` the section itself."""

    place: int
    prefix: str
    key: int | None
    title: str
    facts: str
    is_faulty: bool

    @property
    def mark(self) -> str:
        """The key as text."""
        return str(self.key)


@dataclass(frozen=True)
class Placed:
    """A finding of the checks, and where on the page it can be put right."""

    finding: Finding
    anchor: str


def since(page: RegionalArticle, content: Content) -> Since | None:
    """What changed since the last signature on a text of the page that still stands; None without one."""
    signatures = page.sign_offs.filter(revocation=None).select_related("revision").order_by("-signed_at")
    last = signatures.first()
    if last is None:
        return None
    before = last.revision.content
    return Since(last, changed_sections(before, content), is_changed_around(before, content))


def outline(sections: Any) -> list[Entry]:
    """The sections of the formset in the order of its rows, blank rows left out."""
    shown = [form for form in sections.forms if form.instance.pk or form.has_changed()]
    return [
        Entry(
            place,
            form.prefix,
            form.instance.pk,
            form.instance.heading or "(no heading yet)",
            ", ".join(form.facts),
            bool(form.errors),
        )
        for place, form in enumerate(shown, start=1)
    ]


def size(edition: Edition) -> str:
    """How long and how hard to read the sections are together."""
    bodies = edition.sections.values_list("body", flat=True)
    measures = [measured(body) for body in bodies]
    words = sum(each.words for each in measures)
    if not words:
        return "nothing written yet"
    grade = sum(each.grade * each.words for each in measures) / words
    return ", ".join(facts_of(type(measures[0])(words, round(grade, 1), 0))[:2])


def missing_keys(edition: Edition) -> list[str]:
    """The keys that sections cite although no work of the edition has them."""
    known = set(edition.citations.values_list("key", flat=True))
    return [key for key in citations.cited_keys(edition.sections.values_list("body", flat=True)) if key not in known]


def placed(findings: Iterable[Finding], formsets: Sequence[Any], *, is_read_only: bool) -> list[Placed]:
    """The findings with the id of the field, or of the row, that each is about."""
    return [Placed(finding, _anchor(finding, formsets, "" if is_read_only else "id_")) for finding in findings]


def _anchor(finding: Finding, formsets: Sequence[Any], field: str) -> str:
    by_model = {formset.model: formset for formset in formsets}
    part, _, key = finding.fault.part.partition(":")
    if part in ABOUT_THE_CHANGE:
        return f"{field}{part}" if field else "about"
    if part in AREAS:
        return f"{by_model[AREAS[part]].prefix}-group"
    model, name = KINDS.get(part, (Opening, part))
    rows = [form for form in by_model[model].forms if form.instance.pk and _key(form.instance) == key]
    row = _row_for(rows, finding.region)
    if row is None:
        return f"{by_model[model].prefix}-group"
    return f"{field}{row.prefix}-{name}" if field else str(row.prefix)


def _key(row: Any) -> str:
    return str(row.organisation.uuid) if isinstance(row, Listing) else str(getattr(row, "key", ""))


def _row_for(rows: Sequence[Any], region: Region | None) -> Any:
    """The row that a region's readers get: its own, else the one for all."""
    wanted = ([region.value] if region else []) + [""]
    ranked = sorted(rows, key=lambda row: _rank(getattr(row.instance, "region", ""), wanted))
    return ranked[0] if ranked else None


def _rank(region: str, wanted: list[str]) -> int:
    return wanted.index(region) if region in wanted else len(wanted)
