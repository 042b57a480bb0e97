"""The keys by which caches before the site hold its pages: whatever changes one of these names its key."""

NOT_FOUND = "not-found"
"""Of every 404, so that a new page shows at once where there was none."""


def page(number: int) -> str:
    """An article for a region's readers, by its primary key: the page, its history and versions, its 410 or 301."""
    return f"page-{number}"


def organisation(slug: str) -> str:
    """The page of an organisation, in each region."""
    return f"organisation-{slug}"


def reviewer(slug: str) -> str:
    """The page of a reviewer, in each region."""
    return f"reviewer-{slug}"


def lists(region: str) -> str:
    """A region's pages that name others: home, A to Z, finder, team, feed and so on; `uk` or `us`."""
    return f"lists-{region}"
