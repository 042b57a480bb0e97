"""Rules on links from page to page."""

from collections.abc import Iterator

from conditions.checks.rules import Fault, Rule, Subject
from conditions.content.links import PageLink, linked_in_sections, page_links
from conditions.policies import linking


def _unknown_pages(subject: Subject) -> Iterator[Fault]:
    for link in linked_in_sections(subject.content):
        if link not in subject.pages:
            yield _of_section(subject, link, f"({link.address}) names no {link.kind} of this site.")


def _misplaced_links(subject: Subject) -> Iterator[Fault]:
    for name, text in subject.openings("emergency", "urgent", "soon", "disclaimer"):
        for link in page_links([text]):
            yield Fault(name, f"({link.address}) stands outside the sections; only sections can link to other pages.")


def _pages_at_rest(subject: Subject) -> Iterator[Fault]:
    for link, why in linking.at_rest(subject.pages, subject.content):
        yield _of_section(subject, link, f"({link.address}) {why}: readers get its words without a link.")


def _of_section(subject: Subject, link: PageLink, sentence: str) -> Fault:
    """A fault of the first section that has the link."""
    key = next(section["key"] for section in subject.sections if link in page_links([section["body"]]))
    return Fault(f"section:{key}", sentence)


RULES = (
    Rule("unknown-page", True, "alsinfo", "Every page linked to by name is one of this site.", _unknown_pages),
    Rule("misplaced-link", True, "alsinfo", "Only sections link to other pages by name.", _misplaced_links),
    Rule("page-at-rest", False, "alsinfo", "Every page linked to by name is live for these readers.", _pages_at_rest),
)
