"""Text made smaller for browsers that say they can read it so: once in each process, not at each request."""

import gzip
from collections.abc import Callable

import brotli

MOST_KEPT = 500
LEAST = 400  # bytes: what is shorter travels in one packet anyway
KINDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
"""The best first."""

_kept: dict[tuple[str, str], bytes] = {}


def gains(kind: str, length: int) -> bool:
    """Whether a body of this media type and number of bytes is worth it."""
    return length >= LEAST and kind.startswith(KINDS)


def coding_for(accepted: str) -> str:
    """The coding that an Accept-Encoding header likes best, of those it likes equally the smallest; "" for none."""
    weights = dict(map(_weighed, accepted.lower().split(",")))
    liked = {coding: weights.get(coding, weights.get("*", 0.0)) for coding in PACKERS}
    best = max(liked, key=lambda coding: liked[coding])
    return best if liked[best] > 0 and liked[best] >= weights.get("identity", 0.0) else ""


def packed(body: bytes, coding: str, digest: str) -> bytes:
    """The body in a coding, remembered by `digest`, which tells bodies apart."""
    found = _kept.get((coding, digest))
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[coding, digest] = found = PACKERS[coding](body)
    return found


def _weighed(part: str) -> tuple[str, float]:
    """`gzip;q=0.5` as its name and weight; a weight that is no number is taken for 0."""
    name, _, parameters = part.partition(";")
    weight = parameters.replace(" ", "").removeprefix("q=") or "1"
    return name.strip(), float(weight) if weight.replace(".", "", 1).isdecimal() else 0.0
