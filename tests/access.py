"""Every route of the site with the answer each role gets: `GET/POST` status codes.

WRITE_ACCESS_TABLE=1 python -m pytest tests/test_access.py   writes tests/access.txt anew, to be read before it
is committed
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alsinfo.outbox.models import Message
from alsinfo.tokens import hash_of
from conditions.actions import (
    assigning,
    deciding,
    deferring,
    dissenting,
    drafting,
    noting,
    overruling,
    profiling,
    reading,
    retiring,
    signing,
    withdrawing,
)
from conditions.actions.deciding import Decision, Verdict
from conditions.models import (
    Article,
    CalendarLink,
    Description,
    Edition,
    InvitationLink,
    PreviewLink,
    Publication,
    Reading,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
)
from conditions.policies.commenting import Remark
from conditions.readers.views.site_pages import KINDS
from organisations import actions as organisation_actions
from organisations import asking
from organisations.models import EntryLink
from tests import informing_cases, medicines, pictured, triaging_cases
from tests import world as w
from tests.notice_cases import lost_message
from tests.retraction_lists import event, take_in
from tests.world import GB, US

TABLE = Path(__file__).parent / "access.txt"
ROLES = ("nobody", "editor", "publisher", "lead", "admin", "superuser", "reviewer", "other", "reader", "left")
"""Not signed in; an administrator is "admin", a reviewer of something else "other", somebody
who reads a draft "reader", a closed account "left"."""
COMPANIES = (
    ("nobody", "reviewer", "other", "reader", "left"),
    ("editor", "publisher"),
    ("lead", "superuser"),
    ("admin",),
)
"""The same roles in companies of about as many pages, so that each can be asked for beside the others."""
NOWHERE = "(the rest)"
TOKEN = "known-to-the-table"
SPECIAL = {
    "^(?P<app_label>accounts|audit|outbox|organisations|conditions)/$": "conditions/",
    "(?P<url>.*)$": "nothing",
    "invitation/<str:key>/": "invitation/nothing/",
    r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/new/1-nothing/",
    r"^(?P<address>admin|desk|accounts|verify(?:/[0-9a-f]{64})?|(?:uk|us)"
    r"(?:/conditions(?:/[-\w]+(?:/(?:history|compare|v\d+))?)?|/medical-team(?:/[-\w]+)?)?)$": "uk/conditions/als",
    rf"^(?P<address>(?:uk|us)/(?:feedback(?:/sent)?|corrections|editorial-process|{KINDS}))$": "uk/feedback",
    rf"^(?P<region_slug>uk|us)/(?P<kind>{KINDS})/$": "uk/about/",
    r"^(?P<address>(?:uk|us)/organisations(?:/[-\w]+)?)$": "uk/organisations",
    r"^(?P<address>(?:uk|us)/search)$": "uk/search",
}


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every route, as it is written in the code."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def all_routes() -> list[str]:
    """Every route of the site."""
    *every, nowhere = routes(get_resolver().url_patterns)
    assert nowhere == "", "the last route answers for every address that leads nowhere"
    return [*every, NOWHERE]


def address(route: str) -> str:
    """An address that the route matches, of something that exists."""
    if route == NOWHERE:
        return "/nothing"
    for pattern, example in SPECIAL.items():
        route = route.replace(pattern, example)
    model = re.match(r"admin/(\w+)/(\w+)/<path:object_id>", route)
    if model:
        route = route.replace("<path:object_id>", str(example_of(model[1], model[2])))
    if "desk/readings/" in route:
        route = route.replace("<int:pk>", str(Reading.objects.get().pk))
    if "desk/" in route:
        reviewing = ReviewAssignment.objects.get(state="accepted", reviewer__slug="uk-reviewer")
        route = route.replace("<int:pk>", str(reviewing.pk))
    for name, example in {
        "<str:token>": TOKEN,
        "<str:suffix>": "ris",
        "<slug:name>-<int:number>": "conditions-1",
        "passkeys/<int:pk>": "passkeys/1",
        "verify/<slug:digest>": f"verify/{Publication.objects.order_by('pk')[0].revision_id}",
        "pictures/<slug:digest>.<slug:suffix>": pictured.address()[1:],
        "<slug:digest>": w.photograph().digest,
        "v<int:number>": "v1",
        "<slug:region_slug>": "uk",
        "<str:region_slug>": "uk",
        "team/<slug:slug>": "team/uk-reviewer",
        "organisations/<slug:slug>": "organisations/support-uk",
        "<slug:slug>": "als",
    }.items():
        route = route.replace(name, example)
    return "/" + route


def example_of(app: str, model: str) -> object:
    """The key of a row to ask for; of editions, the draft."""
    if model == "edition":
        return Edition.objects.filter(state="draft").order_by("pk")[0].pk
    if model == "message":
        return Message.objects.stuck().order_by("pk")[0].pk
    found = apps.get_model(app, model).objects.order_by("pk").first()
    assert found is not None, f"the world of the access table has no {model}"
    return found.pk


def _correct(world: w.World, article: Article) -> None:
    """The UK page owns up to something."""
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "help-uk", "Ring your GP.")
    w.write(edition, world.editor, fields={"correction": "It said to write.", "wrong_since": w.today()})
    w.publish(world, w.submit(world, edition)[GB])


def _overruled(world: w.World) -> None:
    """A dissent that its author agreed to publish."""
    row = w.submit(world, w.draft(world, w.article(world, "argued", "Argued about"), regions="US"))[US]
    other = w.reviewer("other-us-reviewer", w.Register.NPI, "1245319599", world.lead)
    second = w.accept(assigning.invite(row, other, by=world.editor))
    w.sign(row, of=world.us)
    signing.request_changes(second, by=other.user, note="The dose is too high.")
    made = overruling.overrule(row, by=world.lead, reason="It is right.")
    w.publish(world, row)
    dissenting.agree_to_note(dissenting.propose_note(made, by=world.publisher), by=other.user)


def _take_down(world: w.World) -> None:
    """A page that was down and is back, and one whose signature was withdrawn."""
    down = w.live(world, w.article(world, "down", "Taken down"))
    _correct(world, down)
    withdrawing.suspend(w.page(down), by=world.publisher, reason="A mistake.")
    withdrawing.lift(w.page(down), by=world.lead, reason="It was none.")
    retiring.redirect(w.page(down), w.page(w.live(world, w.article(world, "there"))), by=world.publisher, reason="One.")
    retiring.propose_reinstatement(w.page(down), by=world.publisher, reason="They are two.")
    retiring.propose_withdrawal(w.page(down, US), by=world.publisher, reason="Outdated.")
    RegionalArticle.objects.filter(pk=w.page(down, US).pk).update(next_review_due_on=w.today(US))
    deferring.defer(w.page(down, US), w.today(US) + timedelta(days=9), by=world.lead, reason="The reviewer is ill.")
    signature = w.page(down, US).live_publication().signatures().get()  # type: ignore[union-attr]
    withdrawing.revoke(signature, by=world.lead, reason="Struck off.")


def build() -> dict[str, Client]:
    """A world with at least one row of everything, and a signed-in client for each role."""
    world = w.build()
    live = pictured.live(world, w.article(world, "als"))
    _talk_about(drafting.start(live, by=world.editor), world)
    _overruled(world)
    _take_down(world)
    reviewing = w.submit(world, w.draft(world, w.article(world, "reviewing", "In review")))
    _remark_on(world)
    _ask_around(world, reviewing[GB])
    assigning.declare_interest(w.assignment(reviewing[US]), by=world.us.user, statement="Shares.")
    describe(world)
    medicines.draft(world, medicines.riluzole(world), w.article(world, "shows", "Shows a medicine"))
    take_in(event())
    _organise(world)
    _be_told(world)
    informing_cases.plant(world, "us")
    triaging_cases.plant(world, "The dose is wrong.", "Looked up.")
    left = w.person("deactivated", w.Role.EDITOR, w.Role.PUBLISHER, w.Role.LEAD, is_staff=True)
    people = {
        "editor": world.other_editor,
        "publisher": world.publisher,
        "lead": world.lead,
        "admin": world.administrator,
        "superuser": world.superuser,
        "reviewer": world.uk.user,
        "other": world.other_uk.user,
        "reader": world.draft_reader,
        "left": left,
    }
    clients = {role: Client() for role in ROLES}
    for role, user in people.items():
        clients[role].force_login(user)
    left.is_active = False
    left.save()
    return clients


def _talk_about(edition: Edition, world: w.World) -> None:
    """A draft with a note, and with a preview link that is known here."""
    noting.open_note(edition, "Is this right?", by=world.editor)
    now = w.clock_now()
    PreviewLink.objects.create(
        edition=edition,
        region=GB,
        token_hash=hash_of(TOKEN),
        made_by=world.editor,
        made_at=now,
        expires_at=now + timedelta(days=1),
    )


def _be_told(world: w.World) -> None:
    """A message that was lost, and a calendar whose address is known here."""
    lost_message(world)
    CalendarLink.objects.create(user=world.editor, token_hash=hash_of(TOKEN), made_at=w.clock_now())


def _organise(world: w.World) -> None:
    """A proposal that waits; a check of details, and a contact that is hidden."""
    organisation_actions.propose(world.bodies[GB], by=world.editor, fields={"what_it_does": "Helps more."})
    body = world.bodies[US]
    assert body.entry
    said: dict[str, Any] = {"checked_on": w.today(), "how": "email", "asked": "The office"}
    organisation_actions.record_details_check(body.entry, by=world.editor, **said)
    organisation_actions.hide_contact(body, "website", body.contacts.get().value, by=world.editor, reason="Wrong.")
    link = asking.send_link(body, "office@example.org", by=world.editor)
    known = {"organisation": world.bodies[GB], "sent_to": link.sent_to, "sent_by": world.editor}
    EntryLink.objects.create(token_hash=hash_of(TOKEN), sent_at=link.sent_at, expires_at=link.expires_at, **known)


def _remark_on(world: w.World) -> None:
    """A text that came back with a remark."""
    remarked = w.accept(w.assignment(w.submit(world, w.draft(world, w.article(world, "remarked", "Remarked")))[GB]))
    remark = Remark("section:symptoms", (GB,), "must", "Weak is not the word.", "grow weak", "lose strength")
    deciding.decide(
        Decision((Verdict(remarked, "changes", remarked.revision_id),), remarks=(remark,)), by=world.uk.user
    )


def _ask_around(world: w.World, row: RegionalEdition) -> None:
    """An accepted review with a link that is known here, and an accepted reading of the draft."""
    assignment = w.accept(w.assignment(row))
    now = w.clock_now()
    InvitationLink.objects.create(
        assignment=assignment, token_hash=hash_of(TOKEN), made_at=now, expires_at=now + timedelta(days=1)
    )
    to_read = reading.invite_reader(row, world.draft_reader, by=world.editor)
    reading.accept_reading(to_read, by=world.draft_reader)


def describe(world: w.World) -> None:
    """One profile that waits, and one that readers see with its photograph."""
    profiling.save_profile(world.uk, Description("Neurologist"), by=world.uk.user)
    described = profiling.save_profile(
        world.us, Description("Neurologist"), photograph=w.photograph(), by=world.us.user
    )
    profiling.approve_profile(described.entries.get(), by=world.lead)
