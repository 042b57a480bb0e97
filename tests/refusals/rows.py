"""Rows as a forger would write them: right in every way, but for what `but` changes. Nothing is saved."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Model

from alsinfo.concurrency import clock_now
from conditions.content.canonical import canonical_text, digest
from conditions.models import (
    Article,
    Edition,
    Publication,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    ReviewComment,
    Reviewer,
    Revision,
    Revocation,
    SignOff,
    Suspension,
)
from organisations.regions import Region
from tests import world as w
from tests.world import GB, World

FORGED = "forged:" + "0" * 64


def revision(article: Article, region: Region = GB, *, title: str = "Another text", **but: Any) -> Revision:
    """A text that nobody has signed, in normal form, under its digest."""
    newest = Revision.objects.filter(article=article, region=region).first() or Revision.objects.first()
    assert newest is not None
    content = {**newest.content, "title": title, "article": str(article.uuid), "region": region.value}
    text = canonical_text(content)
    return Revision(**{"digest": digest(text), "article": article, "region": region, "schema": 1, "text": text, **but})


def regional_edition(edition: Edition, text: Revision | None, by: World, **but: Any) -> RegionalEdition:
    """The next round of a region's text, in review."""
    region = text.region if text else GB.value
    rounds = edition.regional_editions.filter(region=region).count()
    values = {"edition": edition, "region": region, "round": rounds + 1, "revision": text, "state": "in_review"}
    made = {"change_note": "Changed.", "submitted_by": by.editor, "submitted_at": clock_now()}
    return RegionalEdition(**{**values, **made, **but})


def assignment(row: RegionalEdition, of: Reviewer, by: World, **but: Any) -> ReviewAssignment:
    """A review asked for."""
    page = w.page(row.edition.article, Region(row.region))
    values = {"regional_article": page, "regional_edition": row, "revision": row.revision, "reviewer": of}
    days = {"invited_at": clock_now(), "respond_by": w.today(), "due_on": w.today(), "invited_by": by.editor}
    return ReviewAssignment(**{**values, **days, **but})


def sign_off(to: ReviewAssignment, **but: Any) -> SignOff:
    """A signature on what was assigned, under a seal that is not ours."""
    page, now = to.regional_article, clock_now()
    credential = to.reviewer.credential(to.region, page.day(now))
    values = {
        "assignment": to,
        "regional_article": page,
        "regional_edition": to.regional_edition,
        "revision": to.revision,
        "reviewer": to.reviewer,
        "credential_check": credential,
        "printed_name": "Dr Nobody",
        "role_title": "Consultant",
        "registration": "GMC 0000001",
        "signed_at": now,
        "signed_on": page.day(now),
        "meaning": "I approve.",
        "interests": "None",
        "scope": "whole-page",
        "seal": FORGED,
    }
    return SignOff(**{**values, **but})


def remark(to: ReviewAssignment, **but: Any) -> ReviewComment:
    """A remark of the reviewer on the text they were asked for."""
    article, author = to.regional_article.article, to.reviewer.user
    values = {"article": article, "regions": to.region.value, "revision": to.revision, "assignment": to}
    made = {"author": author, "weight": "should", "body": "Say it plainly.", "made_at": clock_now()}
    return ReviewComment(**{**values, **made, **but})


def publication(row: RegionalEdition, by: World, **but: Any) -> Publication:
    """A row made live."""
    page = but.pop("regional_article", None) or w.page(row.edition.article, Region(row.region))
    return _publication(page, by, **{"regional_edition": row, "revision": row.revision, **but})


def confirmation(to: ReviewAssignment, by: World, **but: Any) -> Publication:
    """A re-confirmed text made live anew."""
    return _publication(to.regional_article, by, **{"assignment": to, "revision": to.revision, **but})


def _publication(page: RegionalArticle, by: World, **values: Any) -> Publication:
    now = clock_now()
    sequence = page.publications.count() + 1
    made = {"published_by": by.publisher, "published_at": now, "published_on": page.day(now)}
    return Publication(**{"regional_article": page, "sequence": sequence, **made, **values})


def suspension(page: RegionalArticle, by: World, **but: Any) -> Suspension:
    """A page taken down."""
    values = {"regional_article": page, "suspended_by": by.publisher, "suspended_at": clock_now(), "reason": "A doubt."}
    return Suspension(**{**values, **but})


def revocation(of: SignOff, by: World, **but: Any) -> Revocation:
    """A signature withdrawn."""
    values = {"sign_off": of, "revoked_by": by.lead, "revoked_at": clock_now(), "reason": "A mistake."}
    return Revocation(**{**values, **but})


def saved(row: Any) -> Any:
    """The row, inserted."""
    row.save(force_insert=True)
    return row


def end_live(page: RegionalArticle) -> None:
    """End what is live, which the database lets anybody do."""
    page.publications.filter(ended_at=None).update(ended_at=clock_now())


def change(row: Model, **values: Any) -> int:
    """Write columns past `save`, as a forger would."""
    return type(row)._base_manager.filter(pk=row.pk).update(**values)


def delete(row: Model) -> None:
    """Delete by SQL, past the ORM's own protection."""
    run(f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", row.pk)


def replace(row: Model) -> None:
    """SQLite: `INSERT OR REPLACE`."""
    fields = [field for field in row._meta.local_concrete_fields if not field.primary_key or row.pk is not None]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    columns, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    run_with_replacing(f"INSERT OR REPLACE INTO {row._meta.db_table} ({columns}) VALUES ({marks})", *values)


def run_with_replacing(statement: str, *values: Any) -> None:
    """SQLite: one statement, as from a program in which replacing a row asks no DELETE trigger."""
    run("PRAGMA recursive_triggers = OFF")
    try:
        run(statement, *values)
    finally:
        run("PRAGMA recursive_triggers = ON")


def run(statement: str, *values: Any) -> None:
    """One statement of SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def days_ago(days: int) -> Any:
    """An aware moment."""
    return clock_now() - timedelta(days=days)
