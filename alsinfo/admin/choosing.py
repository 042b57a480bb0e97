"""What was chosen where two people's texts differ, put into the form that is saved."""

from django.http import QueryDict

from alsinfo.admin.conflicts import KIND, MINE, OFFERED_AGAIN, OPEN, THEIRS, Answers, Kind
from alsinfo.admin.sheets import Fields, Sheet, mark, put_back, taken_out
from alsinfo.refusals import Refusal


class Undecided(Refusal):
    """Somebody still has to choose between two texts."""

    code = "undecided"
    sentence = (
        "Nothing was saved yet: where you both changed something, choose whose text is to be saved. "
        "Both texts are still here."
    )


def is_answer(data: QueryDict) -> bool:
    """Whether the form was sent from a page that showed differences."""
    return any(name.startswith(KIND) for name in data)


def settled(data: QueryDict, saved: Sheet) -> QueryDict:
    """The form with everything as chosen. Raises `Undecided` where a choice is missing or is about another text."""
    answers = Answers(data)
    form = answers.without()
    for name in (name.removeprefix(KIND) for name in data if name.startswith(KIND)):
        if answers.kind(name) in OPEN and not answers.chosen(name):
            raise Undecided
    own = settled_texts(answers, "", {name: str(form[name]) for name in saved.own if name in form}, saved.own)
    for name, text in own.items():
        form[name] = text
    for prefix in saved.rows:
        rows = [
            row
            for place, fields in taken_out(form, prefix).items()
            if (row := settled_row(answers, prefix, f"{prefix}-{place}", fields, saved)) is not None
        ]
        put_back(form, prefix, sorted(rows, key=lambda row: not row.get("id")))
    return form


def settled_row(answers: Answers, prefix: str, name: str, fields: Fields, saved: Sheet) -> Fields | None:
    """The row as chosen; None if it is to be left out."""
    kind, chosen = answers.kind(name), answers.chosen(name)
    if kind in OFFERED_AGAIN and chosen == THEIRS:
        if mark(saved.lines(prefix, fields)) != answers.carried(name):
            raise Undecided
        return None
    if kind is Kind.CHANGED_REMOVED and chosen == THEIRS:
        fields.pop("DELETE", None)
    if kind is Kind.ADDED and chosen == MINE:
        fields["DELETE"] = "on"
    return settled_texts(answers, f"{name}-", fields, saved.rows[prefix].get(fields.get("id", ""), {}))


def settled_texts(answers: Answers, start: str, fields: Fields, saved: Fields) -> Fields:
    """The texts as chosen; one that was chosen as it stands in the form may have been edited further."""
    for name, theirs in saved.items():
        kind, chosen = answers.kind(start + name), answers.chosen(start + name)
        if kind is Kind.THEIRS and chosen == MINE:
            fields[name] = answers.carried(start + name)
        elif kind in (Kind.MINE, Kind.BOTH) and chosen == THEIRS:
            fields[name] = theirs
    return fields
