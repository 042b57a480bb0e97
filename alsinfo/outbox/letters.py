"""What a mail looks like: the same words as plain text and as HTML, nothing fetched from anywhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from alsinfo.outbox.models import Kind, Message

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Part:
    """One thing that is told: a heading in a digest, the words, and why this person is told."""

    subject: str
    body: str
    reason: str = ""

    @property
    def paragraphs(self) -> list[tuple[str, bool]]:
        """Each paragraph, and whether it is a link alone."""
        texts = (text.strip() for text in self.body.replace("\r\n", "\n").split("\n\n"))
        return [(text, bool(LINK.fullmatch(text))) for text in texts if text]


def letter(message: Message, address: str, parts: Iterable[Part], mail: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail of a message, with its number, so that one sent twice is known to be the same."""
    is_digest = message.kind == Kind.DIGEST
    told = {"parts": list(parts), "is_digest": is_digest, "subject": message.subject, "site": settings.PUBLISHER_NAME}
    headers = {
        "Message-ID": f"<{message.pk}.{message.created_at.timestamp():.0f}@{_domain()}>",
        "Auto-Submitted": "auto-generated",
    }
    text = render_to_string("mail/letter.txt", told).strip() + "\n"
    made = EmailMultiAlternatives(message.subject, text, to=[address], headers=headers, connection=mail)
    made.attach_alternative(render_to_string("mail/letter.html", told), "text/html")
    return made


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
