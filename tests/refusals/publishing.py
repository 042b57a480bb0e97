"""Attempts on publications, their notes and their pages."""

from alsinfo.concurrency import clock_now
from conditions.actions import drafting
from conditions.models import ChangeNote, Correction, Publication, RegionalEdition, RenderedPage, Withdrawal
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import (
    assignment,
    change,
    confirmation,
    end_live,
    publication,
    regional_edition,
    revision,
    revocation,
    saved,
    sign_off,
    suspension,
)
from tests.refusals.scene import Scene
from tests.world import GB, US


def another_text_goes_live(s: Scene, row: RegionalEdition) -> None:
    """A further round of the row's edition is signed whole and published, by raw rows."""
    text = saved(revision(row.edition.article))
    later = saved(regional_edition(row.edition, text, s.world))
    signed = w.accept(saved(assignment(later, s.world.other_uk, s.world)))
    sign_off(signed).save()
    change(later, state="cleared")
    end_live(w.page(row.edition.article))
    publication(later, s.world).save()


def second_edition(s: Scene) -> RegionalEdition:
    """The UK row of a second edition of the live article, in review with another text."""
    edition = drafting.start(s.shown, by=s.world.editor, regions="GB")
    w.edit(edition, s.world.editor, "symptoms", "Muscles grow weak and stiff [@brown2017].")
    return w.submit(s.world, edition)[GB]


@attempt("a_publication_is_signed_for_its_own_review")
def publishing_a_signed_uk_text_on_the_us_page(s: Scene) -> Act:
    american = w.page(s.cleared.edition.article, US)
    return lambda: publication(s.cleared, s.world, regional_article=american).save()


@attempt("a_publication_is_signed_for_its_own_review")
def publishing_a_reconfirmation_nobody_signed(s: Scene) -> Act:
    end_live(s.page)
    return lambda: confirmation(s.confirming, s.world).save()


@attempt("a_publication_rests_on_no_revoked_signature")
def publishing_on_a_revoked_signature(s: Scene) -> Act:
    revocation(s.cleared.sign_offs.get(), s.world).save()
    return lambda: publication(s.cleared, s.world).save()


@attempt("a_text_is_published_once_its_review_has_ended")
def publishing_before_the_other_reviewer_has_answered(s: Scene) -> Act:
    sign_off(s.accepted).save()
    return lambda: publication(s.in_review, s.world).save()


@attempt("nobody_publishes_an_edition_they_contributed_to")
def publishing_what_one_wrote(s: Scene) -> Act:
    return lambda: publication(s.cleared, s.world, published_by=s.world.editor).save()


@attempt("a_withdrawn_page_is_not_published")
def publishing_a_withdrawn_page(s: Scene) -> Act:
    sign_off(s.confirming).save()
    end_live(s.page)
    made = Withdrawal(regional_article=s.page, reason="Wrong.", proposed_by=s.world.publisher, proposed_at=clock_now())
    change(saved(made), agreed_by=s.world.lead, agreed_at=clock_now())
    change(s.page, state="withdrawn")
    return lambda: confirmation(s.confirming, s.world).save()


@attempt("a_suspended_page_needs_a_signature_made_since")
def publishing_over_a_suspension_on_an_older_signature(s: Scene) -> Act:
    sign_off(s.confirming).save()
    suspension(s.page, s.world).save()
    end_live(s.page)
    return lambda: confirmation(s.confirming, s.world).save()


@attempt("signed_changes_are_published_over_their_base")
def publishing_signed_changes_over_another_text(s: Scene) -> Act:
    row = second_edition(s)
    w.sign(row, scope="changes-only")
    another_text_goes_live(s, row)
    end_live(s.page)
    return lambda: publication(row, s.world).save()


@attempt("a_reconfirmation_repeats_the_text_before_it")
def confirming_a_text_after_another_went_live(s: Scene) -> Act:
    sign_off(s.confirming).save()
    another_text_goes_live(s, second_edition(s))
    end_live(s.page)
    return lambda: confirmation(s.confirming, s.world).save()


@attempt("publications_are_counted_without_gaps")
def leaving_out_a_version(s: Scene) -> Act:
    return lambda: publication(s.cleared, s.world, sequence=2).save()


@attempt("a_publication_ends_once")
def putting_an_ended_publication_back(s: Scene) -> Act:
    live = s.page.live_publication()
    assert live is not None
    end_live(s.page)
    return lambda: change(live, ended_at=None)


@attempt("one_publication_per_sequence", repeats=("publications_are_counted_without_gaps",))
def two_publications_with_one_number(s: Scene) -> Act:
    sign_off(s.confirming).save()
    end_live(s.page)
    saved(confirmation(s.confirming, s.world))
    end_live(s.page)
    row = second_edition(s)
    w.sign(row)
    return lambda: publication(row, s.world, sequence=2).save()


@attempt("one_live_publication_per_regional_article")
def two_live_publications(s: Scene) -> Act:
    sign_off(s.confirming).save()
    return lambda: confirmation(s.confirming, s.world).save()


@attempt("published_from_an_edition_or_a_reconfirmation")
def a_publication_from_an_edition_and_a_reconfirmation(s: Scene) -> Act:
    edition = drafting.start(s.down, by=s.world.editor, regions="GB")
    w.write(edition, s.world.editor, fields={"change_note": "Signed again."})
    row = w.submit(s.world, edition)[GB]
    w.sign(row)
    end_live(s.suspended)
    return lambda: publication(row, s.world, assignment=w.assignment(row)).save()


@attempt("conditions_publication.regional_edition_id")
def publishing_a_review_twice(s: Scene) -> Act:
    saved(publication(s.cleared, s.world))
    end_live(w.page(s.cleared.edition.article))
    return lambda: publication(s.cleared, s.world).save()


@attempt("conditions_publication.assignment_id")
def publishing_a_reconfirmation_twice(s: Scene) -> Act:
    sign_off(s.confirming).save()
    end_live(s.page)
    saved(confirmation(s.confirming, s.world))
    end_live(s.page)
    return lambda: confirmation(s.confirming, s.world).save()


@attempt("a_change_note_says_something")
def an_empty_change_note(s: Scene) -> Act:
    made = saved(publication(s.cleared, s.world))
    return lambda: ChangeNote.objects.create(publication=made, text="")


def correction(s: Scene) -> Correction:
    """The correction that was sent to review with a text just published by raw rows; not saved."""
    edition = drafting.start(s.shown, by=s.world.editor, regions="GB")
    fields = {"change_note": "Put right.", "correction": "It said ten.", "wrong_since": w.today()}
    w.write(edition, s.world.editor, fields=fields)
    row = w.submit(s.world, w.edit(edition, s.world.editor, "symptoms", "Muscles grow weak and stiff [@brown2017]."))
    w.sign(row[GB])
    end_live(s.page)
    made = saved(publication(row[GB], s.world))
    return Correction(publication=made, text="It said ten.", since=w.today())


@attempt("a_correction_is_the_one_sent_to_review")
def a_correction_in_other_words(s: Scene) -> Act:
    made = correction(s)
    made.text = "Nothing to see."
    return made.save


@attempt("a_correction_says_what_was_wrong_and_since_when")
def a_correction_without_its_day(s: Scene) -> Act:
    edition, text = s.in_review.edition, s.in_review.revision
    return lambda: regional_edition(edition, text, s.world, round=9, correction="It said ten.").save()


@attempt("conditions_correction.publication_id")
def a_second_correction(s: Scene) -> Act:
    made = correction(s)
    made.save()
    return lambda: Correction.objects.create(publication=made.publication, text=made.text, since=made.since)


@attempt("conditions_changenote.publication_id")
def a_second_change_note(s: Scene) -> Act:
    first = ChangeNote.objects.all()[0]
    return lambda: ChangeNote.objects.create(publication=first.publication, text="Nothing to see.")


@attempt("one_page_per_notice")
def two_pages_for_one_notice(s: Scene) -> Act:
    live = Publication.objects.get(regional_article=s.page)
    made = {"publication": live, "notice": "none", "body": b"", "etag": "", "seal": "", "rendered_at": clock_now()}
    return lambda: RenderedPage.objects.create(**made)
