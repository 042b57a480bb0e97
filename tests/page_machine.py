"""The machine of a regional article, for `tests.machines`: what the public gets."""

from collections.abc import Mapping

from tests.machine import ANYBODY, Machine, Outcome, refused

TOGETHER = ("propose_withdrawal", "withdraw", "propose_reinstatement", "reinstate", "drop_proposal")

PROPOSED = {"propose_withdrawal": "live", "withdraw": refused("nothing-proposed")}
FIRST = {
    "suspend": "suspended",
    "invite_to_reconfirm": "live",
    "revoke": "suspended",
    "defer": refused("not-due"),
    **PROPOSED,
}
LIVE = {**FIRST, "reconfirm": "live"}
BY_ANOTHER = {"publisher": refused("own-proposal"), "other publisher": refused("other-role-needed")}
SUSPENDED: Mapping[str, Outcome] = {
    "suspend": "suspended",
    "invite_to_reconfirm": "suspended",
    "reconfirm": "live",
    "lift": {"publisher": refused("own-suspension"), ANYBODY: "live"},
    "propose_withdrawal": "suspended",
    "withdraw": refused("nothing-proposed"),
    "revoke": "suspended",
    "publish": refused("signed-before-suspension"),
    "defer": refused("not-due"),
}
NOT_FOR_READERS: Mapping[str, Outcome] = {
    "publish": refused("page-withdrawn"),
    "suspend": {"assigned reviewer": refused("missing-role"), ANYBODY: refused("not-live")},
    "reinstate": refused("nothing-proposed"),
}
AGREED = {**NOT_FOR_READERS, "propose_reinstatement": refused("already-proposed"), "revoke": "withdrawn"}

REGIONAL_ARTICLE = Machine(
    actions=(
        "publish",
        "suspend",
        "lift",
        "invite_to_reconfirm",
        "reconfirm",
        "revoke",
        *TOGETHER,
        "redirect",
        "defer",
    ),
    situations={
        "unpublished": {
            "publish": "live",
            "revoke": "unpublished",
            "suspend": {"assigned reviewer": refused("missing-role"), ANYBODY: refused("not-live")},
        },
        "live": LIVE,
        "live, past its review date": {**LIVE, "defer": "live"},
        "live, its review deferred twice": {**LIVE, "defer": refused("deferred-twice")},
        "live, another text cleared": {**LIVE, "publish": "live"},
        "suspended by a publisher": SUSPENDED,
        "suspended by the signer": {**SUSPENDED, "lift": "live", "reconfirm": "suspended"},
        "suspended, another text signed since": {
            **SUSPENDED,
            "publish": {"publisher": "suspended", ANYBODY: "live"},
        },
        "suspended since its signature was revoked": {
            **SUSPENDED,
            "lift": refused("signature-revoked"),
            "revoke": refused("already-revoked"),
        },
        "suspended past its review date": {
            **SUSPENDED,
            "lift": {"publisher": refused("own-suspension"), ANYBODY: refused("not-in-date")},
            "defer": "suspended",
        },
        "live, another page live": {**FIRST, "redirect": "redirected"},
        "live, its withdrawal proposed": {
            **FIRST,
            "propose_withdrawal": refused("already-proposed"),
            "withdraw": {**BY_ANOTHER, ANYBODY: "withdrawn"},
            "drop_proposal": "live",
        },
        "withdrawn": {**NOT_FOR_READERS, "revoke": "withdrawn", "propose_reinstatement": "withdrawn"},
        "withdrawn, its return proposed": {
            **AGREED,
            "reinstate": {**BY_ANOTHER, ANYBODY: "withdrawn"},
            "drop_proposal": "withdrawn",
        },
        "withdrawn, its return agreed": {**AGREED, "publish": refused("signed-before-reinstatement")},
        "withdrawn, its return agreed, another text signed since": {**AGREED, "publish": "live"},
        "redirected": {**NOT_FOR_READERS, "revoke": "redirected", "propose_reinstatement": "redirected"},
    },
)
