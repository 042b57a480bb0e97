"""The forms of somebody who reads a draft: the answer to the request, and what they say of each part of the text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from conditions.desk.fields import Words
from conditions.policies.commenting import Remark
from conditions.vocabulary import CommentWeight
from organisations.regions import Region

SAY, WEIGHT = "say-", "weight-"
WHOLE = "whole"
WEIGHTS = [
    (CommentWeight.SHOULD.value, "I would change this"),
    (CommentWeight.QUESTION.value, "I do not understand this"),
]


class RequestForm(forms.Form):
    """Yes or no, each a button; a no needs no reason."""

    reason = Words("If not: do you want to say why?", "You do not have to.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)


class RemarksForm(forms.Form):
    """A box for each part of the text, named as in `ReviewComment.part`, and one for all of it."""

    is_content = forms.BooleanField(required=False, label="I have read it and have nothing to say about it")

    def __init__(self, parts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)
        self.parts = {slug_of(part): part for part in parts}
        for slug in self.parts:
            self.fields[SAY + slug] = Words("What do you want to say?", "")
            self.fields[WEIGHT + slug] = forms.ChoiceField(
                required=False, label="What is it?", choices=WEIGHTS, widget=forms.RadioSelect, initial=WEIGHTS[0][0]
            )

    def box(self, part: str) -> tuple[BoundField, BoundField]:
        """The two fields of a part."""
        slug = slug_of(part)
        return self[SAY + slug], self[WEIGHT + slug]

    def insist_on_something(self) -> None:
        """A draft is sent with a remark, or with the word that there is none; so that no press of a key sends it."""
        if not self.errors and not self.remarks(()) and not self.cleaned_data["is_content"]:
            self.add_error("is_content", "Write something about a part, or tick that you have nothing to say.")

    def remarks(self, regions: tuple[Region, ...]) -> list[Remark]:
        """What was written, part by part."""
        said = [(slug, part, self.cleaned_data[SAY + slug]) for slug, part in self.parts.items()]
        return [
            Remark(part, regions, self.cleaned_data[WEIGHT + slug] or WEIGHTS[0][0], words)
            for slug, part, words in said
            if words
        ]

    @property
    def typed(self) -> Mapping[str, str]:
        """All that was written as it was written, with what it is."""
        said = [slug for slug in self.parts if str(self.data.get(SAY + slug, "")).strip()]
        return {name: str(self.data.get(name, "")) for slug in said for name in (SAY + slug, WEIGHT + slug)}


def slug_of(part: str) -> str:
    """The part as it stands in the names of fields."""
    return part.replace(":", "-") or WHOLE


def words_of(fields: Mapping[str, str]) -> str:
    """What was typed, without its places, so that it can be copied."""
    return "\n\n".join(words for name, words in fields.items() if name.startswith(SAY) and words.strip())
