"""What is told of medicines about which something else was decided."""

from collections.abc import Sequence

from alsinfo.accounts.models import Role
from alsinfo.accounts.roles import holders
from conditions.models import FundingDecision, LicenceStatus, RegionalArticle
from conditions.notices.audiences import STAFF
from conditions.notices.telling import tell


def medicine_changed(fact: LicenceStatus | FundingDecision, pages: Sequence[RegionalArticle]) -> None:
    """Tell every lead, and owners of their own articles, which live pages show what was known before."""
    leads = {lead.pk: lead for lead in holders(Role.LEAD)}
    owners = {page.article.owner_id: page.article.owner for page in pages}
    for person in {**owners, **leads}.values():
        own = [page for page in pages if person.pk in leads or page.article.owner_id == person.pk]
        names = "\n".join(f"- {page}" for page in own)
        tell(
            person,
            f"To review again: pages that show {fact.medicine}",
            f"{fact}. These pages show what was known before and are due for review today. Start an edition, take the "
            f"newest description of the medicine there, and have it signed:\n\n{names}",
            f"/admin/conditions/medicine/{fact.medicine_id}/change/",
            about=STAFF,
            key=f"{fact._meta.model_name}:{fact.pk}:{person.pk}",
        )
