"""Names of people in what is said: `@ada.lovelace`."""

import re

MENTION = re.compile(r"(?<![\w@.+-])@([\w.@+-]{1,150})")
STOPS = ".-+@"


def mentions(text: str) -> list[str]:
    """The user names mentioned, each once, as typed; an e-mail address mentions nobody."""
    return list(dict.fromkeys(match[1] for match in MENTION.finditer(text)))


def without_stops(name: str) -> str:
    """The name without what may be the end of the sentence."""
    return name.rstrip(STOPS)
