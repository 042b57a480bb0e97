"""Reference files are brought in whole or refused with the line to look at."""

import tracemalloc
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from alsinfo.audit.models import AuditEvent
from conditions.importing.records import Broken, Found
from conditions.importing.references import READERS
from conditions.models import Reference
from tests import world as w

DATA = Path(__file__).parent / "data"
FILES = {suffix: DATA / f"als10{'.csl' if suffix == '.json' else ''}{suffix}" for suffix in READERS}
RIS = "TY  - JOUR\nTI  - One\nPY  - 2020\nER  - \n"


def read(suffix: str, raw: bytes) -> list[Any]:
    return list(READERS[suffix](BytesIO(raw)))


def works(suffix: str) -> list[dict[str, Any]]:
    return [record.csl for record in read(suffix, FILES[suffix].read_bytes())]


def to_the_month(csl: dict[str, Any]) -> dict[str, Any]:
    """BibTeX has no day."""
    return {**csl, "issued": {"date-parts": [csl["issued"]["date-parts"][0][:2]]}}


def bring(*arguments: str) -> str:
    out = StringIO()
    call_command("import_references", *arguments, stdout=out)
    return out.getvalue()


def refused(path: Path, by: str) -> str:
    out = StringIO()
    with pytest.raises(CommandError, match="refused"):
        call_command("import_references", str(path), "--by", by, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("suffix", [".ris", ".nbib"])
def test_ten_references_are_equal_in_all_formats(suffix: str) -> None:
    assert works(suffix) == works(".json")
    assert len(works(suffix)) == 10


def test_ten_references_are_equal_in_bibtex_up_to_the_day() -> None:
    assert works(".bib") == [to_the_month(csl) for csl in works(".json")]


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", READERS)
def test_what_is_brought_in_twice_is_there_once(world: w.World, suffix: str) -> None:
    before, by = Reference.objects.count(), world.editor.username
    assert "10 added" in bring(str(FILES[suffix]), "--by", by, "--dry-run")
    assert Reference.objects.count() == before
    assert "10 added, 0 completed, 0 already there, 0 refused." in bring(str(FILES[suffix]), "--by", by)
    assert AuditEvent.objects.filter(verb="add_reference", actor=world.editor).count() == before + 10
    for other in FILES.values():
        assert "0 added, 0 completed, 10 already there, 0 refused." in bring(str(other), "--by", by)
    assert Reference.objects.count() == before + 10


@pytest.mark.django_db
def test_only_editors_and_publishers_bring_in(world: w.World) -> None:
    with pytest.raises(CommandError, match="role"):
        bring(str(FILES[".ris"]), "--by", world.lead.username)
    with pytest.raises(CommandError, match="nobody-here"):
        bring(str(FILES[".ris"]), "--by", "nobody-here")


BROKEN: dict[str, tuple[str, bytes, int, str]] = {
    "cut off RIS": (".ris", (RIS + RIS[:-8]).encode(), 5, "cut off"),
    "RIS without an end": (".ris", b"TY  - JOUR\nTI  - A\n" + RIS.encode(), 1, "no ER line before line 3"),
    "cp1252 in RIS": (".ris", RIS.replace("One", "Caf\xe9").encode("cp1252"), 2, "not UTF-8"),
    "cp1252 in nbib": (".nbib", "PMID- 1\nTI  - Caf\xe9\n".encode("cp1252"), 2, "not UTF-8"),
    "cp1252 in BibTeX": (".bib", "@book{a,\n title={Caf\xe9}\n}".encode("cp1252"), 2, "not UTF-8"),
    "cp1252 in JSON": (".json", '[\n{"title": "Caf\xe9"}]'.encode("cp1252"), 2, "not UTF-8"),
    "text in RIS": (".ris", b"\nHello\nYou\n" + RIS.encode(), 2, "outside a record"),
    "a line without a tag": (".nbib", b"PMID- 1\nTI  - A\nAU\n", 3, "no tag"),
    "cut off BibTeX": (".bib", b"\n@book{a,\n title={A}\n", 2, "cut off"),
    "BibTeX not closed": (".bib", b"@book{a,\n title={A}\n@book{b, title={B}}\n", 1, "not closed before line 3"),
    "cut off JSON": (".json", b'[\n{"type": "book", "title": "A"},\n{"type": ', 3, "not JSON"),
    "a list not closed": (".json", b'[\n{"type": "book", "title": "A"}\n', 3, "cut off"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_record_is_refused_with_its_line(case: str) -> None:
    suffix, raw, line, reason = BROKEN[case]
    [broken] = [record for record in read(suffix, raw) if isinstance(record, Broken)]
    assert broken.line == line
    assert reason in broken.reason


@pytest.mark.django_db
def test_of_a_file_with_a_broken_record_the_whole_ones_are_added(world: w.World, tmp_path: Path) -> None:
    path = tmp_path / "some.ris"
    path.write_text(RIS + "TY  - JOUR\nPY  - 2020\nER  - \n" + RIS.replace("One", "Two"))
    before = Reference.objects.count()
    report = refused(path, world.editor.username)
    assert f"{path}, line 5: refused: The title is missing." in report
    assert "2 added, 0 completed, 0 already there, 1 refused." in report
    assert Reference.objects.count() == before + 2


@pytest.mark.parametrize("suffix", READERS)
def test_a_byte_order_mark_is_passed_over(suffix: str) -> None:
    assert read(suffix, b"\xef\xbb\xbf" + FILES[suffix].read_bytes()) == read(suffix, FILES[suffix].read_bytes())


def test_an_unknown_tag_is_left_out_and_named() -> None:
    [found] = read(".ris", RIS.replace("PY", "QX  - what\nPY").encode())
    assert found == Found(1, found.csl, ("line 3: the tag QX is unknown and was left out",))
    assert found.csl["title"] == "One"


def test_latex_and_names_of_bibtex() -> None:
    [found] = read(
        ".bib",
        rb"""@string{nejm = "N Engl J Med"}
@article{a, journal = nejm, year = 2020, title = {{\'E}tude of {DNA} \& 5\% of cases},
 author = {M{\"u}ller, J. and {Research and Care Group} and Moore, Jr, D H and Leonard van den Berg}}""",
    )
    assert found.line == 2
    assert found.csl["title"] == "Étude of DNA & 5% of cases"
    assert found.csl["container-title"] == "N Engl J Med"
    assert found.csl["author"] == [
        {"family": "Müller", "given": "J."},
        {"literal": "Research and Care Group"},
        {"family": "Moore", "given": "D H", "suffix": "Jr"},
        {"family": "van den Berg", "given": "Leonard"},
    ]


@pytest.mark.parametrize(
    ("suffix", "start", "line"),
    [
        (".ris", b"TY  - JOUR\n", b"N2  - abc\n"),
        (".nbib", b"PMID- 1\n", b"AB  - abc\n"),
        (".bib", b"@a{b,\n", b"a={b},\n"),
    ],
)
def test_fifty_megabytes_without_an_end_are_refused_in_bounded_memory(suffix: str, start: bytes, line: bytes) -> None:
    file = BytesIO(start + line * (50_000_000 // len(line) // 10) + b"x" * 45_000_000)
    tracemalloc.start()
    records = list(READERS[suffix](file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(records[0], Broken)
    assert records[0].line == 1
    assert "longer than" in records[0].reason
    assert peak < 50_000_000
