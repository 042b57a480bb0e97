"""What is told of pages that are taken down."""

from alsinfo.accounts.models import Role
from alsinfo.accounts.roles import holders
from conditions.models import RegionalArticle
from conditions.notices.audiences import GUARDIANS
from conditions.notices.telling import page_link, tell


def suspended(page: RegionalArticle, reason: str) -> None:
    """Tell publishers and leads that readers get help instead of the text."""
    people = (holders(Role.PUBLISHER) | holders(Role.LEAD)).distinct()
    for person in people:
        tell(
            person,
            f"Suspended: {page}",
            f"{page} was taken down: {reason}",
            page_link(page),
            about=GUARDIANS,
        )
