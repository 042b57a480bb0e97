"""Attempts on conditions, articles, addresses, references, reviewers and their credentials."""

from datetime import timedelta
from typing import Any

from conditions.models import (
    Article,
    Condition,
    ConditionCode,
    ConditionName,
    CredentialCheck,
    Edition,
    Path,
    Reference,
    RegionalArticle,
    Registration,
    Reviewer,
)
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, run_with_replacing, saved
from tests.refusals.scene import Scene
from tests.world import US


@attempt("conditions_condition.slug")
def two_conditions_under_one_slug(s: Scene) -> Act:
    return lambda: Condition.objects.create(slug="als", name="Other")


@attempt("one_row_per_name_and_region")
def a_name_twice(s: Scene) -> Act:
    row = {"condition": s.shown.condition, "text": "MND", "kind": "synonym"}
    ConditionName.objects.create(**row)
    return lambda: ConditionName.objects.create(**row)


@attempt("a_name_is_not_empty")
def an_empty_name(s: Scene) -> Act:
    return lambda: ConditionName.objects.create(condition=s.shown.condition, text="", kind="synonym")


@attempt("one_row_per_code")
def a_code_twice(s: Scene) -> Act:
    row = {"condition": s.shown.condition, "system": "icd-10", "code": "G12.2"}
    ConditionCode.objects.create(**row)
    return lambda: ConditionCode.objects.create(**row)


def article(s: Scene, **but: Any) -> Article:
    """An article on another condition, without pages; not saved."""
    if "condition" not in but:
        but["condition"] = Condition.objects.create(slug="other", name="Other")
    return Article(**{"owner": s.world.editor, **but})


@attempt("an_article_is_archived_with_nothing_open_or_public")
def archiving_what_readers_get(s: Scene) -> Act:
    return lambda: change(s.shown, archived_at=w.clock_now())


@attempt("an_archived_article_starts_no_edition")
def starting_an_archived_article(s: Scene) -> Act:
    away = article(s, archived_at=w.clock_now())
    away.save()
    now = w.clock_now()
    new = {"article": away, "number": 1, "started_by": s.world.editor, "started_at": now, "saved_at": now}
    return lambda: Edition.objects.create(**new)


def page(s: Scene, **but: Any) -> RegionalArticle:
    """The UK page of such an article, not saved."""
    if "article" not in but:
        but["article"] = article(s)
        but["article"].save()
    return RegionalArticle(**{"region": "GB", **but})


@attempt("review_interval_fits_the_risk_tier")
def reviewing_a_risky_page_every_thirteen_months(s: Scene) -> Act:
    return lambda: change(s.shown, review_interval_months=13)


@attempt("conditions_article.uuid")
def a_second_article_with_the_same_identity(s: Scene) -> Act:
    other = article(s, uuid=s.shown.uuid)
    return lambda: other.save(force_insert=True)


@attempt("conditions_article.condition_id")
def a_second_article_on_the_same_condition(s: Scene) -> Act:
    return lambda: article(s, condition=s.shown.condition).save()


@attempt("an_article_keeps_its_identity")
def turning_an_article_to_another_condition(s: Scene) -> Act:
    other = Condition.objects.create(slug="other", name="Other")
    return lambda: change(s.shown, condition=other)


@attempt("one_regional_article_per_region")
def a_second_uk_page_of_an_article(s: Scene) -> Act:
    return lambda: page(s, article=s.shown).save()


@attempt("regional_article_has_a_known_region")
def a_page_for_france(s: Scene) -> Act:
    return lambda: page(s, article=s.shown, region="FR").save()


def path(s: Scene, **but: Any) -> Path:
    """Another address of the live UK page, not saved."""
    return Path(**{"region": "GB", "slug": "mnd", "regional_article": s.page, "is_canonical": False, **but})


@attempt("an_address_leads_to_one_page")
def an_address_that_leads_to_two_pages(s: Scene) -> Act:
    return lambda: path(s, slug="down").save()


@attempt("one_canonical_address_per_page")
def a_page_with_two_canonical_addresses(s: Scene) -> Act:
    return lambda: path(s, is_canonical=True).save()


@attempt("conditions_path_is_never_replaced_3_later")
def a_canonical_address_that_replaces_another(s: Scene) -> Act:
    old = saved(path(s))
    return lambda: run_with_replacing("UPDATE OR REPLACE conditions_path SET is_canonical = 1 WHERE id = %s", old.pk)


@attempt("an_address_is_never_given_away")
def an_address_that_leads_to_another_page(s: Scene) -> Act:
    old = saved(path(s))
    return lambda: change(old, regional_article=s.suspended)


@attempt("an_address_lies_in_the_region_of_its_page")
def a_uk_address_that_leads_to_a_us_page(s: Scene) -> Act:
    american = w.page(s.shown, US)
    return lambda: path(s, regional_article=american).save()


def work(**columns: Any) -> Reference:
    """One more work, not saved."""
    return Reference(**{"csl": {}, "title": "A work", **columns})


@attempt("one_reference_per_doi")
def a_doi_twice_in_the_library(s: Scene) -> Act:
    saved(work(doi="10.1000/1"))
    return lambda: work(doi="10.1000/1").save()


@attempt("one_reference_per_pmid")
def a_pmid_twice_in_the_library(s: Scene) -> Act:
    saved(work(pmid="8302340"))
    return lambda: work(pmid="8302340").save()


@attempt("one_reference_per_pmcid")
def a_pmcid_twice_in_the_library(s: Scene) -> Act:
    saved(work(pmcid="PMC5288885"))
    return lambda: work(pmcid="PMC5288885").save()


@attempt("one_reference_per_isbn")
def a_isbn_twice_in_the_library(s: Scene) -> Act:
    saved(work(isbn="9780306406157"))
    return lambda: work(isbn="9780306406157").save()


@attempt("one_reference_per_nct")
def a_nct_twice_in_the_library(s: Scene) -> Act:
    saved(work(nct="NCT02623699"))
    return lambda: work(nct="NCT02623699").save()


@attempt("work_kind_is_known")
def a_work_of_an_unknown_kind(s: Scene) -> Act:
    return lambda: work(kind="poem").save()


@attempt("evidence_kind_is_known")
def evidence_of_an_unknown_kind(s: Scene) -> Act:
    return lambda: work(evidence="rumour").save()


@attempt("access_is_known")
def access_of_an_unknown_kind(s: Scene) -> Act:
    return lambda: work(access="sometimes").save()


@attempt("no_work_is_merged_into_itself")
def a_work_merged_into_itself(s: Scene) -> Act:
    row = saved(work())
    return lambda: change(row, merged_into=row)


@attempt("a_merged_work_points_at_one_that_stands")
def a_new_work_merged_into_a_merged_one(s: Scene) -> Act:
    merged = saved(work(merged_into=s.world.reference))
    return lambda: work(merged_into=merged).save()


@attempt("a_merged_work_points_at_one_that_stands_later")
def a_work_merged_that_another_was_merged_into(s: Scene) -> Act:
    saved(work(merged_into=s.world.reference))
    other = saved(work())
    return lambda: change(s.world.reference, merged_into=other)


@attempt("a_reference_has_a_title")
def a_work_without_a_title(s: Scene) -> Act:
    return lambda: Reference.objects.create(csl={}, title="")


def reviewer(s: Scene, **but: Any) -> Reviewer:
    """One more reviewer, not saved."""
    return Reviewer(
        **{"user": s.world.editor, "slug": "another", "printed_name": "Dr Another", "role_title": "Doctor", **but}
    )


@attempt("conditions_reviewer.user_id")
def one_person_as_two_reviewers(s: Scene) -> Act:
    return lambda: reviewer(s, user=s.world.uk.user).save()


@attempt("conditions_reviewer.slug")
def taking_the_address_of_another_reviewer(s: Scene) -> Act:
    return lambda: change(s.world.other_uk, slug=s.world.us.slug)


@attempt("a_reviewer_stays_the_same_person")
def putting_another_person_behind_a_reviewer(s: Scene) -> Act:
    return lambda: change(s.world.uk, user=s.world.editor)


def registration(s: Scene, **but: Any) -> Registration:
    """One more registration of the UK reviewer, not saved."""
    return Registration(**{"reviewer": s.world.uk, "register": "GMC", "number": "7654321", "region": "GB", **but})


@attempt("a_registration_belongs_to_one_reviewer")
def one_registration_for_two_reviewers(s: Scene) -> Act:
    return lambda: registration(s, number="0000002").save()


@attempt("a_registration_is_never_rewritten")
def rewriting_a_registration(s: Scene) -> Act:
    return lambda: change(s.world.uk.registrations.get(), number="7654321")


@attempt("the_region_follows_from_the_register")
def a_uk_registration_for_the_us(s: Scene) -> Act:
    return lambda: Registration.objects.bulk_create([registration(s, region="US")])


@attempt("an_npi_comes_with_a_state_licence")
def an_npi_without_a_state_licence(s: Scene) -> Act:
    return lambda: registration(s, register="NPI", number="1000000004").save()


def check(s: Scene, **but: Any) -> CredentialCheck:
    """A lead looked at the UK reviewer's registration today; not saved."""
    made = {"registration": s.world.uk.registrations.get(), "checked_by": s.world.lead, "checked_on": w.today()}
    return CredentialCheck(**{**made, "result": "licensed", "valid_until": w.today() + timedelta(days=9), **but})


@attempt("check_result_is_known")
def a_check_with_an_unknown_result(s: Scene) -> Act:
    return lambda: check(s, result="fine").save()


@attempt("a_check_is_not_over_before_it_was_made")
def a_check_that_was_over_before_it_was_made(s: Scene) -> Act:
    return lambda: check(s, valid_until=w.today() - timedelta(days=1)).save()


@attempt("nobody_checks_their_own_credentials")
def checking_ones_own_credentials(s: Scene) -> Act:
    return lambda: check(s, checked_by=s.world.uk.user).save()
