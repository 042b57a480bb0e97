"""Conditions, articles, addresses, references, reviewers and the look at their registers."""

from datetime import timedelta
from typing import Any

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.refusals import DatabaseRefused
from conditions.actions import cataloguing, credentials
from conditions.errors.cataloguing import BadIdentifier, Duplicate, MissingRole, OwnCredentials
from conditions.errors.drafting import UnusableText
from conditions.models import Condition, ConditionCode, ConditionName, CredentialCheck, Registration
from conditions.vocabulary import CheckResult, Register
from organisations.regions import Region
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


# Conditions, articles, addresses


def test_a_condition_comes_with_its_names_and_codes(world: w.World) -> None:
    mnd = ConditionName(text="Motor neurone disease", kind="umbrella", region="GB")
    code = ConditionCode(system="icd-10", code="G12.2")
    condition = cataloguing.add_condition("als", "ALS", by=world.publisher, names=[mnd], codes=[code])
    assert [str(name) for name in condition.names.all()] == ["Motor neurone disease"]
    assert [str(code) for code in condition.codes.all()] == ["ICD-10 G12.2"]


def test_a_condition_gains_and_loses_names(world: w.World) -> None:
    old = ConditionName(text="Lou Gehrig disease", kind="eponym")
    condition = cataloguing.add_condition("als", "ALS", by=world.editor, names=[old])
    new = ConditionName(text="Lou Gehrig’s disease", kind="eponym")
    cataloguing.change_condition(condition, by=world.editor, fields={"name": "MND"}, put=[new], remove=[old])
    assert [str(name) for name in condition.names.all()] == ["Lou Gehrig’s disease"]
    assert Condition.objects.get(slug="als").name == "MND"


def test_an_address_or_article_exists_once(world: w.World) -> None:
    article = w.article(world)
    with pytest.raises(Duplicate):
        cataloguing.add_condition("als", "Another", by=world.editor)
    with pytest.raises(Duplicate):
        cataloguing.add_article(article.condition, by=world.editor)


def test_an_article_has_a_page_and_an_address_in_each_region(world: w.World) -> None:
    condition = cataloguing.add_condition("als", "ALS", by=world.editor)
    article = cataloguing.add_article(condition, by=world.editor, slugs={GB: "motor-neurone-disease"})
    addresses = {str(path) for page in article.regional_articles.all() for path in page.paths.all()}
    assert addresses == {"/uk/conditions/motor-neurone-disease/", "/us/conditions/als/"}
    assert article.owner == world.editor


def test_a_review_interval_fits_the_risk(world: w.World) -> None:
    condition = cataloguing.add_condition("als", "ALS", by=world.editor)
    with pytest.raises(DatabaseRefused, match="review interval"):
        cataloguing.add_article(condition, by=world.editor, risk_tier="high", review_interval_months=13)


def test_a_changed_address_leaves_the_old_one_leading_to_it_and_may_come_back(world: w.World) -> None:
    page = w.page(w.article(world))
    cataloguing.change_address(page, "mnd", by=world.editor)
    assert dict(page.paths.values_list("slug", "is_canonical")) == {"als": False, "mnd": True}
    cataloguing.change_address(page, "als", by=world.editor)
    assert dict(page.paths.values_list("slug", "is_canonical")) == {"als": True, "mnd": False}


def test_an_address_is_never_given_to_another_page_of_the_region(world: w.World) -> None:
    page = w.page(w.article(world))
    cataloguing.change_address(page, "mnd", by=world.editor)
    other = w.article(world, "pls", "PLS")
    with pytest.raises(Duplicate):
        cataloguing.change_address(w.page(other), "als", by=world.editor)
    assert w.page(other).paths.get(is_canonical=True).slug == "pls"
    cataloguing.change_address(w.page(other, US), "mnd", by=world.editor)


# References


def test_a_work_is_described_once_in_normal_form(world: w.World) -> None:
    book = {"type": "book", "title": " A  book \r\n", "DOI": "https://doi.org/10.1000/ABC"}
    work = cataloguing.add_reference(book, by=world.editor)
    assert (work.doi, work.title) == ("10.1000/abc", "A  book")
    with pytest.raises(Duplicate, match=r"10\.1000/abc"):
        cataloguing.add_reference({**book, "title": "Again"}, by=world.editor)
    with pytest.raises(Duplicate):
        cataloguing.change_reference(world.reference, {**book, "title": "Again"}, by=world.editor)
    assert cataloguing.change_reference(work, {**book, "title": "A better title"}, by=world.editor).doi == work.doi


def test_a_work_needs_a_title_without_hidden_characters(world: w.World) -> None:
    with pytest.raises(DatabaseRefused, match="title"):
        cataloguing.add_reference({"type": "book"}, by=world.editor)
    with pytest.raises(UnusableText):
        cataloguing.add_reference({"type": "book", "title": "A\x00B"}, by=world.editor)


# Roles


def test_who_has_no_role_for_it_describes_nothing(world: w.World) -> None:
    condition = cataloguing.add_condition("als", "ALS", by=world.editor)
    for person in (world.lead, world.uk.user, world.administrator, world.superuser):
        with pytest.raises(MissingRole):
            cataloguing.add_condition("x", "X", by=person)
        with pytest.raises(MissingRole):
            cataloguing.change_condition(condition, by=person, fields={"name": "X"})
        with pytest.raises(MissingRole):
            cataloguing.add_article(condition, by=person)
        with pytest.raises(MissingRole):
            cataloguing.add_reference(w.BROWN, by=person)
        with pytest.raises(MissingRole):
            cataloguing.change_reference(world.reference, w.BROWN, by=person)


def test_only_leads_describe_reviewers(world: w.World) -> None:
    registration = world.uk.registrations.get()
    days = {"checked_on": w.today(), "valid_until": w.today()}
    for person in (world.editor, world.publisher, world.uk.user, world.administrator, world.superuser):
        with pytest.raises(MissingRole):
            cataloguing.add_reviewer(person, by=person, fields={"slug": "x"})
        with pytest.raises(MissingRole):
            cataloguing.change_reviewer(world.uk, by=person, fields={"printed_name": "X"})
        with pytest.raises(MissingRole):
            credentials.add_registration(world.uk, Register.GMC, "0000009", by=person)
        with pytest.raises(MissingRole):
            credentials.record_check(registration, by=person, result=CheckResult.LICENSED, **days)


# Reviewers


def test_a_person_is_a_reviewer_once(world: w.World) -> None:
    with pytest.raises(Duplicate):
        cataloguing.add_reviewer(world.uk.user, by=world.lead, fields={"slug": "again"})


@pytest.mark.parametrize(
    ("register", "typed", "kept"),
    [
        (Register.GMC, "C 000 0009", "0000009"),
        (Register.NMC, "98i1234e", "98I1234E"),
        (Register.GPHC, "2012345", "2012345"),
        (Register.HCPC, "sl 12345", "SL12345"),
    ],
)
def test_a_registration_number_has_the_shape_of_its_register(
    world: w.World, register: Register, typed: str, kept: str
) -> None:
    added = credentials.add_registration(world.uk, register, typed, by=world.lead)
    assert (added.number, added.region) == (kept, "GB")


@pytest.mark.parametrize(
    ("register", "number"),
    [
        (Register.GMC, "123456"),
        (Register.GMC, "1234567; DROP"),
        (Register.NMC, "1234567"),
        (Register.GPHC, "1012345"),
        (Register.HCPC, "SL1234567"),
        (Register.NPI, "1234567890"),
        (Register.NPI, "3234567893"),
        (Register.NPI, "1٢34567893"),
    ],
)
def test_a_number_of_another_shape_is_refused(world: w.World, register: Register, number: str) -> None:
    with pytest.raises(BadIdentifier):
        credentials.add_registration(world.us, register, number, by=world.lead, licence_state="IL", licence_number="1")


def test_a_registration_belongs_to_one_reviewer(world: w.World) -> None:
    with pytest.raises(Duplicate):
        credentials.add_registration(world.other_uk, Register.GMC, "0000001", by=world.lead)


def test_an_npi_comes_with_a_state_licence(world: w.World) -> None:
    with pytest.raises(DatabaseRefused, match="licence"):
        credentials.add_registration(world.us, Register.NPI, "1000000004", by=world.lead)


def test_nobody_checks_their_own_credentials(world: w.World) -> None:
    roles.grant(world.uk.user, Role.LEAD, by=None)
    with pytest.raises(OwnCredentials):
        w.check(world.uk.registrations.get(), world.uk.user)


def test_a_check_was_made_on_a_day_that_has_come(world: w.World) -> None:
    tomorrow = w.today() + timedelta(days=1)
    with pytest.raises(BadIdentifier):
        look(world, world.uk.registrations.get(), checked_on=tomorrow, valid_until=tomorrow)
    with pytest.raises(DatabaseRefused, match="not over before"):
        look(world, world.uk.registrations.get(), checked_on=w.today(), valid_until=w.today() - timedelta(days=1))


def look(world: w.World, at: Registration, **days: Any) -> CredentialCheck:
    return credentials.record_check(at, by=world.lead, result=CheckResult.LICENSED, **days)


def test_a_credential_is_for_the_regions_of_its_registers(world: w.World) -> None:
    for reviewer, own in ((world.uk, GB), (world.us, US)):
        assert [region for region in Region if reviewer.credential(region, w.today(region))] == [own]


def test_the_latest_check_counts(world: w.World) -> None:
    registration = world.uk.registrations.get()
    w.check(registration, world.lead, result=CheckResult.NOT_FOUND)
    assert world.uk.credential(GB, w.today()) is None
    w.check(registration, world.other_lead)
    assert world.uk.credential(GB, w.today())
