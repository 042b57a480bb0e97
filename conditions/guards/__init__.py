"""What the database itself refuses, by verb like the actions: every trigger of this app."""

from conditions.guards import (
    assigning,
    cataloguing,
    commenting,
    drafting,
    informing,
    noting,
    overruling,
    prescribing,
    previewing,
    profiling,
    publishing,
    reading,
    signing,
    triaging,
    watching,
    withdrawing,
)

GUARDS = [
    *cataloguing.GUARDS,
    *prescribing.GUARDS,
    *profiling.GUARDS,
    *drafting.GUARDS,
    *assigning.GUARDS,
    *commenting.GUARDS,
    *noting.GUARDS,
    *previewing.GUARDS,
    *reading.GUARDS,
    *signing.GUARDS,
    *overruling.GUARDS,
    *publishing.GUARDS,
    *withdrawing.GUARDS,
    *watching.GUARDS,
    *triaging.GUARDS,
    *informing.GUARDS,
]
