"""Organisations: one person proposes what readers see, another stands behind it."""

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from conditions.models import RenderedPage, Revision
from organisations import actions
from organisations.errors import (
    AlreadyApproved,
    BadContact,
    MissingRole,
    NothingNew,
    OwnProposal,
    UnknownArea,
    UnusableWords,
)
from organisations.models import (
    CharityRegistration,
    Contact,
    Coverage,
    Entry,
    Organisation,
)
from organisations.vocabulary import ContactKind
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(world: w.World) -> Organisation:
    """An approved organisation."""
    return world.bodies[GB]


def propose(body: Organisation, world: w.World, what: str = "Helps more people.") -> Entry:
    body.refresh_from_db()
    return actions.propose(body, by=world.editor, fields={"what_it_does": what})


def test_a_proposal_freezes_everything_that_readers_will_see(world: w.World) -> None:
    body = Organisation(slug="mnda", name="MND Association", kind="support", what_it_does="Helps.")
    rows: list[Coverage | Contact | CharityRegistration] = [
        Coverage(code="GB-ENG"),
        Coverage(code="GB-NIR"),
        Contact(kind="telephone", value="+44 808 802 6262", label="Helpline", note="Weekdays"),
        CharityRegistration(register="CCEW", number="294354"),
    ]
    entry = actions.propose(body, by=world.editor, put=rows)
    assert entry.content["coverage"] == ["GB-ENG", "GB-NIR"]
    contact = {"kind": "telephone", "value": "+448088026262", "label": "Helpline", "note": "Weekdays"}
    assert entry.content["contacts"][0].items() >= contact.items()
    assert entry.content["registrations"] == [{"register": "CCEW", "number": "294354"}]
    assert (entry.number, entry.proposed_by, entry.approved_by) == (1, world.editor, None)
    body.refresh_from_db()
    assert body.entry is None


def test_readers_see_the_approved_entry_until_another_is_approved(world: w.World, body: Organisation) -> None:
    shown = body.entry
    entry = propose(body, world)
    body.refresh_from_db()
    assert body.entry == shown
    actions.approve(entry, by=world.publisher)
    body.refresh_from_db()
    assert body.entry == entry


def test_an_approved_change_is_in_every_live_page_and_in_no_digest(
    world: w.World, live: w.Article, body: Organisation
) -> None:
    revisions = set(Revision.objects.values_list("pk", flat=True))
    entry = propose(body, world, "Runs a night line.")
    assert not any(b"Runs a night line." in bytes(page.body) for page in RenderedPage.objects.all())
    actions.approve(entry, by=world.publisher)
    regions = {
        page.publication.regional_article.region
        for page in RenderedPage.objects.all()
        if b"Runs a night line." in bytes(page.body)
    }
    assert regions == {"GB"}
    assert set(Revision.objects.values_list("pk", flat=True)) == revisions


def test_only_editors_and_publishers_propose_and_only_publishers_approve(world: w.World, body: Organisation) -> None:
    for person in (world.lead, world.uk.user, world.administrator, world.superuser):
        with pytest.raises(MissingRole):
            actions.propose(body, by=person, fields={"name": "X"})
    entry = propose(body, world)
    for person in (world.other_editor, world.lead, world.superuser):
        with pytest.raises(MissingRole):
            actions.approve(entry, by=person)


def test_nobody_approves_their_own_proposal(world: w.World, body: Organisation) -> None:
    roles.grant(world.editor, Role.PUBLISHER, by=None)
    with pytest.raises(OwnProposal):
        actions.approve(propose(body, world), by=world.editor)


def test_only_the_newest_proposal_is_approved_and_once(world: w.World, body: Organisation) -> None:
    older, newer = propose(body, world, "One."), propose(body, world, "Two.")
    stale = Entry.objects.get(pk=newer.pk)
    with pytest.raises(AlreadyApproved):
        actions.approve(older, by=world.publisher)
    actions.approve(newer, by=world.publisher)
    for entry in (newer, stale):
        with pytest.raises(AlreadyApproved):
            actions.approve(entry, by=world.other_publisher)


def test_a_proposal_says_something_new(world: w.World, body: Organisation) -> None:
    with pytest.raises(NothingNew):
        actions.propose(body, by=world.editor)
    contact = body.contacts.get()
    entry = actions.propose(body, by=world.editor, remove=[contact])
    assert entry.content["contacts"] == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("telephone", "0808 802 6262"),
        ("telephone", "+44 1"),
        ("telephone", "٩٩٩"),
        ("email", "somebody at example"),
        ("website", "javascript:alert(1)"),
        ("website", "example.org"),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused_and_nothing_is_half_saved(
    world: w.World, body: Organisation, kind: str, value: str
) -> None:
    with pytest.raises(BadContact):
        actions.propose(
            body,
            by=world.editor,
            fields={"name": "Changed"},
            put=[Contact(kind="text", value="85258"), Contact(kind=kind, value=value)],
        )
    body.refresh_from_db()
    assert (body.name, body.contacts.count(), body.entries.count()) == ("Support UK", 1, 1)


@pytest.mark.parametrize(
    ("kind", "value"),
    [("telephone", "999"), ("telephone", "116 123"), ("text", "988"), ("telephone", "+1 800 555 0100")],
)
def test_short_codes_and_international_numbers_are_contacts(
    world: w.World, body: Organisation, kind: str, value: str
) -> None:
    entry = actions.propose(body, by=world.editor, put=[Contact(kind=kind, value=value)])
    stored = value.replace(" ", "") if value.startswith("+") else value
    assert stored in {contact["value"] for contact in entry.content["contacts"]}


@pytest.mark.parametrize("code", ["FR", "GB-XXX", "US-ZZ", "uk"])
def test_an_area_is_a_region_a_nation_or_a_state(world: w.World, body: Organisation, code: str) -> None:
    with pytest.raises(UnknownArea):
        actions.propose(body, by=world.editor, put=[Coverage(code=code)])


def test_a_proposal_for_one_organisation_leaves_the_other_as_it_is(world: w.World, body: Organisation) -> None:
    other = world.bodies[US].entry
    actions.approve(propose(body, world), by=world.publisher)
    world.bodies[US].refresh_from_db()
    assert world.bodies[US].entry == other


@pytest.mark.parametrize("word", ["a\x00b", "a\u202eb", "a\u200bb"])
def test_words_that_cannot_be_seen_are_refused(world: w.World, word: str) -> None:
    with pytest.raises(UnusableWords):
        actions.propose(world.bodies[GB], by=world.editor, fields={"what_it_does": word})
    contact = Contact(kind=ContactKind.ADDRESS, value="1 High Street", note=word)
    with pytest.raises(UnusableWords):
        actions.propose(world.bodies[GB], by=world.editor, put=[contact])
