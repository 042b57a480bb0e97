"""The three forms of a review: the answer to an invitation, the withdrawal of a pending one, the decision."""

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from alsinfo.accounts.forms import WHOSE_PASSWORD, form_helper
from alsinfo.accounts.proving import WrongCode, WrongPassword
from alsinfo.refusals import Refusal
from conditions.content.canonical import UnusableText, normalise_text
from conditions.errors.assigning import DeclarationMissing
from conditions.errors.drafting import ReasonMissing
from conditions.errors.signing import NoBase, NotDeclared
from conditions.vocabulary import Scope

LONGEST = 2_000
ACCEPT, DECLARE, DECLINE, CHANGES = "accept", "declare", "decline", "changes"
Choices = Sequence[tuple[str, str]]


class Words(forms.CharField):
    """A few sentences in normal form, at most 2,000 characters; the browser never cuts them short."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(required=False, label=label, help_text=help_text)

    def to_python(self, value: Any) -> str:
        """The text as it would be stored. Raises `ValidationError` where it cannot be, or is too long."""
        try:
            text = normalise_text(super().to_python(value) or "")
        except UnusableText as problem:
            raise ValidationError(str(problem)) from problem
        if len(text) > LONGEST:
            raise ValidationError(f"This has {len(text):,} characters; at most {LONGEST:,} can be kept.")
        return text


def hidden(name: str, value: str) -> HTML:
    """A value that is always the page's own, never what was posted."""
    return HTML(format_html('<input type="hidden" name="{}" value="{}">', name, value))


class StepForm(forms.Form):
    """A step of a review; `choice` is its deciding field, beside which a refusal stands unless it has a field."""

    name: ClassVar[str]
    choice: ClassVar[str]
    button: ClassVar[str]
    fields_of_refusals: ClassVar[dict[str, str]] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)
        self.helper = form_helper(self.button, hidden("step", self.name), *self.parts())

    def parts(self) -> list[HTML | str]:
        """What stands in the form, in order."""
        return list(self.fields)

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
            self.insist_on_none("reason", "You wrote why you decline but did not choose to decline. Which is right?")
        return self.cleaned_data


class RecusalForm(StepForm):
    """Step back while a declared interest waits for a decision."""

    name, choice, button = "recusal", "reason", "Step back from this review"

    reason = Words("Why you step back", "The editors read it, and ask somebody else.")

    def clean(self) -> dict[str, Any]:
        """A reason is kept with it."""
        self.insist_on("reason", "Say why you step back.")
        return self.cleaned_data


class DecisionForm(StepForm):
    """Sign, ask for changes, or hand back; `digest` is of the text that was on the page."""

    name, choice, button = "decision", "decision", "Send my decision"
    fields_of_refusals = {
        NoBase.code: "decision",
        NotDeclared.code: "is_declaration_true",
        ReasonMissing.code: "note",
        WrongPassword.code: "password",
        WrongCode.code: "code",
    }

    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what you decide.",
            "invalid_choice": "This cannot be chosen for this text now. Choose one of those below.",
        },
    )
    note = Words("Your note", "What should change, or why you are not the right reviewer. Not kept with a signature.")
    is_declaration_true = forms.BooleanField(required=False)
    password = forms.CharField(
        required=False,
        strip=False,
        label="Your password, to sign",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        required=False,
        label="A code of your authenticator app, to sign",
        help_text="The six digits it shows now; or a recovery code.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    digest = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *, digest: str, choices: Choices, explanation: str, declared: str, has_app: bool, **kwargs: Any
    ) -> None:
        self.text_digest, self.has_app = digest, has_app
        super().__init__(**kwargs)
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)  # noqa: S101
        decision.choices, decision.help_text = choices, explanation
        self.fields["is_declaration_true"].label = f"To sign: my declaration is still true. I stated: “{declared}”"

    def parts(self) -> list[HTML | str]:
        """What signing needs stands together, next to the button."""
        return [
            hidden("digest", self.text_digest),
            "decision",
            "note",
            HTML('<div class="to-sign">'),
            "is_declaration_true",
            WHOSE_PASSWORD,
            "password",
            *(["code"] if self.has_app else []),
            HTML("</div>"),
        ]

    def clean(self) -> dict[str, Any]:
        """A signature needs tick and password and takes no note; everything else needs the note."""
        decision = self.cleaned_data.get("decision")
        if decision in Scope.values:
            self.insist_on_none(
                "note", "A signature keeps no note. Choose to ask for changes, or empty this field, then sign."
            )
            self.insist_on("is_declaration_true", NotDeclared.sentence)
            self.insist_on("password", "Type your password to sign.")
            if self.has_app:
                self.insist_on("code", "Type a code of your authenticator app to sign.")
        if decision == CHANGES:
            self.insist_on("note", "Say what should change: the editors read it.")
        if decision == DECLINE:
            self.insist_on("note", "Say why you are not the right reviewer: the editors need it to ask somebody else.")
        return self.cleaned_data
