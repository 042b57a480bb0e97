"""What tests of the reviewers' desk share: addresses, browsers and forms."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from alsinfo.accounts.models import User
from conditions.models import ReviewAssignment, Reviewer
from tests.world import PASSWORD

QUEUE = "/desk/"
SYMPTOMS = "remark.section-symptoms.0"  # the first comment box of that section
SENTENCE = "Muscles grow weak"  # of a section: only the open text has it


def at_desk(reviewer: Reviewer | User) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(reviewer.user if isinstance(reviewer, Reviewer) else reviewer)
    return client


def address(of: ReviewAssignment, part: str = "") -> str:
    """Where a review is, or a part of it such as `receipt/`."""
    return f"/desk/reviews/{of.pk}/{part}"


def send(to: ReviewAssignment, form: dict[str, Any], client: Client | None = None) -> HttpResponse:
    """Post a form of the review as its reviewer."""
    return (client or at_desk(to.reviewer)).post(address(to), form)  # type: ignore[return-value]


def decision(*of: ReviewAssignment, **changes: Any) -> dict[str, Any]:
    """What the form of a signature on the whole page sends; `decision` and `digest` are said of every text."""
    said, digest = changes.pop("decision", "whole-page"), changes.pop("digest", None)
    sent = {"step": "decision", "group": ",".join(str(each.pk) for each in of), "go": "decide"}
    for each in of:
        sent |= {f"decision_{each.region}": said, f"digest_{each.region}": digest or each.revision_id}
    return sent | {"note": "", "password": PASSWORD, "is_declaration_true": "on"} | changes


def state_of(assignment: ReviewAssignment) -> str:
    """The state as the database has it now."""
    assignment.refresh_from_db()
    return assignment.state


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def with_remark(form: dict[str, Any], prefix: str = SYMPTOMS, **fields: str) -> dict[str, Any]:
    """The form with a comment box filled in."""
    texts = {"weight": "should", "body": "Say it plainly.", "quote": "", "suggestion": ""} | fields
    return form | {f"{prefix}.{name}": text for name, text in texts.items()}
