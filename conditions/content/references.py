"""A reference as one line, from its CSL-JSON description: Vancouver style, or AMA style."""

from conditions.content import ama, vancouver
from conditions.content.line import Line
from conditions.content.works import Work, doi_of

__all__ = ["STYLES", "Line", "doi_of", "format_ama", "format_vancouver", "reference_line"]

STYLES = {"vancouver": vancouver.line, "ama": ama.line}


def format_vancouver(csl: Work) -> str:
    """The reference as plain text in Vancouver style, with where it is found."""
    return str(vancouver.line(csl))


def format_ama(csl: Work) -> str:
    """The reference as plain text in AMA style, with where it is found."""
    return str(ama.line(csl))


def reference_line(csl: Work, style: str = "vancouver") -> Line:
    """The parts of the line on pages, in one of `STYLES`."""
    return STYLES[style](csl)
