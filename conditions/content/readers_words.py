"""What readers type: made storable without refusing it, and without contact details where it leaves the inbox."""

import re

from conditions.content.canonical import UNUSABLE, normalise_text, unix_lines

E_MAIL = re.compile(r"[^\s<>()\[\],;:\"“”]+@[^\s<>()\[\],;:\"“”]+\.[^\W\d_]{2,}")
TELEPHONE = re.compile(r"(?<![\w.,/-])\+?\(?\d(?:[ .()/-]{0,2}\d){6,14}(?!\w)")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")


def storable(text: str) -> str:
    """The text in normal form, without characters that nobody sees: nobody should have to hunt for them."""
    return normalise_text(UNUSABLE.sub("", unix_lines(text)))


def masked(text: str) -> str:
    """The text with e-mail addresses and telephone numbers (seven digits or more) replaced by what they are."""
    without = E_MAIL.sub("[e-mail address]", text)
    return TELEPHONE.sub(lambda found: found[0] if DATE.fullmatch(found[0]) else "[telephone number]", without)
