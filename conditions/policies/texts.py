"""Whether a text can be shown to readers exactly as it was written."""

from django.db.models import Model

from conditions.content import markup
from conditions.content.canonical import UnusableText, refuse_unusable
from conditions.models import Edition, Listing, MedicineUse, Opening, Picture, Section

MARKUP_FIELDS: dict[type[Model], tuple[str, ...]] = {
    Opening: ("emergency", "urgent", "soon", "disclaimer"),
    Section: ("body",),
}
PLAIN_FIELDS: dict[type[Model], tuple[str, ...]] = {
    Edition: ("change_note", "correction", "note_to_reviewers"),
    Opening: ("title", "names", "summary", "key_points"),
    Section: ("heading",),
    Listing: ("why",),
    MedicineUse: ("answer",),
    Picture: ("alt", "caption", "credit"),
}


def objections_to_row(row: Model) -> dict[str, list[str]]:
    """For each field with a fault, the sentences that say what readers would not see as written."""
    found = {name: _objections_to_plain(getattr(row, name)) for name in PLAIN_FIELDS.get(type(row), ())}
    found |= {name: markup.objections(getattr(row, name)) for name in MARKUP_FIELDS.get(type(row), ())}
    return {name: sentences for name, sentences in found.items() if sentences}


def _objections_to_plain(text: str) -> list[str]:
    try:
        refuse_unusable(text)
    except UnusableText as problem:
        return [str(problem)]
    return []
