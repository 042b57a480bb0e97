"""What is exported and imported again is the same work."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.content.library import EVIDENCE
from conditions.exporting import FORMATS, exported
from conditions.importing.records import Found
from conditions.importing.references import READERS
from tests.test_importing_references import works

LETTERS = st.text("ABCXYZabcxyzäéøñß0123456789", min_size=1, max_size=9)
WORDS = st.lists(LETTERS, min_size=1, max_size=12).map(" ".join)
AWKWARD = st.lists(st.one_of(LETTERS, st.sampled_from(list("&%$#_^~{}\\:;()<>=/'"))), min_size=1, max_size=9).map(
    "".join
)
TITLE = st.tuples(LETTERS, AWKWARD, LETTERS).map(" ".join)
NAME = st.text("ABCXYZäéøñ", min_size=2, max_size=8).map(str.title)
PERSON = st.one_of(
    st.fixed_dictionaries({"family": NAME, "given": NAME}, optional={"suffix": st.sampled_from(["Jr", "III"])}),
    st.fixed_dictionaries({"family": NAME}),
    st.tuples(NAME, NAME).map(lambda names: {"literal": " Group ".join(names)}),
)
PEOPLE = st.lists(PERSON, min_size=1, max_size=9)
DATE = st.dates().filter(lambda day: day.year > 1000)
NUMBER = st.integers(1, 9_999).map(str)


@st.composite
def articles(draw: st.DrawFn) -> dict[str, Any]:
    """Articles of journals with all that each format has a place for."""
    day = draw(DATE)
    parts = [day.year, day.month, day.day][: draw(st.integers(1, 3))]
    found = {
        "type": "article-journal",
        "title": draw(TITLE),
        "author": draw(PEOPLE),
        "container-title": draw(WORDS) + " journal",
        "container-title-short": draw(LETTERS),
        "issued": {"date-parts": [parts]},
        "volume": draw(NUMBER),
        "issue": draw(NUMBER),
        "page": draw(st.one_of(NUMBER, st.tuples(NUMBER, NUMBER).map("-".join), NUMBER.map("e{}".format))),
        "DOI": "10.1000/" + draw(st.text("abc123()[];:/._-", min_size=1, max_size=9)).rstrip(".,;") + "x",
        "PMID": draw(NUMBER),
        "PMCID": "PMC" + draw(NUMBER),
        "language": draw(st.sampled_from(["en", "de", "fr"])),
        "custom": draw(
            st.fixed_dictionaries(
                {"evidence": st.sampled_from(sorted(set(EVIDENCE) - {"other"}))},
                optional={"access": st.sampled_from(["open", "closed"])},
            )
        ),
    }
    left_out = draw(st.sets(st.sampled_from(sorted(found.keys() - {"type", "title", "container-title", "PMID"}))))
    return {name: value for name, value in found.items() if name not in left_out}


BOOKS = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "chapter", "report", "webpage"]), "title": TITLE, "author": PEOPLE},
    optional={
        "editor": PEOPLE,
        "container-title": WORDS.map("{} book".format),
        "publisher": WORDS,
        "publisher-place": WORDS,
        "edition": NUMBER,
        "volume": NUMBER,
        "genre": WORDS,
        "number": NUMBER.map("NG{}".format),
        "ISBN": st.just("9780306406157"),
        "URL": st.just("https://example.org/a_b?c=1&d=%20#e"),
        "accessed": st.just({"date-parts": [[2026, 1, 3]]}),
        "issued": st.just({"date-parts": [[2016, 2]]}),
    },
)


def there_and_back(csl: Mapping[str, Any], suffix: str) -> dict[str, Any]:
    [found] = READERS[f".{suffix}"](BytesIO(exported([csl], suffix).encode()))
    assert isinstance(found, Found), found
    return found.csl


@pytest.mark.parametrize("suffix", FORMATS)
@given(csl=articles())
def test_an_article_comes_back_equal(suffix: str, csl: dict[str, Any]) -> None:
    assert there_and_back(csl, suffix) == csl


@pytest.mark.parametrize("suffix", ["ris", "bib", "json"])
@given(csl=BOOKS)
def test_a_book_a_chapter_a_report_and_a_page_come_back_equal(suffix: str, csl: dict[str, Any]) -> None:
    assert there_and_back(csl, suffix) == csl


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_ten_references_come_back_equal_and_in_their_order(suffix: str) -> None:
    ten = works(".json")
    records = READERS[f".{suffix}"](BytesIO(exported(ten, suffix).encode()))
    assert [record.csl for record in records if isinstance(record, Found)] == ten


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "text", ["A\nER  - \nTY  - BOOK\nTI  - B", "A\n\nPMID- 1\nTI  - B", 'A}\n}\n@book{b, title="B"}']
)
def test_no_title_writes_a_record_of_its_own(suffix: str, text: str) -> None:
    found = list(READERS[f".{suffix}"](BytesIO(exported([{"type": "book", "title": text}], suffix).encode())))
    assert len(found) == 1
