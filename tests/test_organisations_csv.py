"""Organisations as CSV: what is written reads back the same, what differs becomes a proposal, nothing is guessed."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from alsinfo.cells import FORMULA_STARTS, exact, read_back
from organisations import importing, sheet
from organisations.errors import MissingRole
from organisations.models import CharityRegistration, Contact, Entry, Organisation, Service
from organisations.sheet import UnreadableSheet
from tests import bodies
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.fingerprints import fingerprint

LIST = "/admin/organisations/organisation/"
HEAD = "slug,name,kind,what_it_does,coverage,help,registrations,contacts\r\n"
NEW = (
    'new,"New, with a comma",support,It helps.,"GB-SCT\nGB-WLS",helpline,OSCR SC002662,'
    '"telephone 116 123 | label Line"\r\n'
)


@pytest.fixture
def many(world: w.World) -> None:
    """Some with everything that a row can say, and with what a spreadsheet would compute."""
    rows = [
        Contact(kind="telephone", value="+448088026262", label="=A | B", hours="9 to 5", time_zone="Europe/London"),
        Contact(kind="email", value="a@example.org", youngest=16, oldest=25, note="@night", position=1),
        Service(kind="grants"),
        CharityRegistration(register="OSCR", number="SC002662"),
    ]
    bodies.approved(world, "=HYPERLINK(1)", ["GB-SCT", "GB-WLS"], *rows, slug="formula", former_names="'+quoted")
    bodies.approved(world, "-Minus", ["US"], slug="minus", what_it_does="Line one.\nLine “two”, said.")


def sheet_of(*rows: str, head: str = HEAD) -> bytes:
    return (head + "".join(rows)).encode()


def told(raw: bytes, by: Any) -> list[tuple[int, str, str]]:
    return [(each.line, each.state, each.sentence) for each in importing.bring_in(raw, by=by)]


@given(st.text())
def test_a_cell_reads_back_as_it_was_and_is_never_computed(text: str) -> None:
    assert read_back(exact(text)) == text
    assert not exact(text).startswith(FORMULA_STARTS)


@given(st.fixed_dictionaries({name: st.from_regex(r"[a-z|\\ ]{0,9}x", fullmatch=True) for name in ("label", "note")}))
def test_a_contact_reads_back_as_it_was(said: dict[str, str]) -> None:
    unsaid = dict.fromkeys(sheet.PARTS.values(), "") | {"youngest": None, "oldest": 99}
    texts = {name: " ".join(text.split()) for name, text in said.items()}
    contact = {"kind": "email", "value": "a@example.org", **unsaid, **texts}
    assert sheet.contact_of(sheet.contact_line(contact)) == contact


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"slug,name\na,b\nc,\xff\n", "Line 3: this is not UTF-8"),
        ("slug,name\n".encode("utf-16"), "Line 1: this is not UTF-8"),
        (b"slug,nmae\n", "Line 1: “nmae” is no column"),
        (b"slug,slug\n", "Line 1: the column “slug” is there twice"),
        (b"name\nb\n", "Line 1: the column “slug” is missing"),
        (b"", "Line 1: the column “slug” is missing"),
        (b'slug,name\na,"b"c\n', "Line 2: this is not CSV"),
        (b"slug\n" + b"a" * 10_000_000, "This file is larger than 10 MB"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_the_line(raw: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableSheet, match=sentence):
        list(sheet.read(raw))


@pytest.mark.django_db
def test_what_is_exported_is_there_already(world: w.World, many: None, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    call_command("export_organisations", str(path), verbosity=0)
    raw, before = path.read_bytes(), fingerprint()
    assert raw.startswith("\ufeffslug,".encode()) and b"'=HYPERLINK(1)" in raw
    assert {state for _, state, _ in told(raw, world.editor)} == {importing.KNOWN}
    assert fingerprint() == before
    cells = [importing.cells_of(body) for body in Organisation.objects.order_by("slug")]
    assert [dict(row.cells) for row in sheet.read(raw)] == cells


@pytest.mark.django_db
def test_what_is_new_or_different_becomes_a_proposal_and_a_repeat_changes_nothing(world: w.World) -> None:
    raw = sheet_of(NEW, "support-uk,Support for the UK,support,Helps people.,GB,,,\r\n")
    before = fingerprint()
    dry = [(each.state, each.notes) for each in importing.preview(raw, by=world.editor)]
    assert fingerprint() == before
    assert dry[0][0] == importing.ADDED and dry[1] == (importing.CHANGED, ("name", "contacts"))
    assert [state for _, state, _ in told(raw, world.editor)] == [state for state, _ in dry]
    new = Organisation.objects.get(slug="new")
    entry = new.entries.get()
    assert entry.approved_by is None and entry.proposed_by == world.editor
    assert entry.content["coverage"] == ["GB-SCT", "GB-WLS"] and entry.content["contacts"][0]["label"] == "Line"
    changed = Organisation.objects.get(slug="support-uk")
    assert changed.entry and changed.entry.content["name"] == "Support UK", "readers see what was approved"
    before = fingerprint()
    assert {state for _, state, _ in told(raw, world.publisher)} == {importing.KNOWN}
    assert fingerprint() == before


@pytest.mark.django_db
def test_a_column_that_is_not_there_stays_as_it_is(world: w.World, many: None) -> None:
    raw = b"slug,whom_it_serves\r\nformula,Everybody\r\n"
    assert told(raw, world.editor) == [(2, importing.CHANGED, "=HYPERLINK(1)")]
    last = Entry.objects.filter(organisation__slug="formula")[0].content
    assert last["serves"] == "Everybody" and len(last["contacts"]) == 2 and last["registrations"]


REFUSED = {
    "new,,support,It helps.,,,,\r\n": "name: This field cannot be blank.",
    "new,New,charity,It helps.,,,,\r\n": "kind: “charity” is none of support, government, guideline",
    "a b,New,support,It helps.,,,,\r\n": "slug: “a b” is not made of letters",
    "new,New,support,It helps.,FR,,,\r\n": "“FR” is not the code of a region",
    "new,New,support,It helps.,,miracles,,\r\n": "kind: “miracles” is none of helpline,",
    "new,New,support,It helps.,,,OSCR 12,\r\n": "“12” is not a number that",
    "new,New,support,It helps.,,,OSCR,\r\n": "registrations: “OSCR” is not a register and a number",
    "new,New,support,It helps.,,,,telephone 12x\r\n": "“12x” is not a telephone number",
    "new,New,support,It helps.,,,,pigeon 12\r\n": "kind: “pigeon” is none of telephone, text,",
    "new,New,support,It helps.,,,,text 12345 | from old\r\n": "“old” is not an age in years",
    "new,New,support,It helps.,,,,text 12345 | hours 9 to 5\r\n": "are in no time zone",
    "new,New,support,It helps.,,,,text 12345 | sometimes\r\n": "“sometimes” begins with none of",
    "new,N\u202eew,support,It helps.,,,,\r\n": "has a character that cannot be shown",
    "new,New,support,It helps.,,,,,,\r\n": "The row has 10 cells",
}


@pytest.mark.django_db
def test_a_row_that_cannot_be_taken_says_why_and_the_others_go_on(world: w.World) -> None:
    good = "good,Good,support,It helps.,,,,\r\n"
    found = told(sheet_of(*REFUSED, good, good), world.editor)
    assert [line for line, _, _ in found] == list(range(2, len(REFUSED) + 4))
    for (_, state, sentence), why in zip(found, REFUSED.values(), strict=False):
        assert state == importing.REFUSED and why in sentence, sentence
    assert found[-2][1:] == (importing.ADDED, "Good")
    assert found[-1][1:] == (importing.REFUSED, f"slug: line {len(REFUSED) + 2} is about “good” already.")
    with pytest.raises(MissingRole):
        told(sheet_of(good), world.lead)


@pytest.mark.django_db
def test_the_command_says_what_became_of_each_row(world: w.World, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(sheet_of(NEW, "bad slug,,,,,,,\r\n"))
    before = fingerprint()
    with pytest.raises(CommandError, match="1 of 2 rows were refused"):
        call_command("import_organisations", str(path), by="editor", dry_run=True)
    assert fingerprint() == before
    said = capsys.readouterr().out
    assert "line 2: added: New, with a comma" in said and "line 4: refused: slug" in said and "dry run" in said
    path.write_bytes(sheet_of(NEW))
    call_command("import_organisations", str(path), by="editor")
    assert "1 added, 0 changed, 0 already there, 0 refused." in capsys.readouterr().out
    path.write_bytes(b"slug,colour\n")
    for wrong in ({"by": "editor"}, {"by": "nobody"}):
        with pytest.raises(CommandError):
            call_command("import_organisations", str(path), **wrong)


@pytest.mark.django_db
def test_in_the_admin_a_preview_comes_first(world: w.World) -> None:
    desk, before = at_desk(world.editor), fingerprint()
    first = desk.post(f"{LIST}import/", {"file": SimpleUploadedFile("a.csv", sheet_of(NEW, "bad slug,,,,,,,\r\n"))})
    page = text_of(first)
    assert "1 added, 0 changed, 0 already there, 1 refused." in page and "Nothing is written yet" in page
    assert fingerprint() == before
    done = text_of(desk.post(f"{LIST}import/", {"text": sheet_of(NEW).decode(), "_confirm": "1"}))
    assert "What was done" in done and Organisation.objects.filter(slug="new").exists()
    wrong = text_of(desk.post(f"{LIST}import/", {"file": SimpleUploadedFile("a.csv", b"slug,colour\n")}))
    assert "Error: " in wrong and "“colour” is no column" in wrong
    assert "Choose a file." in text_of(desk.post(f"{LIST}import/", {}))
    answer = desk.get(f"{LIST}export/")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8" and "New, with a comma" in text_of(answer)
    assert at_desk(world.lead).post(f"{LIST}import/", {}).status_code == 403
