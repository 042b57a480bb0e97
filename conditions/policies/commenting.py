"""Who may remark on a text, answer, and find a remark settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.content.canonical import UnusableText, normalise_text
from conditions.errors.commenting import MustStands, NotYourRemark, QuoteGone, RemarkSettled, UnusableRemark
from conditions.models import Edition, RegionalArticle, ReviewComment, Section
from conditions.policies.drafting import objection_to_save
from conditions.policies.roles import objection_without
from conditions.vocabulary import CommentWeight
from organisations.regions import Region

SECTION = "section:"
OTHER_PARTS = {
    "": "the whole page",
    "opening": "title, answer and key points",
    "urgent-care": "urgent help",
    "medicines": "medicines, fact by fact",
    "organisations": "organisations",
    "references": "references",
    "disclaimer": "disclaimer",
}
LONGEST = {"quote": 1_000, "body": 2_000, "suggestion": 4_000}
SUGGESTED = "Suggested wording."


@dataclass(frozen=True)
class Remark:
    """What is said of a part of a text (see ReviewComment.part), for the regions in which it has these words."""

    part: str
    regions: tuple[Region, ...]
    weight: str
    body: str
    quote: str = ""
    suggestion: str = ""

    @property
    def normal(self) -> "Remark":
        """In normal form; one that only suggests a wording says so. Raises UnusableText."""
        texts = {name: normalise_text(getattr(self, name)) for name in LONGEST}
        body = texts["body"] or (SUGGESTED if texts["suggestion"] else "")
        return replace(self, body=body, quote=texts["quote"], suggestion=texts["suggestion"])


def place_of(part: str, content: Mapping[str, Any]) -> str:
    """The part of a text in words: a section by its heading there, or by its key if the text has no such section."""
    key = part.removeprefix(SECTION)
    headings = {section["key"]: section["heading"] for section in content["sections"]}
    return OTHER_PARTS.get(part, "").capitalize() or headings.get(key, key)


def objection_to_remark(remark: Remark) -> Refusal | None:
    """It says something, and all of it can be kept."""
    try:
        normal = remark.normal
    except UnusableText as problem:
        return UnusableRemark(str(problem))
    if not normal.body:
        return UnusableRemark()
    is_known = remark.part in OTHER_PARTS or remark.part.startswith(SECTION)
    if not is_known or remark.weight not in CommentWeight.values or not remark.regions:
        return UnusableRemark("Say which part of the text this is about, and how much it weighs.")
    return _objection_to_length(normal)


def objection_to_reply(comment: ReviewComment, body: str, *, by: User) -> Refusal | None:
    """An editor, or who made the remark, in words that can be kept."""
    if comment.author_id != by.pk and (objection := objection_without(by, Role.EDITOR)):
        return objection
    return objection_to_words(body, "answer")


def objection_to_words(body: str, what: str) -> Refusal | None:
    """Words that can be kept; `what` they are."""
    try:
        text = normalise_text(body)
    except UnusableText as problem:
        return UnusableRemark(str(problem))
    if not text:
        return UnusableRemark(f"Say something: the {what} is empty.")
    return UnusableRemark(_too_long(text, LONGEST["body"])) if len(text) > LONGEST["body"] else None


def objection_to_work_on(comment: ReviewComment, *, by: User) -> Refusal | None:
    """An editor, while its author has not found it settled."""
    return objection_without(by, Role.EDITOR) or (RemarkSettled() if comment.is_settled else None)


def objection_to_take(comment: ReviewComment, edition: Edition, *, by: User) -> Refusal | None:
    """An editor, in a draft of the article whose section has the quoted words exactly once."""
    if objection := objection_to_work_on(comment, by=by) or objection_to_save(edition, by=by):
        return objection
    is_usable = edition.article_id == comment.article_id and bool(comment.suggestion and comment.quote)
    return None if is_usable and sections_quoted(comment, edition) else QuoteGone()


def objection_to_settle(comment: ReviewComment, *, by: User) -> Refusal | None:
    """Who made the remark."""
    return None if comment.author_id == by.pk else NotYourRemark()


def objection_to_open_musts(page: RegionalArticle, *, by: User) -> Refusal | None:
    """Nobody signs over a remark of their own that must be met."""
    return MustStands() if open_musts(page, by=by) else None


def open_musts(page: RegionalArticle, *, by: User) -> Sequence[ReviewComment]:
    """The person's remarks on a region's text that must be met and are not settled."""
    return [comment for comment in unsettled(page, by=by) if comment.weight == CommentWeight.MUST]


def unsettled(page: RegionalArticle, *, by: User) -> Sequence[ReviewComment]:
    """The person's remarks on a region's text that they have not found settled, oldest first."""
    own = ReviewComment.objects.filter(article=page.article_id, author=by, settled_by=None)
    return list(own.filter(regions__contains=page.region).prefetch_related("replies__author"))


def sections_quoted(comment: ReviewComment, edition: Edition) -> Sequence[Section]:
    """The sections of the draft that the remark is on, if each has the quoted words exactly once; else none."""
    key = comment.part.removeprefix(SECTION)
    rows = [
        row for row in edition.sections.filter(key=key) if not row.region or row.region in comment.regions.split(",")
    ]
    return rows if all(row.body.count(comment.quote) == 1 for row in rows) else []


def _objection_to_length(remark: Remark) -> Refusal | None:
    for name, longest in LONGEST.items():
        text = getattr(remark, name)
        if len(text) > longest:
            return UnusableRemark(_too_long(text, longest))
    return None


def _too_long(text: str, longest: int) -> str:
    return f"This has {len(text):,} characters; at most {longest:,} can be kept."
