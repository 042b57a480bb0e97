"""Pages travel compressed to whoever can read them so."""

import gzip

import brotli
import pytest
from django.test import Client

from alsinfo import codings
from alsinfo.codings import coding_for
from tests import world as w

ADDRESS = "/uk/conditions/als/"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br; q=1.0, gzip; q=1", "br"),
        ("gzip;q=0", ""),
        ("gzip;q=0, *", "br"),
        ("*;q=0", ""),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("gzip;q=nonsense", ""),
        ("gzip;q=-1", ""),
        ("deflate, zstd", ""),
        (",,;;q=", ""),
        ("", ""),
    ],
)
def test_the_coding_is_the_one_the_browser_likes_best(accepted: str, coding: str) -> None:
    assert coding_for(accepted) == coding


def test_what_was_compressed_once_is_remembered_and_no_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def pack(body: bytes) -> bytes:
        calls.append(body)
        return body

    monkeypatch.setitem(codings.PACKERS, "br", pack)
    monkeypatch.setattr(codings, "_kept", {})
    monkeypatch.setattr(codings, "MOST_KEPT", 2)
    for digest in ("a", "a", "b", "a", "c", "a"):
        codings.packed(digest.encode(), "br", digest)
    assert calls == [b"a", b"b", b"c", b"a"]
    assert len(codings._kept) <= 2


@pytest.mark.django_db
@pytest.mark.looks
def test_a_page_travels_compressed_is_the_same_page_and_known_by_its_own_tag(client: Client) -> None:
    w.live(w.build())
    plain = client.get(ADDRESS)
    assert "Content-Encoding" not in plain.headers
    tags = {plain.headers["ETag"]}
    for coding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get(ADDRESS, headers={"accept-encoding": coding})
        assert unpack(packed.content) == plain.content
        assert packed.headers["Content-Encoding"] == coding and packed.headers["Vary"] == "Accept-Encoding"
        assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content) / 2
        tag = packed.headers["ETag"]
        again = client.get(ADDRESS, headers={"accept-encoding": coding, "if-none-match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Vary"] == "Accept-Encoding"
        assert client.get(ADDRESS, headers={"if-none-match": tag}).status_code == 200
        tags.add(tag)
    assert len(tags) == 3


@pytest.mark.django_db
@pytest.mark.looks
@pytest.mark.parametrize(
    "address", ["/", "/nothing/", "/uk/search/?q=als", "/uk/feed.xml", "/uk/feedback/", "/verify/"]
)
def test_every_public_page_travels_compressed(client: Client, address: str) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip, br"})
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Content-Encoding"] == "br" and len(packed.content) < len(plain.content)
    assert not packed.cookies


@pytest.mark.looks
def test_what_is_short_travels_as_it_is(client: Client) -> None:
    answer = client.get("/robots.txt", headers={"accept-encoding": "br"})
    assert "Content-Encoding" not in answer.headers and "Vary" not in answer.headers
