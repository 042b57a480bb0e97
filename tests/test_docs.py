"""The reference is complete: what exists is described, and what is described exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests import reference

HOUSE = reference.HOUSE


def text(path: str) -> str:
    return (HOUSE / path).read_text()


def first_column(path: str) -> set[str]:
    """The code words in the first column of the tables of a page."""
    return set(re.findall(r"^\| `([^`]+)` \|", text(path), re.MULTILINE))


def settings_read() -> set[str]:
    """The environment variables that the settings module reads."""
    return set(
        re.findall(r"""(?:env\.\w+|required|switch|database|service)\(\s*"([A-Z_]+)\"""", text("alsinfo/settings.py"))
    )


def test_every_setting_is_in_the_example_and_no_other() -> None:
    assert set(re.findall(r"^#?([A-Z_]+)=", text(".env.example"), re.MULTILINE)) == settings_read()


def test_every_setting_is_in_the_reference_and_no_other() -> None:
    assert first_column("docs/reference/settings.md") == settings_read()


def test_the_readme_names_only_commands_that_exist() -> None:
    code = " ".join(re.findall(r"^    .*|`[^`]+`", text("README.md"), re.MULTILINE))
    targets = re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE)
    assert set(re.findall(r"make ([a-z-]+)", code)) <= set(targets)
    assert set(re.findall(r"manage\.py (\w+)", code)) <= set(get_commands())


def test_the_readme_stays_short() -> None:
    assert len(text("README.md").splitlines()) <= 100


@pytest.mark.parametrize("path", [*sorted(HOUSE.glob("docs/**/*.md")), HOUSE / "README.md"], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_decision_is_listed() -> None:
    records = {path.name for path in (HOUSE / "docs" / "decisions").glob("0*.md")}
    assert set(re.findall(r"\]\((0[^)]+)\)", text("docs/decisions/README.md"))) == records


@pytest.mark.parametrize("name", reference.WRITTEN)
def test_the_reference_says_what_the_code_says(name: str) -> None:
    assert (reference.PAGES / name).read_text() == reference.page(name), "run `make docs`"
