"""Two people with the same form: the second one's text stays in the form, with what was saved beside it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.forms import BaseForm, BaseModelForm, BaseModelFormSet
from django.http import QueryDict

VERSION = "opened_version"


@dataclass(frozen=True)
class Difference:
    """A field in which the form differs from what is saved: where, its label, and what is saved."""

    where: str
    label: str
    saved: str


def rebased(data: QueryDict, version: int, known: Mapping[str, set[str]]) -> QueryDict:
    """The posted form as if it had been opened at `version`; `known` gives each formset's keys as they are now.

    A row whose key is gone becomes a new row, so that what was typed into it is not lost.
    """
    moved = data.copy()
    moved[VERSION] = str(version)
    for prefix, keys in known.items():
        rows = _taken_out(moved, prefix)
        rows.sort(key=lambda row: row.get("id", "") not in keys)
        is_known = [row.get("id", "") in keys for row in rows]
        for index, row in enumerate(rows):
            for name, value in row.items():
                is_lost = name == "id" and not is_known[index]
                moved[f"{prefix}-{index}-{name}"] = "" if is_lost else value
        moved[f"{prefix}-INITIAL_FORMS"] = str(sum(is_known))
    return moved


def differences(form: BaseModelForm, formsets: list[BaseModelFormSet]) -> list[Difference]:
    """What is saved now wherever the form says something else, the rows that are not in the form among it."""
    found = list(_differences_of(form, ""))
    for formset in formsets:
        shown = set()
        for row in formset.forms:
            if row.instance.pk:
                shown.add(row.instance.pk)
                found += _differences_of(row, f"{row.instance._meta.verbose_name} “{row.instance}”")
        found += [
            Difference(str(row._meta.verbose_name), "only in what is saved", str(row))
            for row in formset.get_queryset()
            if row.pk not in shown
        ]
    return found


def _differences_of(form: BaseForm, where: str) -> Iterator[Difference]:
    for name in form.changed_data:
        if name in form.initial:
            yield Difference(where, str(form[name].label), str(form.initial[name]))


def _taken_out(data: QueryDict, prefix: str) -> list[dict[str, str]]:
    """Take the formset's rows out of the data, in order."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(.+)", re.DOTALL)
    rows: dict[int, dict[str, str]] = {}
    for name in list(data):
        if match := pattern.fullmatch(name):
            rows.setdefault(int(match[1]), {})[match[2]] = str(data[name])
            del data[name]
    return [rows[index] for index in sorted(rows)]
