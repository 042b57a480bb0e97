"""For every situation of `tests.machines` the steps that lead to it."""

from tests import situations as s
from tests.situations import Step

Ways = dict[str, tuple[Step, ...]]

IN_REVIEW = (s.drafted, s.submitted)
CLEARED = (*IN_REVIEW, s.signed)
SIGNED_AND_SENT_BACK = (*IN_REVIEW, s.second_asked, s.signed, s.second_wants_changes)
OVERRULED = (*SIGNED_AND_SENT_BACK, s.overruled)
PUBLISHED = (*CLEARED, s.published)
UNCHANGED = (s.live, s.started, s.us_edited, s.sent)
INVITED = (s.drafted, s.sent)
PENDING = (*INVITED, s.interest_declared)
CONFIRMING = (s.live, s.asked_to_reconfirm)
ASKED = (*IN_REVIEW, s.reader_asked)
READING_NOW = (*ASKED, s.reader_accepted)
SUSPENDED = (s.live, s.asked_and_accepted, s.next_cleared, s.suspended)

EDITION: Ways = {
    "none yet": (),
    "draft": (s.drafted,),
    "draft, the other region discarded": (s.drafted, s.us_discarded),
    "draft, nothing changed since it was published": (s.live, s.started),
    "frozen": IN_REVIEW,
    "frozen, the other region discarded": (*IN_REVIEW, s.us_discarded),
    "frozen, cleared, the other region discarded": (*CLEARED, s.us_discarded),
    "closed": (s.live,),
}
REGIONAL_EDITION: Ways = {
    "no row yet": (s.drafted,),
    "in_review": IN_REVIEW,
    "in_review, the edition a draft": (*IN_REVIEW, s.us_reopened),
    "in_review, the text changed": (*IN_REVIEW, s.us_reopened, s.edited),
    "in_review, a second reviewer asked": (*IN_REVIEW, s.second_asked),
    "in_review, signed by one of two": (*IN_REVIEW, s.second_asked, s.signed),
    "changes_requested": (*IN_REVIEW, s.wants_changes),
    "changes_requested, the text changed": (*IN_REVIEW, s.wants_changes, s.edited),
    "changes_requested, signed by another": SIGNED_AND_SENT_BACK,
    "changes_requested, signed by another, the text changed": (*SIGNED_AND_SENT_BACK, s.edited),
    "changes_requested, signed by another, the signature revoked": (*SIGNED_AND_SENT_BACK, s.revoked),
    "reopened": (*IN_REVIEW, s.reopened),
    "reopened, the text changed": (*IN_REVIEW, s.reopened, s.edited),
    "reopened, signed": (*CLEARED, s.reopened),
    "cleared": CLEARED,
    "cleared, the edition a draft": (*CLEARED, s.us_reopened),
    "cleared, the text changed": (*CLEARED, s.us_reopened, s.edited),
    "cleared, a dissent overruled": OVERRULED,
    "cleared, a dissent overruled, the text changed": (*OVERRULED, s.edited),
    "scheduled": (*CLEARED, s.scheduled),
    "scheduled, the edition a draft": (*CLEARED, s.scheduled, s.us_reopened),
    "scheduled, the text changed": (*CLEARED, s.scheduled, s.us_reopened, s.edited),
    "publish_failed": (*CLEARED, s.failed),
    "publish_failed, the edition a draft": (*CLEARED, s.failed, s.us_reopened),
    "publish_failed, the text changed": (*CLEARED, s.failed, s.us_reopened, s.edited),
    "published": PUBLISHED,
    "published, the edition a draft": (*PUBLISHED, s.reopened),
    "published, the text changed": (*PUBLISHED, s.reopened, s.edited),
    "published, the edition closed": (*PUBLISHED, s.us_discarded),
    "unchanged": UNCHANGED,
    "unchanged, the edition a draft": (*UNCHANGED, s.us_reopened),
    "unchanged, the text changed": (*UNCHANGED, s.us_reopened, s.edited),
    "unchanged, the edition closed": (*UNCHANGED, s.us_discarded),
    "superseded, the edition closed": (s.live, s.succeeded),
    "replaced": (*IN_REVIEW, s.reopened, s.edited, s.sent_again),
    "discarded": (*IN_REVIEW, s.discarded),
    "discarded, the edition a draft": (*IN_REVIEW, s.discarded, s.us_reopened),
    "discarded, the edition closed": (*IN_REVIEW, s.discarded, s.us_discarded),
}
REVIEW_ASSIGNMENT: Ways = {
    "invited": INVITED,
    "interest_pending": PENDING,
    "accepted": IN_REVIEW,
    "accepted, an interest cleared": (*INVITED, s.interest_declared, s.interest_cleared),
    "accepted, another date proposed": (*IN_REVIEW, s.date_proposed),
    "completed by signing": CLEARED,
    "completed by asking for changes": (*IN_REVIEW, s.wants_changes),
    "declined": (*INVITED, s.declined),
    "recused": (*INVITED, s.interest_declared, s.recused),
    "cancelled by a lead": (*INVITED, s.cancelled),
    "cancelled when somebody else was asked instead": (*IN_REVIEW, s.replaced),
    "cancelled when the text was reopened": (*IN_REVIEW, s.reopened),
    "expired": (*INVITED, s.unanswered, s.expired),
    "invited to confirm a live text": CONFIRMING,
    "interest_pending before confirming a live text": (*CONFIRMING, s.interest_declared),
    "accepted to confirm a live text": (*CONFIRMING, s.accepted),
    "completed by confirming a live text": (*CONFIRMING, s.accepted, s.reconfirmed),
}
REGIONAL_ARTICLE: Ways = {
    "unpublished": CLEARED,
    "live": (s.live, s.asked_and_accepted),
    "live, past its review date": (s.live, s.asked_and_accepted, s.out_of_date),
    "live, its review deferred twice": (s.live, s.asked_and_accepted, s.out_of_date, s.deferred, s.deferred),
    "live, another text cleared": (s.live, s.asked_and_accepted, s.next_cleared),
    "suspended by a publisher": SUSPENDED,
    "suspended by the signer": (s.live, s.asked_and_accepted, s.next_cleared, s.suspended_by_signer),
    "suspended, another text signed since": (
        s.live,
        s.asked_and_accepted,
        s.next_in_review,
        s.suspended,
        s.next_signed,
    ),
    "suspended since its signature was revoked": (s.live, s.asked_and_accepted, s.next_cleared, s.revoked),
    "suspended past its review date": (*SUSPENDED, s.out_of_date),
    "live, another page live": (s.live, s.elsewhere),
    "live, its withdrawal proposed": (s.live, s.withdrawal_proposed),
    "withdrawn": (s.live, s.asked_and_accepted, s.next_cleared, s.withdrawn),
    "withdrawn, its return proposed": (s.live, s.next_cleared, s.withdrawn, s.return_proposed),
    "withdrawn, its return agreed": (s.live, s.next_cleared, s.withdrawn, s.reinstated),
    "withdrawn, its return agreed, another text signed since": (
        *(s.live, s.next_in_review, s.withdrawn, s.reinstated, s.next_signed),
    ),
    "redirected": (s.live, s.asked_and_accepted, s.next_cleared, s.redirected),
}

READING: Ways = {
    "none yet": IN_REVIEW,
    "none yet, the text cleared": CLEARED,
    "none yet, the text published": (s.live,),
    "invited": ASKED,
    "accepted": READING_NOW,
    "completed": (*READING_NOW, s.read),
    "declined": (*ASKED, s.reader_declined),
    "cancelled by a lead": (*ASKED, s.reading_cancelled),
    "cancelled when the text was reopened": (*READING_NOW, s.reopened),
    "expired": (*ASKED, s.reading_unanswered, s.reading_expired),
}

WAYS = {
    "Edition": EDITION,
    "RegionalEdition": REGIONAL_EDITION,
    "ReviewAssignment": REVIEW_ASSIGNMENT,
    "RegionalArticle": REGIONAL_ARTICLE,
    "Reading": READING,
}
