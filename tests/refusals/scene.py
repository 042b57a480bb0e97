"""One small world with something in every state, built once; each attempt changes it and is undone."""

from dataclasses import dataclass
from datetime import timedelta

from alsinfo.concurrency import clock_now
from conditions.actions import (
    assigning,
    commenting,
    deciding,
    deferring,
    dissenting,
    drafting,
    noting,
    overruling,
    previewing,
    profiling,
    reading,
    retiring,
    signing,
    triaging,
    withdrawing,
)
from conditions.actions.deciding import Decision, Verdict
from conditions.models import (
    Article,
    Description,
    Edition,
    Medicine,
    Note,
    Overruling,
    PreviewLink,
    Reading,
    RegionalArticle,
    RegionalEdition,
    RetractionAnswer,
    RetractionEvent,
    ReviewAssignment,
    ReviewComment,
    SitePage,
)
from conditions.policies.commenting import Remark
from conditions.policies.triaging import Said
from organisations import actions as organising
from organisations import asking
from organisations.models import Logo
from tests import informing_cases, medicines, pictured
from tests import world as w
from tests.retraction_lists import event, take_in
from tests.world import GB, US, World

WHAT_IS_WRONG = "The dose is too high."


@dataclass(frozen=True)
class Scene:
    """`shown` is live in both regions; `confirming` is its accepted re-confirmation for the UK.

    `drafted` is a draft; `in_review` a UK text with an accepted review (`accepted`) and one whose declared
    interest is `pending`; `asked` its US review, not answered yet; `cleared` a UK text, signed and not published.
    `read` is an accepted reading of the UK text in review, `to_read` one of the cleared text, not answered yet.
    `remark` must be met and was answered, on the text of a draft; a `note` on `drafted` is open and was replied to,
    and a link to it `shared`.
    `sent_back` is a UK text that one reviewer signed and another sent back; of a second such text the request
    for changes was `overruled` and a note proposed, of a third the note was agreed to.
    `down` is suspended for the UK by the publisher, for the US by a revoked signature, and was lifted once; its UK text
    put something right.
    `medicine` and a picture are shown by the draft and by the texts in review. Somebody is invited and has not come.
    A work nobody cites was retracted, and answered for. A reader found the shown page helpful.
    `about` is a page about the site that readers see.
    """

    world: World
    shown: Article
    confirming: ReviewAssignment
    drafted: Edition
    in_review: RegionalEdition
    accepted: ReviewAssignment
    pending: ReviewAssignment
    asked: ReviewAssignment
    cleared: RegionalEdition
    sent_back: RegionalEdition
    overruled: Overruling
    down: Article
    remark: ReviewComment
    note: Note
    shared: PreviewLink
    about: SitePage
    read: Reading
    to_read: Reading
    medicine: Medicine

    @property
    def page(self) -> RegionalArticle:
        """The live UK page."""
        return w.page(self.shown)

    @property
    def suspended(self) -> RegionalArticle:
        """The suspended UK page."""
        return w.page(self.down)


def build() -> Scene:
    """Everything, by the actions."""
    world = w.build()
    w.invite(world)
    _before(world)
    shown = w.live(world)
    triaging.send_feedback(Said(GB, "helpful", publication=w.page(shown).live_publication()))
    confirming = assigning.invite_to_reconfirm(w.page(shown), world.uk, by=world.editor)
    medicine = medicines.riluzole(world)
    rows = w.submit(world, _illustrated(world, "reviewed", medicine))
    pending = assigning.invite(rows[GB], world.other_uk, by=world.editor)
    cleared = w.submit(world, _draft(world, "cleared", regions="GB"))[GB]
    w.sign(cleared)
    overruled = _overruled(world, "overruled")
    dissenting.agree_to_note(_overruled(world, "noted"), by=world.other_uk.user)
    profiling.save_profile(world.other_uk, Description("Neurologist"), by=world.other_uk.user)
    drafted = _illustrated(world, "drafted", medicine)
    return Scene(
        world=world,
        shown=shown,
        confirming=w.accept(confirming),
        drafted=drafted,
        in_review=rows[GB],
        accepted=w.accept(w.assignment(rows[GB], world.uk)),
        pending=assigning.declare_interest(pending, by=world.other_uk.user, statement="I own shares."),
        asked=w.assignment(rows[US]),
        cleared=cleared,
        sent_back=_sent_back(world, "argued"),
        overruled=overruled,
        down=_down(world),
        remark=_remarked(world),
        note=noting.reply_to_note(_noted(drafted, world), "It is.", by=world.lead),
        shared=previewing.share_preview(drafted, GB, by=world.editor).link,
        about=informing_cases.shown(world),
        read=reading.accept_reading(_to_read(world, rows[GB]), by=world.draft_reader),
        to_read=_to_read(world, cleared),
        medicine=medicine,
    )


def _illustrated(world: World, slug: str, medicine: Medicine) -> Edition:
    """A draft that shows the medicine and a picture."""
    edition = medicines.show(world, _draft(world, slug), medicine)
    pictured.show(world, edition)
    edition.refresh_from_db()
    return edition


def _noted(edition: Edition, world: World) -> Note:
    return noting.open_note(edition, "Is this right?", by=world.editor)


def _before(world: World) -> None:
    """What the rest does not look at."""
    _retracted(world)
    _organised(world)
    _retired(world)


def _retracted(world: World) -> None:
    take_in(event(doi="10.9999/other"))
    page = w.page(w.article(world, "answered", "Answered"))
    made = {"answered_by": world.lead, "answered_at": clock_now(), "reason": "It is cited as a retracted work."}
    RetractionAnswer.objects.create(event=RetractionEvent.objects.get(), regional_article=page, **made)


def _to_read(world: World, row: RegionalEdition) -> Reading:
    return reading.invite_reader(row, world.draft_reader, by=world.editor)


def _organised(world: World) -> None:
    """An organisation that confirmed its details, whose website is hidden, and that answered a link."""
    body = world.bodies[US]
    assert body.entry is not None
    organising.record_details_check(body.entry, by=world.editor, checked_on=w.today(), how="email", asked="The office")
    organising.hide_contact(body, "website", body.contacts.get().value, by=world.editor, reason="Wrong.")
    body.refresh_from_db()
    kept = pictured.files()[0]
    Logo.objects.create(digest=kept.digest, body=kept.body, width=kept.width, height=kept.height)
    link = asking.send_link(body, "office@example.org", by=world.editor)
    asking.correct_entry(link, body.entries.get(), asking.Said(), name="The office", note="We moved.")


def _remarked(world: World) -> ReviewComment:
    """A text came back with a remark, which an editor answered."""
    row = w.submit(world, _draft(world, "remarked", regions="GB"))[GB]
    to = w.accept(w.assignment(row))
    remark = Remark("section:symptoms", (GB,), "must", "Weak is not the word.", "grow weak", "lose strength")
    verdict = Verdict(to, "changes", to.revision_id)
    deciding.decide(Decision((verdict,), remarks=(remark,)), by=world.uk.user)
    return commenting.answer(to.comments.get(), by=world.editor, reply="It is what patients say.")


def _draft(world: World, slug: str, *, regions: str = "GB,US") -> Edition:
    return w.draft(world, w.article(world, slug, slug.title()), regions=regions)


def _sent_back(world: World, slug: str) -> RegionalEdition:
    row = w.submit(world, _draft(world, slug, regions="GB"))[GB]
    second = w.accept(assigning.invite(row, world.other_uk, by=world.editor))
    w.sign(row, of=world.uk)
    signing.request_changes(second, by=world.other_uk.user, note=WHAT_IS_WRONG)
    row.refresh_from_db()
    return row


def _overruled(world: World, slug: str) -> Overruling:
    made = overruling.overrule(_sent_back(world, slug), by=world.lead, reason="It is right.")
    return dissenting.propose_note(made, by=world.publisher)


def _corrected(world: World, article: Article) -> Article:
    """The UK page had said something wrong."""
    edition = drafting.start(article, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "symptoms", "Muscles weaken [@brown2017].")
    w.write(edition, world.editor, fields={"correction": "It said ten.", "wrong_since": w.today()})
    w.publish(world, w.submit(world, edition)[GB])
    return article


def _retired(world: World) -> None:
    """One UK page leads to another, and its return is proposed; that of the other is to be withdrawn."""
    gone = w.live(world, w.article(world, "gone", "Gone"), regions="GB")
    there = w.live(world, w.article(world, "there", "There"), regions="GB")
    retiring.redirect(w.page(gone), w.page(there), by=world.publisher, reason="They are one.")
    retiring.propose_withdrawal(w.page(there), by=world.publisher, reason="It is not known any more.")
    RegionalArticle.objects.filter(pk=w.page(there).pk).update(next_review_due_on=w.today())
    deferring.defer(w.page(there), w.today() + timedelta(days=9), by=world.lead, reason="Nobody had time.")
    retiring.propose_reinstatement(w.page(gone), by=world.lead, reason="They are two.")


def _down(world: World) -> Article:
    down = _corrected(world, w.live(world, w.article(world, "down", "Down")))
    withdrawing.suspend(w.page(down), by=world.publisher, reason="A wrong dose.")
    american = w.page(down, US)
    withdrawing.suspend(american, by=world.publisher, reason="A doubt.")
    withdrawing.lift(american, by=world.lead, reason="It was right.")
    live = w.page(down, US).live_publication()
    assert live is not None
    withdrawing.revoke(live.signatures().get(), by=world.lead, reason="Struck off.")
    return down
