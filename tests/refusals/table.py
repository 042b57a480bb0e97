"""All attempts."""

from tests.refusals import (
    assigning,
    cataloguing,
    commenting,
    drafting,
    kept,
    notices,
    organisations,
    overruling,
    people,
    prescribing,
    profiling,
    publishing,
    reading,
    signing,
    talking,
    watching,
    withdrawing,
)
from tests.refusals.attempts import ATTEMPTS

CHAPTERS = (
    people,
    notices,
    organisations,
    cataloguing,
    prescribing,
    profiling,
    drafting,
    assigning,
    commenting,
    reading,
    talking,
    signing,
    overruling,
    publishing,
    watching,
    withdrawing,
    kept,
)
TABLE = tuple(ATTEMPTS)
