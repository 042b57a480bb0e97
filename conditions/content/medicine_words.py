"""What a text shows of a medicine, in words: for the page, for mail, for the desk.

A licence and a funding decision are two facts and stand in two rows: being licensed is not being paid for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

COUNTRIES = {"GB": "the UK", "US": "the US"}
NATIONS = {"GB-ENG": "England", "GB-NIR": "Northern Ireland", "GB-SCT": "Scotland", "GB-WLS": "Wales"}
LICENCES = {
    "licensed": "Licensed",
    "conditional": "Licensed with conditions",
    "withdrawn": "Licence withdrawn",
    "not-licensed": "Not licensed",
}
FUNDINGS = {
    "funded": "Funded",
    "restricted": "Funded for some people",
    "not-funded": "Not funded",
    "undecided": "Not decided yet",
}
SINCE = {"licensed": " since ", "conditional": " since ", "withdrawn": " on "}
NO_LICENCE = "Nothing is recorded here."
NO_FUNDING = "No decision is recorded here. A licence does not mean that a medicine is paid for."


@dataclass(frozen=True)
class Fact:
    """One row of a medicine's table: what it is about, in words, and the key of the citation it rests on or ""."""

    label: str
    words: str
    source: str = ""


def spelt(words: str, region: str) -> str:
    """The words as the region spells the noun."""
    return words if region == "GB" else words.replace("icence", "icense")


def facts(medicine: Mapping[str, Any], region: str) -> list[Fact]:
    """Everything that the readers of a region are shown of a medicine under its name."""
    return [replace(fact, label=spelt(fact.label, region)) for fact in _facts(medicine, region)]


def _facts(medicine: Mapping[str, Any], region: str) -> Iterator[Fact]:
    brands = medicine["brands"]
    if brands:
        yield Fact("Brand name" if len(brands) == 1 else "Brand names", ", ".join(brands))
    yield Fact("Kind of medicine", medicine["class"])
    yield Fact("What it is for", medicine["purpose"])
    licence = medicine["licence"]
    label = f"Licence in {COUNTRIES[region]}"
    yield Fact(label, _licence(licence, region), licence["source"]) if licence else Fact(label, NO_LICENCE)
    if not medicine["funding"]:
        yield Fact("Funding", spelt(NO_FUNDING, region))
    for decision in medicine["funding"]:
        yield Fact(f"Funding, {payer(decision)}", _funding(decision, region), decision["source"])


def licence_words(medicine: Mapping[str, Any], region: str) -> str:
    """Whether it is licensed in the region, as its readers are told; "" where nothing is recorded."""
    return _licence(medicine["licence"], region) if medicine["licence"] else ""


def payer(decision: Mapping[str, Any]) -> str:
    """Who decided: for a nation its body, in the US the payer's name."""
    nation = NATIONS.get(decision["place"])
    return f"{nation} ({decision['payer']})" if nation else str(decision["payer"])


def in_words(day: str, region: str) -> str:
    """An ISO date as the region writes it."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B} {found.year}" if region == "GB" else f"{found:%B} {found.day}, {found.year}"


def _licence(status: Mapping[str, Any], region: str) -> str:
    word = SINCE.get(status["status"], "; decided on ")
    return _sentences(spelt(LICENCES[status["status"]], region), word, status, region)


def _funding(decision: Mapping[str, Any], region: str) -> str:
    return _sentences(FUNDINGS[decision["decision"]], "; decided on ", decision, region)


def _sentences(words: str, since: str, status: Mapping[str, Any], region: str) -> str:
    """The status with its day: that of the decision or, where no source gives it, that of the entry."""
    decided_on = status["decided_on"]
    when = since + in_words(decided_on, region) if decided_on else ""
    when = when or f", as recorded on {in_words(status['recorded_on'], region)}"
    return f"{words}{when}. {status['note']}".strip()
