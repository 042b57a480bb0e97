"""The form field by which a picture is sent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alsinfo.imaging import MOST_BYTES, UnusablePicture

ACCEPTED = "image/jpeg,image/png,image/webp"

ACCEPTED = "image/jpeg,image/png,image/webp"


class PictureField(forms.FileField):
    """A picture, as `made` makes it of the bytes that were sent, or None."""

    def __init__(self, made: Callable[[bytes], Any], *, accept: str = ACCEPTED, **options: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": accept}),
            error_messages={"empty": "This file is empty. Choose another."},
            **options,
        )
        self.made = made

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The picture. Raises `ValidationError`; what is too large is not read."""
        sent = super().clean(data, initial)
        if not sent:
            return None
        try:
            return self.made(sent.read(MOST_BYTES + 1))
        except UnusablePicture as problem:
            raise ValidationError(str(problem)) from problem
