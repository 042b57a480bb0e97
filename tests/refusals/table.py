"""All attempts."""

from tests.refusals import assigning, cataloguing, drafting, kept, people, profiling, publishing, signing, withdrawing
from tests.refusals.attempts import ATTEMPTS

CHAPTERS = (people, cataloguing, profiling, drafting, assigning, signing, publishing, withdrawing, kept)
TABLE = tuple(ATTEMPTS)
