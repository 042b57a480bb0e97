"""The house rules that a program can check."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("alsinfo", "conditions", "organisations", "tests")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 80
JUNK_DRAWERS = {"utils", "util", "helpers", "common", "core", "services", "managers", "signals", "misc"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    """Every module written by hand."""
    found = (path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def name(path: Path) -> str:
    """The path as one would type it in the project's folder."""
    return str(path.relative_to(HOUSE))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a module."""
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, Function))


def length(node: Function) -> int:
    """Lines from `def` to the end, decorators not counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_and_its_functions_stay_short(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= LONGEST_MODULE, f"{name(path)} has {lines} lines: is one noun doing too much?"
    long = {node.name: length(node) for node in functions(path) if length(node) > LONGEST_FUNCTION}
    assert not long, f"{name(path)} has functions of more than {LONGEST_FUNCTION} lines"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_function_imports(path: Path) -> None:
    hidden = [
        f"{name(path)}:{inner.lineno} in {node.name}"
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_there_is_no_junk_drawer() -> None:
    assert not [name(path) for path in modules() if {path.stem, path.parent.name} & JUNK_DRAWERS]


def test_templates_stay_short() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in (HOUSE / "templates").rglob("*.*")}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_TEMPLATE}
