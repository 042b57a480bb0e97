"""What is told of texts that could not be made live at their time."""

from alsinfo.accounts.models import Role
from alsinfo.accounts.roles import holders
from conditions.models import RegionalEdition
from conditions.notices.audiences import STAFF
from conditions.notices.telling import row_link, tell


def publishing_failed(row: RegionalEdition) -> None:
    """Tell publishers and the article’s owner why readers do not get a text that was promised for now."""
    people = {*holders(Role.PUBLISHER), row.edition.article.owner}
    for person in people:
        tell(
            person,
            f"Not published: {row}",
            f"{row} was to be published now and was not. {row.failure} Readers still get what they got before. "
            "Put it right, then publish it from its page.",
            row_link(row),
            about=STAFF,
            key=f"publish-failed:{row.pk}:{row.publish_at}:{person.pk}",
        )
