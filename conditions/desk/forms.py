"""The forms that answer a request: yes or no, and the withdrawal while an interest waits for a decision."""

from typing import Any, ClassVar

from crispy_forms.layout import HTML
from django import forms

from alsinfo.accounts.forms import form_helper, send_to
from alsinfo.refusals import Refusal
from conditions.actions.deciding import ACCEPT, DECLARE, DECLINE
from conditions.desk.fields import Words, hidden
from conditions.errors.assigning import DeclarationMissing
from conditions.errors.drafting import ReasonMissing


class StepForm(forms.Form):
    """A step of a review; `choice` is its deciding field, beside which a refusal stands unless it has a field."""

    name: ClassVar[str]
    choice: str
    button: ClassVar[str]
    fields_of_refusals: dict[str, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)
        self.helper = form_helper(self.button, hidden("step", self.name), *self.parts())

    def parts(self) -> list[HTML | str]:
        """What stands in the form, in order."""
        return list(self.fields)

    def send_to(self, address: str) -> None:
        """Where the form is sent, see `accounts.forms.send_to`."""
        send_to(self.helper, address)

    def refuse(self, refusal: Refusal) -> None:
        """Show why an action was refused, beside the field it is about."""
        self.add_error(self.fields_of_refusals.get(refusal.code, self.choice), str(refusal))

    @property
    def words(self) -> str:
        """All that was typed, so that it can be copied when it is too late to send it."""
        typed = [str(self.data.get(name, "")) for name, field in self.fields.items() if isinstance(field, Words)]
        return "\n\n".join(text for text in typed if text.strip())

    def insist_on(self, name: str, sentence: str) -> None:
        """Complain at a field that was left empty, unless something is wrong with it already."""
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)

    def insist_on_none(self, name: str, sentence: str) -> None:
        """Complain at a field that was filled in although the choice leaves no place for it."""
        if self.cleaned_data.get(name):
            self.add_error(name, sentence)


class AnswerForm(StepForm):
    """Competing interests, stated before the text opens, and yes or no."""

    name, choice, button = "answer", "answer", "Send my answer"
    fields_of_refusals = {DeclarationMissing.code: "statement", ReasonMissing.code: "reason"}

    answer = forms.ChoiceField(
        label="Do you have competing interests, and will you review this text?",
        widget=forms.RadioSelect,
        choices=[
            (ACCEPT, "I have no competing interests, and I accept."),
            (DECLARE, "I would accept, and I have an interest to state. A clinical lead decides before I read."),
            (DECLINE, "I decline."),
        ],
        error_messages={"required": "Choose one: also having no competing interests must be said."},
    )
    statement = Words("Your interests", "Only if you have any.")
    reason = Words("Why you decline", "Only if you decline. The editors read it.")
    suggestion = Words("Somebody who could do it instead", "Only if you decline, and know somebody.", rows=1)

    def clean(self) -> dict[str, Any]:
        """An interest is stated, a refusal has a reason, and nothing typed is lost without a word."""
        answer = self.cleaned_data.get("answer")
        if answer == DECLARE:
            self.insist_on("statement", "State your interests, so that a clinical lead can decide.")
        if answer == DECLINE:
            self.insist_on("reason", "Say why you decline: the editors need it to ask somebody else.")
        if answer == ACCEPT:
            self.insist_on_none("statement", "You wrote an interest here but said that you have none. Which is right?")
        if answer in (ACCEPT, DECLARE):
            for name in ("reason", "suggestion"):
                self.insist_on_none(name, "You wrote something for declining but did not decline. Which is right?")
        return self.cleaned_data


class RecusalForm(StepForm):
    """Step back while a declared interest waits for a decision."""

    name, choice, button = "recusal", "reason", "Step back from this review"

    reason = Words("Why you step back", "The editors read it, and ask somebody else.")

    def clean(self) -> dict[str, Any]:
        """A reason is kept with it."""
        self.insist_on("reason", "Say why you step back.")
        return self.cleaned_data
