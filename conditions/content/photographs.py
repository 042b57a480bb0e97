"""Photographs of reviewers: small WebPs."""

from alsinfo.imaging import Rendition, renditions

LONGEST_SIDE = 400  # pixels; shown at half of it, so that it is sharp on phones


def small(sent: bytes) -> Rendition:
    """The photograph, upright and small. Raises `UnusablePicture`."""
    [made] = renditions(sent, (LONGEST_SIDE,))
    return made
