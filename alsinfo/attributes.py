"""Attributes of an HTML element, for the templates of widgets: a filter that every template has.

Django's own templates walk through attributes one by one and include two templates for each option of a choice; on
the form of a long edition that is a third of the work.
"""

from typing import Any

from django import template
from django.forms.utils import flatatt

register = template.Library()


@register.filter
def flat(attributes: dict[str, Any] | None) -> str:
    """Attributes as they stand in a tag, a space before each; True gives the name alone, False and None nothing."""
    return flatatt(attributes) if attributes else ""
