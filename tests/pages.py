"""Pages as a browser sees them: the forms on a page, filled as they stand, changed and sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from alsinfo.accounts.models import User

Fields = dict[str, list[str]]


@dataclass
class Form:
    """A form on a page: where it posts, what it holds, whether it has a button that can be pressed."""

    action: str
    fields: Fields = field(default_factory=dict)
    has_button: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.textarea: tuple[str, list[str]] | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(found.get("action", ""))
            self.forms.append(self.open)
        if self.open is None or ("disabled" in found):
            return
        if tag == "button" or found.get("type") == "submit":
            self.open.has_button = True
        elif tag == "input" and "name" in found:
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.open.fields.setdefault(found["name"], []).append(found.get("value", ""))
        elif tag == "textarea":
            self.textarea = (found["name"], [])
        elif tag == "select":
            self.select = found["name"]
        elif tag == "option" and "selected" in found:
            self.open.fields.setdefault(self.select, []).append(found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.textarea[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea and self.open:
            name, parts = self.textarea
            text = "".join(parts).removeprefix("\r\n").removeprefix("\n")
            self.open.fields[name] = [text.replace("\r\n", "\n").replace("\n", "\r\n")]
            self.textarea = None
        if tag == "form":
            self.open = None


def forms(response: Any) -> list[Form]:
    """The forms of a page, in order."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.forms


def form(response: Any, action: str = "") -> Form:
    """The form that posts to an address with this ending; by default the page's own."""
    return next(each for each in forms(response) if each.action == action or (action and each.action.endswith(action)))


def send(client: Client, page: str, action: str = "", /, **changes: Any) -> HttpResponse:
    """Open a page, fill in one of its forms and send it, following where it leads; `__` in a name is `-`."""
    found = form(client.get(page), action)
    assert found.has_button, f"the button to {action or page} is disabled"
    return post(client, found.action or page, {**found.fields, **named(changes)})


def post(client: Client, address: str, data: Any) -> HttpResponse:
    """Post and follow."""
    return client.post(address, data, follow=True)  # type: ignore[return-value]


def new_rows(prefix: str, start: int, rows: list[dict[str, str]]) -> dict[str, str]:
    """The fields of rows added to an inline that shows `start` rows."""
    fields = {
        f"{prefix}-{start + index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()
    }
    return {f"{prefix}-TOTAL_FORMS": str(start + len(rows)), **fields}


def signed_in(user: User) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(user)
    return client


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept, table by table, but sessions, the cache and when people last signed in."""
    kept = {}
    for table in apps.get_models():
        if table._meta.label not in ("sessions.Session", "accounts.CacheEntry"):
            columns = [column.attname for column in table._meta.concrete_fields if column.name != "last_login"]
            kept[table._meta.label] = sorted(table._base_manager.values_list(*columns), key=repr)
    return kept


def named(changes: dict[str, Any]) -> dict[str, Any]:
    """Keyword names as names of form fields."""
    return {name.replace("__", "-"): value for name, value in changes.items()}


def messages(response: Any) -> list[str]:
    """The messages shown on a page."""
    return [str(message) for message in response.context["messages"]]


def errors(response: Any) -> dict[str, list[str]]:
    """What a page of the admin says is wrong, by the name of the field; "" is the top of a form."""
    found: dict[str, list[str]] = {}
    inlines = [inline.formset for inline in response.context["inline_admin_formsets"]]
    every = [response.context["adminform"].form, *(row for formset in inlines for row in formset.forms)]
    for each in every:
        for name, sentences in each.errors.items():
            key = each.add_prefix(name) if name != "__all__" else ""
            found.setdefault(key, []).extend(sentences)
    for formset in inlines:
        if formset.non_form_errors():
            found.setdefault("", []).extend(formset.non_form_errors())
    return found
