"""Photographs: whatever somebody sends becomes a small WebP of our own making, or is refused with a sentence.

Only the colours of the pixels survive: no place, camera, date, thumbnail, profile or comment that came with them.
"""

import hashlib
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 400  # pixels; shown at half of it, so that it is sharp on phones
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, struct.error, zlib.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class UnusablePhotograph(ValueError):
    """It cannot be shown; the message is a sentence for who sent it."""


@dataclass(frozen=True)
class Small:
    """A WebP of at most `LONGEST_SIDE` pixels a side; `digest` is the SHA-256 of its bytes in hexadecimal."""

    body: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """What it is stored under."""
        return digest_of(self.body)


def digest_of(body: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def small(sent: bytes) -> Small:
    """The photograph, upright and small. Raises `UnusablePhotograph`; a picture of too many pixels is never decoded."""
    if len(sent) > MOST_BYTES:
        raise UnusablePhotograph("This picture is larger than 5 MB. Send a smaller one.")
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise UnusablePhotograph(_too_many())
            found.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            return _written(found)
    except UnusablePhotograph:
        raise
    except BOMBS as bomb:
        raise UnusablePhotograph(_too_many()) from bomb
    except UNREADABLE as error:
        raise UnusablePhotograph("This is not a picture we can read. Send a JPEG, PNG or WebP.") from error


def _written(found: Image.Image) -> Small:
    upright = ImageOps.exif_transpose(found).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    out = BytesIO()
    plain.save(out, "WEBP", quality=QUALITY, method=6)
    return Small(out.getvalue(), *plain.size)


def _too_many() -> str:
    return f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Send a smaller one."
