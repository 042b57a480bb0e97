"""Where somebody is signed in, and how that ends."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from alsinfo.accounts.models import User


def end_sessions(person: User, *, but: str | None = None) -> None:
    """Sign the person out everywhere, or everywhere but in the session with this key.

    Sessions are few: only people who work here have one.
    """
    for session in Session.objects.exclude(session_key=but):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
