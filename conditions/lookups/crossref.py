"""Works by their DOI, from Crossref's REST API."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from conditions.content.identifiers import normal_doi
from conditions.errors.looking_up import LookupGarbled, LookupOff
from conditions.importing.records import described
from conditions.lookups.fetching import fetch

TYPES = {
    "journal-article": "article-journal",
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), "book"),
    **dict.fromkeys(("book-chapter", "book-section", "book-part", "reference-entry"), "chapter"),
    **dict.fromkeys(("report", "report-component", "standard"), "report"),
    "proceedings-article": "paper-conference",
    "dissertation": "thesis",
    "posted-content": "article",
}
FACES = re.compile(r"</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|sc|scp|italic|bold|span|p)(?:\s[^<>]*)?>", re.IGNORECASE)
Message = Mapping[str, Any]


def look_up(doi: str) -> dict[str, Any]:
    """The work with this bare DOI as CSL-JSON."""
    return csl_of(message(doi))


def message(doi: str) -> dict[str, Any]:
    """All that Crossref says of a work: its `message`, with `updated-by` and `update-to` where there are any."""
    if not settings.CROSSREF_URL:
        raise LookupOff("Looking works up by DOI is switched off. Describe the work by hand.")
    query = urlencode({"mailto": settings.LOOKUP_CONTACT})
    try:
        found = json.loads(fetch(f"{settings.CROSSREF_URL}/works/{quote(doi, safe='')}?{query}"))["message"]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise LookupGarbled from problem
    if not isinstance(found, dict) or not normal_doi(str(found.get("DOI", ""))):
        raise LookupGarbled
    return found


def csl_of(work: Message) -> dict[str, Any]:
    """A message of Crossref as CSL-JSON."""
    title, subtitle = _first(work, "title"), _first(work, "subtitle")
    is_whole = not subtitle or subtitle.casefold() in title.casefold()
    kind = TYPES.get(_text(work.get("type")), "document")
    is_article = kind == "article-journal"
    return described(
        type=kind,
        title=title if is_whole else f"{title.rstrip(':')}: {subtitle}",
        author=_people(work, "author"),
        editor=_people(work, "editor"),
        container_title=_first(work, "container-title"),
        container_title_short=_first(work, "short-container-title"),
        issued=_date(work),
        volume=_text(work.get("volume")),
        issue=_text(work.get("issue")),
        page=_text(work.get("page")) or _text(work.get("article-number")),
        publisher="" if is_article else _text(work.get("publisher")),
        publisher_place="" if is_article else _text(work.get("publisher-location")),
        edition=_text(work.get("edition-number")),
        DOI=_text(work.get("DOI")),
        ISBN="" if is_article else _first(work, "ISBN"),
        ISSN=_first(work, "ISSN") if is_article else "",
        language=_text(work.get("language")),
    )


def _date(work: Message) -> dict[str, Any] | None:
    """When it came out; Crossref writes `[[null]]` where it does not know."""
    issued = work.get("issued")
    rows = issued.get("date-parts") if isinstance(issued, dict) else None
    row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    known = [part for part in row if isinstance(part, int)]
    return {"date-parts": [known]} if known else None


def _people(work: Message, role: str) -> list[dict[str, str]]:
    people = work.get(role)
    found = [each for each in people if isinstance(each, dict)] if isinstance(people, list) else []
    return [name for person in found if (name := _name(person))]


def _name(person: Message) -> dict[str, str]:
    if group := _text(person.get("name")):
        return {"literal": group}
    parts = {part: _text(person.get(part)) for part in ("family", "given", "suffix")}
    return {part: text for part, text in parts.items() if text}


def _first(work: Message, name: str) -> str:
    value = work.get(name)
    return _text(value[0]) if isinstance(value, list) and value else _text(value)


def _text(value: Any) -> str:
    """Plain text: publishers send italics as tags and ampersands as entities."""
    text = html.unescape(FACES.sub("", html.unescape(str(value)))) if isinstance(value, str | int) else ""
    return " ".join(text.split())
