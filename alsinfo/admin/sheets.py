"""A form as a sheet of texts: what each of its fields says, and each field of each of its rows."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any
from unicodedata import normalize

from django.db.models import UniqueConstraint
from django.forms import BaseForm, BaseModelForm, BaseModelFormSet, BoundField, ModelChoiceField
from django.http import QueryDict

MARK_BYTES = 6
LONGEST_MARKS = 200_000  # characters
Fields = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The texts of a form: `own` by name; `rows` by prefix, key and name. `forms` has an empty one for each prefix."""

    own: Fields
    rows: Mapping[str, Mapping[str, Fields]]
    forms: Mapping[str, BaseModelForm]

    def marks(self) -> str:
        """A short digest of each text, as JSON: enough to see later which of them changed."""
        found = {address("", "", name): mark(text) for name, text in self.own.items()}
        for prefix, rows in self.rows.items():
            for key, fields in rows.items():
                found |= {address(prefix, key, name): mark(text) for name, text in fields.items()}
        return json.dumps(found, separators=(",", ":"))

    def label(self, prefix: str, name: str) -> str:
        """What the field is called."""
        return str(self.forms[prefix][name].label) if name in self.forms[prefix].fields else name

    def shown(self, prefix: str, name: str, text: str) -> str:
        """The text as people read it: of a choice its label."""
        field: Any = self.forms[prefix].fields.get(name)
        if isinstance(field, ModelChoiceField):
            known = field.queryset if text.isdecimal() else None
            chosen = known.filter(pk=text).first() if known is not None else None
            return str(chosen) if chosen is not None else text
        return str(dict(getattr(field, "choices", ())).get(text, text))

    def typed(self, prefix: str, fields: Fields) -> Fields:
        """What people fill in of a row, without what the form itself adds."""
        return {name: text for name, text in fields.items() if name in _names(self.forms[prefix])}

    def lines(self, prefix: str, fields: Fields) -> str:
        """All that a row says, a field below the other."""
        typed = self.typed(prefix, fields).items()
        return "\n".join(
            f"{self.label(prefix, name)}: {self.shown(prefix, name, text)}" for name, text in typed if text
        )

    def title(self, prefix: str, fields: Fields) -> str:
        """What a row is and says first."""
        kind = str(self.forms[prefix]._meta.model._meta.verbose_name).capitalize()
        said = next((self.shown(prefix, *item) for item in self.typed(prefix, fields).items() if item[1]), "")
        return f"{kind} “{said}”"

    def twin(self, prefix: str, fields: Fields) -> str:
        """The key of the row that there can be only one of with what these fields say, or ""."""
        for constraint in self.forms[prefix]._meta.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and any(self.typed(prefix, fields).values()):
                named = [name for name in constraint.fields if name in fields]
                for key, row in self.rows[prefix].items():
                    if named and all(plain(row.get(name, "")) == plain(fields[name]) for name in named):
                        return key
        return ""


def sheet_of(form: BaseModelForm, formsets: Iterable[BaseModelFormSet]) -> Sheet:
    """What the form and its rows show when nothing was typed yet."""
    found = [(str(formset.prefix), formset) for formset in formsets]
    return Sheet(
        own=_texts(form),
        rows={prefix: {str(row.instance.pk): _texts(row) for row in set_.initial_forms} for prefix, set_ in found},
        forms={"": form, **{prefix: formset.empty_form for prefix, formset in found}},
    )


def address(prefix: str, key: str, name: str) -> str:
    """What a text of a row is called among the marks."""
    return f"{prefix}:{key}:{name}"


def marks_in(text: str) -> dict[str, str]:
    """Marks that came back with a form; none if they are not as they were sent."""
    try:
        found = json.loads(text) if len(text) <= LONGEST_MARKS else {}
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(digest) for name, digest in found.items()} if isinstance(found, dict) else {}


def mark(text: str) -> str:
    """A short digest of a text, the same however its lines end."""
    return blake2s(plain(text).encode(errors="replace"), digest_size=MARK_BYTES).hexdigest()


def plain(text: str) -> str:
    """The text without what two ways of sending the same text may differ in."""
    return "\n".join(line.rstrip() for line in normalize("NFC", text).splitlines()).strip()


def taken_out(data: QueryDict, prefix: str) -> dict[int, Fields]:
    """Take the rows of a prefix out of what was posted: by place, each field's text."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(.+)", re.DOTALL)
    rows: dict[int, Fields] = {}
    for name in list(data):
        if match := pattern.fullmatch(name):
            rows.setdefault(int(match[1]), {})[match[2]] = str(data[name])
            del data[name]
    return dict(sorted(rows.items()))


def put_back(data: QueryDict, prefix: str, rows: list[Fields]) -> None:
    """Put rows into what was posted, those that exist before the new ones, as Django's formsets want them."""
    for place, row in enumerate(rows):
        for name, text in row.items():
            data[f"{prefix}-{place}-{name}"] = text
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(bool(row.get("id")) for row in rows))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))


def _texts(form: BaseForm) -> Fields:
    return {name: _text(form[name]) for name in _names(form)}


def _names(form: BaseForm) -> list[str]:
    """The fields that people fill in."""
    return [bound.name for bound in form.visible_fields() if bound.name not in ("DELETE", "ORDER")]


def _text(bound: BoundField) -> str:
    value: Any = bound.value()
    if isinstance(value, bool) or value is None:
        return "on" if value else ""
    return str(value)
