"""Rules on pictures: known, in a section, described in words, and under a licence that is named."""

import re
from collections.abc import Iterator

from conditions.checks.rules import Fault, Rule, Subject
from conditions.content import pictures

NO_DESCRIPTION = re.compile(
    r"\W*(?:decorative|none|n/?a|null|alt|picture|image|photo|figure|diagram)?\W*", re.IGNORECASE
)
SAYS_PICTURE = re.compile(
    r"\W*(?:an?|the|this)?\s*(?:image|picture|photo|photograph|graphic|icon|illustration|drawing|diagram|figure)\s+"
    r"(?:of|showing|that shows|with)\b",
    re.IGNORECASE,
)
OUTSIDE = ("title", "names", "summary", "key_points", "emergency", "urgent", "soon", "disclaimer")


def _unknown(subject: Subject) -> Iterator[Fault]:
    for key in pictures.unknown_keys(subject.content):
        section = next(each for each in subject.sections if key in pictures.keys_in(each["body"]))
        sentence = f"![{key}] is placed, but these readers get no picture with this key."
        yield Fault(f"section:{section['key']}", sentence)


def _misplaced(subject: Subject) -> Iterator[Fault]:
    for name, text in subject.openings(*OUTSIDE):
        for key in pictures.tokens_in(text):
            yield Fault(name, f"![{key}] stands outside the sections; only sections show pictures.")


def _undescribed(subject: Subject) -> Iterator[Fault]:
    for picture in pictures.in_order(subject.content):
        if NO_DESCRIPTION.fullmatch(picture["alt"]):
            sentence = f"![{picture['key']}] has no text instead of the picture: say what it shows."
            yield Fault(f"picture:{picture['key']}", f"{sentence} A picture that only decorates has no place here.")


def _without_caption(subject: Subject) -> Iterator[Fault]:
    for picture in pictures.in_order(subject.content):
        if not picture["caption"].strip():
            yield Fault(f"picture-caption:{picture['key']}", f"![{picture['key']}] has no caption.")


def _without_licence(subject: Subject) -> Iterator[Fault]:
    for picture in pictures.in_order(subject.content):
        if not picture["credit"].strip():
            yield Fault(f"picture-credit:{picture['key']}", f"![{picture['key']}] does not say whose it is.")
        if not picture["licence"]:
            sentence = f"![{picture['key']}] does not say under which licence it is shown."
            yield Fault(f"picture-licence:{picture['key']}", sentence)


def _called_picture(subject: Subject) -> Iterator[Fault]:
    for picture in pictures.in_order(subject.content):
        if said := SAYS_PICTURE.match(picture["alt"]):
            sentence = f"The text instead of ![{picture['key']}] begins with “{said[0].strip()}”: say what it shows."
            yield Fault(f"picture:{picture['key']}", sentence)


def _said_twice(subject: Subject) -> Iterator[Fault]:
    for picture in pictures.in_order(subject.content):
        if picture["alt"] and picture["alt"].casefold() == picture["caption"].casefold():
            sentence = f"The caption of ![{picture['key']}] repeats the text instead of it: who listens hears it twice."
            yield Fault(f"picture:{picture['key']}", sentence)


def _unplaced(subject: Subject) -> Iterator[Fault]:
    for key in subject.unplaced:
        yield Fault(f"picture:{key}", f"![{key}] is among the pictures, but no section places it.")


RULES = (
    Rule("unknown-picture", True, "alsinfo", "Every picture placed is among the pictures.", _unknown),
    Rule("misplaced-picture", True, "alsinfo", "Only sections show pictures.", _misplaced),
    Rule(
        "picture-without-description",
        True,
        "WCAG 2.2, 1.1.1",
        "Words say what every picture shows; none only decorates.",
        _undescribed,
    ),
    Rule("picture-without-caption", True, "NHS service manual", "Every picture has a caption.", _without_caption),
    Rule(
        "picture-without-licence",
        True,
        "schema.org ImageObject",
        "Of every picture it is said whose it is and under which licence it is shown.",
        _without_licence,
    ),
    Rule(
        "picture-called-picture",
        False,
        "NHS service manual",
        "The text instead of a picture does not begin with “image of”.",
        _called_picture,
    ),
    Rule("picture-said-twice", False, "WCAG 2.2, 1.1.1", "A caption says more than the text instead.", _said_twice),
    Rule("unused-picture", False, "alsinfo", "Every picture of the edition is placed.", _unplaced),
)
