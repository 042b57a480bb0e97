"""An article page to render in tests, and a reader of its HTML."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

from conditions.rendering import ArticlePage, SignatureFact
from conditions.vocabulary import SectionKind
from organisations.facts import ContactFact, OrganisationFact, RegistrationFact
from organisations.regions import Region

SIGNATURE = SignatureFact(
    printed_name="Dr Ada Example",
    post_nominals="MB BS, FRCP",
    role_title="Consultant neurologist (demonstration)",
    registration="GMC 0000001",
    register_url="https://www.gmc-uk.org/doctors/0000001",
    signed_on=date(2026, 3, 2),
    scope="The whole page",
    interests="None declared",
)

ORGANISATION = OrganisationFact(
    name="Motor Neurone Disease Association",
    slug="mnd-association",
    kind="Support organisation",
    what="Support, information, grants and research.",
    covers="England, Wales and Northern Ireland",
    why="Its nurses answer questions about everyday life.",
    contacts=(
        ContactFact("website", "", "www.mndassociation.org", "https://www.mndassociation.org/", ""),
        ContactFact("telephone", "MND Connect", "0808 802 6262", "tel:+448088026262", "Monday to Friday, 9am to 5pm"),
        ContactFact("email", "MND Connect", "mndconnect@example.org", "mailto:mndconnect@example.org", ""),
    ),
    registrations=(RegistrationFact("Charity Commission for England and Wales 294354", "https://register.example/"),),
    checked_on=None,
    parent="",
)

REFERENCE = {
    "type": "article-journal",
    "title": "Amyotrophic lateral sclerosis",
    "container-title": "Nature Reviews Disease Primers",
    "author": [{"family": "Hardiman", "given": "Orla"}, {"family": "Al-Chalabi", "given": "Ammar"}],
    "issued": {"date-parts": [[2017]]},
    "volume": "3",
    "page": "17071",
    "DOI": "10.1038/nrdp.2017.71",
}

OTHER_REFERENCE = {
    "type": "report",
    "title": "Motor neurone disease: assessment and management",
    "author": [{"literal": "National Institute for Health and Care Excellence"}],
    "issued": {"date-parts": [[2016]]},
    "URL": "https://www.nice.org.uk/guidance/ng42",
}


def a_section(key: str, heading: str, body: str) -> dict[str, str]:
    kind = key if key in SectionKind.values else SectionKind.OTHER.value
    return {"key": key, "kind": kind, "heading": heading, "body": body}


def a_content(**changes: Any) -> dict[str, Any]:
    content: dict[str, Any] = {
        "article": "6a2c4d8e-0b0f-4c4e-9a4e-1c1d5b1f0001",
        "region": "GB",
        "title": "Amyotrophic lateral sclerosis (ALS)",
        "names": ["motor neurone disease (MND)", "Lou Gehrig's disease"],
        "summary": "ALS is a disease of the nerve cells that move the muscles.",
        "key_points": ["Muscles weaken over months and years.", "Care helps people live longer and better."],
        "urgent_care": {
            "emergency": "You are choking, or fighting for breath.",
            "urgent": "You have a fever and a wet cough.",
            "soon": "You lose weight without trying.",
        },
        "sections": [
            a_section("overview", "What ALS is", "Motor neurones die.[@hardiman] No one knows why.[@nice, p. 12]"),
            a_section("symptoms", "Symptoms", "### At first\n\n- weakness\n- cramps\n\nThen more.[@hardiman; @nice]"),
        ],
        "citations": [
            {"key": "hardiman", "description": REFERENCE},
            {"key": "nice", "description": OTHER_REFERENCE},
        ],
        "medicines": [],
        "listings": [],
        "disclaimer": "This page does not replace advice from your care team.",
        "pictures": [],
    }
    return {**content, **changes}


def a_page(**changes: Any) -> ArticlePage:
    facts: dict[str, Any] = {
        "region": Region.GB,
        "slug": "amyotrophic-lateral-sclerosis",
        "content": a_content(),
        "digest": "0123456789abcdef" * 4,
        "version": 3,
        "change_note": "The figures on how common it is are new.",
        "signatures": (SIGNATURE,),
        "organisations": (ORGANISATION,),
        "first_published_on": date(2025, 1, 20),
        "last_changed_on": date(2026, 3, 3),
        "last_reviewed_on": date(2026, 3, 2),
        "next_review_due_on": date(2027, 3, 2),
        "notice": "none",
        "other_region_url": "/us/conditions/amyotrophic-lateral-sclerosis/",
    }
    return ArticlePage(**{**facts, **changes})


class Reading(HTMLParser):
    """A page's tags with their attributes, its ids, and its visible text in one line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.pieces).split())

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]

    def links(self, relation: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == "link" and attributes.get("rel") == relation]


def assert_in_order(text: str, parts: list[str]) -> None:
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} is missing or out of order"
        place = found + len(part)
