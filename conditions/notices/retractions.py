"""What is told of works that were retracted."""

from collections.abc import Iterable, Mapping

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from conditions.models import RegionalArticle, RetractionList
from conditions.notices.audiences import STAFF
from conditions.notices.telling import tell

Relying = Mapping[str, Iterable[str]]


def retracted(taken: RetractionList, pages: Iterable[tuple[RegionalArticle, Relying]]) -> None:
    """Tell leads and owners which live pages cite a work that is newly retracted, and in which sections."""
    found = list(pages)
    everybody = holders(Role.LEAD)
    for lead in everybody:
        _tell(lead, taken, found)
    for owner in {page.article.owner for page, _ in found} - set(everybody):
        _tell(owner, taken, [(page, relying) for page, relying in found if page.article.owner_id == owner.pk])


def _tell(person: User, taken: RetractionList, pages: list[tuple[RegionalArticle, Relying]]) -> None:
    lines = [
        f"- {page} cites “{title}” in: {', '.join(sections)}"
        for page, relying in pages
        for title, sections in relying.items()
    ]
    count = len(pages)
    tell(
        person,
        f"Retracted: a source of {count} live page{'' if count == 1 else 's'}",
        f"{taken} names works as retracted that live pages cite. Readers see that they are retracted, and the pages "
        "are due for review today. Publish a text that does without the source, or let a clinical lead answer why it "
        f"stays:\n\n{chr(10).join(lines)}",
        "/admin/retracted-sources/",
        about=STAFF,
        key=f"retracted:{taken.pk}:{person.pk}",
    )
