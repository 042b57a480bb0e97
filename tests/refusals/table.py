"""All attempts."""

from tests.refusals import assigning, cataloguing, drafting, kept, people, publishing, signing, withdrawing
from tests.refusals.attempts import ATTEMPTS

CHAPTERS = (people, cataloguing, drafting, assigning, signing, publishing, withdrawing, kept)
TABLE = tuple(ATTEMPTS)
