"""Cells of tables that people open in a spreadsheet."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> str:
    """The cell as text that no spreadsheet computes."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def exact(cell: str) -> str:
    """The cell as text that no spreadsheet computes and from which `read_back` tells what it was."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) or _is_marked(cell) else cell


def read_back(cell: str) -> str:
    """What `exact` was given; any other text as it is."""
    return cell[1:] if _is_marked(cell) else cell


def _is_marked(cell: str) -> bool:
    return cell[:1] == "'" and cell[1:2] in ("'", *FORMULA_STARTS)
