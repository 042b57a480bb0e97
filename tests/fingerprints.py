"""Whether anything changed anywhere."""

from hashlib import sha256

from django.apps import apps
from django.db import connection

OURS = ("accounts", "audit", "outbox", "conditions", "organisations")


def tables() -> list[str]:
    """Every table of ours, by name."""
    return sorted(model._meta.db_table for model in apps.get_models() if model._meta.app_label in OURS)


def fingerprint() -> str:
    """A hash over every row of every table of ours."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rows = "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} AS t"
            cursor.execute(" UNION ALL ".join(rows.format(table) for table in tables()))
            return repr(cursor.fetchall())
        digest = sha256()
        for table in tables():
            digest.update(repr(cursor.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()).encode())
        return digest.hexdigest()
