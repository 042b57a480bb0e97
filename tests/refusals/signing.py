"""Attempts on signatures and revocations."""

from datetime import timedelta

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from conditions.models import Contribution, Publication, Revocation
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.cataloguing import check
from tests.refusals.rows import change, days_ago, end_live, revocation, saved, sign_off
from tests.refusals.scene import Scene


@attempt("a_signature_answers_an_accepted_assignment")
def signing_what_one_has_not_accepted(s: Scene) -> Act:
    return lambda: sign_off(s.asked).save()


@attempt("a_signature_answers_an_accepted_assignment")
def signing_what_another_reviewer_accepted(s: Scene) -> Act:
    other = s.world.other_uk
    credential = other.credential(s.accepted.region, w.today())
    return lambda: sign_off(s.accepted, reviewer=other, credential_check=credential).save()


@attempt("a_signature_answers_an_accepted_assignment")
def a_signature_for_another_edition(s: Scene) -> Act:
    row = w.submit(s.world, s.drafted)[w.GB]
    return lambda: sign_off(s.accepted, regional_edition=row).save()


@attempt("a_signature_answers_an_accepted_assignment")
def a_signature_for_another_page(s: Scene) -> Act:
    return lambda: sign_off(s.accepted, regional_article=s.suspended).save()


@attempt("a_signature_is_on_the_assigned_revision")
def signing_another_text_than_the_one_assigned(s: Scene) -> Act:
    return lambda: sign_off(s.accepted, revision=s.cleared.revision).save()


@attempt("a_signature_is_for_a_text_in_review")
def signing_a_text_that_was_taken_back(s: Scene) -> Act:
    change(s.in_review, state="reopened")
    return lambda: sign_off(s.accepted).save()


@attempt("a_reconfirmation_is_of_the_live_text")
def confirming_a_text_that_is_no_longer_live(s: Scene) -> Act:
    end_live(s.page)
    return lambda: sign_off(s.confirming).save()


@attempt("nobody_signs_what_they_contributed_to")
def signing_what_one_wrote(s: Scene) -> Act:
    edition = s.in_review.edition
    wrote = {"article": edition.article, "edition": edition, "user": s.accepted.reviewer.user}
    Contribution.objects.create(region="US", made_at=clock_now(), **wrote)
    return lambda: sign_off(s.accepted).save()


@attempt("a_signer_is_registered_on_the_day_of_signing")
def signing_after_being_struck_off(s: Scene) -> Act:
    good = s.world.uk.credential(s.accepted.region, w.today())
    check(s, result="not-found").save()
    return lambda: sign_off(s.accepted, credential_check=good).save()


@attempt("a_signer_is_registered_on_the_day_of_signing")
def signing_on_a_lapsed_credential(s: Scene) -> Act:
    yesterday = w.today() - timedelta(days=1)
    lapsed = saved(check(s, checked_on=yesterday, valid_until=yesterday))
    return lambda: sign_off(s.accepted, credential_check=lapsed).save()


@attempt("a_signer_is_registered_on_the_day_of_signing")
def signing_on_the_credential_of_another_region(s: Scene) -> Act:
    american = s.world.us.credential(w.US, w.today(w.US))
    return lambda: sign_off(s.accepted, credential_check=american).save()


@attempt("a_signer_is_active")
def signing_as_an_inactive_reviewer(s: Scene) -> Act:
    change(s.world.uk, is_active=False)
    return lambda: sign_off(s.accepted).save()


@attempt("a_signer_is_active")
def signing_from_a_closed_account(s: Scene) -> Act:
    User.objects.filter(pk=s.world.uk.user_id).update(is_active=False)
    return lambda: sign_off(s.accepted).save()


@attempt("signed_changes_stand_on_a_whole_page_signature")
def signing_changes_where_nothing_was_signed_before(s: Scene) -> Act:
    elsewhere = Publication.objects.get(regional_article=s.page)
    beneath = {"base": elsewhere.revision, "stands_on": elsewhere.signatures().get()}
    return lambda: sign_off(s.accepted, scope="changes-only", **beneath).save()


@attempt("only_a_signature_on_changes_has_a_base")
def a_whole_page_signature_with_a_base(s: Scene) -> Act:
    return lambda: sign_off(s.accepted, base=s.accepted.revision).save()


@attempt("a_signature_is_named_and_sealed")
def a_signature_without_a_seal(s: Scene) -> Act:
    return lambda: sign_off(s.accepted, seal="").save()


@attempt("a_signature_is_named_and_sealed")
def a_signature_without_a_name(s: Scene) -> Act:
    return lambda: sign_off(s.accepted, printed_name="").save()


@attempt("a_signature_bears_the_time_of_the_database")
def a_signature_made_at_another_time(s: Scene) -> Act:
    return lambda: sign_off(s.accepted, signed_at=days_ago(5)).save()


@attempt("conditions_signoff.assignment_id")
def signing_twice(s: Scene) -> Act:
    sign_off(s.accepted).save()
    return lambda: sign_off(s.accepted).save()


@attempt("a_revocation_gives_its_reason")
def revoking_without_a_reason(s: Scene) -> Act:
    signature = s.cleared.sign_offs.get()
    return lambda: revocation(signature, s.world, reason="").save()


@attempt("conditions_revocation.sign_off_id")
def revoking_twice(s: Scene) -> Act:
    signature = Revocation.objects.get().sign_off
    return lambda: revocation(signature, s.world).save()


@attempt("a_revocation_waits_for_a_running_publication")
def revoking_a_signature_that_does_not_exist(s: Scene) -> Act:
    row = revocation(s.cleared.sign_offs.get(), s.world)
    row.sign_off_id = 0
    return lambda: row.save(force_insert=True)
