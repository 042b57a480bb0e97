"""Pictures to send, and texts that show them."""

from functools import cache
from io import BytesIO

from PIL import Image

from alsinfo.imaging import Rendition
from conditions.actions import picturing
from conditions.admin.picturing import made_of
from conditions.models import Article, Edition, Picture, PictureFile
from tests import world as w
from tests.world import World

WORDS = {
    "alt": "A nerve cell with a long thread to a muscle.",
    "caption": "A: the cell. B: the muscle it moves.",
    "credit": "Ada Example",
    "licence": "cc-by-4.0",
}


def sent(colour: str = "navy", size: tuple[int, int] = (900, 600)) -> bytes:
    """A PNG as an editor has it."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


@cache
def files(colour: str = "navy") -> tuple[Rendition, ...]:
    """What is kept of it."""
    return made_of(sent(colour))


def show(world: World, edition: Edition, key: str = "nerves", section: str = "overview", **words: str) -> Picture:
    """Put a picture at the end of a section of a draft, or another file in place of the one it has."""
    edition.refresh_from_db()
    colour = words.pop("colour", "navy")
    known = edition.pictures.filter(key=key).first()
    picture = known or Picture(key=key, **{**WORDS, **words})
    place = None if known else edition.sections.get(key=section)
    version = edition.lock_version
    sent = picturing.add_picture(edition, picture, files(colour), by=world.editor, opened_version=version, place=place)
    w.write(edition, world.editor, fields={"change_note": "A picture."})
    return sent


def draft(world: World, of: Article | None = None) -> Edition:
    """A complete edition with a picture in its first section."""
    edition = w.draft(world, of)
    show(world, edition)
    return edition


def live(world: World, of: Article | None = None) -> Article:
    """An article that readers get, with a picture."""
    edition = draft(world, of)
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    return edition.article


def address(colour: str = "navy") -> str:
    """Where readers get the widest file."""
    return f"/pictures/{files(colour)[-1].digest}.webp"


def kept() -> PictureFile:
    """The widest file that is kept."""
    return PictureFile.objects.latest("width")
