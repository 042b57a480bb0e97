"""Pictures that people send: each becomes WebPs of our own making, or is refused with a sentence.

Only the colours of the pixels survive: no place, camera, date, thumbnail, profile or comment that came with them.
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
QUALITY = 80
WEBP = "image/webp"
FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, struct.error, zlib.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class UnusablePicture(ValueError):
    """It cannot be shown; the message is a sentence for who sent it."""


@dataclass(frozen=True)
class Rendition:
    """The bytes of a picture in one size, in pixels; `digest` is their SHA-256 in hexadecimal."""

    body: bytes
    width: int
    height: int
    media_type: str = WEBP

    @property
    def digest(self) -> str:
        """What it is stored under."""
        return digest_of(self.body)


def digest_of(body: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def refuse_large(sent: bytes) -> None:
    """Raise `UnusablePicture` for more bytes than are read."""
    if len(sent) > MOST_BYTES:
        raise UnusablePicture("This picture is larger than 5 MB. Send a smaller one.")


def renditions(sent: bytes, sides: Sequence[int]) -> tuple[Rendition, ...]:
    """The picture, upright, once for each longest side in pixels, smallest first; never made larger than it came.

    Raises `UnusablePicture`; a picture of too many pixels is never decoded.
    """
    refuse_large(sent)
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise UnusablePicture(_too_many())
            found.draft("RGB", (2 * max(sides), 2 * max(sides)))
            plain = _plain(found)
    except UnusablePicture:
        raise
    except BOMBS as bomb:
        raise UnusablePicture(_too_many()) from bomb
    except UNREADABLE as error:
        raise UnusablePicture("This is not a picture we can read. Send a JPEG, PNG or WebP.") from error
    made = {each.width: each for each in (_written(plain, side) for side in sorted(sides))}
    return tuple(made.values())


def _plain(found: Image.Image) -> Image.Image:
    """Upright, on white where it was transparent."""
    upright = ImageOps.exif_transpose(found).convert("RGBA")
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    return plain


def _written(plain: Image.Image, side: int) -> Rendition:
    sized = plain.copy()
    sized.thumbnail((side, side))
    out = BytesIO()
    sized.save(out, "WEBP", quality=QUALITY, method=6)
    return Rendition(out.getvalue(), *sized.size)


def _too_many() -> str:
    return f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Send a smaller one."
