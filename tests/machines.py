"""The machines as they were designed: who may do what in which state, and what comes of it.

A machine is a table of situations; a situation begins with the name of its state. What a situation does not list
is refused: with the code of `NOBODY_ELSE` to people who may never do it, else with the code of `NOT_NOW`.
"""

from collections.abc import Mapping

from tests import page_machine, reading_machine
from tests.machine import ANYBODY, Machine, Outcome, refused

EDITORS = ("editor", "other editor")
PUBLISHERS = ("publisher", "other publisher")
LEADS = ("lead", "other lead")
REVIEWER = ("assigned reviewer",)
ROLES = (*EDITORS, *PUBLISHERS, *LEADS, *REVIEWER, "other reviewer", "draft reader", "administrator", "superuser")

WHO = {
    "start": EDITORS,
    "save": EDITORS,
    "submit": EDITORS,
    "reopen": EDITORS + PUBLISHERS,
    "discard": ("editor", *PUBLISHERS),
    "invite": EDITORS + LEADS,
    "accept": REVIEWER,
    "declare_interest": REVIEWER,
    "clear_interest": LEADS,
    "recuse": REVIEWER + LEADS,
    "decline": REVIEWER,
    "propose_due": REVIEWER,
    "cancel": LEADS,
    "replace": LEADS,
    "sign_off": REVIEWER,
    "request_changes": REVIEWER,
    "overrule": LEADS,
    "publish": PUBLISHERS,
    "schedule": PUBLISHERS,
    "unschedule": PUBLISHERS,
    "revoke": LEADS + REVIEWER,
    "suspend": PUBLISHERS + LEADS + REVIEWER,
    "lift": PUBLISHERS + LEADS,
    **dict.fromkeys(page_machine.TOGETHER, PUBLISHERS + LEADS),
    "redirect": PUBLISHERS,
    "defer": LEADS,
    "invite_to_reconfirm": EDITORS + LEADS,
    "reconfirm": REVIEWER,
    **reading_machine.WHO,
}

NOBODY_ELSE: Mapping[str, Outcome] = {
    **dict.fromkeys(WHO, refused("missing-role")),
    **dict.fromkeys(
        ("accept", "declare_interest", "decline", "propose_due", "sign_off", "request_changes", "reconfirm"),
        refused("not-your-assignment"),
    ),
    "discard": {"other editor": refused("not-your-draft"), ANYBODY: refused("missing-role")},
    "revoke": refused("not-the-signer"),
    **reading_machine.NOBODY_ELSE,
}

NOT_NOW: Mapping[str, str] = {
    **dict.fromkeys(WHO, refused("wrong-state")),
    "start": refused("edition-open"),
    "save": refused("not-a-draft"),
    "submit": refused("not-a-draft"),
    **dict.fromkeys(("suspend", "propose_withdrawal", "withdraw", "redirect", "defer"), refused("not-live")),
    **dict.fromkeys(("propose_reinstatement", "reinstate"), refused("not-withdrawn")),
    "drop_proposal": refused("nothing-proposed"),
    "lift": refused("not-suspended"),
    "unschedule": refused("not-scheduled"),
    "invite_to_reconfirm": refused("nothing-live"),
}

# An edition: draft (editable) → frozen → draft … → closed, when the last row of every region has ended.
EDITION = Machine(
    actions=("start", "save", "submit", "reopen", "request_changes", "discard", "publish"),
    situations={
        "none yet": {"start": "draft"},
        "draft": {"save": "draft", "submit": "frozen", "discard": "draft"},
        "draft, the other region discarded": {"save": "draft", "submit": "frozen", "discard": "closed"},
        "draft, nothing changed since it was published": {"save": "draft", "submit": "closed", "discard": "draft"},
        "frozen": {
            "reopen": "draft",
            "request_changes": "draft",
            "discard": "frozen",
            "publish": refused("not-signed"),
        },
        "frozen, the other region discarded": {
            "reopen": "draft",
            "request_changes": "draft",
            "discard": "closed",
            "publish": refused("not-signed"),
        },
        "frozen, cleared, the other region discarded": {"reopen": "draft", "discard": "closed", "publish": "closed"},
        "closed": {"start": "draft"},
    },
)

# A regional edition. The outcome names the states of the row and of the rounds after it.
IN_REVIEW = {
    "sign_off": "cleared",
    "request_changes": "changes_requested",
    "invite": "in_review",
    "reopen": "reopened",
    "discard": "discarded",
    "publish": refused("not-signed"),
    "schedule": refused("not-signed"),
}
SENT_BACK = {"submit": "in_review", "discard": "discarded", "overrule": refused("no-other-signature")}
SENT_BACK_BUT_SIGNED = {"submit": "in_review", "discard": "discarded", "overrule": "cleared"}
CLEARED = {
    "invite": "in_review",
    "reopen": "reopened",
    "publish": "published",
    "schedule": "scheduled",
    "revoke": "in_review",
    "discard": "discarded",
}
SCHEDULED = {"publish": "published", "unschedule": "cleared", "revoke": "in_review", "discard": "discarded"}
FAILED = {"reopen": "reopened", "publish": "published", "revoke": "publish_failed", "discard": "discarded"}
PUBLISHED = {"reopen": "published", "revoke": "published"}
UNCHANGED = {"reopen": "unchanged", "revoke": "unchanged"}
ANOTHER_ROUND = "replaced, in_review"

REGIONAL_EDITION = Machine(
    actions=(
        *("submit", "invite", "sign_off", "request_changes", "overrule", "reopen"),
        *("publish", "schedule", "unschedule", "revoke", "discard"),
    ),
    situations={
        "no row yet": {"submit": "in_review", "discard": "discarded"},
        "in_review": IN_REVIEW,
        "in_review, the edition a draft": {**IN_REVIEW, "submit": "in_review"},
        "in_review, the text changed": {**IN_REVIEW, "submit": ANOTHER_ROUND},
        "in_review, a second reviewer asked": {**IN_REVIEW, "sign_off": "in_review"},
        "in_review, signed by one of two": {
            "revoke": "in_review",
            "invite": "in_review",
            "reopen": "reopened",
            "discard": "discarded",
            "publish": refused("not-signed"),
            "schedule": refused("not-signed"),
        },
        "changes_requested": SENT_BACK,
        "changes_requested, the text changed": {**SENT_BACK, "submit": ANOTHER_ROUND},
        "changes_requested, signed by another": {**SENT_BACK_BUT_SIGNED, "revoke": "changes_requested"},
        "changes_requested, signed by another, the text changed": {
            **SENT_BACK_BUT_SIGNED,
            "submit": ANOTHER_ROUND,
            "revoke": "changes_requested",
        },
        "changes_requested, signed by another, the signature revoked": {
            **SENT_BACK,
            "revoke": refused("already-revoked"),
            "submit": ANOTHER_ROUND,
        },
        "reopened": {"submit": "in_review", "discard": "discarded"},
        "reopened, the text changed": {"submit": ANOTHER_ROUND, "discard": "discarded"},
        "reopened, signed": {"submit": "cleared", "discard": "discarded", "revoke": "reopened"},
        "cleared": CLEARED,
        "cleared, the edition a draft": {**CLEARED, "submit": "cleared"},
        "cleared, the text changed": {**CLEARED, "submit": ANOTHER_ROUND},
        "cleared, a dissent overruled": {**CLEARED, "submit": "cleared"},
        "cleared, a dissent overruled, the text changed": {**CLEARED, "submit": ANOTHER_ROUND},
        "scheduled": SCHEDULED,
        "scheduled, the edition a draft": {**SCHEDULED, "submit": "scheduled"},
        "scheduled, the text changed": {**SCHEDULED, "submit": refused("scheduled")},
        "publish_failed": FAILED,
        "publish_failed, the edition a draft": {**FAILED, "submit": "publish_failed"},
        "publish_failed, the text changed": {**FAILED, "submit": ANOTHER_ROUND},
        "published": PUBLISHED,
        "published, the edition a draft": {**PUBLISHED, "submit": "published", "discard": "published, discarded"},
        "published, the text changed": {
            **PUBLISHED,
            "submit": "published, in_review",
            "discard": "published, discarded",
        },
        "published, the edition closed": {"revoke": "published"},
        "unchanged": UNCHANGED,
        "unchanged, the edition a draft": {**UNCHANGED, "submit": "unchanged", "discard": "unchanged, discarded"},
        "unchanged, the text changed": {
            **UNCHANGED,
            "submit": "unchanged, in_review",
            "discard": "unchanged, discarded",
        },
        "unchanged, the edition closed": {"revoke": "unchanged"},
        "superseded, the edition closed": {"revoke": "superseded"},
        "replaced": {"discard": "replaced, discarded"},  # the region's last row is discarded
        "discarded": {},
        "discarded, the edition a draft": {"submit": "discarded"},
        "discarded, the edition closed": {},
    },
)

# A review assignment: one reviewer, one text; a new attempt is a new row.
WHILE_OPEN = {"cancel": "cancelled", "replace": "cancelled"}
ANSWERS = {"accept": "accepted", "declare_interest": "interest_pending", "decline": "declined", **WHILE_OPEN}
PENDING = {"clear_interest": "accepted", "recuse": "recused", **WHILE_OPEN}
READING = {"decline": "declined", "propose_due": "accepted", **WHILE_OPEN}
ACCEPTED = {"sign_off": "completed", "request_changes": "completed", **READING}

REVIEW_ASSIGNMENT = Machine(
    actions=(*ANSWERS, "clear_interest", "recuse", "propose_due", "sign_off", "request_changes", "reconfirm"),
    situations={
        "invited": ANSWERS,
        "interest_pending": PENDING,
        "accepted": ACCEPTED,
        "accepted, an interest cleared": ACCEPTED,
        "accepted, another date proposed": {**ACCEPTED, "propose_due": refused("date-proposed")},
        "completed by signing": {},
        "completed by asking for changes": {},
        "declined": {},
        "recused": {},
        "cancelled by a lead": {},
        "cancelled when somebody else was asked instead": {},
        "cancelled when the text was reopened": {},
        "expired": {},
        "invited to confirm a live text": ANSWERS,
        "interest_pending before confirming a live text": PENDING,
        "accepted to confirm a live text": {"reconfirm": "completed", **READING},
        "completed by confirming a live text": {},
    },
)

MACHINES = {
    "Edition": EDITION,
    "RegionalEdition": REGIONAL_EDITION,
    "ReviewAssignment": REVIEW_ASSIGNMENT,
    "RegionalArticle": page_machine.REGIONAL_ARTICLE,
    "Reading": reading_machine.READING,
}
BY_THE_SYSTEM = {  # done on its day, by nobody
    "RegionalEdition": ("publish_scheduled", "fail"),
    "RegionalArticle": ("suspend_expired",),
    "ReviewAssignment": ("expire", "lapse"),
    "Reading": ("expire_reading",),
}


def expected(machine: Machine, situation: str, action: str, role: str) -> str:
    """What the tables say of one cell: the state that follows, or a refusal."""
    if role not in WHO[action]:
        return _for(role, NOBODY_ELSE[action])
    return _for(role, machine.situations[situation].get(action, NOT_NOW[action]))


def _for(role: str, outcome: Outcome) -> str:
    return outcome if isinstance(outcome, str) else outcome.get(role, outcome[ANYBODY])
