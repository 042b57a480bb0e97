"""The controlled lists of organisations: what they are, what they do, how they are reached and checked."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What sort of body an organisation is."""

    SUPPORT = "support", "Support organisation"
    GOVERNMENT = "government", "Government body"
    GUIDELINE = "guideline", "Guideline body"
    CAMPAIGN = "campaign", "Campaign"
    RESEARCH = "research", "Research body"
    PROFESSIONAL = "professional", "Professional body"


class Standing(TextChoices):
    """Whether an organisation still works under its name."""

    ACTIVE = "active", "Active"
    CLOSED = "closed", "Closed"
    MERGED = "merged", "Merged into another"


class ServiceKind(TextChoices):
    """A kind of help that an organisation gives."""

    HELPLINE = "helpline", "Helpline"
    INFORMATION = "information", "Information and advice"
    EQUIPMENT = "equipment", "Equipment"
    COMMUNICATION = "communication", "Communication aids"
    GRANTS = "grants", "Grants"
    BENEFITS = "benefits", "Benefits advice"
    CARERS = "carers", "Support for carers"
    RESPITE = "respite", "Respite"
    PEER_SUPPORT = "peer-support", "Peer support"
    COUNSELLING = "counselling", "Counselling"
    BEREAVEMENT = "bereavement", "Bereavement support"
    CLINICAL_CARE = "clinical-care", "Clinical care"
    HOSPICE = "hospice", "Hospice care"
    REGISTRY = "registry", "Registry of patients"
    RESEARCH = "research", "Research"
    ADVOCACY = "advocacy", "Speaking up for people"


class ContactKind(TextChoices):
    """A way to reach an organisation."""

    TELEPHONE = "telephone", "Telephone"
    TEXT = "text", "Text message"
    TEXT_RELAY = "text-relay", "Text relay"
    EMAIL = "email", "E-mail"
    CHAT = "chat", "Online chat"
    FORM = "form", "Web form"
    WEBSITE = "website", "Website"
    ADDRESS = "address", "Postal address"


class Cost(TextChoices):
    """What it costs to use a contact."""

    FREE = "free", "Free"
    STANDARD = "standard", "At the usual rate"
    PREMIUM = "premium", "At a higher rate"


class TimeZone(TextChoices):
    """The zone in which hours are meant, as readers call it."""

    UK = "Europe/London", "UK time"
    EASTERN = "America/New_York", "Eastern time"
    CENTRAL = "America/Chicago", "Central time"
    MOUNTAIN = "America/Denver", "Mountain time"
    ARIZONA = "America/Phoenix", "Arizona time"
    PACIFIC = "America/Los_Angeles", "Pacific time"
    ALASKA = "America/Anchorage", "Alaska time"
    HAWAII = "Pacific/Honolulu", "Hawaii time"
    ATLANTIC = "America/Puerto_Rico", "Atlantic time"
    GUAM = "Pacific/Guam", "Chamorro time"
    SAMOA = "Pacific/Pago_Pago", "Samoa time"


class CharityRegister(TextChoices):
    """A public register of charities."""

    ENGLAND_AND_WALES = "CCEW", "Charity Commission for England and Wales"
    SCOTLAND = "OSCR", "Scottish Charity Regulator"
    NORTHERN_IRELAND = "CCNI", "Charity Commission for Northern Ireland"
    IRS = "EIN", "IRS employer identification number"


class CheckedBy(TextChoices):
    """How somebody checked an organisation’s details with it."""

    TELEPHONE = "telephone", "By telephone"
    EMAIL = "email", "By e-mail"
    LETTER = "letter", "By letter"
    MEETING = "meeting", "At a meeting"
    LINK = "link", "By a link of its own"


class ReplyKind(TextChoices):
    """What an organisation answered when it was asked about its own entry."""

    CONFIRMED = "confirmed", "Everything is right"
    CORRECTED = "corrected", "Something is to be changed"


class LogoLicence(TextChoices):
    """What allows us to show a logo."""

    PERMISSION = "permission", "Used with permission"
    PUBLIC_DOMAIN = "public-domain", "Public domain"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    OGL = "ogl-3.0", "Open Government Licence v3.0"


VOICELESS = frozenset(ContactKind.values) - {ContactKind.TELEPHONE, ContactKind.WEBSITE}
"""Ways to be answered without speaking; a website only informs."""
