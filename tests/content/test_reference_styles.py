"""Awkward references in both styles, written by hand after the rules.

Vancouver: "Citing Medicine" (NLM) and the ICMJE's samples: six authors, then et al.; two initials; "2nd", "3rd";
"42 Suppl 2:S93-9", "58(12 Suppl 7):S6-12"; "Forthcoming 2002"; "[Internet]" and "[cited …]".
AMA: the manual's 11th edition: 3.7 (three of more than six authors), 3.11 (supplements in brackets of their own),
3.12.1 (volume, edition, publisher without its place, year, pages), 3.13.2 (agency; year; series and number; accessed;
address), 3.15 (registries: identifier, posted, accessed).
"""

from typing import Any

import pytest

from conditions.content.references import format_ama, format_vancouver

SIX = [{"family": f"Author{letter}", "given": letter} for letter in "ABCDEF"]
ARTICLE = {
    "type": "article-journal",
    "title": "A title",
    "author": [{"family": "Brown", "given": "Robert H."}],
    "container-title": "New England Journal of Medicine",
    "container-title-short": "N Engl J Med",
    "issued": {"date-parts": [[2017, 7, 13]]},
    "volume": "377",
    "issue": "2",
    "page": "162-172",
}
AT_V, AT_A = "2017 Jul 13;377(2):162-72.", "2017;377(2):162-172."
DOI = "10.1056/NEJMra1603471"
BOOK = {
    "type": "book",
    "title": "Medical microbiology",
    "author": [{"family": "Murray", "given": "Patrick R."}, {"family": "Rosenthal", "given": "Ken S."}],
    "edition": "4",
    "publisher": "Mosby",
    "publisher-place": "St. Louis",
    "issued": {"date-parts": [[2002]]},
}
CHAPTER = {
    "type": "chapter",
    "title": "Chromosome alterations in human solid tumors",
    "author": [{"family": "Meltzer", "given": "P S"}],
    "editor": [{"family": "Vogelstein", "given": "B"}, {"family": "Kinzler", "given": "K W"}],
    "container-title": "The genetic basis of human cancer",
    "publisher": "McGraw-Hill",
    "publisher-place": "New York",
    "page": "93-113",
    "issued": {"date-parts": [[2002]]},
}
GUIDELINE = {
    "type": "report",
    "title": "Motor neurone disease: assessment and management",
    "author": [{"literal": "National Institute for Health and Care Excellence"}],
    "genre": "NICE guideline",
    "number": "NG42",
    "publisher": "NICE",
    "publisher-place": "London",
    "issued": {"date-parts": [[2016, 2, 24]]},
    "accessed": {"date-parts": [[2026, 1, 3]]},
    "URL": "https://www.nice.org.uk/guidance/ng42",
}
PAGE = {
    "type": "webpage",
    "title": "Zika travel information",
    "publisher": "Centers for Disease Control and Prevention",
    "issued": {"date-parts": [[2016, 1, 26]]},
    "accessed": {"date-parts": [[2019, 6, 18]]},
    "URL": "https://wwwnc.cdc.gov/travel/page/zika-travel-information",
}
TRIAL = {
    "type": "report",
    "title": "Tofersen in adults with SOD1 ALS",
    "number": "NCT02623699",
    "issued": {"date-parts": [[2015, 12, 8]]},
    "accessed": {"date-parts": [[2026, 1, 3]]},
}


def article(**changes: Any) -> dict[str, Any]:
    return {**ARTICLE, **{name.replace("_", "-"): value for name, value in changes.items()}}


def by(*people: dict[str, str]) -> dict[str, Any]:
    return article(author=list(people))


def both(name: str) -> tuple[str, str]:
    """The article by somebody whose name both styles write alike."""
    return f"{name} A title. N Engl J Med. {AT_V}", f"{name} A title. N Engl J Med. {AT_A}"


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "six authors are all named": (
        article(author=SIX),
        *both("AuthorA A, AuthorB B, AuthorC C, AuthorD D, AuthorE E, AuthorF F."),
    ),
    "of seven authors six are named, or three": (
        article(author=[*SIX, {"family": "AuthorG", "given": "G"}]),
        f"AuthorA A, AuthorB B, AuthorC C, AuthorD D, AuthorE E, AuthorF F, et al. A title. N Engl J Med. {AT_V}",
        f"AuthorA A, AuthorB B, AuthorC C, et al. A title. N Engl J Med. {AT_A}",
    ),
    "a hyphenated given name": (by({"family": "Dupont", "given": "Jean-Pierre"}), *both("Dupont JP.")),
    "particles before the family name": (
        by(
            {"family": "Berg", "non-dropping-particle": "van den", "given": "Leonard H."},
            {"family": "Pouvourville", "dropping-particle": "de", "given": "Gerard"},
            {"family": "von Economo", "given": "Constantin"},
        ),
        *both("van den Berg LH, de Pouvourville G, von Economo C."),
    ),
    "Jr": (by({"family": "Moore", "given": "D. H.", "suffix": "Jr."}), *both("Moore DH Jr.")),
    "a numeral after the name": (
        by({"family": "Gilstrap", "given": "Larry C.", "suffix": "III"}),
        f"Gilstrap LC 3rd. A title. N Engl J Med. {AT_V}",
        f"Gilstrap LC III. A title. N Engl J Med. {AT_A}",
    ),
    "three given names": (
        by({"family": "Tolkien", "given": "John Ronald Reuel"}),
        f"Tolkien JR. A title. N Engl J Med. {AT_V}",
        f"Tolkien JRR. A title. N Engl J Med. {AT_A}",
    ),
    "an organisation": (
        by({"literal": "Writing Group"}, {"literal": "Edaravone (MCI-186) ALS 19 Study Group"}),
        *both("Writing Group, Edaravone (MCI-186) ALS 19 Study Group."),
    ),
    "nobody is named": (article(author=[]), f"A title. N Engl J Med. {AT_V}", f"A title. N Engl J Med. {AT_A}"),
    "names in scripts without capitals": (
        by({"family": "田中", "given": "太郎"}, {"family": "김", "given": "민수"}),
        *both("田中 太郎, 김 민수."),
    ),
    "accents and Cyrillic": (
        by({"family": "Ønsker", "given": "élise"}, {"family": "Иванов", "given": "Пётр"}),
        *both("Ønsker É, Иванов П."),
    ),
    "a journal without a stored abbreviation": (
        article(**{"container-title-short": ""}),
        f"Brown RH. A title. New England Journal of Medicine. {AT_V}",
        f"Brown RH. A title. New England Journal of Medicine. {AT_A}",
    ),
    "in press": (
        article(status="in press", volume="", issue="", page="", issued={"date-parts": [[2026]]}),
        "Brown RH. A title. N Engl J Med. Forthcoming 2026.",
        "Brown RH. A title. N Engl J Med. In press.",
    ),
    "online before it has a volume": (
        article(volume="", issue="", page="", DOI=DOI),
        f"Brown RH. A title. N Engl J Med. 2017 Jul 13. doi: {DOI}",
        f"Brown RH. A title. N Engl J Med. Published online July 13, 2017. doi:{DOI}",
    ),
    "pages stored short": (
        article(page="1363–80"),
        "Brown RH. A title. N Engl J Med. 2017 Jul 13;377(2):1363-80.",
        "Brown RH. A title. N Engl J Med. 2017;377(2):1363-1380.",
    ),
    "pages with letters": (
        article(page="S37-S42, 126A-127A", issue="Suppl 2"),
        "Brown RH. A title. N Engl J Med. 2017 Jul 13;377 Suppl 2:S37-42, 126A-127A.",
        "Brown RH. A title. N Engl J Med. 2017;377(suppl 2):S37-S42, 126A-127A.",
    ),
    "a supplement of an issue": (
        article(page="S6-S12", issue="12 Suppl 7"),
        "Brown RH. A title. N Engl J Med. 2017 Jul 13;377(12 Suppl 7):S6-12.",
        "Brown RH. A title. N Engl J Med. 2017;377(12)(suppl 7):S6-S12.",
    ),
    "a supplement without a number": (
        article(page="S6-S12", issue="Suppl"),
        "Brown RH. A title. N Engl J Med. 2017 Jul 13;377 Suppl:S6-12.",
        "Brown RH. A title. N Engl J Med. 2017;377(suppl):S6-S12.",
    ),
    "a chapter of more than six editors": (
        {**CHAPTER, "editor": [{"family": f"Editor{letter}", "given": letter} for letter in "ABCDEFG"]},
        "Meltzer PS. Chromosome alterations in human solid tumors. In: EditorA A, EditorB B, EditorC C, EditorD D, "
        "EditorE E, EditorF F, et al., editors. The genetic basis of human cancer. New York: McGraw-Hill; 2002. "
        "p. 93-113.",
        "Meltzer PS. Chromosome alterations in human solid tumors. In: EditorA A, EditorB B, EditorC C, et al, eds. "
        "The genetic basis of human cancer. McGraw-Hill; 2002:93-113.",
    ),
    "an article number and no issue": (
        article(page="e075037", issue=""),
        "Brown RH. A title. N Engl J Med. 2017 Jul 13;377:e075037.",
        "Brown RH. A title. N Engl J Med. 2017;377:e075037.",
    ),
    "two months": (
        article(issued={"date-parts": [[2017, 1], [2017, 2]]}),
        "Brown RH. A title. N Engl J Med. 2017 Jan-Feb;377(2):162-72.",
        f"Brown RH. A title. N Engl J Med. {AT_A}",
    ),
    "a DOI with brackets, written as an address": (
        article(DOI="https://doi.org/10.1016/S1474-4422(17)30115-1."),
        f"Brown RH. A title. N Engl J Med. {AT_V} doi: 10.1016/S1474-4422(17)30115-1",
        f"Brown RH. A title. N Engl J Med. {AT_A} doi:10.1016/S1474-4422(17)30115-1",
    ),
    "PubMed and no DOI": (
        article(PMID="28700839", PMCID="PMC5288885"),
        f"Brown RH. A title. N Engl J Med. {AT_V} PubMed PMID: 28700839; PubMed Central PMCID: PMC5288885.",
        f"Brown RH. A title. N Engl J Med. {AT_A} PMID: 28700839.",
    ),
    "an article known by its address": (
        article(URL="https://a.org/1", accessed={"date-parts": [[2026, 1, 3]]}),
        "Brown RH. A title. N Engl J Med [Internet]. 2017 Jul 13 [cited 2026 Jan 3];377(2):162-72. "
        "Available from: https://a.org/1",
        f"Brown RH. A title. N Engl J Med. {AT_A} Accessed January 3, 2026. https://a.org/1",
    ),
    "a title that asks": (
        article(title="Is it ALS?"),
        f"Brown RH. Is it ALS? N Engl J Med. {AT_V}",
        f"Brown RH. Is it ALS? N Engl J Med. {AT_A}",
    ),
    "a book": (
        BOOK,
        "Murray PR, Rosenthal KS. Medical microbiology. 4th ed. St. Louis: Mosby; 2002.",
        "Murray PR, Rosenthal KS. Medical microbiology. 4th ed. Mosby; 2002.",
    ),
    "a book of one editor, in volumes": (
        {**BOOK, "author": [], "editor": [{"family": "Murray", "given": "P R"}], "volume": "2"},
        "Murray PR, editor. Medical microbiology. 4th ed. Vol. 2. St. Louis: Mosby; 2002.",
        "Murray PR, ed. Medical microbiology. Vol 2. 4th ed. Mosby; 2002.",
    ),
    "a chapter": (
        CHAPTER,
        "Meltzer PS. Chromosome alterations in human solid tumors. In: Vogelstein B, Kinzler KW, editors. "
        "The genetic basis of human cancer. New York: McGraw-Hill; 2002. p. 93-113.",
        "Meltzer PS. Chromosome alterations in human solid tumors. In: Vogelstein B, Kinzler KW, eds. "
        "The genetic basis of human cancer. McGraw-Hill; 2002:93-113.",
    ),
    "a guideline": (
        GUIDELINE,
        "National Institute for Health and Care Excellence. Motor neurone disease: assessment and management "
        "[Internet]. London: NICE; 2016 Feb 24 [cited 2026 Jan 3]. (NICE guideline; NG42). "
        "Available from: https://www.nice.org.uk/guidance/ng42",
        "National Institute for Health and Care Excellence. Motor neurone disease: assessment and management. "
        "NICE; 2016. NICE guideline NG42. Accessed January 3, 2026. https://www.nice.org.uk/guidance/ng42",
    ),
    "a report on paper": (
        {**GUIDELINE, "genre": "", "URL": "", "accessed": None, "issued": {"date-parts": [[2016]]}},
        "National Institute for Health and Care Excellence. Motor neurone disease: assessment and management. "
        "London: NICE; 2016. Report No.: NG42.",
        "National Institute for Health and Care Excellence. Motor neurone disease: assessment and management. "
        "NICE; 2016. Report No. NG42.",
    ),
    "a web page": (
        PAGE,
        "Zika travel information [Internet]. Centers for Disease Control and Prevention; 2016 Jan 26 "
        "[cited 2019 Jun 18]. Available from: https://wwwnc.cdc.gov/travel/page/zika-travel-information",
        "Zika travel information. Centers for Disease Control and Prevention. January 26, 2016. "
        "Accessed June 18, 2019. https://wwwnc.cdc.gov/travel/page/zika-travel-information",
    ),
    "a trial": (
        TRIAL,
        "ClinicalTrials.gov [Internet]. Bethesda (MD): National Library of Medicine (US). "
        "Identifier NCT02623699, Tofersen in adults with SOD1 ALS; 2015 Dec 8 [cited 2026 Jan 3]. "
        "Available from: https://clinicaltrials.gov/study/NCT02623699",
        "Tofersen in adults with SOD1 ALS. ClinicalTrials.gov identifier: NCT02623699. Posted December 8, 2015. "
        "Accessed January 3, 2026. https://clinicaltrials.gov/study/NCT02623699",
    ),
    "a dissertation": (
        {**BOOK, "type": "thesis", "edition": "", "publisher": "University of Leeds", "publisher-place": "Leeds"},
        "Murray PR, Rosenthal KS. Medical microbiology [dissertation]. Leeds: University of Leeds; 2002.",
        "Murray PR, Rosenthal KS. Medical microbiology. Dissertation. University of Leeds; 2002.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_vancouver_style_writes(case: str) -> None:
    csl, expected, _ = CASES[case]
    assert format_vancouver(csl) == expected


@pytest.mark.parametrize("case", CASES)
def test_ama_style_writes(case: str) -> None:
    csl, _, expected = CASES[case]
    assert format_ama(csl) == expected
