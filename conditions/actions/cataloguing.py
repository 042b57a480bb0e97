"""Describe what articles are about and rest on: conditions, works, reviewers, addresses."""

from collections.abc import Iterable, Mapping
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import swap
from conditions.actions.purging import page_changed, reviewer_changed
from conditions.content import canonical, library
from conditions.content.canonical import normal_value
from conditions.errors.cataloguing import Duplicate
from conditions.errors.drafting import UnusableText
from conditions.models import (
    Article,
    Condition,
    ConditionCode,
    ConditionName,
    Path,
    Reference,
    RegionalArticle,
    Reviewer,
)
from conditions.policies import cataloguing as policies
from conditions.search import index
from conditions.vocabulary import RiskTier
from organisations.regions import Region


@action
def add_condition(
    slug: str, name: str, *, by: User, names: Iterable[ConditionName] = (), codes: Iterable[ConditionCode] = ()
) -> Condition:
    """A condition with the names it is found by and its codes."""
    insist(policies.objection_to_catalogue(by=by))
    if Condition.objects.filter(slug=slug).exists():
        raise Duplicate(f"There is a condition “{slug}” already.")
    condition = Condition.objects.create(slug=slug, name=name)
    _write_names(condition, [*names, *codes])
    record("add_condition", condition, by=by, after=name)
    return condition


@action
def change_condition(
    condition: Condition, *, by: User, fields: Mapping[str, Any], put: Iterable[Any] = (), remove: Iterable[Any] = ()
) -> Condition:
    """New fields for a condition; names and codes put and removed."""
    insist(policies.objection_to_catalogue(by=by))
    swap(condition, **fields)
    for row in remove:
        row.delete()
    _write_names(condition, put)
    index.note_names(condition)
    record("change_condition", condition, by=by)
    return condition


@action
def add_article(
    condition: Condition,
    *,
    by: User,
    risk_tier: str = RiskTier.STANDARD,
    review_interval_months: int = 24,
    slugs: Mapping[Region, str] | None = None,
    owner: User | None = None,
) -> Article:
    """An article on a condition, with one page and one address in each region."""
    insist(policies.objection_to_catalogue(by=by))
    if Article.objects.filter(condition=condition).exists():
        raise Duplicate(f"There is an article on {condition} already.")
    article = make_article(
        condition,
        owner=owner or by,
        risk_tier=risk_tier,
        review_interval_months=review_interval_months,
        slugs=slugs,
    )
    record("add_article", article, by=by, after=str(condition))
    return article


@action
def add_reference(csl: Mapping[str, Any], *, by: User) -> Reference:
    """A published work; refused when one of its identifiers is in the library."""
    insist(policies.objection_to_catalogue(by=by))
    reference = Reference(**describe(csl))
    insist(policies.objection_to_numbers(reference))
    reference.save()
    record("add_reference", reference, by=by, after=reference.title)
    return reference


@action
def change_reference(reference: Reference, csl: Mapping[str, Any], *, by: User) -> Reference:
    """A better description of a work; articles keep the one they copied until an editor takes the new one."""
    insist(policies.objection_to_describe(reference, by=by))
    fields = describe(csl)
    insist(policies.objection_to_numbers(Reference(pk=reference.pk, **fields)))
    swap(reference, **fields)
    record("change_reference", reference, by=by, after=reference.title)
    return reference


@action
def add_reviewer(user: User, *, by: User, fields: Mapping[str, Any]) -> Reviewer:
    """A clinician who may sign once a registration has been checked."""
    insist(policies.objection_to_register(by=by))
    if Reviewer.objects.filter(user=user).exists():
        raise Duplicate(f"{user} is a reviewer already.")
    reviewer = Reviewer.objects.create(user=user, **fields)
    record("add_reviewer", reviewer, by=by, after=reviewer.printed_name)
    return reviewer


@action
def change_reviewer(reviewer: Reviewer, *, by: User, fields: Mapping[str, Any]) -> Reviewer:
    """What is printed with future signatures; those made keep what they say."""
    insist(policies.objection_to_register(by=by))
    Reviewer.objects.filter(pk=reviewer.pk).update(**fields)
    reviewer.refresh_from_db()
    reviewer_changed(reviewer.slug)
    record("change_reviewer", reviewer, by=by, after=reviewer.printed_name)
    return reviewer


@action
def change_address(page: RegionalArticle, slug: str, *, by: User) -> Path:
    """A new canonical address; the old ones lead to it in one hop. One of its own old addresses may come back."""
    insist(policies.objection_to_catalogue(by=by))
    path = _give_address(page, slug)
    page_changed(page)
    record("change_address", path, by=by, after=slug)
    return path


def make_article(
    condition: Condition,
    *,
    owner: User,
    risk_tier: str,
    review_interval_months: int,
    slugs: Mapping[Region, str] | None = None,
) -> Article:
    """Write an article with its pages and addresses; part of an action, audited by it."""
    article = Article.objects.create(
        condition=condition, owner=owner, risk_tier=risk_tier, review_interval_months=review_interval_months
    )
    for region in Region:
        page = RegionalArticle.objects.create(article=article, region=region)
        _give_address(page, (slugs or {}).get(region, condition.slug))
    return article


def _give_address(page: RegionalArticle, slug: str) -> Path:
    page.paths.filter(is_canonical=True).update(is_canonical=False)
    taken = Path.objects.filter(region=page.region, slug=slug).first()
    if taken is None:
        return Path.objects.create(region=page.region, slug=slug, regional_article=page)
    if taken.regional_article_id != page.pk:
        raise Duplicate(f"The address “{slug}” belongs to another page in this region.")
    taken.is_canonical = True
    taken.save(update_fields=["is_canonical"])
    return taken


def _write_names(condition: Condition, rows: Iterable[ConditionName | ConditionCode]) -> None:
    for row in rows:
        row.condition = condition
        row.save()


def describe(csl: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a reference with this description. Raises `UnusableText`."""
    try:
        described = normal_value(csl)
    except canonical.UnusableText as problem:
        raise UnusableText(str(problem)) from problem
    return {"csl": described, **library.columns(described)}
