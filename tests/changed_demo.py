"""The demonstration with a changed text in review, for pictures of the desk: run in a shell of the demonstration."""

from alsinfo.accounts.models import User
from conditions.actions import assigning, drafting, submitting
from conditions.actions.drafting import Change
from conditions.models import Article, Reviewer

FIGURE = "\n\nOf every 300 people, about 1 is told in the course of a life that they have the disease."


def make() -> None:
    """An editor changes three sections of the article on ALS; both reviewers accept the review."""
    editor = User.objects.get(username="demo-editor")
    edition = drafting.start(Article.objects.get(condition__slug="amyotrophic-lateral-sclerosis"), by=editor)
    sections = {section.key: section for section in edition.sections.filter(region="")}
    sections["symptoms"].body = sections["symptoms"].body.replace("slurred words", "words that slur")
    sections["how-common"].body += FIGURE
    sections["outlook"].heading = "Outlook: what may come"
    note = "A figure for a whole life, and plainer words for the first signs."
    change = Change(
        fields={"change_note": note, "note_to_reviewers": "Please look at the new figure."},
        put=[sections[key] for key in ("symptoms", "how-common", "outlook")],
    )
    drafting.save(edition, change, by=editor, opened_version=edition.lock_version)
    reviewers = {
        region: [Reviewer.objects.get(user__username=f"demo-reviewer-{region.slug}")] for region in edition.covered
    }
    rows = submitting.submit(edition, by=editor, opened_version=edition.lock_version, reviewers=reviewers)
    for row in rows:
        to = row.assignments.get()
        assigning.accept(to, by=to.reviewer.user)
