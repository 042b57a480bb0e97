"""All attempts."""

from tests.refusals import (
    assigning,
    cataloguing,
    commenting,
    drafting,
    kept,
    people,
    profiling,
    publishing,
    signing,
    withdrawing,
)
from tests.refusals.attempts import ATTEMPTS

CHAPTERS = (people, cataloguing, profiling, drafting, assigning, commenting, signing, publishing, withdrawing, kept)
TABLE = tuple(ATTEMPTS)
