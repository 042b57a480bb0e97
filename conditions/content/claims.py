"""What makes a text one about health, which only a clinician may stand behind: names and doses."""

import re
from collections.abc import Iterable, Iterator

SHORT = 4  # letters up to which a name is looked for as it is spelt: “MS”, “ALS”, but not “als”
DOSE = re.compile(
    r"(?<![\w.,])\d[\d.,]*\s?(?:mg|mcg|µg|μg|micrograms?|milligrams?|millilitres?|milliliters?|ml|grams?|IU|mmol)"
    r"(?:/\w+)?(?!\w)",
    re.IGNORECASE,
)


def claims(text: str, names: Iterable[str]) -> list[str]:
    """The names of conditions and medicines, and the doses, that a text holds, each once, as written there."""
    return list(dict.fromkeys(_found(text, names)))


def _found(text: str, names: Iterable[str]) -> Iterator[str]:
    yield from (match[0] for match in DOSE.finditer(text))
    for name in names:
        words = r"[\s-]+".join(re.escape(word) for word in name.split())
        flags = 0 if len(name) <= SHORT else re.IGNORECASE
        if match := re.search(rf"(?<!\w){words}(?:’s|'s|s)?(?!\w)", text, flags):
            yield match[0]
