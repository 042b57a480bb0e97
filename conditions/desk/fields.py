"""Fields that the desk's forms are made of."""

from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from conditions.content.canonical import UnusableText, normalise_text

LONGEST = 2_000


class Words(forms.CharField):
    """A few sentences in normal form, at most `longest` characters; the browser never cuts them short."""

    def __init__(self, label: str, help_text: str = "", *, longest: int = LONGEST, rows: int = 4) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        """The text as it would be stored. Raises `ValidationError` where it cannot be, or is too long."""
        try:
            text = normalise_text(super().to_python(value) or "")
        except UnusableText as problem:
            raise ValidationError(str(problem)) from problem
        if len(text) > self.longest:
            raise ValidationError(f"This has {len(text):,} characters; at most {self.longest:,} can be kept.")
        return text


def hidden(name: str, value: str) -> HTML:
    """A value that is always the page's own, never what was posted."""
    return HTML(format_html('<input type="hidden" name="{}" value="{}">', name, value))
