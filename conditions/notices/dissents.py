"""What is told of a request for changes that was overruled."""

from conditions.models import Overruling
from conditions.notices.audiences import STAFF, its_reviewer
from conditions.notices.telling import row_link, tell, tell_daily


def overruled(overruling: Overruling) -> None:
    """Tell the reviewer whose request for changes was overruled; what they wrote stays in the record."""
    assignment = overruling.assignment
    tell(
        assignment.reviewer.user,
        f"Overruled: your request for changes to {assignment.regional_article}",
        f"A clinical lead decided that the text on {assignment.regional_article} goes on as {_signers(overruling)} "
        f"signed it: {overruling.reason}\n\nWhat you wrote stays in the record, and nothing was signed in your name. "
        "It is published beside the text only if you are asked and agree.",
        f"/desk/reviews/{assignment.pk}/dissent/",
        about=its_reviewer(assignment),
    )


def note_proposed(overruling: Overruling) -> None:
    """Ask the reviewer whether readers may read what they wrote."""
    assignment = overruling.assignment
    tell_daily(
        assignment.reviewer.user,
        f"May readers read your dissent? {assignment.regional_article}",
        f"{overruling.note_proposed_by} proposes to publish what you wrote about {assignment.regional_article}, word "
        "for word and under your name, in the history of that version. It appears only if you agree; no "
        "day is set.",
        f"/desk/reviews/{assignment.pk}/dissent/",
        about=its_reviewer(assignment),
    )


def note_agreed(overruling: Overruling) -> None:
    """Tell who proposed a note that its author agreed."""
    if overruling.note_proposed_by is not None:
        tell_daily(
            overruling.note_proposed_by,
            f"{overruling.assignment.reviewer} agreed: {overruling.assignment.regional_article}",
            "The dissent is shown in the history of the version as soon as that version is published.",
            row_link(overruling.assignment.regional_edition),
            about=STAFF,
        )


def _signers(overruling: Overruling) -> str:
    row = overruling.assignment.regional_edition
    names = row.standing_sign_offs().values_list("printed_name", flat=True) if row else []
    return " and ".join(names)
