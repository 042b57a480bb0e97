"""Two typed texts compared for whoever has to choose between them."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from conditions.content.difference import Change, list_difference

register = template.Library()


@register.simple_tag
def marked(before: str, after: str) -> SafeString:
    """The lines of the later text, with what was put in and taken out; "" if no word differs."""
    blocks = list_difference(before.splitlines(), after.splitlines())
    if all(block.change == Change.SAME for block in blocks):
        return SafeString("")
    return mark_safe("".join(block.html for block in blocks))  # noqa: S308
