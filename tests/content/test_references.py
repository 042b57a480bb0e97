"""References in Vancouver style, and where they lead."""

from typing import Any

import pytest

from conditions.content.references import format_ama, format_vancouver, reference_line

TRIAL = {
    "type": "article-journal",
    "title": "A controlled trial of riluzole in amyotrophic lateral sclerosis",
    "container-title": "New England Journal of Medicine",
    "container-title-short": "N Engl J Med",
    "author": [{"family": "Bensimon", "given": "G"}, {"family": "Lacomblez", "given": "Lucette"}],
    "issued": {"date-parts": [[1994, 3, 3]]},
    "volume": "330",
    "issue": 9,
    "page": "585-591",
    "DOI": "10.1056/NEJM199403033300901",
}
GUIDELINE = {
    "type": "report",
    "author": [{"literal": "National Institute for Health and Care Excellence"}],
    "title": "Motor neurone disease: assessment and management",
    "number": "NG42",
    "publisher": "NICE",
    "publisher-place": "London",
    "issued": {"date-parts": [["2016"]]},
    "URL": "https://www.nice.org.uk/guidance/ng42",
}
COCHRANE = {
    "type": "article-journal",
    "title": "Riluzole for amyotrophic lateral sclerosis (ALS)/motor neuron disease (MND)",
    "container-title-short": "Cochrane Database Syst Rev",
    "author": [{"family": "Miller", "given": "Robert G."}, {"family": "Moore", "given": "D H", "suffix": "Jr."}],
    "issued": {"date-parts": [[2012]]},
    "issue": "3",
    "number": "CD001447",
    "DOI": "https://doi.org/10.1002/14651858.CD001447.pub3",
}
PAGE = {
    "type": "webpage",
    "author": [{"literal": "MND Scotland"}],
    "title": "What is MND?",
    "publisher": "MND Scotland",
    "issued": {"date-parts": [[2024, 5]]},
    "accessed": {"date-parts": [[2026, 1, 3]]},
    "URL": "https://www.mndscotland.org.uk/",
}


@pytest.mark.parametrize(
    ("csl", "line"),
    [
        (
            TRIAL,
            "Bensimon G, Lacomblez L. A controlled trial of riluzole in amyotrophic lateral sclerosis. N Engl J Med. "
            "1994 Mar 3;330(9):585-91. doi: 10.1056/NEJM199403033300901",
        ),
        (
            GUIDELINE,
            "National Institute for Health and Care Excellence. Motor neurone disease: assessment and management "
            "[Internet]. London: NICE; 2016. Report No.: NG42. Available from: https://www.nice.org.uk/guidance/ng42",
        ),
        (
            COCHRANE,
            "Miller RG, Moore DH Jr. Riluzole for amyotrophic lateral sclerosis (ALS)/motor neuron disease (MND). "
            "Cochrane Database Syst Rev. 2012;(3):CD001447. doi: 10.1002/14651858.CD001447.pub3",
        ),
        (
            PAGE,
            "MND Scotland. What is MND? [Internet]. 2024 May [cited 2026 Jan 3]. "
            "Available from: https://www.mndscotland.org.uk/",
        ),
        ({"title": "Untold"}, "Untold."),
        ({}, ""),
    ],
)
def test_a_work_is_written_as_one_line(csl: dict[str, Any], line: str) -> None:
    assert format_vancouver(csl) == line


@pytest.mark.parametrize(("count", "ending"), [(6, "F6 G."), (7, "F6 G, et al."), (40, "F6 G, et al.")])
def test_six_authors_are_named_and_the_others_counted_as_et_al(count: int, ending: str) -> None:
    authors = [{"family": f"F{number}", "given": "G"} for number in range(1, count + 1)]
    assert reference_line({"author": authors}).authors.endswith(ending)


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"family": "Hernán", "given": "M A"}, "Hernán MA."),
        ({"family": "Dupont", "given": "Jean-Pierre"}, "Dupont JP."),
        ({"family": "Brown", "given": "RH"}, "Brown RH."),
        ({"family": "Berg", "non-dropping-particle": "van den", "given": "Leonard H."}, "van den Berg LH."),
        ({"family": "Ønsker", "given": "élise"}, "Ønsker É."),
        ({"family": "Plato"}, "Plato."),
        ({"literal": "Writing Group"}, "Writing Group."),
        ({}, ""),
    ],
)
def test_a_person_is_written_with_initials_and_an_organisation_in_full(person: dict[str, str], name: str) -> None:
    assert reference_line({"author": [person]}).authors == name


WILEY = "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"
WILEY_LINK = (
    "https://doi.org/10.1002/%28SICI%291097-0258%2819980815/30%2917%3A15/16%3C1661%3A%3AAID-SIM968%3E3.0.CO%3B2-2"
)


@pytest.mark.parametrize(
    ("csl", "url"),
    [
        ({"DOI": WILEY}, WILEY_LINK),
        ({"DOI": f"doi: {WILEY}."}, WILEY_LINK),
        ({"DOI": WILEY_LINK}, WILEY_LINK),
        ({"DOI": "10.1016/S1474-4422(17)30115-1"}, "https://doi.org/10.1016/S1474-4422%2817%2930115-1"),
        ({"DOI": "10.1000/a[1]?b#c%d"}, "https://doi.org/10.1000/a%5B1%5D%3Fb%23c%25d"),
        ({"DOI": "http://dx.doi.org/10.1038/362059a0"}, "https://doi.org/10.1038/362059a0"),
        ({"DOI": "nonsense", "PMID": "8302340"}, "https://pubmed.ncbi.nlm.nih.gov/8302340/"),
        ({"PMID": 8302340, "URL": "https://a.org"}, "https://pubmed.ncbi.nlm.nih.gov/8302340/"),
        ({"URL": "https://a.org/x?y=1"}, "https://a.org/x?y=1"),
        ({"URL": "javascript:alert(1)"}, ""),
        ({"URL": 'https://a.org/"><script>'}, ""),
        ({"URL": "https://a.org/\nx"}, ""),
        ({}, ""),
    ],
)
def test_a_work_links_to_its_doi_or_else_where_it_can_be_read(csl: dict[str, Any], url: str) -> None:
    assert reference_line(csl).url == url


@pytest.mark.parametrize(
    "csl",
    [
        {"author": "Brown RH", "issued": {"raw": "2016"}, "title": ["a"]},
        {"author": [], "issued": {"date-parts": [[]]}, "accessed": {"date-parts": []}},
        {"author": None, "issued": None, "DOI": None, "PMID": None, "URL": None},
        {"issued": {"date-parts": [[None]]}, "accessed": {"date-parts": [[2020, 13]]}},
        {"issued": {"date-parts": [7, "x"]}, "author": ["Brown"], "editor": [None], "type": "chapter"},
        {"URL": "https://a.org/", "accessed": {"date-parts": [[2020, 13, 1]]}, "type": "webpage"},
    ],
)
def test_a_badly_filled_description_never_fails(csl: dict[str, Any]) -> None:
    assert "None" not in format_vancouver(csl) + format_ama(csl)
