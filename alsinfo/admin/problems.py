"""What is wrong with a form and its rows, for a list at the top of the page that leads to each field."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseModelForm, BaseModelFormSet


@dataclass(frozen=True)
class Problem:
    """A sentence about a field; `anchor` is the field's id, "" for the form as a whole."""

    where: str
    sentence: str
    anchor: str = ""


def problems(form: BaseModelForm, formsets: list[BaseModelFormSet]) -> list[Problem]:
    """Every fault, those of the form as a whole first."""
    found = list(_problems_of(form, ""))
    for formset in formsets:
        name = str(formset.get_queryset().model._meta.verbose_name).capitalize()
        found += [Problem(f"{name}s", str(sentence)) for sentence in formset.non_form_errors()]
        for place, row in enumerate(formset.forms, start=1):
            found += _problems_of(row, f"{name} {place}")
    return sorted(found, key=lambda problem: bool(problem.anchor))


def _problems_of(form: BaseModelForm, where: str) -> Iterator[Problem]:
    for name, sentences in form.errors.items():
        if name not in form.fields:
            yield from (Problem(where, str(sentence)) for sentence in sentences)
            continue
        bound = form[name]
        place = ", ".join(part for part in (where, str(bound.label)) if part)
        yield from (Problem(place, str(sentence), "" if bound.is_hidden else bound.auto_id) for sentence in sentences)
