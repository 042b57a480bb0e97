"""Organisations for tests of the finder: as the demonstration has them, and many."""

from collections.abc import Iterable
from typing import Any

from organisations import actions, asking
from organisations.models import Contact, Coverage, Entry, Organisation, Service, Shown
from organisations.showing import order_of
from tests.world import GB, World, today

SOME = {
    "MND Scotland": ["GB-SCT"],
    "Motor Neurone Disease Association": ["GB-ENG", "GB-NIR", "GB-WLS"],
    "Carers UK": ["GB"],
    "Les Turner ALS Foundation": ["US-IL"],
    "The ALS Association": ["US"],
    "Both Sides": ["GB", "US"],
}


WORDS = {
    "proposed organisation": "canaryproposal",
    "organisation nobody approved": "canarynewbody",
    "hidden contact": "canaryhidden",
    "reason to hide a contact": "canaryhidingreason",
    "whom a check asked": "canaryasked",
    "whom a link was sent to": "canarymailbox",
    "who answered for an organisation": "canarywhoanswered",
    "what an organisation sent": "canarysent",
    "note of an organisation": "canarytold",
}
ADDRESSES = {
    "finder": [
        "/{region}/organisations/",
        "/{region}/organisations/?condition={slug}&q=canary",
        "/{region}/organisations/?format=json",
        "/{region}/organisations/?format=csv",
    ],
    "organisation": ["/{region}/organisations/{body}/"],
    "logo": [f"/logos/{'0' * 64}.webp"],
    "your-entry": ["/your-entry/never-was/"],
    "thanks": ["/your-entry/thanks/"],
    "organisations-add-slash": ["/{region}/organisations", "/{region}/organisations/{body}"],
}
"""What readers must not find, by what it is, and where it is looked for."""


def slug_of(name: str) -> str:
    """“MND Scotland” is mnd-scotland."""
    return name.lower().replace(" ", "-")


def approved(world: World, name: str, areas: Iterable[str], *rows: Any, **fields: Any) -> Organisation:
    """An organisation that readers see."""
    own = {"slug": slug_of(name), "kind": "support", "what_it_does": f"{name} helps."}
    body = Organisation(name=name, **(own | fields))
    put = [*(Coverage(code=code) for code in areas), *rows]
    actions.approve(actions.propose(body, by=world.editor, put=put), by=world.publisher)
    return body


def some(world: World) -> None:
    """A few, one with a helpline, one with an e-mail address."""
    Shown.objects.all().delete()
    for name, areas in SOME.items():
        rows: list[Any] = []
        if name == "Carers UK":
            rows = [Contact(kind="telephone", value="+448088087777"), Service(kind="helpline")]
        if name == "MND Scotland":
            rows = [Contact(kind="email", value="info@mnd.example.org"), Service(kind="equipment")]
        approved(world, name, areas, *rows)


def many(world: World, count: int, *, first: int = 0) -> None:
    """So many as rows of their tables, numbered from `first`; every third helps the whole UK, every third Scotland."""
    areas = (["GB"], ["GB-SCT"], ["US-IL", "US-TX"])
    entry = approved(world, f"The pattern {first}", ["GB"], Service(kind="helpline")).entries.get()
    bodies = Organisation.objects.bulk_create(
        Organisation(slug=f"body-{number}", name=f"Body {number} of somewhere", kind="support")
        for number in range(first, first + count)
    )
    entries = Entry.objects.bulk_create(
        Entry(organisation=body, number=1, body=entry.body, proposed_by=world.editor, proposed_at=entry.proposed_at)
        for body in bodies
    )
    Shown.objects.bulk_create(
        Shown(
            organisation=body,
            entry=own,
            name=body.name,
            order=order_of(body.name),
            names=body.name,
            areas=f",{','.join(areas[number % 3])},",
            services=",helpline,",
            answers_without_a_voice=number % 2 == 0,
            is_active=True,
            card=entry.body,
        )
        for number, (body, own) in enumerate(zip(bodies, entries, strict=True))
    )


def plant(world: World) -> None:
    """In canary words: a change and a body nobody approved, and one that was checked, with a hidden contact."""
    word = WORDS["proposed organisation"]
    proposal = Organisation.objects.get(pk=world.bodies[GB].pk)
    actions.propose(proposal, by=world.editor, fields={"name": word, "what_it_does": word})
    word = WORDS["organisation nobody approved"]
    actions.propose(Organisation(slug="waiting", name=word, kind="support", what_it_does=word), by=world.editor)
    value = f"https://{WORDS['hidden contact']}.example.org/"
    body = approved(world, "Checked", ["GB"], Contact(kind="website", value=value))
    said: dict[str, Any] = {"checked_on": today(), "how": "email", "asked": WORDS["whom a check asked"]}
    actions.record_details_check(body.entries.get(), by=world.editor, **said)
    actions.hide_contact(body, "website", value, by=world.editor, reason=WORDS["reason to hide a contact"])
    link = asking.send_link(body, f"{WORDS['whom a link was sent to']}@example.org", by=world.editor)
    own = asking.Said({"what": WORDS["what an organisation sent"]})
    name, note = WORDS["who answered for an organisation"], WORDS["note of an organisation"]
    asking.correct_entry(link, body.entries.get(), own, name=name, note=note)
