"""What is told of readers who say that something could harm somebody; never in their words."""

from collections.abc import Iterable

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from conditions.models import Feedback
from conditions.notices.audiences import STAFF
from conditions.notices.telling import in_words, tell


def harm_reported(feedback: Feedback) -> None:
    """Tell the page's owner and the leads that a reader fears so, once a day for each page."""
    day = feedback.received_at.date()
    page = feedback.publication.regional_article_id if feedback.publication else feedback.region
    for person in _concerned(feedback):
        tell(
            person,
            f"A reader says that something could harm somebody: {feedback.place}",
            f"A reader said on {in_words(day)} that something on {feedback.place} could harm somebody. Look at it "
            "now: if it is so, confirm it there, and the page is due for review today. "
            "More of the same on this day are not mailed.",
            _link(feedback),
            about=STAFF,
            key=f"harm-reported:{page}:{day}:{person.pk}",
        )


def harm_confirmed(feedback: Feedback, *, by: User) -> None:
    """Tell the page's owner and the leads that it is so."""
    for person in _concerned(feedback):
        tell(
            person,
            f"Could harm somebody, due for review today: {feedback.place}",
            f"{by} confirmed what a reader said of {feedback.place}: it could harm somebody. The page is due for "
            "review today. If readers should not see it until then, a publisher or lead takes it down. Look whether "
            "the page for the other region says the same.",
            _link(feedback),
            about=STAFF,
        )


def _concerned(feedback: Feedback) -> Iterable[User]:
    people = {lead.pk: lead for lead in holders(Role.LEAD)}
    owner = feedback.publication.regional_article.article.owner if feedback.publication else None
    return {**people, **({owner.pk: owner} if owner else {})}.values()


def _link(feedback: Feedback) -> str:
    return f"/admin/conditions/feedback/{feedback.pk}/change/"
