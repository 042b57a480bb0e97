"""Works are looked up by DOI and PMID; whatever goes wrong is a sentence and never takes long."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from conditions.content.references import format_vancouver
from conditions.errors import looking_up as errors
from conditions.lookups import crossref, fetching, look_up
from tests.lookup_service import Service, served
from tests.servers import free_port

RECORDED = Path(__file__).parent / "data" / "lookups"
EDARAVONE = (RECORDED / "crossref-edaravone.json").read_bytes()
TOFERSEN = (RECORDED / "pubmed-tofersen.txt").read_bytes()
DOI, PMID = "10.1016/S1474-4422(17)30115-1", "32640130"


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    settings.LOOKUP_CONTACT = "desk@example.org"
    found = Service()
    with served(found) as address:
        settings.CROSSREF_URL = settings.NCBI_URL = address
        yield found


@pytest.mark.parametrize("typed", [DOI, f"https://doi.org/{DOI}", f" doi: {DOI}."])
def test_crossref_describes_the_work_of_a_doi(service: Service, typed: str) -> None:
    service.says(EDARAVONE)
    assert format_vancouver(look_up(typed)) == (
        "Abe K, Edaravone (MCI-186) ALS 19 Study Group. Safety and efficacy of edaravone in well defined patients "
        "with amyotrophic lateral sclerosis: a randomised, double-blind, placebo-controlled trial. "
        "The Lancet Neurology. 2017 Jul;16(7):505-12. doi: 10.1016/s1474-4422(17)30115-1"
    )
    [(path, agent)] = service.asked
    assert path == "/works/10.1016%2FS1474-4422%2817%2930115-1?mailto=desk%40example.org"
    assert "mailto:desk@example.org" in agent


@pytest.mark.parametrize("typed", [PMID, f"PMID: {PMID}", f"https://pubmed.ncbi.nlm.nih.gov/{PMID}/"])
def test_pubmed_describes_the_work_of_a_pmid(service: Service, typed: str) -> None:
    service.says(TOFERSEN)
    csl = look_up(typed)
    assert csl["PMID"] == PMID
    assert format_vancouver(csl) == (
        "Miller T, Cudkowicz M. Phase 1-2 Trial of Antisense Oligonucleotide Tofersen for SOD1 ALS. "
        "N Engl J Med. 2020 Jul 9;383(2):109-19. doi: 10.1056/NEJMoa2003715"
    )
    [(path, _)] = service.asked
    assert path.startswith(f"/efetch.fcgi?db=pubmed&id={PMID}&rettype=medline&retmode=text&tool=alsinfo&email=desk")


MESSAGE = {"type": "journal-article", "title": ["A"], "DOI": "10.1000/1"}


@pytest.mark.parametrize(
    ("sent", "name", "becomes"),
    [
        ({"title": ["The <i>SOD1</i> gene &amp; p&lt;0.05"]}, "title", "The SOD1 gene & p<0.05"),
        ({"title": ["H<sub>2</sub>O\n  and ALS"]}, "title", "H2O and ALS"),
        ({"title": ["ALS"], "subtitle": ["a review"]}, "title", "ALS: a review"),
        ({"title": ["ALS: a review"], "subtitle": ["A review"]}, "title", "ALS: a review"),
        ({"issued": {"date-parts": [[None]]}}, "issued", None),
        ({"article-number": "e075037"}, "page", "e075037"),
        ({"author": [{"name": "A Group"}, {"sequence": "first"}, 7]}, "author", [{"literal": "A Group"}]),
        ({"author": "nobody"}, "author", None),
        ({"type": "edited-book", "ISBN": ["9780306406157"]}, "ISBN", "9780306406157"),
        ({"type": "never heard of"}, "type", "document"),
        ({"short-container-title": ["BMJ"], "container-title": []}, "container-title", "BMJ"),
    ],
)
def test_what_crossref_sends_becomes_plain(sent: dict[str, Any], name: str, becomes: Any) -> None:
    assert crossref.csl_of(MESSAGE | sent).get(name) == becomes


FAILURES: dict[str, tuple[str, type[errors.LookupRefused], dict[str, Any], bytes]] = {
    "a DOI nobody knows": (DOI, errors.WorkNotFound, {"status": 404}, b"Resource not found."),
    "a PMID nobody knows": (PMID, errors.WorkNotFound, {"status": 400}, b"ID list is empty"),
    "a PMID answered with nothing": (PMID, errors.WorkNotFound, {}, b"\n"),
    "a PMID answered with a regret": (PMID, errors.WorkNotFound, {}, b"id: 1 Error occurred: not available\n"),
    "another work than asked for": (PMID, errors.LookupGarbled, {}, TOFERSEN.replace(b"32640130", b"1")),
    "no JSON": (DOI, errors.LookupGarbled, {}, b"<html>Down for maintenance</html>"),
    "JSON of another shape": (DOI, errors.LookupGarbled, {}, b'{"message": []}'),
    "JSON nested without end": (DOI, errors.LookupGarbled, {}, b"[" * 100_000),
    "a work without a title": (DOI, errors.LookupGarbled, {}, b'{"message": {"DOI": "10.1000/1"}}'),
    "not UTF-8": (PMID, errors.LookupGarbled, {}, TOFERSEN.replace(b"Phase", b"Ph\xe9se")),
    "asked too often": (DOI, errors.LookupBusy, {"status": 429}, b""),
    "a fault of theirs": (DOI, errors.LookupUnreachable, {"status": 500}, b""),
    "broken off": (PMID, errors.LookupUnreachable, {"Content_Length": "99999"}, TOFERSEN),
    "sent to another host": (DOI, errors.LookupUnreachable, {"status": 302, "Location": "http://127.0.0.9:1/"}, b""),
    "sent to a file": (DOI, errors.LookupUnreachable, {"status": 302, "Location": "file:///etc/passwd"}, b""),
    "without an end": (DOI, errors.LookupTooLarge, {}, b"x" * (fetching.LARGEST + 1)),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_is_a_sentence_of_its_own(service: Service, case: str) -> None:
    typed, refusal, options, body = FAILURES[case]
    service.says(body, **options)
    with pytest.raises(refusal) as refused:
        look_up(typed)
    assert type(refused.value) is refusal
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("pieces", [[b"", b"", b"", b"x"], [b"x"] * 8])
def test_who_says_nothing_and_who_drips_are_left_after_the_time_allowed(
    service: Service, monkeypatch: pytest.MonkeyPatch, pieces: list[bytes]
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.15)
    service.says(*pieces)
    with pytest.raises(errors.LookupTooSlow):
        look_up(DOI)


def test_nobody_there_is_a_sentence(service: Service, settings: Settings) -> None:
    settings.CROSSREF_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(errors.LookupUnreachable):
        look_up(DOI)


@pytest.mark.parametrize("typed", [DOI, PMID])
def test_nobody_is_asked_unless_the_settings_say_whom(typed: str) -> None:
    with pytest.raises(errors.LookupOff):
        look_up(typed)


@pytest.mark.parametrize("typed", ["", "ALS", "0", "123456789", "11.1000/1", "PMC1234", "http://127.0.0.1/"])
def test_what_is_neither_a_doi_nor_a_pmid_is_not_asked_for(service: Service, typed: str) -> None:
    with pytest.raises(errors.NotLookedUpBy):
        look_up(typed)
    assert service.asked == []


def test_every_failure_has_its_own_sentence() -> None:
    kinds = errors.LookupRefused.__subclasses__()
    assert len({kind.sentence for kind in kinds}) == len({kind.code for kind in kinds}) == len(kinds)
