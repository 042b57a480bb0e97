"""People who write in the same form at the same time, and what became of every word they typed."""

from html import unescape
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.admin.records import page_of
from conditions.models import Citation, Edition, Listing, Opening, Section
from tests import pages


class Writer:
    """Somebody with the form of an edition open; after each save nothing that they typed may be gone.

    What they typed is saved, or on the page they got back, or was put aside by a choice of theirs.
    """

    def __init__(self, user: User, edition: Edition) -> None:
        self.client = pages.signed_in(user)
        self.edition = edition
        self.typed: set[str] = set()
        self.put_aside: set[str] = set()
        self.open()

    def open(self) -> None:
        """Open the form."""
        self.page: Any = self.client.get(page_of(self.edition))
        self.fields: dict[str, Any] = pages.form(self.page).fields

    def write(self, **texts: str) -> None:
        """Type into fields, over what is there."""
        self.typed = (self.typed - {self.says(name) for name in texts}) | set(texts.values())
        self.fields |= texts

    def body(self, key: str, text: str) -> None:
        """Type the text of a section."""
        self.write(**{f"sections-{self.place('sections', key)}-body": text})

    def remove(self, prefix: str, key: str) -> None:
        """Tick a row to be removed."""
        self.fields[f"{prefix}-{self.place(prefix, key)}-DELETE"] = "on"

    def add(self, prefix: str, **texts: str) -> None:
        """Fill in a new row."""
        place = int(self.fields[f"{prefix}-TOTAL_FORMS"][0])
        self.fields |= pages.new_rows(prefix, place, [texts])
        self.typed |= set(texts.values())

    def place(self, prefix: str, key: str) -> int:
        """Where the row with this key stands in the form."""
        total = int(self.fields[f"{prefix}-TOTAL_FORMS"][0])
        return next(place for place in range(total) if self.says(f"{prefix}-{place}-key") == key)

    def says(self, name: str) -> str:
        """What a field of the form says."""
        text = self.fields.get(name, "")
        return str(text[0] if isinstance(text, list) else text)

    def offered(self) -> dict[str, str]:
        """The choices on the page, and what is chosen; not that sections close up where theirs added or removed one."""
        kinds = [name for name in self.fields if name.startswith("kind-")]
        found = {name.removeprefix("kind-"): self.says(name.replace("kind-", "choice-", 1)) for name in kinds}
        return {
            name: chosen for name, chosen in found.items() if not (name.endswith("-position") and chosen == "theirs")
        }

    def choose(self, side: str, name: str, *put_aside: str) -> None:
        """Choose mine or theirs for a field or row; name what is put aside by it."""
        assert f"kind-{name}" in self.fields, self.offered()
        self.fields[f"choice-{name}"] = side
        self.put_aside |= set(put_aside)

    def save(self) -> bool:
        """Send the form; whether it was saved."""
        self.page = pages.post(self.client, page_of(self.edition), self.fields)
        is_saved = pages.messages(self.page) == ["Saved."]
        self.fields = pages.form(self.page).fields
        shown = unescape(self.page.content.decode())
        lost = {text for text in self.typed - self.put_aside if text not in shown and text not in saved_words()}
        assert not lost, "typed and neither saved nor on the page"
        return is_saved


def saved_words() -> str:
    """All texts of all editions."""
    return repr([list(model.objects.values_list()) for model in (Edition, Opening, Section, Citation, Listing)])
