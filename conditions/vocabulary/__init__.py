"""The controlled lists: every state, kind and reason that has a name.

The words are those of the field's standards; `docs/reference/vocabulary.md` tells which. `feedback` has the lists of
what readers tell us.
"""

from django.db.models import TextChoices


class NameKind(TextChoices):
    """What sort of name a condition is found by."""

    PREFERRED = "preferred"
    SYNONYM = "synonym"
    ABBREVIATION = "abbreviation"
    UMBRELLA = "umbrella"
    EPONYM = "eponym"
    MISSPELLING = "misspelling"


class CodeSystem(TextChoices):
    """A classification that gives conditions codes."""

    ICD_10 = "icd-10", "ICD-10"
    ICD_10_CM = "icd-10-cm", "ICD-10-CM"
    ICD_11 = "icd-11", "ICD-11"
    SNOMED_CT = "snomed-ct", "SNOMED CT"
    MESH = "mesh", "MeSH"
    ORPHA = "orpha", "ORPHA"
    OMIM = "omim", "OMIM"


class SectionKind(TextChoices):
    """What part of an article a section is (after schema.org HealthAspectEnumeration)."""

    OVERVIEW = "overview", "Overview"
    NAMES = "names", "Names"
    TYPES = "types", "Types"
    SYMPTOMS = "symptoms", "Symptoms"
    CAUSES = "causes", "Causes and risk factors"
    HOW_COMMON = "how-common", "How common it is"
    DIAGNOSIS = "diagnosis", "Diagnosis"
    TESTS = "tests", "Tests"
    TREATMENTS = "treatments", "Treatment and care"
    MEDICINES = "medicines", "Medicines"
    LIVING_WITH = "living-with", "Living with it"
    OUTLOOK = "outlook", "Outlook"
    GETTING_HELP = "getting-help", "When to get help"
    QUESTIONS = "questions", "Questions to ask"
    CARERS = "carers", "For carers and families"
    RESEARCH = "research", "Research"
    NO_ORGANISATION = "no-organisation", "Why no organisation is listed"
    OTHER = "other", "Other"


CLINICAL_KINDS = frozenset(SectionKind.values) - {
    *("getting-help", "questions", "names", "other", "carers", "no-organisation")
}
REQUIRED_KINDS = ("overview", "symptoms")


class WorkKind(TextChoices):
    """What sort of published work a reference is."""

    ARTICLE = "article", "Article in a journal"
    BOOK = "book", "Book"
    CHAPTER = "chapter", "Chapter of a book"
    GUIDELINE = "guideline", "Guideline"
    WEBPAGE = "webpage", "Web page"
    REPORT = "report", "Report"
    TRIAL = "trial", "Trial in a register"
    OTHER = "other", "Something else"


class EvidenceKind(TextChoices):
    """What sort of evidence a work is, strongest first (after the levels of the Oxford CEBM)."""

    GUIDELINE = "guideline", "Guideline"
    SYSTEMATIC_REVIEW = "systematic-review", "Systematic review"
    TRIAL = "trial", "Trial"
    COHORT = "cohort", "Cohort or other observational study"
    CASE_REPORT = "case-report", "Case report"
    REVIEW = "review", "Review of the literature"
    OPINION = "opinion", "Opinion"
    OTHER = "other", "Something else"


class Access(TextChoices):
    """Whether everybody can read a work."""

    OPEN = "open", "Free to read"
    CLOSED = "closed", "Behind a paywall"


class RiskTier(TextChoices):
    """How much harm an outdated text could do."""

    HIGH = "high", "High (emergencies, medicines)"
    STANDARD = "standard", "Standard"
    LOW = "low", "Low"


LONGEST_INTERVAL_MONTHS = {RiskTier.HIGH: 12, RiskTier.STANDARD: 24, RiskTier.LOW: 36}


class PageState(TextChoices):
    """What the public gets at a regional article's address."""

    UNPUBLISHED = "unpublished"
    LIVE = "live"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"


class EditionState(TextChoices):
    """Whether an edition's text may be changed."""

    DRAFT = "draft"
    FROZEN = "frozen"
    CLOSED = "closed"


class ReviewState(TextChoices):
    """Where a regional edition stands on its way to readers."""

    IN_REVIEW = "in_review", "in review"
    CHANGES_REQUESTED = "changes_requested", "changes requested"
    REOPENED = "reopened"
    CLEARED = "cleared"
    SCHEDULED = "scheduled"
    PUBLISH_FAILED = "publish_failed", "publish failed"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    REPLACED = "replaced"
    DISCARDED = "discarded"


OPEN_REVIEWS = (
    ReviewState.IN_REVIEW,
    ReviewState.CHANGES_REQUESTED,
    ReviewState.REOPENED,
    ReviewState.CLEARED,
    ReviewState.SCHEDULED,
    ReviewState.PUBLISH_FAILED,
)
ENDED_REVIEWS = (
    ReviewState.PUBLISHED,
    ReviewState.UNCHANGED,
    ReviewState.SUPERSEDED,
    ReviewState.DISCARDED,
)


class AssignmentState(TextChoices):
    """How far one reviewer has come with one revision."""

    INVITED = "invited"
    INTEREST_PENDING = "interest_pending", "interest pending"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    DECLINED = "declined"
    RECUSED = "recused"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN_ASSIGNMENTS = (AssignmentState.INVITED, AssignmentState.INTEREST_PENDING, AssignmentState.ACCEPTED)


class ReadingState(TextChoices):
    """How far somebody who lives with the condition has come with one text."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN_READINGS = (ReadingState.INVITED, ReadingState.ACCEPTED)


class Scope(TextChoices):
    """How much of the page a signature covers."""

    WHOLE_PAGE = "whole-page", "The whole page"
    CHANGES_ONLY = "changes-only", "The changes only"


class CommentWeight(TextChoices):
    """How much a remark on a text weighs."""

    MUST = "must", "Must be changed"
    SHOULD = "should", "Should be changed"
    QUESTION = "question", "A question"


class CommentState(TextChoices):
    """What became of a remark: the editors changed the text or answered, and who made it found that settled."""

    OPEN = "open"
    DONE = "done", "changed in the text"
    ANSWERED = "answered"
    RESOLVED = "resolved", "settled"


class NoteState(TextChoices):
    """Whether a note of the editors among themselves still waits for something."""

    OPEN = "open"
    RESOLVED = "resolved"


class Register(TextChoices):
    """A public register of clinicians."""

    GMC = "GMC", "General Medical Council"
    NMC = "NMC", "Nursing and Midwifery Council"
    GPHC = "GPhC", "General Pharmaceutical Council"
    HCPC = "HCPC", "Health and Care Professions Council"
    NPI = "NPI", "National Provider Identifier, with a state licence"


class CheckResult(TextChoices):
    """What a look at the register showed."""

    LICENSED = "licensed", "Registered with a licence to practise"
    CONDITIONS = "conditions", "Registered with conditions"
    NOT_FOUND = "not-found", "Not found"


class Licence(TextChoices):
    """Whether a medicine may be sold for a use in a region; not whether anybody pays for it."""

    LICENSED = "licensed", "Licensed"
    CONDITIONAL = "conditional", "Licensed with conditions"
    WITHDRAWN = "withdrawn", "Licence withdrawn"
    NOT_LICENSED = "not-licensed", "Not licensed"


class Funding(TextChoices):
    """What somebody who pays for medicines decided; not whether the medicine is licensed."""

    FUNDED = "funded", "Funded"
    RESTRICTED = "restricted", "Funded for some people"
    NOT_FUNDED = "not-funded", "Not funded"
    UNDECIDED = "undecided", "Not decided yet"


class Notice(TextChoices):
    """The line about its age that a rendered page carries."""

    NONE = "none"
    OVERDUE = "overdue"
    EXPIRED = "expired"


class RetractionSource(TextChoices):
    """Where it is found out that a work was retracted."""

    RETRACTION_WATCH = "retraction-watch", "Retraction Watch"
    CROSSREF = "crossref", "Crossref"


class RetractionNature(TextChoices):
    """What was published about a work."""

    RETRACTION = "retraction", "Retraction"
    CONCERN = "concern", "Expression of concern"
    CORRECTION = "correction", "Correction"
    REINSTATEMENT = "reinstatement", "Reinstatement"


class LinkState(TextChoices):
    """What is known of a web address after the visits to it."""

    NEW = "new", "Not visited yet"
    FINE = "fine", "In order"
    GUARDED = "guarded", "Answers people only"
    DOUBTFUL = "doubtful", "Did not answer well, is asked again"
    BROKEN = "broken", "Broken"


class SitePageKind(TextChoices):
    """A page about the site itself; the value is its address in each region."""

    ABOUT = "about", "About us"
    FUNDING = "funding", "Who pays for this"
    PRIVACY = "privacy", "Privacy"
    COOKIES = "cookies", "Cookies"
    QUESTIONS = "questions", "Frequently asked questions"
    ACCESSIBILITY = "accessibility", "Accessibility"
