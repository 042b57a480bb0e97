"""Photographs: small WebPs of our own making, or a sentence that says why not."""

import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from alsinfo.imaging import MOST_BYTES, Rendition, UnusablePicture, digest_of
from conditions.content.photographs import LONGEST_SIDE, small

WHERE = b"51.5007 N, 0.1246 W"
ORIENTATION, MAKER, ROTATED = 0x0112, 0x010F, 6


def picture(kind: str, size: tuple[int, int] = (600, 300), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def opened(made: Rendition) -> Image.Image:
    found = Image.open(BytesIO(made.body))
    found.load()
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_small_webp_with_its_size(kind: str) -> None:
    made = small(picture(kind))
    found = opened(made)
    assert found.format == "WEBP"
    assert found.size == (made.width, made.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert made.digest == digest_of(made.body)


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK", "1", "I;16"])
def test_every_mode_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(small(picture(kind, mode=mode))).mode == "RGB"


def test_a_small_picture_is_not_made_larger() -> None:
    made = small(picture("PNG", (7, 5)))
    assert (made.width, made.height) == (7, 5)


def test_nothing_that_came_with_it_survives_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = ROTATED, WHERE.decode()
    text = PngImagePlugin.PngInfo()
    text.add_text("Location", WHERE.decode())
    for sent in (
        picture("JPEG", exif=exif, icc_profile=WHERE, comment=WHERE),
        picture("WEBP", exif=exif, xmp=WHERE, icc_profile=WHERE),
        picture("PNG", exif=exif, pnginfo=text),
    ):
        assert WHERE in sent
        made = small(sent)
        assert (made.width, made.height) == (LONGEST_SIDE // 2, LONGEST_SIDE)
        assert WHERE not in made.body
        assert not opened(made).getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(opened(made).info)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"", "not a picture"),
        (b"hello", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a picture"),
        (b"GIF89a" + b"\0" * 50, "not a picture"),
        (picture("GIF"), "not a picture"),
        (picture("TIFF"), "not a picture"),
        (picture("PNG")[:-30], "not a picture"),
        (picture("JPEG")[:200], "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13), "not a picture"),
        (bomb(7_000, 7_000), "more than 40 million pixels"),
        (bomb(12_000, 12_000), "more than 40 million pixels"),
        (bomb(60_000, 60_000), "more than 40 million pixels"),
        (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "larger than 5 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(sent: bytes, sentence: str) -> None:
    with pytest.raises(UnusablePicture, match=sentence):
        small(sent)


def test_no_broken_picture_is_a_fault() -> None:
    """Each kind with bytes changed anywhere: refused or read, nothing else."""
    chance = random.Random(20260101)
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture(kind, (64, 64))
        for _ in range(150):
            broken = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            with suppress(UnusablePicture):
                assert opened(small(bytes(broken))).size
