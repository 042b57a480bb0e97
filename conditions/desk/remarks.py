"""The comment boxes of the review page, and what is kept of them until they are sent.

A box is four fields named `remark.PART.NUMBER.FIELD`; each part has one more box than were filled in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from conditions.desk.fields import Words
from conditions.parts import Part
from conditions.policies.commenting import LONGEST, Remark
from conditions.vocabulary import CommentWeight

NAME = re.compile(r"remark\.(?P<part>[^.]+(?:\.[A-Z]{2})?)\.(?P<number>\d{1,2})\.(?P<field>body|quote|suggestion)")
TEXTS = ("body", "quote", "suggestion")
MOST_BOXES = 20  # of one part
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Box:
    """One comment box, bound to its form."""

    weight: BoundField
    body: BoundField
    quote: BoundField
    suggestion: BoundField
    is_open: bool


def fields_of(part: Part, typed: Fields) -> dict[str, forms.Field]:
    """The fields of a part's boxes: those filled in, and one more."""
    fields: dict[str, forms.Field] = {}
    for number in range(min(_filled(part, typed) + 1, MOST_BOXES)):
        prefix = _prefix(part, number)
        fields[f"{prefix}.weight"] = forms.ChoiceField(
            label="How much it weighs", choices=CommentWeight.choices, initial=CommentWeight.SHOULD, required=False
        )
        fields[f"{prefix}.body"] = Words("Your comment", longest=LONGEST["body"], rows=3)
        fields[f"{prefix}.quote"] = Words("The words it is about", "Copied from the text; may be empty.", rows=1)
        fields[f"{prefix}.suggestion"] = Words(
            "Wording you suggest", "Put in place of those words.", longest=LONGEST["suggestion"], rows=2
        )
    return fields


def boxes_of(part: Part, form: forms.Form) -> list[Box]:
    """The part's boxes in a form."""
    return [_box(form, prefix) for prefix in _prefixes(part, form.fields)]


def remark_in(part: Part, prefix: str, cleaned: Mapping[str, str]) -> Remark | None:
    """What a box says, or None where it is empty."""
    texts = {name: cleaned.get(f"{prefix}.{name}", "") for name in TEXTS}
    if not any(texts.values()):
        return None
    weight = cleaned.get(f"{prefix}.weight") or CommentWeight.SHOULD
    return Remark(part.key, part.regions, weight, **texts)


def remarks_in(parts: Sequence[Part], cleaned: Mapping[str, str]) -> Iterator[tuple[str, Remark]]:
    """Every remark with the name of the field it is typed in."""
    for part in parts:
        for prefix in _prefixes(part, cleaned):
            if (remark := remark_in(part, prefix, cleaned)) is not None:
                yield f"{prefix}.body", remark


def homeless(parts: Sequence[Part], typed: Fields) -> str:
    """What was typed about parts that the text does not have any more, as one text; it must not be lost."""
    known = {part.id for part in parts}
    found = [(match["part"], typed[name]) for name in typed if (match := NAME.fullmatch(name)) and typed[name].strip()]
    return "\n\n".join(f"On “{part}”: {text.strip()}" for part, text in found if part not in known)


def _box(form: forms.Form, prefix: str) -> Box:
    weight, body, quote, suggestion = (form[f"{prefix}.{name}"] for name in ("weight", *TEXTS))
    return Box(weight, body, quote, suggestion, _is_open(form, prefix))


def _filled(part: Part, typed: Fields) -> int:
    """How many boxes of the part have something in them, counted by the last."""
    matches = [NAME.fullmatch(name) for name, text in typed.items() if text.strip()]
    return max((int(match["number"]) + 1 for match in matches if match and match["part"] == part.id), default=0)


def _prefix(part: Part, number: int) -> str:
    return f"remark.{part.id}.{number}"


def _prefixes(part: Part, names: Mapping[str, object]) -> list[str]:
    prefixes = (_prefix(part, number) for number in range(MOST_BOXES))
    return [prefix for prefix in prefixes if f"{prefix}.body" in names]


def _is_open(form: forms.Form, prefix: str) -> bool:
    """Whether something was typed in it or is wrong with it."""
    return any(form[f"{prefix}.{name}"].value() or f"{prefix}.{name}" in form.errors for name in TEXTS)
