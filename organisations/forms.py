"""The forms in which an organisation answers for itself, and the rules they share with the admin's."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from organisations import contacts
from organisations.actions import CONTACT
from organisations.asking import FIELDS, Key, Said
from organisations.models import Contact
from organisations.vocabulary import ServiceKind

MOST_CONTACTS = 40
SPARE_ROWS = 2


class ContactRules(forms.ModelForm):
    """A contact that can be called, written to or opened as it is written, at hours that mean the same to all."""

    def clean(self) -> dict[str, Any]:
        """With the value as it is stored."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value:
            cleaned["value"] = contacts.normal_value(kind, value)
            if sentence := contacts.objection_to_contact(kind, cleaned["value"]):
                self.add_error("value", ValidationError(sentence))
        if cleaned.get("hours") and not cleaned.get("time_zone"):
            self.add_error("time_zone", ValidationError("Say in which time zone these hours are."))
        youngest, oldest = cleaned.get("youngest"), cleaned.get("oldest")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("oldest", ValidationError("This age is below the age it begins with."))
        return cleaned


class NameForm(forms.Form):
    """Who answers."""

    name = forms.CharField(
        max_length=200,
        label="Your name, and what you do there",
        help_text="Only our editors see it.",
        error_messages={"required": "Say who you are: your name, and what you do there."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class CorrectionForm(NameForm):
    """What an organisation says of itself, but for its contacts."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    called = forms.CharField(max_length=200, label="Name of the organisation")
    former_names = forms.CharField(max_length=300, required=False, label="Former names")
    what = forms.CharField(max_length=1000, label="What it does", widget=forms.Textarea(attrs={"rows": 4}))
    serves = forms.CharField(max_length=300, required=False, label="Whom it serves")
    help = forms.MultipleChoiceField(
        choices=ServiceKind, required=False, widget=forms.CheckboxSelectMultiple, label="What help it gives"
    )
    note = forms.CharField(
        max_length=2000,
        required=False,
        label="Anything else that should change",
        help_text="For example the places you cover, or a registration. Only our editors see it.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def words(self) -> dict[str, str]:
        """By the names of `asking.FIELDS`."""
        typed = {**self.cleaned_data, "name": self.cleaned_data["called"]}
        return {name: typed[name].replace("\r\n", "\n") for name in FIELDS}


class OwnContactForm(ContactRules):
    """A contact, the one it was, and whether it is to go."""

    was = forms.CharField(max_length=330, required=False, widget=forms.HiddenInput)
    is_gone = forms.BooleanField(required=False, label="Remove this contact")

    class Meta:
        model = Contact
        fields = CONTACT
        labels = {"value": "Number or address"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    @property
    def key(self) -> Key:
        """Kind and value of the contact it was."""
        kind, _, value = self.cleaned_data["was"].partition(" ")
        return kind, value

    @property
    def values(self) -> dict[str, Any]:
        """As an entry says them."""
        return {name: self.cleaned_data[name] for name in CONTACT}


ContactForms = forms.formset_factory(
    OwnContactForm, extra=SPARE_ROWS, max_num=MOST_CONTACTS, absolute_max=MOST_CONTACTS, validate_max=True
)


def bare_helper() -> FormHelper:
    """Fields only: the page has the form's element, its buttons and its errors."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf, helper.form_show_errors = False, True, True
    return helper


def initial_of(content: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A `CorrectionForm` that says what an entry says."""
    words = {name: content[name] for name in ("former_names", "what", "serves")}
    return {**words, "called": content["name"], "help": content["services"], "number": number}


def initial_contacts(seen: Mapping[Key, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row of `ContactForms` for each contact."""
    return [{**row, "was": f"{kind} {value}"} for (kind, value), row in seen.items()]


def said(form: CorrectionForm, rows: Any) -> Said:
    """What two valid forms say."""
    written = [row for row in rows if row.cleaned_data]
    old = [row for row in written if row.cleaned_data["was"]]
    return Said(
        words=form.words(),
        help=frozenset(form.cleaned_data["help"]),
        contacts={row.key: row.values for row in old},
        added=tuple(row.values for row in written if not row.cleaned_data["was"] and not row.cleaned_data["is_gone"]),
        gone=frozenset(row.key for row in old if row.cleaned_data["is_gone"]),
    )
