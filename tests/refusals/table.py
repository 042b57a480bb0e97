"""All attempts."""

from tests.refusals import (
    assigning,
    cataloguing,
    commenting,
    drafting,
    finding,
    informing,
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
    triaging,
    watching,
    withdrawing,
)
from tests.refusals.attempts import ATTEMPTS

CHAPTERS = (
    people,
    notices,
    organisations,
    informing,
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
    finding,
    watching,
    triaging,
    withdrawing,
    kept,
)
TABLE = tuple(ATTEMPTS)
