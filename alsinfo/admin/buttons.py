"""POST buttons: one deed of one person on one thing, with what it asks for and why it cannot be done now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict

from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal

Cleaned = Mapping[str, Any]
FormOf = Callable[..., forms.Form]
AS_OPENED = ("round", "seen", "opened_version")  # how things stood when the page was opened


@dataclass(frozen=True)
class Deed:
    """What a button does: `act` calls one action and returns the sentence shown when it went well.

    `form` is called with the thing and, when pressed, the posted data; refusals of `act` are shown as they are.
    `leads_to` gives the thing whose page comes next, else the button's own page does.
    """

    form: FormOf
    act: Callable[[Any, Cleaned, User], str]
    leads_to: Callable[[Any], Model] | None = None


@dataclass
class Refused:
    """A press that came to nothing: where it was posted, what was typed, why; `is_shown` once its button says so."""

    url: str
    data: QueryDict
    sentences: list[str]
    is_shown: bool = False

    def is_of(self, url: str, initial: Cleaned) -> bool:
        """Whether the button with this address, for what `initial` names, was the one pressed."""
        named = {name: str(value) for name, value in initial.items() if name not in AS_OPENED}
        return url == self.url and all(self.data.get(name, value) == value for name, value in named.items())

    def again(self, fresh: forms.Form) -> QueryDict:
        """What was typed, in a form that knows how things are now."""
        data = self.data.copy()
        for field in fresh.hidden_fields():
            data[field.html_name] = str(field.value())
        return data

    def typed(self) -> list[str]:
        """The texts that were typed."""
        hidden = ("csrfmiddlewaretoken", *AS_OPENED)
        return [str(value) for name, value in self.data.items() if name not in hidden and " " in str(value).strip()]


@dataclass(frozen=True)
class Button:
    """A button on a page; `url` is where it posts, `objection` why it is disabled, `refused` why it did nothing."""

    label: str
    url: str
    form: forms.Form
    objection: Refusal | None = None
    is_grave: bool = False
    refused: Refused | None = None

    @property
    def asks(self) -> bool:
        """Whether something has to be filled in."""
        return bool(self.form.visible_fields())

    @property
    def why_id(self) -> str:
        """The id of the sentence that says why it is disabled."""
        return str(self.form.auto_id).replace("%s", "why")


class Nothing(forms.Form):
    """A button that asks for nothing."""


class Reason(forms.Form):
    """A button that asks why."""

    reason = forms.CharField(max_length=500, label="Reason", widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}))


def plain(form: type[forms.Form]) -> FormOf:
    """A form that does not depend on the thing."""

    def made(thing: Model, data: Cleaned | None = None, **options: Any) -> forms.Form:
        return form(data, **options)

    return made


def sentences(form: forms.Form) -> list[str]:
    """What is wrong with a posted form, one sentence a fault, for a message."""
    found = []
    for name, errors in form.errors.items():
        label = f"{form[name].label}: " if name in form.fields else ""
        found += [f"{label}{error}" for error in errors]
    return found
