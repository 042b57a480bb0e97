"""Nobody learns what is not published: canary words planted wherever readers must not look."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alsinfo.outbox.models import Message
from conditions.actions import (
    assigning,
    commenting,
    deciding,
    drafting,
    noting,
    previewing,
    profiling,
    reading,
    submitting,
    withdrawing,
)
from conditions.actions.deciding import Decision, Verdict
from conditions.models import Description, Path, ReviewAssignment, Reviewer, Revision
from conditions.policies.commenting import Remark
from conditions.policies.profiling import Away
from organisations.models import Organisation
from tests import bodies, informing_cases, medicines, pictured, triaging_cases
from tests import world as w
from tests.at_desk import address as review
from tests.at_desk import at_desk, text_of
from tests.canaries import plant_in_a_disagreement, without_digests
from tests.public_addresses import ADDRESSES
from tests.retraction_lists import plant_in_sources
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

STAFF = ("admin/", "desk/", "accounts/")
WORDS = {
    "draft text": "canarydrafttext",
    "draft title": "canarydrafttitle",
    "draft change note": "canarydraftnote",
    "note to reviewers": "canaryreviewernote",
    "correction not published yet": "canarycorrection",
    "text in review": "canaryreviewtext",
    "text cleared": "canaryclearedtext",
    "text discarded": "canarydiscardedtext",
    "text of the other region": "canaryotherregion",
    "reason to discard": "canarydiscardreason",
    "reason to decline": "canarydeclinereason",
    "suggestion of another reviewer": "canarysuggestion",
    "request for changes": "canarychangesnote",
    "reason to overrule": "canaryoverrulereason",
    "dissent nobody agreed to publish": "canarydissent",
    "reason to revoke": "canaryrevokereason",
    "remark of a reviewer": "canaryremark",
    "answer to a remark": "canaryanswer",
    "remark not sent yet": "canaryunsent",
    "interest of a recused reviewer": "canaryinterest",
    **bodies.WORDS,
    "words of a reader": "canaryreadersaid",
    "proposed page about the site": "canaryaboutsite",
    "note on words of a reader": "canaryfeedbacknote",
    "proposed biography": "canarybiography",
    "proposed interests": "canarystanding",
    "days away": "2099",
    "remark of a draft reader": "canaryremark",
    "words a draft reader did not send": "canarynotsent",
    "reason of a draft reader": "canaryreaderreason",
    "name of a draft reader": "canary-reader",
    "library reference": "canarylibrary",
    "note on a cited work": "canarycitednote",
    "medicine no page shows": "canarymedicine",
    "note on a licence": "canarylicence",
    "answer for an old copy": "canaryoldcopy",
    "reason why a retracted source stays": "canaryanswered",
    "reason of a retraction": "canaryreasons",
    "broken link": "canarybroken",
    "unpublished slug": "canary-slug",
    "name of a condition": "canarycondition",
    "note among editors": "canarynote",
    "reply to a note": "canaryreply",
}

OWN_REVIEWS = {
    "uk-reviewer": {"text cleared", "name of a condition"},
    "us-reviewer": {"text of the other region", "name of a condition"},
    "other-uk-reviewer": {"reason to overrule"},
}
"""What each reviewer was asked about and may have on paper, in the record or by mail; a dissenter is told why."""


@pytest.fixture
def world() -> w.World:
    world = w.build()
    plant(world)
    return world


def plant(world: w.World) -> None:
    """One article in every unpublished state, one that is live with a draft over it, and words about them."""
    plant_in_drafts(world)
    plant_in_reviews(world)
    plant_in_what_ended(world)
    plant_in_readings(world)
    plant_in_a_disagreement(world, WORDS)
    plant_in_sources(world, WORDS)
    words = Description("Neurologist", (), WORDS["proposed biography"], (), WORDS["proposed interests"])
    away = Away(date(int(WORDS["days away"]), 1, 1), date(int(WORDS["days away"]), 1, 2))
    profiling.save_profile(world.uk, words, away, by=world.uk.user)
    bodies.plant(world)
    medicines.plant(world, WORDS)
    informing_cases.plant(world, WORDS["proposed page about the site"])
    triaging_cases.plant(world, WORDS["words of a reader"], WORDS["note on words of a reader"])
    changed = {**w.BROWN, "title": WORDS["library reference"], "note": WORDS["note on a cited work"]}
    w.cataloguing.change_reference(world.reference, changed, by=world.editor)


def plant_in_drafts(world: w.World) -> None:
    noted = {**w.BROWN, "note": WORDS["note on a cited work"]}
    w.cataloguing.change_reference(world.reference, noted, by=world.editor)
    live = w.live(world, w.article(world, "als"))
    over = drafting.start(live, by=world.editor)
    pictured.show(world, over, colour="green", alt=WORDS["draft text"], caption=WORDS["draft text"])
    w.edit(over, world.editor, "symptoms", f"{WORDS['draft text']} [@brown2017].")
    opening = over.openings.get()
    opening.title = WORDS["draft title"]
    fields = {"change_note": WORDS["draft change note"], "note_to_reviewers": WORDS["note to reviewers"]}
    wrong = {"correction": WORDS["correction not published yet"], "wrong_since": w.today()}
    w.write(over, world.editor, put=[opening], fields={**fields, **wrong})
    note = noting.open_note(over, WORDS["note among editors"], by=world.editor, part="section:symptoms")
    noting.reply_to_note(note, f"@publisher {WORDS['reply to a note']}", by=world.lead)
    previewing.share_preview(over, GB, by=world.editor)


def plant_in_reviews(world: w.World) -> None:
    in_review = w.draft(world, w.article(world, WORDS["unpublished slug"], WORDS["name of a condition"]))
    w.edit(in_review, world.editor, "overview", f"{WORDS['text in review']} [@brown2017].")
    rows = w.submit(world, in_review)
    why, whom = WORDS["reason to decline"], WORDS["suggestion of another reviewer"]
    assigning.decline(w.assignment(rows[GB]), by=world.uk.user, reason=why, suggestion=whom)

    changed = w.draft(world, w.article(world, "changes", "Changes requested"))
    row = w.submit(world, changed)[GB]
    to = w.accept(w.assignment(row))
    said = WORDS["remark of a reviewer"]
    remark = Remark("section:symptoms", (GB,), "must", said, said, said)
    verdict = Verdict(to, "changes", to.revision_id)
    deciding.decide(Decision((verdict,), remarks=(remark,), note=WORDS["request for changes"]), by=to.reviewer.user)
    commenting.answer(to.comments.get(), by=world.editor, reply=WORDS["answer to a remark"])

    begun = w.accept(w.assignment(w.submit(world, w.draft(world, w.article(world, "begun", "Begun")))[GB]))
    commenting.save_draft(begun, {"note": WORDS["remark not sent yet"]}, by=begun.reviewer.user)

    cleared = w.draft(world, w.article(world, "cleared", "Cleared"))
    w.edit(cleared, world.editor, "overview", f"{WORDS['text cleared']} [@brown2017].")
    w.sign(w.submit(world, cleared)[GB])


def plant_in_readings(world: w.World) -> None:
    """One reading whose remark changed a text that is live, one begun and one declined."""
    somebody = w.person(WORDS["name of a draft reader"], w.Role.DRAFT_READER)
    row = w.submit(world, w.draft(world, w.article(world, "read", "Read"), regions="GB"))[GB]
    begun, done, declined = (
        reading.accept_reading(reading.invite_reader(row, person, by=world.editor), by=person)
        for person in (somebody, world.draft_reader, w.person("third-reader", w.Role.DRAFT_READER))
    )
    remark = Remark("section:symptoms", (GB,), "should", WORDS["remark of a draft reader"])
    reading.complete_reading(done, [remark], by=done.reader)
    commenting.mark_done(done.comments.get(), by=world.editor, reply=WORDS["remark of a draft reader"])
    reading.decline_reading(declined, by=declined.reader, reason=WORDS["reason of a draft reader"])
    reading.save_reading(begun, {"say-whole": WORDS["words a draft reader did not send"]}, by=somebody)
    w.publish(world, row)


def plant_in_what_ended(world: w.World) -> None:
    discarded = w.draft(world, w.article(world, "discarded", "Discarded"))
    w.edit(discarded, world.editor, "overview", f"{WORDS['text discarded']} [@brown2017].")
    rows = w.submit(world, discarded)
    interest = w.assignment(rows[GB])
    assigning.declare_interest(interest, by=world.uk.user, statement=WORDS["interest of a recused reviewer"])
    assigning.recuse(interest, by=world.lead, reason=WORDS["interest of a recused reviewer"])
    for region in rows:
        submitting.discard(discarded, region, by=world.publisher, reason=WORDS["reason to discard"])

    suspended = w.draft(world, w.article(world, "suspended", "Suspended"))
    w.edit(suspended, world.editor, "help-us", WORDS["text of the other region"])
    for row in w.submit(world, suspended).values():
        w.publish(world, row)
    page = w.page(suspended.article)
    signature = page.live_publication().signatures().get()  # type: ignore[union-attr]
    withdrawing.revoke(signature, by=world.lead, reason=WORDS["reason to revoke"])


def public_routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every public route as (name, pattern)."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(STAFF):
            continue
        if isinstance(pattern, URLResolver):
            yield from public_routes(pattern.url_patterns, route)
        else:
            yield pattern.name or route, route


def addresses() -> list[str]:
    """Every address of every route, for each region and slug there is."""
    slugs = [*Path.objects.values_list("slug", flat=True).distinct(), "never-was"]
    reviewers = [*Reviewer.objects.values_list("slug", flat=True), "never-was"]
    templates = [template for group in ADDRESSES.values() for template in group]
    return sorted(
        {
            template.format(region=region, slug=slug, reviewer=reviewer, body=body, digest=digest)
            for digest in [*Revision.objects.values_list("pk", flat=True), "0" * 64]
            for body in [*Organisation.objects.values_list("slug", flat=True), "never-was"]
            for template in templates
            for region in ("uk", "us")
            for slug in slugs
            for reviewer in reviewers
        }
    )


def test_every_public_route_is_crawled() -> None:
    assert {name for name, _ in public_routes(get_resolver().url_patterns)} == set(ADDRESSES)


def test_no_canary_is_on_any_public_address(client: Client, world: w.World) -> None:
    crawled = addresses()
    other = {"region": "US", "publications__isnull": False, "text__contains": WORDS["text of the other region"]}
    us_text = Revision.objects.get(**other).pk
    assert len(crawled) > 40
    for address in crawled:
        for method in (client.get, client.head, client.post, client.put, client.options):
            response = method(address)
            told = response.content.decode("utf-8", "replace").lower() + str(dict(response.headers)).lower()
            told = without_digests(told)
            if "canary-slug" in address:
                told = told.replace(address.lower(), "").replace(f"{address.lower()}/", "")
            found = [what for what, word in WORDS.items() if word in told]
            is_us_page = address.startswith("/us/conditions/suspended/") or address == f"/verify/{us_text}/content.json"
            assert found == (["text of the other region"] if is_us_page and method == client.get and found else [])
    search_for_canaries(client)


def search_for_canaries(client: Client) -> None:
    """The words are shown again as they were asked for, in the title, the box and the heading, and nowhere else."""
    for what, word in WORDS.items():
        text = client.get("/uk/search/", {"q": word}).text
        assert f"Nothing found for “{word}”" in text, what
        assert text.lower().count(word) == 3, what
        assert word not in client.get("/uk/search/suggest/", {"q": word}).text


def test_the_canaries_are_really_there(world: w.World) -> None:
    """A crawl that finds nothing proves nothing if nothing was planted."""
    kept = str([list(model._base_manager.values()) for model in apps.get_models()])
    assert [what for what, word in WORDS.items() if word not in kept] == []


def test_people_are_not_named_beyond_what_they_signed(client: Client, world: w.World) -> None:
    private = ["@example.org", "editor", "uk-reviewer", "superuser", "other uk reviewer", "other lead", "administrator"]
    text = client.get("/uk/conditions/als/").text.lower().replace("https://support-uk.example.org/", "")
    text = text.replace("/uk/medical-team/uk-reviewer/", "").replace("/uk/editorial-process/", "")
    assert "dr uk reviewer" in text
    assert [word for word in private if word in text] == []


def test_an_unpublished_page_is_told_from_nothing_by_no_address(client: Client, world: w.World) -> None:
    for suffix in ("", "history/"):
        nothing = client.get(f"/uk/conditions/never-was/{suffix}")
        for slug in (WORDS["unpublished slug"], "changes", "cleared", "discarded"):
            page = client.get(f"/uk/conditions/{slug}/{suffix}")
            assert (page.status_code, page.content, dict(page.headers)) == (404, nothing.content, dict(nothing.headers))


def test_no_reviewer_gets_a_text_of_anothers_review_on_paper_in_the_record_or_by_mail(world: w.World) -> None:
    """Copies, records and receipts hold what their reviewer was asked about, in their region, and nothing else."""
    for reviewer in (world.uk, world.us, world.other_uk):
        client = at_desk(reviewer)
        for assignment in ReviewAssignment.objects.exclude(reviewer=reviewer):
            response = client.get(review(assignment, "copy/"))
            assert response.status_code == 404
            assert [what for what, word in WORDS.items() if word in text_of(response)] == []
        told = text_of(client.get("/desk/record/")) + text_of(client.get("/desk/record.csv"))
        own = ReviewAssignment.objects.filter(reviewer=reviewer)
        told += "".join(text_of(client.get(review(assignment, "copy/"))) for assignment in own)
        told += "".join(Message.objects.filter(to_user=reviewer.user).values_list("body", flat=True))
        assert {what for what, word in WORDS.items() if word in told} <= OWN_REVIEWS[reviewer.slug]


def test_a_reviewer_does_find_what_is_their_own_on_paper_and_in_mails(world: w.World) -> None:
    """The crawl above would notice: the words are there for those they are meant for."""
    receipts = Message.objects.filter(to_user=world.uk.user, subject__startswith="You signed")
    assert any(WORDS["text cleared"] in body for body in receipts.values_list("body", flat=True))
    us = "".join(text_of(at_desk(world.us).get(review(one, "copy/"))) for one in world.us.assignments.all())
    assert WORDS["text of the other region"] in us
