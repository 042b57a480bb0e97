"""Two people with the same form: what either changed since the second one opened it, and what is to be chosen.

A text that only one of them changed is taken from that person. Where both did, the form keeps the second one's
text, the first one's stands beside it, and one of the two has to be chosen. ADR 31 has the reasons.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.http import QueryDict

from alsinfo.admin.sheets import Fields, Sheet, address, mark, marks_in, plain, put_back, taken_out

VERSION = "opened_version"
MARKS = "opened_marks"
KIND, CHOICE, CARRY = "kind-", "choice-", "carry-"
MINE, THEIRS = "mine", "theirs"
LONGEST_TITLE = 80


class Kind(StrEnum):
    """Who changed what: one text of the form, or a whole row of it."""

    MINE = "mine"
    THEIRS = "theirs"  # the form has their text, mine is carried beside it
    BOTH = "both"
    ADDED = "added"  # they added a row: it stands in the form
    REMOVED = "removed"  # they removed a row that I left as it was: it stands in the form as a new one
    REMOVED_CHANGED = "removed-changed"  # the same with a row that I changed
    CHANGED_REMOVED = "changed-removed"  # I removed a row that they changed: it stands in the form, to be removed


KINDS = {kind.value: kind for kind in Kind}
OPEN = (Kind.BOTH, Kind.REMOVED_CHANGED, Kind.CHANGED_REMOVED)
OFFERED_AGAIN = (Kind.REMOVED, Kind.REMOVED_CHANGED)
DEFAULTS = {Kind.MINE: MINE, Kind.THEIRS: THEIRS, Kind.ADDED: THEIRS, Kind.REMOVED: THEIRS}


@dataclass
class Difference:
    """Mine and theirs where they differ; `name` is the field or row in the form, `chosen` is mine, theirs or ""."""

    kind: Kind
    mine: str
    theirs: str
    chosen: str
    carried: str = ""
    label: str = ""
    name: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to choose."""
        return self.kind in OPEN


@dataclass
class Row:
    """A row of the form as it will be shown; what differs in the row as a whole is under the name ""."""

    fields: Fields
    differences: dict[str, Difference] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of a row that exists, "" of a new one."""
        return self.fields.get("id", "")

    @property
    def order(self) -> tuple[bool, bool]:
        """Those that exist first, then those offered again: a script numbers anew only what follows a row it drops."""
        return not self.key, not self.key and not self.differences


@dataclass(frozen=True)
class Group:
    """The differences of one row, or of the form's own fields."""

    title: str
    differences: list[Difference]

    @property
    def is_open(self) -> bool:
        """Whether somebody has to choose in it."""
        return any(difference.is_open for difference in self.differences)


@dataclass(frozen=True)
class Answers:
    """What an earlier page with differences said of a text or row, and what was chosen there."""

    data: QueryDict

    def kind(self, name: str) -> Kind | None:
        """What it was; None for what did not differ."""
        return KINDS.get(str(self.data.get(KIND + name, "")))

    def chosen(self, name: str) -> str:
        """Mine, theirs or ""."""
        choice = str(self.data.get(CHOICE + name, ""))
        return choice if choice in (MINE, THEIRS) else ""

    def carried(self, name: str) -> str:
        """What was kept beside the form."""
        return str(self.data.get(CARRY + name, ""))

    def without(self) -> QueryDict:
        """The form alone."""
        form = self.data.copy()
        for name in [name for name in form if name.startswith((KIND, CHOICE, CARRY))]:
            del form[name]
        return form


def meet(data: QueryDict, saved: Sheet, version: int) -> tuple[QueryDict, list[Group]]:
    """The posted form on top of what is saved, as if opened at `version`, and where the two differ.

    All that was typed is in the form or carried by a difference. Choices made already stay, unless the text they
    were about was saved again.
    """
    answers = Answers(data)
    moved = answers.without()
    merging = Merging(saved, answers, marks_in(str(data.get(MARKS, ""))))
    own = Row({name: str(moved.get(name, "")) for name in saved.own})
    merging.compare("", "", own, saved.own)
    groups = list(merging.groups("", "", [own]))
    for name, text in own.fields.items():
        if name in moved or text:
            moved[name] = text
    for prefix in saved.rows:
        rows = merging.rows(prefix, taken_out(moved, prefix))
        groups += merging.groups(prefix, f"{prefix}-", rows)
        put_back(moved, prefix, [row.fields for row in rows])
    moved[VERSION], moved[MARKS] = str(version), saved.marks()
    return moved, sorted(groups, key=lambda group: not group.is_open)


@dataclass(frozen=True)
class Merging:
    """Puts together what was posted and what is saved; `opened` are the marks of what was seen last."""

    saved: Sheet
    answers: Answers
    opened: dict[str, str]

    def rows(self, prefix: str, posted: dict[int, Fields]) -> list[Row]:
        """The rows of one prefix as the form will show them."""
        keys = {fields.get("id", "") for fields in posted.values()}
        rows = []
        for place, fields in posted.items():
            name = f"{prefix}-{place}"
            kind = self.answers.kind(name)
            twin = "" if fields.get("id") or kind in OFFERED_AGAIN else self.saved.twin(prefix, fields)
            row = Row({**fields, "id": twin} if twin and twin not in keys else dict(fields))
            keys.add(row.key)
            rows.append(row)
            if row.key in self.saved.rows[prefix]:
                self.standing(prefix, name, row)
            elif row.key or kind in OFFERED_AGAIN:
                self.offer_again(prefix, name, row)
        for key, theirs in self.saved.rows[prefix].items():
            if key not in keys and not self.was_opened(prefix, key, theirs):
                added = Difference(Kind.ADDED, "", self.saved.lines(prefix, theirs), THEIRS)
                rows.append(Row({**theirs, "id": key}, {"": added}))
        kept = [row for row in rows if row.key or not row.fields.get("DELETE")]
        return sorted(kept, key=lambda row: row.order)

    def standing(self, prefix: str, name: str, row: Row) -> None:
        """A row that is still there."""
        theirs = self.saved.rows[prefix][row.key]
        if not row.fields.get("DELETE"):
            if self.answers.kind(name) is Kind.ADDED:
                lines = self.saved.lines(prefix, theirs)
                row.differences[""] = Difference(Kind.ADDED, "", lines, self.answers.chosen(name) or THEIRS)
            self.compare(prefix, f"{name}-", row, theirs)
            return
        is_resaved = any(
            mark(text) != self.opened.get(address(prefix, row.key, each), "") for each, text in theirs.items()
        )
        if is_resaved or self.answers.kind(name) is Kind.CHANGED_REMOVED:
            chosen = "" if is_resaved else self.answers.chosen(name)
            row.fields |= theirs
            lines = self.saved.lines(prefix, theirs)
            row.differences[""] = Difference(Kind.CHANGED_REMOVED, "", lines, chosen)

    def offer_again(self, prefix: str, name: str, row: Row) -> None:
        """A row that they removed becomes a new one; whoever removed it, too, has nothing to choose."""
        kind, key = self.answers.kind(name), row.key
        row.fields["id"] = ""
        if row.fields.get("DELETE"):
            return
        lines = self.saved.lines(prefix, row.fields)
        chosen = self.answers.chosen(name)
        if key:
            typed = self.saved.typed(prefix, row.fields)
            was = {each: self.opened.get(address(prefix, key, each)) for each in typed}
            has_changed = any(mark(text) != was[each] for each, text in typed.items())
            kind, chosen = (Kind.REMOVED_CHANGED, "") if has_changed else (Kind.REMOVED, THEIRS)
        elif mark(lines) != self.answers.carried(name):
            kind, chosen = Kind.REMOVED_CHANGED, ""
        row.differences[""] = Difference(kind or Kind.REMOVED_CHANGED, lines, "", chosen, mark(lines))

    def compare(self, prefix: str, start: str, row: Row, theirs: Fields) -> None:
        """Text by text; where only they changed one, theirs is put into the row."""
        for name, text in theirs.items():
            opened = self.opened.get(address(prefix, row.key, name))
            found = self.difference(start + name, row.fields.get(name, ""), text, opened)
            if found:
                found.label = self.saved.label(prefix, name)
                row.fields[name] = text if found.kind is Kind.THEIRS else found.mine
                row.differences[name] = found

    def difference(self, name: str, posted: str, theirs: str, opened: str | None) -> Difference | None:
        """How one text differs; without a mark of what was opened both count as changed."""
        before = self.answers.kind(name)
        has_typed = mark(posted) != opened
        mine = self.answers.carried(name) if before is Kind.THEIRS and not has_typed else posted
        if plain(mine) == plain(theirs):
            return None
        is_resaved = mark(theirs) != opened
        kind = (Kind.BOTH if is_resaved else Kind.MINE) if has_typed else Kind.THEIRS
        chosen = DEFAULTS.get(kind, "")
        if before is not None and not is_resaved and (before is not Kind.THEIRS or not has_typed):
            kind, chosen = before, self.answers.chosen(name)
        return Difference(kind, mine, theirs, chosen, mine if kind is Kind.THEIRS else "")

    def was_opened(self, prefix: str, key: str, fields: Iterable[str]) -> bool:
        """Whether the row was in the form when it was opened."""
        return any(address(prefix, key, name) in self.opened for name in fields)

    def groups(self, prefix: str, start: str, rows: list[Row]) -> Iterator[Group]:
        """The differences of each row that has any, with the names they have in the form."""
        for place, row in enumerate(rows):
            for name, found in row.differences.items():
                found.name = "-".join(part for part in (f"{start}{place}" if start else "", name) if part)
                if name:
                    found.mine, found.theirs = (
                        self.saved.shown(prefix, name, text) for text in (found.mine, found.theirs)
                    )
            if row.differences:
                title = self.saved.title(prefix, row.fields) if prefix else ""
                yield Group(title[:LONGEST_TITLE], list(row.differences.values()))
