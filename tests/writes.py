"""What a piece of code writes to."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

WRITE = re.compile(r'(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)', re.IGNORECASE)


class Writes:
    """While it is open, notes the tables that statements write to, also those undone later."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.wrapper: AbstractContextManager[None] = connection.execute_wrapper(self._note)

    def __enter__(self) -> "Writes":
        self.wrapper.__enter__()
        return self

    def __exit__(self, *fault: Any) -> None:
        self.wrapper.__exit__(*fault)

    def _note(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := WRITE.match(sql.strip()):
            self.tables.add(found[1])
        return execute(sql, *rest)
