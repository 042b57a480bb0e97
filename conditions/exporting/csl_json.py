"""Write CSL-JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


def write(works: Sequence[Mapping[str, Any]]) -> str:
    """A list of descriptions, each with an `id`, which programs that read them ask for."""
    numbered = [{"id": f"ref-{number}", **work} for number, work in enumerate(works, start=1)]
    return json.dumps(numbered, ensure_ascii=False, indent=1) + "\n"
