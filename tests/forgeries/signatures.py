"""Forging, moving, altering and removing signatures, and what they rest on."""

from datetime import timedelta

from alsinfo.concurrency import clock_now
from conditions.models import Contribution, CredentialCheck, Revocation, SignOff
from tests import world as w
from tests.forgeries.table import empty, live, refused, upsert, write
from tests.refusals.cataloguing import check
from tests.refusals.rows import change, days_ago, delete, run, saved, sign_off
from tests.refusals.scene import Scene
from tests.world import US


def enter_columns() -> None:
    """One forgery for each column of a signature."""
    columns = {field.attname: str(field.column) for field in SignOff._meta.local_concrete_fields}
    for name in (*SignOff.SEALED, "seal", "id"):

        def altering(s: Scene, column: str = columns[name]) -> None:
            signature = live(s).signatures().get()
            other = {"signed_at": days_ago(1), "signed_on": w.today() - timedelta(days=1)}.get(column, "1")
            run(f"UPDATE conditions_signoff SET {column} = %s WHERE id = %s", other, signature.pk)

        altering.__name__ = f"the_{columns[name]}_of_a_signature_is_altered"
        refused(altering)


enter_columns()


@refused
def a_signature_is_altered_by_save(s: Scene) -> None:
    signature = live(s).signatures().get()
    signature.printed_name = "Dr Nobody"
    signature.save()


@refused
def a_signature_is_altered_by_bulk_update(s: Scene) -> None:
    signature = live(s).signatures().get()
    signature.printed_name = "Dr Nobody"
    SignOff.objects.bulk_update([signature], ["printed_name"])


@refused
def a_signature_is_written_over(s: Scene) -> None:
    upsert(live(s).signatures().get(), printed_name="Dr Nobody")


@refused
def a_signature_is_deleted(s: Scene) -> None:
    delete(live(s).signatures().get())


@refused
def signatures_are_emptied(s: Scene) -> None:
    empty("conditions_signoff")


@refused
def a_signature_for_another_reviewer(s: Scene) -> None:
    credential = s.world.other_uk.credential(s.accepted.region, w.today())
    sign_off(s.accepted, reviewer=s.world.other_uk, credential_check=credential).save()


@refused
def a_signature_for_another_region(s: Scene) -> None:
    sign_off(s.accepted, regional_article=w.page(s.in_review.edition.article, US)).save()


@refused
def a_signature_for_another_edition(s: Scene) -> None:
    sign_off(s.accepted, regional_edition=s.cleared).save()


@refused
def a_signature_for_another_article(s: Scene) -> None:
    sign_off(s.accepted, regional_article=s.page).save()


@refused
def a_signature_on_another_text(s: Scene) -> None:
    sign_off(s.accepted, revision=s.cleared.revision).save()


@refused
def a_signature_by_a_contributor(s: Scene) -> None:
    edition, user = s.in_review.edition, s.accepted.reviewer.user
    Contribution.objects.create(article=edition.article, edition=edition, region="GB", user=user, made_at=clock_now())
    sign_off(s.accepted).save()


@refused
def a_signature_on_a_lapsed_credential(s: Scene) -> None:
    yesterday = w.today() - timedelta(days=1)
    lapsed = saved(check(s, checked_on=yesterday, valid_until=yesterday))
    sign_off(s.accepted, credential_check=lapsed).save()


@refused
def a_signature_made_last_week(s: Scene) -> None:
    sign_off(s.accepted, signed_at=days_ago(7)).save()


@refused
def a_second_signature_for_one_assignment(s: Scene) -> None:
    sign_off(s.accepted).save()
    sign_off(s.accepted).save()


@refused
def the_text_of_an_accepted_review_is_swapped(s: Scene) -> None:
    write(s.accepted, revision_id=s.cleared.revision_id)


@refused
def the_reviewer_of_an_accepted_review_is_swapped(s: Scene) -> None:
    write(s.accepted, reviewer_id=s.world.other_uk.pk)


@refused
def an_assignment_is_accepted_in_the_place_of_the_reviewer(s: Scene) -> None:
    write(s.asked, state="accepted")


@refused
def a_completed_review_is_opened_again(s: Scene) -> None:
    write(w.assignment(s.cleared), state="accepted")


@refused
def two_reviews_trade_places(s: Scene) -> None:
    run("UPDATE conditions_reviewassignment SET id = -id WHERE id = %s", s.accepted.pk)


@refused
def a_revocation_is_deleted(s: Scene) -> None:
    delete(Revocation.objects.get())


@refused
def a_revocation_is_deleted_through_the_orm(s: Scene) -> None:
    Revocation.objects.all().delete()


@refused
def a_revocation_is_moved_to_another_signature(s: Scene) -> None:
    change(Revocation.objects.get(), sign_off=s.cleared.sign_offs.get())


@refused
def a_contribution_is_deleted(s: Scene) -> None:
    delete(s.cleared.edition.contributions.all()[0])


@refused
def a_contribution_is_put_under_another_name(s: Scene) -> None:
    change(s.cleared.edition.contributions.all()[0], user=s.world.other_editor)


@refused
def a_failed_credential_check_is_rewritten(s: Scene) -> None:
    failed = saved(check(s, result="not-found"))
    change(failed, result="licensed")


@refused
def a_credential_check_is_deleted(s: Scene) -> None:
    delete(CredentialCheck.objects.all()[0])


@refused
def reviewers_check_themselves(s: Scene) -> None:
    check(s, checked_by=s.world.uk.user).save()


@refused
def a_registration_is_moved_to_another_person(s: Scene) -> None:
    change(s.world.uk.registrations.get(), reviewer=s.world.other_uk)
