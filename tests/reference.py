"""The lists of the reference that the code knows best, below a marker line in each page; `make docs` writes them."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from django.core.management import get_commands, load_command_class
from django.db.models import TextChoices
from django.urls import URLPattern, URLResolver, get_resolver

import alsinfo
import conditions
import organisations
from alsinfo.refusals import Refusal
from conditions import checks, vocabulary
from conditions.vocabulary import feedback
from organisations import vocabulary as organisation_vocabulary
from organisations.regions import Region

HOUSE = Path(__file__).resolve().parent.parent
PAGES = HOUSE / "docs" / "reference"
OUR_APPS = ("alsinfo.", "conditions", "organisations")
MARKER = "<!-- From here on written by `make docs`. -->"


def import_everything() -> None:
    """Import every module of ours, so that every class is known."""
    for package in (alsinfo, conditions, organisations):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)


def first_line(thing: object) -> str:
    """The first sentence of a docstring; "" without one."""
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def table(*rows: tuple[str, ...]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|---" * len(rows[0]) + "|", *body])


def all_refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every kind of refusal that has a code of its own."""
    for refusal in kind.__subclasses__():
        if "code" in vars(refusal):
            yield refusal
        yield from all_refusals(refusal)


def refusals() -> str:
    """Every refusal by its code."""
    import_everything()
    found = {(each.code, each.sentence, each.status) for each in all_refusals()}
    rows = ((f"`{code}`", sentence, str(status)) for code, sentence, status in sorted(found))
    return table(("Code", "Sentence", "Status"), *rows)


def routes(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    """Every address with the first sentence of its view's docstring; Django's admin is one address."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            view = pattern.callback
            yield route, first_line(getattr(view, "view_class", view))
        elif pattern.app_name == "admin":
            yield route, "The admin."
        else:
            yield from routes(pattern, route)


def addresses() -> str:
    """Every address of the site."""
    return table(("Address", "Answers"), *((f"`{route}`", answer) for route, answer in routes(get_resolver())))


def lists_of(module: ModuleType) -> list[type[TextChoices]]:
    """The controlled lists that a module defines, in its order."""
    members = [member for member in vars(module).values() if inspect.isclass(member)]
    return [each for each in members if issubclass(each, TextChoices) and each.__module__ == module.__name__]


def lists() -> str:
    """Every controlled list with its values."""
    parts = []
    modules = (vocabulary, feedback, organisation_vocabulary)
    kinds: list[type[TextChoices]] = [Region, *(each for module in modules for each in lists_of(module))]
    for choices in kinds:
        rows = ((f"`{value}`", str(label)) for value, label in choices.choices)
        parts.append(f"## {choices.__name__}\n\n{first_line(choices)}\n\n{table(('Value', 'Shown as'), *rows)}")
    return "\n\n".join(parts)


def commands() -> str:
    """What make and manage.py can be told, each in its own words."""
    targets = re.findall(r"^([a-z-]+):.*## (.*)", (HOUSE / "Makefile").read_text(), re.MULTILINE)
    ours = {name: app for name, app in get_commands().items() if str(app).startswith(OUR_APPS)}
    helps = [(name, load_command_class(app, name).help) for name, app in sorted(ours.items())]
    make = table(("Command", "Does"), *((f"`make {name}`", says) for name, says in targets))
    manage = table(("Command", "Does"), *((f"`manage.py {name}`", " ".join(says.split())) for name, says in helps))
    return f"{make}\n\n{manage}"


def rules() -> str:
    """Every rule of the checks, those that stand in the way of a review first."""
    ordered = sorted(checks.RULES, key=lambda rule: not rule.is_blocking)
    rows = ((f"`{rule.code}`", "blocks" if rule.is_blocking else "advice", rule.asks, rule.source) for rule in ordered)
    return table(("Code", "Weight", "Asks that", "After"), *rows)


WRITTEN: dict[str, Callable[[], str]] = {
    "addresses.md": addresses,
    "checks.md": rules,
    "commands.md": commands,
    "refusals.md": refusals,
    "vocabulary.md": lists,
}


def page(name: str) -> str:
    """What a page of the reference should say: its own words, then what the code knows."""
    own = (PAGES / name).read_text().partition(MARKER)[0]
    return f"{own}{MARKER}\n\n{WRITTEN[name]()}\n"


def write() -> None:
    """Bring every page up to date."""
    for name in WRITTEN:
        (PAGES / name).write_text(page(name))
