"""What readers see of an organisation now, written anew whenever the record says something else."""

import json

from organisations.models import Entry, Hiding, Organisation, Shown
from organisations.vocabulary import VOICELESS, Standing

ARTICLES = ("the ",)


def show(organisation: Organisation) -> Shown | None:
    """Write what follows from the approved entry, its hidden contacts and its check; part of an action."""
    if organisation.entry is None:
        return None
    columns = _columns(organisation.entry, hidden_of(organisation))
    check = organisation.details_check
    columns |= {"checked_on": check.checked_on if check else None, "checked_how": check.how if check else ""}
    return Shown.objects.update_or_create(organisation=organisation, defaults=columns)[0]


def hidden_of(organisation: Organisation) -> set[tuple[str, str]]:
    """Kind and value of each contact that is hidden now."""
    return set(Hiding.objects.filter(organisation=organisation, ended_at=None).values_list("kind", "value"))


def order_of(name: str) -> str:
    """What a name is sorted by: without case, and without its article."""
    folded = name.casefold()
    return next((folded.removeprefix(word) for word in ARTICLES if folded.startswith(word)), folded)


def _columns(entry: Entry, hidden: set[tuple[str, str]]) -> dict[str, object]:
    card = entry.content
    card["contacts"] = [row for row in card["contacts"] if (row["kind"], row["value"]) not in hidden]
    return {
        "entry": entry,
        "name": card["name"],
        "order": order_of(card["name"]),
        "names": f"{card['name']}\n{card['former_names']}",
        "areas": _between_commas(card["coverage"]),
        "services": _between_commas(card["services"]),
        "answers_without_a_voice": any(row["kind"] in VOICELESS for row in card["contacts"]),
        "is_active": card["standing"] == Standing.ACTIVE,
        "logo_id": card["logo"].get("sha256") if card["standing"] == Standing.ACTIVE else None,
        "card": json.dumps(card, ensure_ascii=False),
    }


def _between_commas(codes: list[str]) -> str:
    return "".join(f",{code}" for code in codes) + ","
