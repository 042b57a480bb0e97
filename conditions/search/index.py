"""Keep by what pages are found, as part of the actions that make pages or name conditions."""

import json
from secrets import randbits

from django.conf import settings

from conditions.content import seals
from conditions.content.passages import passages_of
from conditions.models import Condition, ConditionName, Findable, Passage, Publication, RegionalArticle

STAMP_BITS = 40  # a sum over a hundred thousand of them stays far below 63 bits


def note(publication: Publication) -> Findable:
    """The page is found by this publication's words from now on."""
    page, content = publication.regional_article, publication.revision.content
    Findable.objects.filter(regional_article=page).delete()
    found = Findable(
        regional_article=page,
        publication=publication,
        region=page.region,
        names=json.dumps(list(dict.fromkeys([content["title"], *content["names"]])), ensure_ascii=False),
        also=_catalogue_names(page),
        stamp=randbits(STAMP_BITS),
    )
    found.seal = seals.make(settings.SEAL_KEYS, *found.sealed_values())
    found.save(force_insert=True)
    Passage.objects.bulk_create(
        Passage(findable=found, key=each.key, heading=each.heading, words=each.words) for each in passages_of(content)
    )
    return found


def note_names(condition: Condition) -> None:
    """The pages on a condition are found by the names it has in the catalogue now."""
    for page in RegionalArticle.objects.filter(article__condition=condition).select_related("article"):
        names = Findable.objects.filter(regional_article=page)
        names.update(also=_catalogue_names(page), stamp=randbits(STAMP_BITS))


def _catalogue_names(page: RegionalArticle) -> str:
    condition = page.article.condition_id
    names = ConditionName.objects.filter(condition=condition, region__in=("", page.region)).order_by("pk")
    return json.dumps(list(names.values_list("text", flat=True)), ensure_ascii=False)
