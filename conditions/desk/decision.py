"""The form of the review page: comments part by part, what became of earlier ones, the decision for each region."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from alsinfo.accounts.forms import PasskeyField
from alsinfo.accounts.proving import Factors, Proof, WrongCode, WrongPasskey, WrongPassword
from conditions.actions.deciding import CHANGES, DECLINE, Decision, Verdict
from conditions.desk.fields import Words
from conditions.desk.forms import StepForm
from conditions.desk.groups import Group
from conditions.desk.remarks import Box, boxes_of, fields_of, remarks_in
from conditions.errors.drafting import ReasonMissing
from conditions.errors.signing import NotDeclared
from conditions.models import ReviewComment
from conditions.parts import Part
from conditions.policies.commenting import Remark, objection_to_remark
from conditions.vocabulary import CommentState, CommentWeight, Scope
from organisations.regions import Region

Choices = Sequence[tuple[str, str]]
MOVED = (
    "What there is to decide changed while you were reading: a text was taken back, or another was sent. "
    "Nothing was signed or sent. Look at what stands here now, then decide."
)
SECRET = ("password", "code", "passkey", "is_declaration_true", "csrfmiddlewaretoken", "group", "step", "go")
INVALID = "This cannot be chosen for this text now. Choose one of those below."


@dataclass(frozen=True)
class Question:
    """What can be decided on one region's text, and a sentence on what that means."""

    region: Region
    choices: Choices
    explanation: str


@dataclass(frozen=True)
class Thread:
    """An earlier remark of the reviewer that is not settled, with what they can say to it now."""

    comment: ReviewComment
    settled: BoundField
    reply: BoundField


@dataclass(frozen=True)
class ShownPart:
    """A part of the text with its comment boxes and the earlier remarks on it."""

    part: Part
    boxes: list[Box]
    threads: list[Thread]

    @property
    def is_open(self) -> bool:
        """Whether there is something to look at in it."""
        return bool(self.part.mark) or bool(self.threads) or self.has_words

    @property
    def has_words(self) -> bool:
        """Whether something was typed in one of its boxes."""
        return any(box.is_open for box in self.boxes)


class DecisionForm(StepForm):
    """Sign, ask for changes, or hand back, with comments; saved as a draft it is not checked at all."""

    name, button = "decision", "Send my decision"

    note = Words("Your note to the editors", "What should change in general, or why you are not the right reviewer.")
    is_declaration_true = forms.BooleanField(required=False)
    password = forms.CharField(
        required=False,
        strip=False,
        label="Your password, to sign",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        required=False,
        label="A code, to sign",
        help_text="The six digits your authenticator app shows now; or a recovery code.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    passkey = PasskeyField()
    group = forms.Field(required=False)

    def __init__(
        self,
        *,
        of: Group,
        parts: Sequence[Part],
        questions: Sequence[Question],
        comments: Sequence[ReviewComment],
        declared: str,
        factors: Factors,
        **kwargs: Any,
    ) -> None:
        self.of, self.text_parts, self.comments, self.factors = of, parts, comments, factors
        self.choice = _field_of(of.regions[0])
        self.remarks: list[Remark] = []
        self.typed: Mapping[str, str] = kwargs.get("data") or kwargs.get("initial") or {}
        super().__init__(**kwargs)
        self._ask(questions)
        for comment in comments:
            self.fields[f"settled.{comment.pk}"] = forms.BooleanField(required=False, label="Settled")
            self.fields[f"reply.{comment.pk}"] = Words("Not settled? Say what is missing", rows=1)
        for part in parts:
            self.fields.update(fields_of(part, self.typed))
        self.fields["is_declaration_true"].label = f"To sign: my declaration is still true. I stated: “{declared}”"
        self.fields_of_refusals = {
            NotDeclared.code: "is_declaration_true",
            ReasonMissing.code: "note",
            WrongPassword.code: "password",
            WrongCode.code: "code",
            WrongPasskey.code: "code",
        }

    def _ask(self, questions: Sequence[Question]) -> None:
        for question in questions:
            which = "?" if len(questions) == 1 else f" on the {question.region.label} text?"
            self.fields[_field_of(question.region)] = forms.ChoiceField(
                label=f"What do you decide{which}",
                widget=forms.RadioSelect,
                choices=question.choices,
                help_text=question.explanation,
                error_messages={"required": "Choose what you decide.", "invalid_choice": INVALID},
            )
            self.fields[_digest_of(question.region)] = forms.Field(required=False)

    def send_to(self, address: str) -> None:
        """Its template writes the form element itself; crispy would put a helper's attributes around each field."""
        self.action, self.helper.attrs = address, {}

    @property
    def shown(self) -> list[ShownPart]:
        """Every part of the text, in reading order."""
        return [self._shown(part) for part in self.text_parts]

    @property
    def elsewhere(self) -> list[Thread]:
        """Earlier remarks on the whole page, or on parts that the text does not have any more."""
        keys = {part.key for part in self.text_parts}
        return [self._thread(comment) for comment in self.comments if comment.part not in keys]

    @property
    def tally(self) -> str:
        """What became of the earlier remarks, in words."""
        states = Counter(CommentState(comment.state) for comment in self.comments)
        words = {CommentState.DONE: "changed in the text", CommentState.ANSWERED: "answered", CommentState.OPEN: "open"}
        return ", ".join(f"{states[state]} {words[state]}" for state in words if states[state])

    @property
    def verdicts(self) -> list[BoundField]:
        """The deciding field of each region."""
        return [self[_field_of(region)] for region in self.of.regions]

    @property
    def digests(self) -> list[tuple[str, str]]:
        """Of each text on the page, under the name it is sent by."""
        return [(_digest_of(each.region), each.revision_id) for each in self.of.assignments]

    @property
    def is_save(self) -> bool:
        """Whether it was sent to be kept, not to be decided on."""
        return self.data.get("go") == "save"

    @property
    def draft(self) -> dict[str, str]:
        """What was typed and chosen, without anything secret."""
        return {name: text for name, text in _texts(self.data) if name not in SECRET and text}

    def clean(self) -> dict[str, Any]:
        """Comments can be kept; a signature needs tick and password, everything else a word of why."""
        cleaned = self.cleaned_data
        if cleaned.get("group") != self.of.numbers:
            self.add_error(self.choice, MOVED)
        for name, remark in remarks_in(self.text_parts, cleaned):
            if objection := objection_to_remark(remark):
                self.add_error(name, str(objection))
            self.remarks.append(remark)
        chosen = {cleaned.get(_field_of(region)) for region in self.of.regions}
        if chosen & set(Scope.values):
            self.insist_on("is_declaration_true", NotDeclared.sentence)
            self.insist_on("password", "Type your password to sign.")
            if self.factors and cleaned["passkey"] is None:
                self.insist_on("code", "Type a code to sign, or use a passkey.")
        if CHANGES in chosen and not self.remarks:
            self.insist_on("note", "Say what should change, here or at a section: the editors read it.")
        if DECLINE in chosen:
            self.insist_on("note", "Say why you are not the right reviewer: the editors need it to ask somebody else.")
        return cleaned

    def decision(self) -> Decision:
        """What was decided, of a form that is valid; a note with nothing but signatures is a remark on the page."""
        data = self.cleaned_data
        verdicts = tuple(
            Verdict(each, data[_field_of(each.region)], str(data[_digest_of(each.region)]))
            for each in self.of.assignments
        )
        remarks = list(self.remarks)
        if data["note"] and all(verdict.decision in Scope.values for verdict in verdicts):
            remarks.append(Remark("", tuple(self.of.regions), CommentWeight.SHOULD, data["note"]))
        numbers = [comment.pk for comment in self.comments]
        return Decision(
            verdicts,
            remarks=tuple(remarks),
            settled=frozenset(number for number in numbers if data[f"settled.{number}"]),
            replies=tuple((number, text) for number in numbers if (text := data[f"reply.{number}"])),
            note=data["note"],
            is_declaration_true=data["is_declaration_true"],
            proof=Proof(data["password"], data["code"], data["passkey"]),
        )

    def _shown(self, part: Part) -> ShownPart:
        threads = [self._thread(comment) for comment in self.comments if _is_on(comment, part)]
        return ShownPart(part, boxes_of(part, self), threads)

    def _thread(self, comment: ReviewComment) -> Thread:
        return Thread(comment, self[f"settled.{comment.pk}"], self[f"reply.{comment.pk}"])


def _is_on(comment: ReviewComment, part: Part) -> bool:
    """A remark for both regions stands at the first region's part, where the two have come to differ."""
    return comment.part == part.key and (part.is_shared or comment.covered[0] == part.regions[0])


def _field_of(region: Region) -> str:
    return f"decision_{region.value}"


def _digest_of(region: Region) -> str:
    return f"digest_{region.value}"


def _texts(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((name, str(data[name])) for name in data)
