"""Which identifiers of published works are valid, and their normal form."""

from collections.abc import Callable

import pytest

from conditions.content.identifiers import (
    normal_doi,
    normal_isbn,
    normal_issn,
    normal_nct,
    normal_orcid,
    normal_pmcid,
    normal_pmid,
)

WILEY = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"

VALID: dict[Callable[[str], str], dict[str, str]] = {
    normal_doi: {
        "10.1056/NEJMra1603471": "10.1056/NEJMra1603471",
        "doi:10.1056/NEJMra1603471": "10.1056/NEJMra1603471",
        "DOI: 10.1056/NEJMra1603471": "10.1056/NEJMra1603471",
        "https://doi.org/10.1038/362059a0": "10.1038/362059a0",
        "http://dx.doi.org/10.1038/362059a0": "10.1038/362059a0",
        "10.1038/362059a0.": "10.1038/362059a0",
        "10.1038/362059a0,;": "10.1038/362059a0",
        "https://doi.org/10.1016/S1474-4422%2817%2930115-1": "10.1016/S1474-4422(17)30115-1",
        WILEY: WILEY,
        "10.123456789/a": "10.123456789/a",
        " 10.1000/a[1]?b#c%d ": "10.1000/a[1]?b#c%d",
        "10.1234/ä": "10.1234/ä",
    },
    normal_pmid: {
        **{each: each for each in ("1", "12", "123", "1234", "12345", "123456", "8302340", "37890889", "99999999")},
        " 8302340 ": "8302340",
    },
    normal_pmcid: {
        **{each: each for each in ("PMC1", "PMC12", "PMC123", "PMC3202986", "PMC5288885", "PMC10603569")},
        "pmc5288885": "PMC5288885",
        " PMC5288885": "PMC5288885",
        "PMC5288885\n": "PMC5288885",
        "PMC0012": "PMC0012",
    },
    normal_nct: {
        **{
            each: each
            for each in ("NCT00000000", "NCT00000001", "NCT00287391", "NCT00381954", "NCT02623699", "NCT99999999")
        },
        "nct02623699": "NCT02623699",
        "Nct02623699": "NCT02623699",
        " NCT02623699": "NCT02623699",
        "NCT02623699\n": "NCT02623699",
    },
    normal_isbn: {
        "9780306406157": "9780306406157",
        "978-0-306-40615-7": "9780306406157",
        "978 0 306 40615 7": "9780306406157",
        "0306406152": "9780306406157",
        "0-306-40615-2": "9780306406157",
        "080442957X": "9780804429573",
        "0-8044-2957-x": "9780804429573",
        "9783161484100": "9783161484100",
        "978-3-16-148410-0": "9783161484100",
        "9791090636071": "9791090636071",
    },
    normal_issn: {
        "0028-4793": "0028-4793",
        "00284793": "0028-4793",
        "1533-4406": "1533-4406",
        "1474-4422": "1474-4422",
        "0140-6736": "0140-6736",
        "2434-561X": "2434-561X",
        "2434561x": "2434-561X",
        " 0028-0836 ": "0028-0836",
        "1756 1833": "1756-1833",
        "0378-5955": "0378-5955",
    },
    normal_orcid: {
        "0000-0002-1825-0097": "0000-0002-1825-0097",
        "0000000218250097": "0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097": "0000-0002-1825-0097",
        "http://www.orcid.org/0000-0002-1825-0097": "0000-0002-1825-0097",
        "0000-0001-5109-3700": "0000-0001-5109-3700",
        "0000-0002-1694-233X": "0000-0002-1694-233X",
        "0000-0002-1694-233x": "0000-0002-1694-233X",
        "0000-0002-9079-593X": "0000-0002-9079-593X",
        "0000 0001 5109 3700": "0000-0001-5109-3700",
        " 0000-0002-8039-1800": "0000-0002-8039-1800",
    },
}
INVALID: dict[Callable[[str], str], tuple[str, ...]] = {
    normal_doi: (
        *("", "10", "10.1056", "10.1056/", "10.105/x", "10.1234567890/x", "11.1056/x", "10.1056/a b", "NEJMra1603471"),
        *("https://example.org/10.1056/x", "x10.1056/x", "10.١٢٣٤/x", "doi:", "10.1056/.,;"),
    ),
    normal_pmid: ("", "0", "01", "123456789", "12a", "PMID 12", "-1", "1.5", "１２３", "1 2", "PMC12"),
    normal_pmcid: ("", "PMC", "123", "PMC 12", "PMC12a", "XPMC12", "PMC-1", "PM12", "PMC１２", "PMC12.1", "PMID12"),
    normal_nct: (
        *("", "NCT", "NCT0262369", "NCT026236999", "02623699", "NCT 02623699", "NTC02623699", "NCT0262369a"),
        *("NCT０２６２３６９９", "ISRCTN02623699", "NCT-02623699", "xNCT02623699"),
    ),
    normal_isbn: (
        *("", "9780306406158", "0306406153", "0804429570", "978030640615", "97803064061577", "9770306406150"),
        *("X306406152", "abcdefghij", "978-0-306-40615-X", "PMC5288885"),
    ),
    normal_issn: (
        *("", "0028-4794", "0028-479", "0028-47933", "X028-4793", "٠٠٢٨-٤٧٩٣", "ISSN", "002847933", "2434-5611"),
        *("9770306406150", "0028-479X"),
    ),
    normal_orcid: (
        *("", "0000-0002-1825-0098", "0000-0002-1825-009", "0000-0002-1825-00977", "X000-0002-1825-0097", "ORCID"),
        *("0000-0002-1694-2339", "https://example.org/0000-0002-1825-0097", "٠٠٠٠-0002-1825-0097", "1825-0097"),
        "0000-0002-X694-2330",
    ),
}


@pytest.mark.parametrize(
    ("normal", "written", "bare"),
    [(normal, written, bare) for normal, cases in VALID.items() for written, bare in cases.items()],
)
def test_a_valid_identifier_gets_its_normal_form(normal: Callable[[str], str], written: str, bare: str) -> None:
    assert normal(written) == bare


@pytest.mark.parametrize(
    ("normal", "written"), [(normal, written) for normal, cases in INVALID.items() for written in cases]
)
def test_what_is_none_is_left_out(normal: Callable[[str], str], written: str) -> None:
    assert normal(written) == ""


@pytest.mark.parametrize("normal", VALID)
def test_each_rule_has_ten_cases_of_both(normal: Callable[[str], str]) -> None:
    assert len(VALID[normal]) >= 10
    assert len(set(INVALID[normal])) >= 10
