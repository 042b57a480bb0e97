"""What the triggers let through: page bytes, and whole chains of rows that look right but for their seals."""

import hashlib
from typing import Any

from alsinfo.concurrency import clock_now
from conditions.content import seals
from conditions.content.seals import Keys
from conditions.models import (
    ChangeNote,
    Declaration,
    Publication,
    RegionalArticle,
    RegionalEdition,
    RenderedPage,
    SignOff,
)
from conditions.sealing import etag, page_parts
from tests import world as w
from tests.forgeries.table import CANARY, live, sealed, unsigned
from tests.refusals.publishing import second_edition
from tests.refusals.rows import (
    FORGED,
    assignment,
    change,
    end_live,
    publication,
    regional_edition,
    revision,
    saved,
    sign_off,
)
from tests.refusals.scene import Scene
from tests.world import US

BODY = f"<!doctype html><title>{CANARY}</title>".encode()
WRONG_KEYS = {"tests": b"another key than the one this site keeps outside its database"}


def pages(of: Publication) -> Any:
    """The rendered pages of a publication."""
    return RenderedPage.objects.filter(publication=of)


@sealed
def the_bytes_of_a_page_are_altered(s: Scene) -> None:
    pages(live(s)).update(body=BODY)


@sealed
def the_bytes_and_the_etag_of_a_page_are_altered(s: Scene) -> None:
    pages(live(s)).update(body=BODY, etag=hashlib.sha256(BODY).hexdigest())


@sealed
def a_page_is_sealed_with_another_key(s: Scene) -> None:
    replace_pages(live(s), WRONG_KEYS)


@sealed
def a_page_gets_no_seal(s: Scene) -> None:
    pages(live(s)).update(seal="")


@sealed
def uk_readers_get_the_us_page(s: Scene) -> None:
    american = pages(Publication.objects.get(regional_article=w.page(s.shown, US))).get(notice="none")
    pages(live(s)).update(body=american.body, etag=american.etag, seal=american.seal)


@sealed
def the_page_of_another_publication_is_put_in_its_place(s: Scene) -> None:
    pages(live(s)).delete()
    pages(Publication.objects.get(regional_article=s.suspended, ended_at=None)).update(publication=live(s))


@sealed
def the_page_for_another_notice_is_put_in_its_place(s: Scene) -> None:
    expired = pages(live(s)).get(notice="expired")
    pages(live(s)).filter(notice="none").update(body=expired.body, etag=expired.etag, seal=expired.seal)


@sealed
def rendered_pages_are_deleted(s: Scene) -> None:
    pages(live(s)).delete()


@sealed
def the_live_publication_is_ended(s: Scene) -> None:
    end_live(s.page)


def forge_signature(s: Scene, row: RegionalEdition, **seal: Any) -> SignOff:
    """An invitation, a declaration, an acceptance and a signature, all by raw rows."""
    asked = saved(assignment(row, s.world.other_uk, s.world))
    Declaration.objects.create(assignment=asked, has_interest=False, declared_at=clock_now())
    change(asked, state="accepted")
    asked.refresh_from_db()
    signature: SignOff = saved(sign_off(asked, **seal))
    change(row, state="cleared")
    return signature


def replace_pages(of: Publication, keys: Keys) -> None:
    """Pages of our own making, sealed as well as the forger can."""
    pages(of).delete()
    for notice in ("none", "overdue", "expired"):
        seal = seals.make(keys, *page_parts(of, notice, BODY, of.rests_on()))
        page = {"notice": notice, "body": BODY, "etag": etag(BODY), "seal": seal, "rendered_at": clock_now()}
        RenderedPage.objects.create(publication=of, **page)


def go_live(s: Scene, row: RegionalEdition, keys: Keys = WRONG_KEYS) -> None:
    """Publication, change note, rendered pages and a live page, all by raw rows."""
    page = RegionalArticle.objects.get(article=row.edition.article, region=row.region)
    end_live(page)
    made = saved(publication(row, s.world))
    ChangeNote.objects.create(publication=made, text="Nothing to see.")
    replace_pages(made, keys)
    change(page, state="live", last_reviewed_on=w.today(), next_review_due_on=w.today())
    change(row, state="published")


@sealed
def a_whole_chain_for_a_page_that_was_never_public(s: Scene) -> None:
    text = saved(revision(s.drafted.article, title=CANARY))
    row = saved(regional_edition(s.drafted, text, s.world))
    forge_signature(s, row)
    go_live(s, row)


@sealed
def a_whole_chain_over_a_live_page(s: Scene) -> None:
    edition = w.drafting.start(s.shown, by=s.world.editor, regions="GB")
    row = saved(regional_edition(edition, unsigned(s), s.world))
    forge_signature(s, row)
    go_live(s, row)


@sealed
def a_chain_under_the_seal_of_a_true_signature(s: Scene) -> None:
    edition = w.drafting.start(s.shown, by=s.world.editor, regions="GB")
    row = saved(regional_edition(edition, unsigned(s), s.world))
    forge_signature(s, row, seal=live(s).signatures().get().seal)
    go_live(s, row)


@sealed
def a_forged_page_over_a_true_signature(s: Scene) -> None:
    row = second_edition(s)
    w.sign(row)
    go_live(s, row)


@sealed
def a_forged_second_signature_on_a_true_text(s: Scene) -> None:
    forged = saved(assignment(s.cleared, s.world.other_uk, s.world))
    change(s.cleared, state="in_review")
    Declaration.objects.create(assignment=forged, has_interest=False, declared_at=clock_now())
    change(forged, state="accepted")
    forged.refresh_from_db()
    saved(sign_off(forged, seal=FORGED))
    change(s.cleared, state="cleared")
    go_live(s, s.cleared)
