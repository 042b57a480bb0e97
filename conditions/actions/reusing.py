"""Take up a text again: an earlier one of the same article, or another article's as a starting point."""

from collections.abc import Mapping
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import lock
from conditions.actions.cataloguing import make_article
from conditions.actions.drafting import last_published, open_edition
from conditions.models import Article, Condition, Contribution, Edition, Revision
from conditions.models.desk import contents_of
from conditions.models.editions import ALL_REGIONS
from conditions.policies import reusing as policies
from conditions.vocabulary import EditionState
from organisations.regions import Region


@action
def restore(article: Article, texts: Mapping[Region, Revision], *, by: User, regions: str = ALL_REGIONS) -> Edition:
    """Open the next edition with earlier texts; a region without one starts from what it last published.

    Nothing that was signed carries over: the text goes the whole way again.
    """
    article = lock(article)
    insist(policies.objection_to_restore(article, texts, by=by))
    chosen = {region.value: text.content for region, text in texts.items()}
    edition = open_edition(article, {**last_published(article), **chosen}, by=by, regions=regions)
    which = ", ".join(f"{Region(region).label} {text.pk}" for region, text in sorted(texts.items()))
    record("restore", edition, by=by, reason=f"The earlier text: {which}", after=EditionState.DRAFT)
    return edition


@action
def duplicate(source: Article, condition: Condition, *, by: User) -> Article:
    """A new article on another condition that starts with the text and citations of this one.

    The text is what readers get, else the open draft. No signature, date or address comes with it, and the title and
    other names are the new condition's. Whoever contributed to the source contributed to the copy: none may sign it.
    """
    insist(policies.objection_to_duplicate(source, condition, by=by))
    contents = {region: _about(content, condition) for region, content in _text_of(source).items()}
    article = make_article(
        condition, owner=by, risk_tier=source.risk_tier, review_interval_months=source.review_interval_months
    )
    edition = open_edition(article, contents, by=by, source=source)
    writers = source.contributions.order_by("user").values_list("user", flat=True).distinct()
    Contribution.objects.bulk_create(
        Contribution(article=article, edition=edition, region=region, user_id=writer, made_at=edition.started_at)
        for writer in writers
        for region in Region
    )
    record("duplicate", article, by=by, reason=f"Copied from {source}", before=str(source), after=str(condition))
    return article


def _text_of(source: Article) -> dict[str, dict[str, Any]]:
    if published := last_published(source):
        return published
    edition = source.editions.exclude(state=EditionState.CLOSED).get()
    return {region.value: content for region, content in contents_of(edition).items()}


def _about(content: dict[str, Any], condition: Condition) -> dict[str, Any]:
    """The content under the new condition's name: another disease's names would be wrong on it."""
    return {**content, "title": condition.name, "names": []}
