"""A small world for tests: people of every role, an article, and short ways to any state of it.

Everything is made by the actions themselves, so that a state reached here can be reached by people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from alsinfo.accounts import inviting, roles
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.proving import Proof
from alsinfo.concurrency import clock_now
from alsinfo.imaging import Rendition
from conditions.actions import assigning, cataloguing, credentials, drafting, publishing, signing, submitting
from conditions.actions.drafting import Change
from conditions.content.photographs import small
from conditions.models import (
    Article,
    Citation,
    Edition,
    Listing,
    Opening,
    Publication,
    Reference,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Reviewer,
    Section,
    SignOff,
)
from conditions.policies.drafting import last_row
from conditions.policies.signing import Signing
from conditions.vocabulary import CheckResult, Register, Scope
from organisations import actions as organisation_actions
from organisations.models import Contact, Coverage, Organisation
from organisations.regions import Region
from organisations.vocabulary import ContactKind, OrganisationKind

PASSWORD = "correct horse battery staple"
GB, US = Region.GB, Region.US
BROWN = {
    "type": "article-journal",
    "title": "Amyotrophic lateral sclerosis",
    "author": [{"family": "Brown", "given": "R. H."}],
    "issued": {"date-parts": [[2017]]},
    "container-title": "N Engl J Med",
    "DOI": "10.1056/NEJMra1603471",
}


@dataclass
class World:
    """People named by what they do, two organisations, one reference."""

    editor: User
    other_editor: User
    publisher: User
    other_publisher: User
    lead: User
    other_lead: User
    administrator: User
    other_administrator: User
    superuser: User
    uk: Reviewer
    us: Reviewer
    other_uk: Reviewer
    draft_reader: User
    bodies: dict[Region, Organisation]
    reference: Reference

    def reviewer(self, region: Region) -> Reviewer:
        """The region's first reviewer."""
        return self.uk if region is GB else self.us


def person(username: str, *held: Role, **fields: Any) -> User:
    """A person who signs in with `PASSWORD` and holds the roles."""
    user: User = User.objects.create_user(
        username, f"{username}@example.org", PASSWORD, full_name=username.replace("-", " ").title(), **fields
    )
    for role in held:
        roles.grant(user, role, by=None)
    return user


def invite(world: World, username: str = "invited", *held: Role) -> User:
    """Somebody who was invited and has not come."""
    fields = {"full_name": username.title(), "email": f"{username}@example.org"}
    return inviting.invite(username, by=world.administrator, fields=fields, roles=held or [Role.EDITOR])


def photograph(colour: str = "navy") -> Rendition:
    """A photograph as it is stored."""
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return small(out.getvalue())


def build() -> World:
    """Everybody and everything an article needs."""
    editor = person("editor", Role.EDITOR, is_staff=True)
    lead = person("lead", Role.LEAD, is_staff=True)
    publisher = person("publisher", Role.PUBLISHER, is_staff=True)
    return World(
        editor=editor,
        other_editor=person("other-editor", Role.EDITOR, is_staff=True),
        publisher=publisher,
        other_publisher=person("other-publisher", Role.PUBLISHER, is_staff=True),
        lead=lead,
        other_lead=person("other-lead", Role.LEAD, is_staff=True),
        administrator=person("administrator", Role.ADMINISTRATOR, is_staff=True),
        other_administrator=person("other-administrator", Role.ADMINISTRATOR, is_staff=True),
        superuser=User.objects.create_superuser("superuser", "superuser@example.org", PASSWORD),
        uk=reviewer("uk-reviewer", Register.GMC, "0000001", lead),
        us=reviewer("us-reviewer", Register.NPI, "1234567893", lead),
        other_uk=reviewer("other-uk-reviewer", Register.GMC, "0000002", lead),
        draft_reader=person("draft-reader", Role.DRAFT_READER),
        bodies={region: organisation(region, editor, publisher) for region in Region},
        reference=cataloguing.add_reference(BROWN, by=editor),
    )


def reviewer(username: str, register: Register, number: str, lead: User, *, days: int = 365) -> Reviewer:
    """A reviewer whose registration a lead has checked, valid for so many days from yesterday."""
    user = person(username, Role.REVIEWER)
    found = cataloguing.add_reviewer(
        user,
        by=lead,
        fields={"slug": username, "printed_name": f"Dr {user.full_name}", "role_title": "Consultant neurologist"},
    )
    licence = {"licence_state": "IL", "licence_number": "TEST-1"} if register == Register.NPI else {}
    registration = credentials.add_registration(found, register, number, by=lead, **licence)
    check(registration, lead, days=days)
    return found


def check(registration: Any, lead: User, *, days: int = 365, result: str = CheckResult.LICENSED) -> None:
    """A lead looked at the register yesterday."""
    yesterday = clock_now().date() - timedelta(days=1)
    credentials.record_check(
        registration, by=lead, result=result, checked_on=yesterday, valid_until=yesterday + timedelta(days=days)
    )


def organisation(region: Region, editor: User, publisher: User) -> Organisation:
    """An approved organisation that covers the whole region."""
    body = Organisation(
        slug=f"support-{region.slug}",
        name=f"Support {region.label}",
        kind=OrganisationKind.SUPPORT,
        what_it_does="Helps people.",
    )
    website = Contact(kind=ContactKind.WEBSITE, value=f"https://support-{region.slug}.example.org/")
    entry = organisation_actions.propose(body, by=editor, put=[Coverage(code=region.value), website])
    organisation_actions.approve(entry, by=publisher)
    body.refresh_from_db()
    return body


def article(world: World, slug: str = "als", name: str = "Amyotrophic lateral sclerosis") -> Article:
    """An article with a page and an address in each region, nothing written yet."""
    condition = cataloguing.add_condition(slug, name, by=world.editor)
    return cataloguing.add_article(condition, by=world.editor, risk_tier="high", review_interval_months=12)


def draft(world: World, of: Article | None = None, *, regions: str = "GB,US") -> Edition:
    """An edition with everything a submission needs, written by `world.editor`."""
    edition = drafting.start(of or article(world), by=world.editor, regions=regions)
    rows: list[Any] = [
        *opening_rows(edition),
        section("overview", "What it is", "It is a disease of nerve cells [@brown2017].", position=1),
        section("symptoms", "Symptoms", "Muscles grow weak [@brown2017].", position=2),
        section("help-uk", "Getting help", "Ask your GP.", kind="getting-help", region="GB", position=3),
        section("help-us", "Getting help", "Ask your doctor.", kind="getting-help", region="US", position=3),
        Citation(key="brown2017", reference=world.reference),
        *(Listing(organisation=body, region=region, why="For everyone.") for region, body in world.bodies.items()),
    ]
    return write(edition, world.editor, put=rows, fields={"change_note": "First version."})


def opening_rows(edition: Edition) -> list[Opening]:
    """One complete opening for all regions, in place of a blank one."""
    opening = edition.openings.first() or Opening()
    opening.title = "Amyotrophic lateral sclerosis"
    opening.names = "ALS"
    opening.summary = "ALS is a disease of the nerve cells that move muscles."
    opening.key_points = "It weakens muscles.\nThere is no cure."
    opening.emergency = "Call an ambulance if someone is choking."
    opening.disclaimer = "This is a test."
    return [opening]


def section(key: str, heading: str, body: str, *, kind: str = "", region: str = "", position: int = 9) -> Section:
    """A section, not saved yet; its kind is its key unless given."""
    return Section(key=key, kind=kind or key, heading=heading, body=body, region=region, position=position)


def write(
    edition: Edition, by: User, *, put: Iterable[Any] = (), remove: Iterable[Any] = (), fields: Any = None
) -> Edition:
    """Save a change to the edition as it is now."""
    edition.refresh_from_db()
    change = Change(fields=fields or {}, put=list(put), remove=list(remove))
    return drafting.save(edition, change, by=by, opened_version=edition.lock_version)


def edit(edition: Edition, by: User, key: str, body: str) -> Edition:
    """Give one section another text."""
    row = edition.sections.get(key=key)
    row.body = body
    return write(edition, by, put=[row], fields={"change_note": f"Changed {key}."})


def submit(world: World, edition: Edition, *, by: User | None = None) -> dict[Region, RegionalEdition]:
    """Send to review with each region's first reviewer; the region's rows."""
    edition.refresh_from_db()
    reviewers = {region: [world.reviewer(region)] for region in edition.covered}
    rows = submitting.submit(edition, by=by or world.editor, opened_version=edition.lock_version, reviewers=reviewers)
    return {Region(row.region): row for row in rows}


def assignment(row: RegionalEdition, of: Reviewer | None = None) -> ReviewAssignment:
    """The row's latest assignment, or that of one reviewer."""
    found = row.assignments.order_by("-pk")
    return (found.filter(reviewer=of) if of else found)[0]


def accept(to: ReviewAssignment) -> ReviewAssignment:
    """The reviewer has no interests and accepts."""
    return assigning.accept(to, by=to.reviewer.user)


def signing_of(
    to: ReviewAssignment, *, scope: str = Scope.WHOLE_PAGE, password: str = PASSWORD, **fields: Any
) -> Signing:
    """What a reviewer sends who signs what was assigned."""
    sent = {"digest": to.revision_id, "scope": scope, "proof": Proof(password), "is_declaration_true": True}
    return Signing(**sent | fields)  # type: ignore[arg-type]


def sign(row: RegionalEdition, *, scope: str = Scope.WHOLE_PAGE, of: Reviewer | None = None) -> SignOff:
    """Accept, if need be, and sign."""
    to = assignment(row, of)
    if to.state == "invited":
        to = accept(to)
    signature = signing.sign_off(to, signing_of(to, scope=scope), by=to.reviewer.user)
    row.refresh_from_db()
    return signature


def publish(world: World, row: RegionalEdition) -> Publication:
    """Sign and publish a row in review."""
    row.refresh_from_db()
    if row.state == "in_review":
        sign(row)
    made = publishing.publish(row, by=world.publisher)
    row.refresh_from_db()
    return made


def live(world: World, of: Article | None = None, *, regions: str = "GB,US") -> Article:
    """An article that readers get."""
    edition = draft(world, of, regions=regions)
    for row in submit(world, edition).values():
        publish(world, row)
    return edition.article


def page(of: Article, region: Region = GB) -> RegionalArticle:
    """The article's page in a region, as it is now."""
    return RegionalArticle.objects.get(article=of, region=region)


def row(edition: Edition, region: Region = GB) -> RegionalEdition:
    """The region's latest row in an edition."""
    found = last_row(edition, region)
    assert found is not None
    return found


def rounds(edition: Edition, region: Region = GB) -> list[str]:
    """The states of a region's rows, in order."""
    return list(edition.regional_editions.filter(region=region).order_by("round").values_list("state", flat=True))


def asked(row: RegionalEdition) -> list[tuple[str, str]]:
    """Who was asked to review a row, in order, and how far each came."""
    return list(row.assignments.order_by("pk").values_list("reviewer__slug", "state"))


def today(region: Region = GB) -> date:
    """Today in a region."""
    return region.day(clock_now())
