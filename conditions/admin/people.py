"""People in the admin, with what they have in hand: whoever leaves names a successor."""

from typing import Any

from django import forms

from alsinfo.accounts.admin import EraseForm, PersonAdmin
from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Cleaned, Deed, plain
from conditions.actions.leaving import erase, leave
from conditions.models import Article
from conditions.policies.leaving import successors


class LeaveForm(forms.Form):
    """Who takes over; not asked of somebody who owns nothing."""

    def __init__(self, user: User, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        if Article.objects.filter(owner=user).exists():
            self.fields["successor"] = forms.ModelChoiceField(
                successors(user), label="Who takes over the articles this person owns"
            )


def close(user: User, cleaned: Cleaned, by: User) -> str:
    """Close the account and hand over."""
    leave(user, by=by, successor=cleaned.get("successor"))
    return "The account is closed; open work was handed over."


def forget(user: User, cleaned: Cleaned, by: User) -> str:
    """Erase personal data, those of a profile too."""
    erase(user, by=by)
    return "The personal data of the account are gone."


# The accounts know nothing of articles, reviews and profiles, so the buttons that end an account are completed here.
PersonAdmin.deeds = {
    **PersonAdmin.deeds,
    "deactivate": Deed(LeaveForm, close),
    "erase": Deed(plain(EraseForm), forget),
}
