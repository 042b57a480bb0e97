"""The fields in which reviewers are chosen."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from conditions.admin.candidates import Asked, Candidates, active_reviewers
from conditions.models import Reviewer


class _Cards(forms.RadioSelect):
    """Each reviewer's name beside its button, and what helps to choose beneath it."""

    candidates: Candidates | None = None

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """As HTML."""
        chosen = value if isinstance(value, (list, tuple)) else [value]
        context = {
            "name": name,
            "type": self.input_type,
            "id": (attrs or {}).get("id", name),
            "chosen": {str(each) for each in chosen},
            "candidates": self.candidates,
        }
        return mark_safe(render_to_string("admin/conditions/_reviewers.html", context))  # noqa: S308  escaped there


class _ManyCards(forms.CheckboxSelectMultiple, _Cards):
    """As ticks."""


class ReviewerChoice(forms.ModelChoiceField):
    """One reviewer."""

    widget = _Cards

    def __init__(self, **options: Any) -> None:
        super().__init__(Reviewer.objects.none(), **options)

    def offer(self, asked: Asked) -> None:
        """Let any active reviewer be chosen, and show what helps to choose for this text."""
        self.queryset = active_reviewers()
        self.widget.candidates = Candidates(asked)


class ReviewersChoice(forms.ModelMultipleChoiceField):
    """Several reviewers, as ticks."""

    widget = _ManyCards

    def __init__(self, **options: Any) -> None:
        super().__init__(Reviewer.objects.none(), **options)

    def offer(self, asked: Asked) -> None:
        """Let any active reviewers be chosen, and show what helps to choose for this text."""
        self.queryset = active_reviewers()
        self.widget.candidates = Candidates(asked)
