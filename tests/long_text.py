"""A text of the length that pages have: twelve sections, of which three changed since it was published."""

from conditions.models import Citation, Edition, ReviewAssignment
from tests import world as w
from tests.world import GB, World

SECTIONS = 12
CHANGED = ("part-3", "part-7", "part-11")
PARAGRAPH = (
    "This is how paragraph {0} of part {1} reads. Most people notice a change in one hand, one foot or the voice. "
    "About 2 in 100,000 people are told so each year, and the number is higher after the age of 60. "
    "A nurse, a therapist and a doctor see them together every 3 months [@brown2017]."
)


def accepted_review(world: World) -> ReviewAssignment:
    """The UK text of a live page with three changed sections, in the hands of its reviewer."""
    article = w.article(world)
    first = w.drafting.start(article, by=world.editor, regions="GB")
    rows = [*w.opening_rows(first), Citation(key="brown2017", reference=world.reference)]
    rows += [_section(number) for number in range(1, SECTIONS + 1)]
    w.write(first, world.editor, put=rows, fields={"change_note": "First version."})
    w.write(first, world.editor, put=[w.Listing(organisation=world.bodies[GB], region=GB, why="For everyone.")])
    w.publish(world, w.submit(world, first)[GB])
    return w.accept(w.assignment(w.submit(world, _changed(world, w.drafting.start(article, by=world.editor)))[GB]))


def _changed(world: World, edition: Edition) -> Edition:
    sections = list(edition.sections.filter(key__in=CHANGED))
    for section in sections:
        section.body = section.body.replace("2 in 100,000", "3 in 100,000")
    fields = {"regions": "GB", "change_note": "New figures.", "note_to_reviewers": "New figures in three sections."}
    return w.write(edition, world.editor, put=sections, fields=fields)


def _section(number: int) -> w.Section:
    kind = {1: "overview", 2: "symptoms"}.get(number, "other")
    body = "\n\n".join(PARAGRAPH.format(place, number) for place in (1, 2, 3))
    return w.section(f"part-{number}", f"Part {number}", body, kind=kind, position=number)
