"""The buttons on the page of an organisation: approve, hide a contact, show it again, record a check, ask itself."""

from typing import Any

from django import forms

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Cleaned, Deed
from alsinfo.admin.proposals import ApproveForm, entry_that_was_read
from alsinfo.concurrency import Conflict
from organisations import actions, asking, policies
from organisations.models import Organisation
from organisations.showing import hidden_of
from organisations.vocabulary import CheckedBy, ContactKind

BY_US = [(each.value, each.label) for each in CheckedBy if each != CheckedBy.LINK]
DAYS = [(7, "7 days"), (30, "30 days"), (60, "60 days")]


class HideForm(forms.Form):
    """A contact that readers see, and why it is hidden."""

    contact = forms.ChoiceField(label="Contact")
    reason = forms.CharField(max_length=500, label="Why", widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}))

    def __init__(self, organisation: Organisation, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["contact"].choices = [(f"{kind} {value}", value) for kind, value in shown_contacts(organisation)]  # type: ignore[attr-defined]


class ShowForm(forms.Form):
    """The hidden contact."""

    hiding = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, organisation: Organisation, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)


class CheckForm(forms.Form):
    """Who was asked, when and how, whether the entry that was read here is right."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    checked_on = forms.DateField(label="When", widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.ChoiceField(label="How", choices=BY_US)
    asked = forms.CharField(max_length=200, label="Whom did you ask?", help_text="Readers do not see this.")

    def __init__(self, organisation: Organisation, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)


class LinkForm(forms.Form):
    """Where a link to its own entry is sent, and for how long it works."""

    address = forms.EmailField(label="E-mail address of the organisation")
    days = forms.TypedChoiceField(label="The link works for", choices=DAYS, coerce=int, initial=policies.DAYS)

    def __init__(self, organisation: Organisation, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        mailboxes = [value for kind, value in shown_contacts(organisation) if kind == ContactKind.EMAIL]
        self.fields["address"].initial = next(iter(mailboxes), "")


class RevokeForm(forms.Form):
    """Which link is meant."""

    link = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)

    def __init__(self, organisation: Organisation, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)


def shown_contacts(organisation: Organisation) -> list[tuple[str, str]]:
    """Kind and value of each contact readers see now."""
    rows = organisation.entry.content["contacts"] if organisation.entry else []
    hidden = hidden_of(organisation)
    return [pair for row in rows if (pair := (row["kind"], row["value"])) not in hidden]


def approve(organisation: Organisation, cleaned: Cleaned, by: User) -> str:
    """Stand behind the entry that was read."""
    actions.approve(entry_that_was_read(organisation, cleaned), by=by)
    return "Readers see this entry now."


def hide(organisation: Organisation, cleaned: Cleaned, by: User) -> str:
    """Take a contact from readers."""
    kind, _, value = cleaned["contact"].partition(" ")
    actions.hide_contact(organisation, kind, value, by=by, reason=cleaned["reason"])
    return f"Readers do not see {value} any more. Propose the right contact below."


def show_again(organisation: Organisation, cleaned: Cleaned, by: User) -> str:
    """Give a hidden contact back to readers."""
    hiding = organisation.hidings.filter(pk=cleaned["hiding"]).first()
    if hiding is None:
        raise Conflict
    actions.show_contact(hiding, by=by)
    return f"Readers see {hiding.value} again."


def check(organisation: Organisation, cleaned: Cleaned, by: User) -> str:
    """The organisation confirmed the entry that was read."""
    entry = entry_that_was_read(organisation, cleaned)
    actions.record_details_check(
        entry, by=by, checked_on=cleaned["checked_on"], how=cleaned["how"], asked=cleaned["asked"]
    )
    return "Readers see when these details were checked."


def send_link(organisation: Organisation, cleaned: Cleaned, by: User) -> str:
    """Ask the organisation itself."""
    link = asking.send_link(organisation, cleaned["address"], by=by, days=cleaned["days"])
    return f"A link was sent to {link.sent_to}. You are told when they answer."


def revoke_link(organisation: Organisation, cleaned: Cleaned, by: User) -> str:
    """Take a link back."""
    link = organisation.entry_links.filter(pk=cleaned["link"]).first()
    if link is None:
        raise Conflict
    asking.revoke_link(link, by=by)
    return f"The link sent to {link.sent_to} works no longer."


DEEDS = {
    "approve": Deed(ApproveForm, approve),
    "hide": Deed(HideForm, hide),
    "show-again": Deed(ShowForm, show_again),
    "check": Deed(CheckForm, check),
    "send-link": Deed(LinkForm, send_link),
    "revoke-link": Deed(RevokeForm, revoke_link),
}
