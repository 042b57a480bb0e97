"""Pages about the site do not speak of health: names and doses are found, other words are not."""

import pytest

from conditions.content.claims import claims

NAMES = ("Amyotrophic lateral sclerosis", "ALS", "MS", "motor neurone disease", "riluzole")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We write about amyotrophic  lateral\nsclerosis.", ["amyotrophic  lateral\nsclerosis"]),
        ("Motor-neurone disease’s burden", ["Motor-neurone disease’s"]),
        ("ALS, and MS.", ["ALS", "MS"]),
        ("also, dialsinfo, alsinfo, Ms Example, items", []),
        ("Riluzole helps, riluzole does", ["Riluzole"]),
        ("Take 50 mg, 2.5ml or 10 micrograms/hour.", ["50 mg", "2.5ml", "10 micrograms/hour"]),
        ("In 2026 we had 50 grants and 12 members; 5 GB of files.", []),
        ("a 5 g spoon", []),
    ],
)
def test_names_and_doses_are_found_as_they_are_written(text: str, found: list[str]) -> None:
    assert claims(text, NAMES) == found
