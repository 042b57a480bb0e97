"""What the desk shows of the texts of a review: their parts, and how they differ from what was there before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conditions.content import canonical, markup, readability
from conditions.desk.groups import Group
from conditions.models import ReviewAssignment, Revision, SignOff
from conditions.models.pictures import inline_address
from conditions.parts import TAKEN_OUT, Part, organisation_names, parts_of

Content = Mapping[str, Any]
LIVE, SIGNED = "live", "signed"


@dataclass(frozen=True)
class ReviewText:
    """The texts of a review in parts; `since` says what they are compared with: `live` or what was last `signed`.

    `last_signed` is the reviewer's last signature on another text of these pages, if there is one.
    """

    parts: list[Part]
    since: str
    minutes: int
    last_signed: SignOff | None
    has_base: bool
    is_reordered: bool

    @property
    def sections(self) -> list[Part]:
        """The sections, without those taken out."""
        return [part for part in self.parts if part.is_section and part.mark != TAKEN_OUT]

    @property
    def changed(self) -> list[Part]:
        """The sections that differ, new ones too."""
        return [part for part in self.sections if part.mark]

    @property
    def is_to_be_read_whole(self) -> bool:
        """Whether nothing differs, so that the whole text stands open: there is nothing else to look at."""
        return not any(part.mark for part in self.parts)

    @property
    def others_changed(self) -> list[Part]:
        """What else differs: parts around the sections, and sections taken out."""
        return [part for part in self.parts if part.mark and part not in self.changed]


def review_text(group: Group, since: str) -> ReviewText:
    """The texts of a group beside what readers see now, or what the reviewer last signed.

    Raises UnusableText as rendering does.
    """
    signed = {assignment.region: last_signed(assignment) for assignment in group.assignments}
    bases = {assignment.region: _live(assignment) for assignment in group.assignments}
    if since == SIGNED:
        bases = {region: signature.revision if (signature := signed[region]) else bases[region] for region in bases}
    contents = {assignment.region: assignment.revision.content for assignment in group.assignments}
    before = {region: base.content if base else None for region, base in bases.items()}
    every = [*contents.values(), *before.values()]
    parts = parts_of(contents, before, organisation_names(every), inline_address(every))
    return ReviewText(
        parts=parts,
        since=since,
        minutes=readability.minutes_to_read("\n".join(part.text for part in parts if part.mark)),
        last_signed=next((signature for signature in signed.values() if signature), None),
        has_base=any(before.values()),
        is_reordered=any(_is_reordered(contents[region], base) for region, base in before.items() if base),
    )


def last_signed(assignment: ReviewAssignment) -> SignOff | None:
    """The reviewer's last signature on another text of this page, if that is not what readers see now anyway."""
    own = SignOff.objects.filter(reviewer=assignment.reviewer_id, regional_article=assignment.regional_article_id)
    newest = own.exclude(revision=assignment.revision_id).select_related("revision").order_by("-signed_at").first()
    live = _live(assignment)
    return None if newest is None or (live and live.pk == newest.revision_id) else newest


def is_whole(revision: Revision) -> bool:
    """Whether the text is the one its digest was computed over."""
    return canonical.digest(revision.text) == revision.digest


def minutes_to_read(content: Content) -> int:
    """Whole minutes for the whole text, at least 1."""
    parts = [content["summary"], *content["key_points"], *content["urgent_care"].values(), content["disclaimer"]]
    bodies = [f"{part['heading']}\n{part['body']}" for part in content["sections"]]
    return readability.minutes_to_read("\n".join(markup.visible_text(text) for text in [*parts, *bodies]))


def minutes_of(group: Group) -> int:
    """Whole minutes for the texts of a group; sections in the same words are read once."""
    contents = [assignment.revision.content for assignment in group.assignments if is_whole(assignment.revision)]
    if not contents:
        return 0
    first, *others = contents
    known = [section["body"] for section in first["sections"]]
    rest = [section["body"] for text in others for section in text["sections"] if section["body"] not in known]
    more = readability.minutes_to_read("\n".join(map(markup.visible_text, rest))) if rest else 0
    return minutes_to_read(first) + more


def _is_reordered(content: Content, base: Content) -> bool:
    """Whether sections that both texts have stand in another order now."""
    before = [section["key"] for section in base["sections"]]
    after = [section["key"] for section in content["sections"]]
    return [key for key in before if key in after] != [key for key in after if key in before]


def _live(assignment: ReviewAssignment) -> Revision | None:
    live = assignment.regional_article.live_publication()
    return live.revision if live is not None else None
