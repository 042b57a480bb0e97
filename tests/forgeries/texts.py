"""Publishing a text that nobody signed, and exchanging one that somebody did."""

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from conditions.actions import publishing, signing
from conditions.content.canonical import canonical_text, digest
from conditions.models import Publication, Revision
from tests import world as w
from tests.forgeries.table import CANARY, cleared_page, empty, first_row, live, refused, unsigned, upsert, write
from tests.refusals.rows import delete, end_live, publication, regional_edition, run, saved, sign_off
from tests.refusals.scene import Scene
from tests.world import US


@refused
def a_superuser_publishes_an_unsigned_text(s: Scene) -> None:
    publishing.publish(s.in_review, by=s.world.superuser)


@refused
def a_publisher_publishes_an_unsigned_text(s: Scene) -> None:
    publishing.publish(s.in_review, by=s.world.publisher)


@refused
def a_superuser_without_a_role_publishes_a_signed_text(s: Scene) -> None:
    publishing.publish(s.cleared, by=s.world.superuser)


@refused
def an_author_becomes_a_publisher_and_publishes(s: Scene) -> None:
    roles.grant(s.world.editor, Role.PUBLISHER, by=None)
    publishing.publish(s.cleared, by=s.world.editor)


@refused
def a_publisher_publishes_what_a_forger_signed(s: Scene) -> None:
    sign_off(s.accepted).save()
    write(s.in_review, state="cleared")
    s.in_review.refresh_from_db()
    publishing.publish(s.in_review, by=s.world.publisher)


@refused
def an_edition_is_made_live_as_a_reconfirmation(s: Scene) -> None:
    publishing.reconfirm(s.accepted, w.signing_of(s.accepted), by=s.accepted.reviewer.user)


@refused
def a_superuser_signs_in_the_place_of_a_reviewer(s: Scene) -> None:
    signing.sign_off(s.accepted, w.signing_of(s.accepted), by=s.world.superuser)


@refused
def a_signature_is_posted_for_a_text_that_moved(s: Scene) -> None:
    moved = w.signing_of(s.accepted, digest=live(s).revision_id)
    signing.sign_off(s.accepted, moved, by=s.accepted.reviewer.user)


@refused
def an_unsigned_publication_by_create(s: Scene) -> None:
    row = publication(s.in_review, s.world, published_by=s.world.superuser)
    fields = [field.attname for field in row._meta.local_concrete_fields if field.attname != "id"]
    Publication.objects.create(**{name: getattr(row, name) for name in fields})


@refused
def an_unsigned_publication_by_save(s: Scene) -> None:
    publication(s.in_review, s.world, published_by=s.world.superuser).save()


@refused
def an_unsigned_publication_by_bulk_create(s: Scene) -> None:
    Publication.objects.bulk_create([publication(s.in_review, s.world)])


@refused
def an_unsigned_publication_by_raw_insert(s: Scene) -> None:
    row = publication(s.in_review, s.world, pk=10**6)
    upsert(row, revision_id=s.in_review.revision_id)


@refused
def another_text_is_published_under_a_signature(s: Scene) -> None:
    text = saved(Revision(**_other(s)))
    publication(s.cleared, s.world, revision=text).save()


def _other(s: Scene) -> dict[str, object]:
    assert s.cleared.revision is not None
    text = canonical_text({**s.cleared.revision.content, "title": CANARY})
    return {"digest": digest(text), "article": s.cleared.edition.article, "region": "GB", "schema": 1, "text": text}


@refused
def a_signed_uk_text_is_published_for_the_us(s: Scene) -> None:
    american = w.page(s.cleared.edition.article, US)
    publication(s.cleared, s.world, regional_article=american).save()


@refused
def an_older_text_is_published_again_on_its_old_signature(s: Scene) -> None:
    row = first_row(s)
    end_live(s.page)
    publication(row, s.world).save()


@refused
def an_older_text_gets_a_new_round_without_a_signature(s: Scene) -> None:
    edition = w.drafting.start(s.shown, by=s.world.editor, regions="GB")
    row = saved(regional_edition(edition, live(s).revision, s.world))
    end_live(s.page)
    publication(row, s.world).save()


@refused
def the_live_publication_gets_another_text_by_update(s: Scene) -> None:
    Publication.objects.filter(pk=live(s).pk).update(revision=unsigned(s))


@refused
def the_live_publication_gets_another_text_by_save(s: Scene) -> None:
    row = live(s)
    row.revision = unsigned(s)
    row.save()


@refused
def the_live_publication_gets_another_text_by_bulk_update(s: Scene) -> None:
    row = live(s)
    row.revision = unsigned(s)
    Publication.objects.bulk_update([row], ["revision"])


@refused
def the_live_publication_gets_another_text_by_raw_sql(s: Scene) -> None:
    write(live(s), revision_id=unsigned(s).pk)


@refused
def the_live_publication_is_written_over(s: Scene) -> None:
    upsert(live(s), revision_id=unsigned(s).pk)


@refused
def the_live_publication_is_deleted(s: Scene) -> None:
    delete(live(s))


@refused
def publications_are_emptied(s: Scene) -> None:
    empty("conditions_publication")


def altered(s: Scene) -> str:
    """The live text with another title."""
    return live(s).revision.text.replace("Amyotrophic lateral sclerosis", CANARY)


@refused
def a_revision_is_altered_by_update(s: Scene) -> None:
    Revision.objects.filter(pk=live(s).revision_id).update(text=altered(s))


@refused
def a_revision_is_altered_by_save(s: Scene) -> None:
    row = live(s).revision
    row.text = altered(s)
    row.save()


@refused
def a_revision_is_altered_by_bulk_update(s: Scene) -> None:
    row = live(s).revision
    row.text = altered(s)
    Revision.objects.bulk_update([row], ["text"])


@refused
def a_revision_is_altered_by_raw_sql(s: Scene) -> None:
    write(live(s).revision, text=altered(s))


@refused
def a_revision_is_written_over(s: Scene) -> None:
    upsert(live(s).revision, text=altered(s))


@refused
def a_revision_gets_another_digest(s: Scene) -> None:
    write(live(s).revision, digest="0" * 64)


@refused
def a_revision_is_deleted(s: Scene) -> None:
    delete(live(s).revision)


@refused
def revisions_are_emptied(s: Scene) -> None:
    empty("conditions_revision")


@refused
def a_revision_is_kept_under_a_false_digest(s: Scene) -> None:
    text = _other(s)
    saved(Revision(**{**text, "digest": "0" * 64}))


@refused
def a_text_in_review_is_exchanged(s: Scene) -> None:
    text = saved(Revision(**_other(s)))
    write(s.cleared, revision_id=text.pk)


@refused
def a_section_in_review_is_altered_by_raw_sql(s: Scene) -> None:
    run("UPDATE conditions_section SET body = %s WHERE edition_id = %s", CANARY, s.cleared.edition_id)


@refused
def a_page_is_made_live_without_a_publication(s: Scene) -> None:
    write(cleared_page(s), state="live", last_reviewed_on=w.today(), next_review_due_on=w.today())
