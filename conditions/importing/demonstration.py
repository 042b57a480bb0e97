"""The demonstration content: people, organisations and four articles, brought in through the actions themselves."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.proving import Proof
from alsinfo.concurrency import clock_now
from alsinfo.drawings import drawing
from conditions.actions import (
    assigning,
    cataloguing,
    credentials,
    drafting,
    informing,
    picturing,
    prescribing,
    profiling,
    publishing,
    reading,
    signing,
    submitting,
    withdrawing,
)
from conditions.actions.drafting import Change
from conditions.models import (
    Article,
    BrandName,
    Citation,
    Condition,
    ConditionCode,
    ConditionName,
    Description,
    Edition,
    Listing,
    Medicine,
    MedicineUse,
    Opening,
    Picture,
    Reference,
    RegionalEdition,
    Reviewer,
    Section,
    SitePage,
)
from conditions.policies.signing import Signing
from conditions.vocabulary import CheckResult, Scope
from organisations import actions as organisation_actions
from organisations.models import CharityRegistration, Contact, Coverage, Organisation, Service
from organisations.regions import Region

HERE = Path(__file__).resolve().parent.parent / "demo"
VALID_DAYS = 365
Data = Mapping[str, Any]


@dataclass(frozen=True)
class People:
    """Who does what in the demonstration."""

    editor: User
    second_editor: User
    publisher: User
    lead: User
    draft_reader: User
    reviewers: Mapping[Region, Reviewer]
    password: str


@transaction.atomic
def load(password: str) -> bool:
    """Load everything, whole or not at all; False if it was loaded before."""
    accounts = demonstration_people()
    if User.objects.filter(username__in=[person["username"] for person in accounts]).exists():
        return False
    people = _add_people(accounts, password)
    _add_organisations(people)
    references = _add_references(people)
    _add_medicines(people, references)
    _add_conditions(people)
    _add_site_pages(people)
    for name, is_submitted, is_published in (
        ("amyotrophic-lateral-sclerosis", True, True),
        ("progressive-muscular-atrophy", True, True),
        ("primary-lateral-sclerosis", True, False),
        ("progressive-bulbar-palsy", False, False),
    ):
        data = _toml(name)
        edition = _write_article(data, people, references)
        rows = _submit(edition, people) if is_submitted else []
        if is_published:
            _publish(rows, people)
        elif rows:
            reading.invite_reader(rows[0], people.draft_reader, by=people.editor)
        if reason := data["article"].get("suspension_reason"):
            _suspend(edition.article, people, reason)
    return True


def demonstration_people() -> list[dict[str, Any]]:
    """The accounts: user name, name, e-mail, roles, and what makes a reviewer of somebody."""
    people: list[dict[str, Any]] = _toml("people")["people"]
    return people


def _add_people(accounts: Iterable[Data], password: str) -> People:
    users = {}
    for person in accounts:
        is_staff = person["roles"] not in ([Role.REVIEWER], [Role.DRAFT_READER])
        user = User.objects.create_user(
            person["username"], person["email"], password, full_name=person["name"], is_staff=is_staff
        )
        users[person["username"]] = user
        for role in person["roles"]:
            roles.grant(user, Role(role), by=None)
    lead = users["demo-lead"]
    reviewers = {}
    for person in accounts:
        if "reviewer" in person:
            region, reviewer = _add_reviewer(users[person["username"]], person["reviewer"], lead)
            reviewers[region] = reviewer
    return People(
        editor=users["demo-editor"],
        second_editor=users["demo-editor-two"],
        publisher=users["demo-publisher"],
        lead=lead,
        draft_reader=users["demo-draft-reader"],
        reviewers=reviewers,
        password=password,
    )


def _add_reviewer(user: User, data: Data, lead: User) -> tuple[Region, Reviewer]:
    names = ("slug", "printed_name", "post_nominals", "role_title")
    reviewer = cataloguing.add_reviewer(user, by=lead, fields={name: data[name] for name in names})
    licence = {name: data[name] for name in ("licence_state", "licence_number") if name in data}
    registration = credentials.add_registration(reviewer, data["register"], data["number"], by=lead, **licence)
    region = Region(registration.region)
    today = region.day(clock_now())
    credentials.record_check(
        registration,
        by=lead,
        result=CheckResult.LICENSED,
        checked_on=today,
        valid_until=today + timedelta(days=VALID_DAYS),
    )
    _describe(reviewer, data["profile"], lead)
    return region, reviewer


def _describe(reviewer: Reviewer, data: Data, lead: User) -> None:
    """In the reviewer's words, approved by the lead."""
    description = Description(
        reviewer.role_title,
        tuple(data["specialties"]),
        data["biography"],
        tuple(data["links"]),
        data["interests"],
        reviewer.post_nominals,
    )
    profile = profiling.save_profile(reviewer, description, by=reviewer.user)
    profiling.approve_profile(profile.entries.get(), by=lead)


def _add_organisations(people: People) -> None:
    """Approved by two persons, and never checked with the organisation: the site says so."""
    for data in _toml("organisations")["organisations"]:
        body = Organisation(
            slug=data["slug"],
            name=data["name"],
            former_names=", ".join(data["former_names"]),
            kind=data["kind"],
            what_it_does=data["what"],
            parent_note=data["parent"],
        )
        rows: list[Any] = [
            *(Coverage(code=code) for code in data["coverage"]),
            *(Service(kind=kind) for kind in data.get("services", ())),
            *(Contact(position=place, **contact) for place, contact in enumerate(data["contacts"])),
            *(CharityRegistration(**registration) for registration in data["registrations"]),
        ]
        entry = organisation_actions.propose(body, by=people.editor, put=rows)
        organisation_actions.approve(entry, by=people.second_editor)


def _add_references(people: People) -> dict[str, Reference]:
    works = json.loads((HERE / "references.json").read_text(encoding="utf-8"))
    return {work["id"]: cataloguing.add_reference(work, by=people.editor) for work in works}


def _add_medicines(people: People, references: Mapping[str, Reference]) -> None:
    for data in _toml("medicines")["medicines"]:
        fields = {name: data[name] for name in ("name", "medicine_class", "purpose")}
        brands = [BrandName(**brand) for brand in data["brands"]]
        medicine = prescribing.add_medicine(fields, by=people.editor, brands=brands)
        for said in data["licences"]:
            found = {**said, "region": Region(said["region"]), "source": references[said["source"]]}
            prescribing.record_licence(medicine, by=people.editor, **found)
        for said in data["fundings"]:
            prescribing.record_funding(medicine, by=people.editor, **{**said, "source": references[said["source"]]})


def _add_conditions(people: People) -> None:
    for data in _toml("conditions")["conditions"]:
        cataloguing.add_condition(
            data["slug"],
            data["name"],
            by=people.editor,
            names=[ConditionName(**name) for name in data["names"]],
            codes=[ConditionCode(**code) for code in data["codes"]],
        )


def _add_site_pages(people: People) -> None:
    for data in _toml("site_pages")["pages"]:
        page = SitePage(kind=data["kind"])
        entry = informing.propose_page(page, by=people.editor, fields={"title": data["title"], "text": data["text"]})
        informing.approve_page(entry, by=people.publisher, is_affirmed=True)


def _write_article(data: Data, people: People, references: Mapping[str, Reference]) -> Edition:
    about = data["article"]
    article = cataloguing.add_article(
        Condition.objects.get(slug=about["condition"]),
        by=people.editor,
        risk_tier=about["risk_tier"],
        review_interval_months=about["review_interval_months"],
        slugs={Region.GB: about["slug_gb"], Region.US: about["slug_us"]},
    )
    edition = drafting.start(article, by=people.editor, regions=",".join(about["regions"]))
    change = Change(
        fields={"change_note": about["change_note"], "note_to_reviewers": about["note_to_reviewers"]},
        put=_rows(data, references),
        remove=list(edition.openings.all()),
    )
    drafting.save(edition, change, by=people.editor, opened_version=edition.lock_version)
    for row in data.get("pictures", ()):
        _add_picture(edition, row, people)
    return edition


def _add_picture(edition: Edition, data: Data, people: People) -> None:
    picture = Picture(**{name: value for name, value in data.items() if name != "file"})
    files = [drawing((HERE / data["file"]).read_bytes())]
    picturing.add_picture(edition, picture, files, by=people.editor, opened_version=edition.lock_version)


def _rows(data: Data, references: Mapping[str, Reference]) -> list[Any]:
    bodies = {body.slug: body for body in Organisation.objects.all()}
    return [
        *(
            Opening(**{**row, "names": "\n".join(row["names"]), "key_points": "\n".join(row["key_points"])})
            for row in data["openings"]
        ),
        *(Section(position=place, **row) for place, row in enumerate(data["sections"], start=1)),
        *(Citation(key=row["key"], reference=references[row["reference"]]) for row in data["citations"]),
        *(
            Listing(organisation=bodies[row["organisation"]], region=row["region"], why=row["why"])
            for row in data["listings"]
        ),
        *(MedicineUse(medicine=Medicine.objects.get(name=name)) for name in data["article"].get("medicines", [])),
    ]


def _submit(edition: Edition, people: People) -> list[RegionalEdition]:
    reviewers = {region: [people.reviewers[region]] for region in edition.covered}
    return submitting.submit(edition, by=people.editor, opened_version=edition.lock_version, reviewers=reviewers)


def _publish(rows: Iterable[RegionalEdition], people: People) -> None:
    for row in rows:
        invitation = row.assignments.get()
        reviewer = invitation.reviewer.user
        accepted = assigning.accept(invitation, by=reviewer)
        signature = Signing(accepted.revision_id, Scope.WHOLE_PAGE, Proof(people.password), is_declaration_true=True)
        signing.sign_off(accepted, signature, by=reviewer)
        publishing.publish(row, by=people.publisher)


def _suspend(article: Article, people: People, reason: str) -> None:
    for page in article.regional_articles.all():
        withdrawing.suspend(page, by=people.publisher, reason=reason)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
