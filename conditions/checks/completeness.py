"""Rules on what a page must have."""

from collections.abc import Iterator

from conditions.checks.rules import Fault, Rule, Subject, label_of, objections, of_section, seen
from conditions.content import citations
from conditions.vocabulary import CLINICAL_KINDS, REQUIRED_KINDS, SectionKind

LONGEST_TITLE = 60
LONGEST_SUMMARY = 160
FEWEST_POINTS, MOST_POINTS = 2, 4
NEEDED = {
    "title": "The page has no title.",
    "summary": "The one-sentence answer is missing.",
    "key_points": "There are no key points.",
    "disclaimer": "The disclaimer is missing.",
}


def _no_note(subject: Subject) -> Iterator[Fault]:
    if not subject.change_note.strip():
        yield Fault("change_note", "Say in one public sentence what changed and why.")


def _half_corrections(subject: Subject) -> Iterator[Fault]:
    since, first = subject.wrong_since, subject.public_since
    if since is None:
        if subject.correction.strip():
            yield Fault("wrong_since", "Say since when readers were told something wrong.")
        return
    if not subject.correction.strip():
        yield Fault("correction", "Say what was wrong, or clear the day since when it was.")
    if since > subject.today:
        yield Fault("wrong_since", "The day since when something was wrong has not come yet.")
    elif first and since < first:
        yield Fault("wrong_since", f"Readers first got this page on {first:%-d %B %Y}.")


def _opening_faults(subject: Subject) -> Iterator[Fault]:
    for name, text in subject.openings(*NEEDED):
        if not text.strip():
            yield Fault(name, NEEDED[name])


def _urgent_care_faults(subject: Subject) -> Iterator[Fault]:
    if not subject.content["urgent_care"]["emergency"].strip():
        yield Fault("emergency", "The page does not say when to call an ambulance.")


def _empty_sections(subject: Subject) -> Iterator[Fault]:
    for section in subject.sections:
        if not seen(section["body"]).strip():
            yield of_section(section, "is empty.")


def _missing_sections(subject: Subject) -> Iterator[Fault]:
    present = {section["kind"] for section in subject.sections}
    for kind in REQUIRED_KINDS:
        if kind not in present:
            yield Fault("sections", f"A section of the kind “{label_of(kind)}” is missing.")


def _unusable_markup(subject: Subject) -> Iterator[Fault]:
    for section in subject.sections:
        for sentence in objections(section["body"]):
            yield of_section(section, f"cannot be shown as written: {sentence}")


def _no_organisation(subject: Subject) -> Iterator[Fault]:
    reasons = [section for section in subject.sections if section["kind"] == SectionKind.NO_ORGANISATION]
    if not reasons and not subject.content["listings"]:
        sentence = "No support organisation is listed for these readers. List one, or add a last section of the kind"
        yield Fault("listings", f"{sentence} “{label_of(SectionKind.NO_ORGANISATION)}”.")
    for section in reasons:
        if subject.content["listings"]:
            yield of_section(section, "says why no organisation is listed for these readers, but one is.")
        elif section != subject.sections[-1]:
            yield of_section(section, "stands in for the list of organisations: move it to the end.")


def _uncited_sections(subject: Subject) -> Iterator[Fault]:
    for section in subject.sections:
        if section["kind"] in CLINICAL_KINDS and not citations.uses(section["body"]):
            yield of_section(section, "cites no source.")


def _long_opening(subject: Subject) -> Iterator[Fault]:
    if (length := len(subject.content["title"])) > LONGEST_TITLE:
        yield Fault("title", f"The title has {length} characters. Search results show {LONGEST_TITLE}.")
    if (length := len(subject.content["summary"])) > LONGEST_SUMMARY:
        yield Fault("summary", f"The one-sentence answer has {length} characters. Aim for {LONGEST_SUMMARY}.")


def _number_of_points(subject: Subject) -> Iterator[Fault]:
    count = len(subject.content["key_points"])
    if count and not FEWEST_POINTS <= count <= MOST_POINTS:
        points = "1 key point" if count == 1 else f"{count} key points"
        yield Fault("key_points", f"There are {points}. Readers keep {FEWEST_POINTS} to {MOST_POINTS}.")


RULES = (
    Rule("no-change-note", True, "GOV.UK change notes", "A public sentence says what changed and why.", _no_note),
    Rule(
        "half-correction",
        True,
        "Trust Project, schema.org correction",
        "A correction says what was wrong and since when.",
        _half_corrections,
    ),
    Rule(
        "opening-incomplete",
        True,
        "CDC Clear Communication Index",
        "Title, one-sentence answer, key points and disclaimer are written.",
        _opening_faults,
    ),
    Rule("no-urgent-care", True, "NHS care cards", "The page says when to call an ambulance.", _urgent_care_faults),
    Rule("empty-section", True, "alsinfo", "Every section has a text.", _empty_sections),
    Rule(
        "missing-section",
        True,
        "schema.org HealthAspectEnumeration",
        f"There are sections of the kinds {' and '.join(label_of(kind) for kind in REQUIRED_KINDS)}.",
        _missing_sections,
    ),
    Rule("unusable-text", True, "alsinfo", "Readers see every text as it was written.", _unusable_markup),
    Rule(
        "no-organisation",
        True,
        "DISCERN 7",
        "A support organisation is listed, or the last section says why there is none.",
        _no_organisation,
    ),
    Rule(
        "uncited-section",
        False,
        "JAMA benchmarks, HONcode 4",
        "Every section on the condition itself cites a source.",
        _uncited_sections,
    ),
    Rule(
        "long-opening",
        False,
        "NHS service manual",
        f"The title has at most {LONGEST_TITLE} characters, the one-sentence answer {LONGEST_SUMMARY}.",
        _long_opening,
    ),
    Rule(
        "number-of-key-points",
        False,
        "CDC Clear Communication Index",
        f"There are {FEWEST_POINTS} to {MOST_POINTS} key points.",
        _number_of_points,
    ),
)
