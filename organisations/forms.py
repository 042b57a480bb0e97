"""The forms in which an organisation answers for itself, and the rules they share with the admin's."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from organisations import contacts, registers
from organisations.actions import CONTACT
from organisations.areas import AREAS, covers
from organisations.asking import FIELDS, Key, Said
from organisations.models import CharityRegistration, Contact, Shown
from organisations.naming import named
from organisations.regions import Region
from organisations.vocabulary import ServiceKind, Standing

MOST_CONTACTS, MOST_REGISTRATIONS = 40, 12
SPARE_ROWS = 2
MOST_NAMED = 3
OWN_STANDING = (
    (Standing.ACTIVE, "We work under this name"),
    (Standing.CLOSED, "We have closed, or will soon"),
    (Standing.MERGED, "We became part of another organisation"),
)


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


class RegistrationRules(forms.ModelForm):
    """A number of the shape that its register gives."""

    def clean(self) -> dict[str, Any]:
        """With the number as it is stored."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        register, number = cleaned.get("register"), cleaned.get("number")
        if register and number:
            cleaned["number"] = registers.normal_number(register, number)
            if sentence := registers.objection_to_number(register, cleaned["number"]):
                self.add_error("number", ValidationError(sentence))
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


def places_of(region: Region) -> list[tuple[str, str]]:
    """The whole region and each nation or state, to choose from."""
    return [(code, AREAS[code][0].upper() + AREAS[code][1:]) for code in covers(AREAS, region)]


def places_field(region: Region) -> forms.MultipleChoiceField:
    """Boxes to tick for the places in a region."""
    return forms.MultipleChoiceField(
        choices=places_of(region),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=f"Places you cover in {region.country}",
    )


class CorrectionForm(NameForm):
    """What an organisation says of itself, but for its contacts and registrations; `content` is its entry."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    called = forms.CharField(max_length=200, label="Name of the organisation")
    former_names = forms.CharField(max_length=300, required=False, label="Former names")
    parent = forms.CharField(
        max_length=200, required=False, label="Part of", help_text="For example “a campaign of …”, if it is."
    )
    what = forms.CharField(max_length=1000, label="What it does", widget=forms.Textarea(attrs={"rows": 4}))
    serves = forms.CharField(max_length=300, required=False, label="Whom it serves")
    help = forms.MultipleChoiceField(
        choices=ServiceKind, required=False, widget=forms.CheckboxSelectMultiple, label="What help it gives"
    )
    gb = places_field(Region.GB)
    us = places_field(Region.US)
    standing = forms.ChoiceField(choices=OWN_STANDING, widget=forms.RadioSelect, label="Does it go on?")
    successor = forms.CharField(
        max_length=200,
        required=False,
        label="Who goes on with its work",
        help_text="The name of an organisation that we list, if yours closed or became part of it.",
    )
    note = forms.CharField(
        max_length=2000,
        required=False,
        label="Anything else that should change",
        help_text="Whatever has no place above. Only our editors see it.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "name"), "name"])
        self.content = content

    def clean(self) -> dict[str, Any]:
        """With the uuid of the successor, "" for none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("gb", True) or cleaned.get("us", True)):
            self.add_error(self.first_places, ValidationError("Tick the places you cover, at least one."))
        name, standing = cleaned.get("successor", ""), cleaned.get("standing")
        if name and standing == Standing.ACTIVE:
            self.add_error("successor", ValidationError("Only who closed or became part of another has a successor."))
        elif not name and standing == Standing.MERGED:
            self.add_error("successor", ValidationError("Say of which organisation it became part."))
        cleaned["successor"] = self._uuid_of(name) if name and "successor" not in self.errors else ""
        return cleaned

    def _uuid_of(self, name: str) -> str:
        """Whom readers know by this name, but for the organisation itself; a name nobody has is at fault."""
        known = self.content["successor"]
        if known and name == known["name"]:
            return str(known["uuid"])
        others = Shown.objects.exclude(name=self.content["name"]).filter(is_active=True)
        found = others.filter(name__iexact=name).values_list("organisation__uuid", flat=True)[:2]
        if len(found) == 1:
            return str(found[0])
        keys = [key for region in Region for key in named(name, region).keys]
        near = others.filter(pk__in=keys).values_list("name", flat=True)[:MOST_NAMED]
        hint = f"Is it {' or '.join(near)}?" if near else "Say that yours has closed, and write the name below."
        self.add_error("successor", ValidationError(f"We list no other organisation of just this name. {hint}"))
        return ""

    @property
    def first_places(self) -> str:
        """The field of the region that its entry covers."""
        return "gb" if covers(self.content["coverage"], Region.GB) else "us"

    @property
    def places(self) -> list[Any]:
        """The fields of places, the region that its entry covers first."""
        return sorted((self["gb"], self["us"]), key=lambda field: field.name != self.first_places)

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
        error_messages = {"value": {"required": "Write it, or tick “Remove this contact”."}}

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


class OwnRegistrationForm(RegistrationRules):
    """A number in a register, and whether it is to go."""

    is_gone = forms.BooleanField(required=False, label="Remove this number")

    class Meta:
        model = CharityRegistration
        fields = ("register", "number")
        error_messages = {"number": {"required": "Write it, or tick “Remove this number”."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


ContactForms = forms.formset_factory(
    OwnContactForm, extra=SPARE_ROWS, max_num=MOST_CONTACTS, absolute_max=MOST_CONTACTS, validate_max=True
)
RegistrationForms = forms.formset_factory(
    OwnRegistrationForm, extra=1, max_num=MOST_REGISTRATIONS, absolute_max=MOST_REGISTRATIONS, validate_max=True
)


def bare_helper() -> FormHelper:
    """Fields only: the page has the form's element, its buttons and its errors."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf, helper.form_show_errors = False, True, True
    return helper


def initial_of(content: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A `CorrectionForm` that says what an entry says."""
    words = {name: content[name] for name in FIELDS if name != "name"}
    places = {region.value.lower(): covers(content["coverage"], region) for region in Region}
    successor = content["successor"].get("name", "")
    same = {"called": content["name"], "help": content["services"], "successor": successor, "number": number}
    return words | places | same


def initial_contacts(seen: Mapping[Key, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row of `ContactForms` for each contact."""
    return [{**row, "was": f"{kind} {value}"} for (kind, value), row in seen.items()]


def said(form: CorrectionForm, rows: Any, numbers: Any) -> Said:
    """What three valid forms say."""
    written = [row for row in rows if row.cleaned_data]
    old = [row for row in written if row.cleaned_data["was"]]
    kept = [row.cleaned_data for row in numbers if row.cleaned_data and not row.cleaned_data["is_gone"]]
    return Said(
        words=form.words(),
        successor=form.cleaned_data["successor"],
        help=frozenset(form.cleaned_data["help"]),
        coverage=frozenset(form.cleaned_data["gb"] + form.cleaned_data["us"]),
        registrations=frozenset((row["register"], row["number"]) for row in kept),
        contacts={row.key: row.values for row in old},
        added=tuple(row.values for row in written if not row.cleaned_data["was"] and not row.cleaned_data["is_gone"]),
        gone=frozenset(row.key for row in old if row.cleaned_data["is_gone"]),
    )
