"""The facts: one module per noun."""

from conditions.models.addresses import Path
from conditions.models.articles import Article, RegionalArticle
from conditions.models.assignments import Declaration, ReviewAssignment
from conditions.models.calendars import CalendarLink
from conditions.models.comments import CommentReply, ReviewComment, ReviewDraft
from conditions.models.conditions import Condition, ConditionCode, ConditionName
from conditions.models.deferrals import Deferral
from conditions.models.editions import (
    Citation,
    Contribution,
    Edition,
    Listing,
    Opening,
    RegionalEdition,
    Section,
)
from conditions.models.feedback import Feedback
from conditions.models.found import Findable, Passage
from conditions.models.invitations import InvitationLink
from conditions.models.links import CheckedLink
from conditions.models.medicines import BrandName, FundingDecision, LicenceStatus, Medicine, MedicineUse
from conditions.models.notes import Note, NoteReply
from conditions.models.overrulings import DissentNote, Overruling
from conditions.models.pictures import Picture, PictureFile, PictureShown
from conditions.models.previews import PreviewLink
from conditions.models.profiles import Description, Photograph, Profile, ProfileEntry
from conditions.models.publications import ChangeNote, Correction, Publication, RenderedPage
from conditions.models.readings import Reading, ReadingDraft
from conditions.models.references import Reference
from conditions.models.retractions import (
    CitedRetraction,
    LookedUp,
    RetractionAnswer,
    RetractionEvent,
    RetractionList,
    SourcesShown,
)
from conditions.models.reviewers import CredentialCheck, Registration, Reviewer
from conditions.models.revisions import Revision
from conditions.models.signatures import Revocation, SignOff
from conditions.models.site_pages import SitePage, SitePageEntry
from conditions.models.suspensions import Lift, Suspension
from conditions.models.verifications import RecordVerification
from conditions.models.withdrawals import Redirection, Reinstatement, Withdrawal

__all__ = [
    "Article",
    "BrandName",
    "CalendarLink",
    "ChangeNote",
    "CheckedLink",
    "Citation",
    "CitedRetraction",
    "CommentReply",
    "Condition",
    "ConditionCode",
    "ConditionName",
    "Contribution",
    "Correction",
    "CredentialCheck",
    "Declaration",
    "Deferral",
    "Description",
    "DissentNote",
    "Edition",
    "Feedback",
    "Findable",
    "FundingDecision",
    "InvitationLink",
    "LicenceStatus",
    "Lift",
    "Listing",
    "LookedUp",
    "Medicine",
    "MedicineUse",
    "Note",
    "NoteReply",
    "Opening",
    "Overruling",
    "Passage",
    "Path",
    "Photograph",
    "Picture",
    "PictureFile",
    "PictureShown",
    "PreviewLink",
    "Profile",
    "ProfileEntry",
    "Publication",
    "Reading",
    "ReadingDraft",
    "RecordVerification",
    "Redirection",
    "Reference",
    "RegionalArticle",
    "RegionalEdition",
    "Registration",
    "Reinstatement",
    "RenderedPage",
    "RetractionAnswer",
    "RetractionEvent",
    "RetractionList",
    "ReviewAssignment",
    "ReviewComment",
    "ReviewDraft",
    "Reviewer",
    "Revision",
    "Revocation",
    "Section",
    "SignOff",
    "SitePage",
    "SitePageEntry",
    "SourcesShown",
    "Suspension",
    "Withdrawal",
]
