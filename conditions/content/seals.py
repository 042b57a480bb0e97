"""Seals: keyed hashes that show a record was written by this site and not changed since.

The keys are held outside the database, so that whoever can write to it still cannot seal.
"""

import hmac
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

Keys = Mapping[str, bytes]


def make(keys: Keys, *parts: Any) -> str:
    """`name:hex` — HMAC-SHA256 over the parts under the newest (first) key.

    A part is bytes, str, int, None, a date or an aware datetime.
    """
    name, key = next(iter(keys.items()))
    return f"{name}:{_mac(key, parts)}"


def holds(keys: Keys, seal: str, *parts: Any) -> bool:
    """Whether `seal` was made over exactly these parts by a key still known."""
    name, _, mac = seal.partition(":")
    return name in keys and hmac.compare_digest(mac.encode(), _mac(keys[name], parts).encode())


def _mac(key: bytes, parts: tuple[Any, ...]) -> str:
    return hmac.digest(key, b"".join(map(_encoded, parts)), "sha256").hex()


def _encoded(part: Any) -> bytes:
    """A part's kind, length and bytes, so that no two lists of parts give the same message."""
    kind, data = _kind_and_data(part)
    return b"%s%d:%s" % (kind, len(data), data)


def _kind_and_data(part: Any) -> tuple[bytes, bytes]:
    if part is None:
        return b"n", b""
    if isinstance(part, (bytes, bytearray, memoryview)):
        return b"b", bytes(part)
    if isinstance(part, datetime):
        return b"t", part.astimezone(UTC).isoformat(timespec="microseconds").encode()
    if isinstance(part, date):
        return b"d", part.isoformat().encode()
    return b"s", str(part).encode()
