"""Have caches before the site drop what changed with a page; each function is part of an action."""

from django.conf import settings

from alsinfo import surrogates
from alsinfo.outbox.purging import purge
from conditions.models import RegionalArticle, SignOff
from organisations.regions import Region


def page_changed(page: RegionalArticle) -> None:
    """Readers get something else at the page's addresses: so do they in lists, and where its reviewers are shown."""
    if settings.PURGE_URL:
        signers = SignOff.objects.filter(regional_article=page).values_list("reviewer__slug", flat=True)
        reviewers = map(surrogates.reviewer, signers.order_by().distinct())
        lists = surrogates.lists(Region(page.region).slug)
        purge(surrogates.page(page.pk), lists, surrogates.NOT_FOUND, *reviewers)


def page_rendered(page: RegionalArticle) -> None:
    """The page itself is made anew, and nothing else."""
    purge(surrogates.page(page.pk))


def reviewer_changed(slug: str) -> None:
    """A reviewer is shown otherwise, on their page and in the team's."""
    purge(surrogates.reviewer(slug), *map(surrogates.lists, (region.slug for region in Region)))


def lists_changed() -> None:
    """Pages about the site are, in each region."""
    purge(*map(surrogates.lists, (region.slug for region in Region)))
