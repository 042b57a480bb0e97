"""Keep pages and texts uncompressed on PostgreSQL: unpacking them took most of the time of a read."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMNS = (("conditions_renderedpage", "body"), ("conditions_revision", "text"))


def set_storage(schema_editor: BaseDatabaseSchemaEditor, storage: str) -> None:
    """EXTERNAL: outside the row as before, but not compressed. SQLite never compresses."""
    if schema_editor.connection.vendor == "postgresql":
        for table, column in COLUMNS:
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {storage}")


def uncompressed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    set_storage(schema_editor, "EXTERNAL")


def compressed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    set_storage(schema_editor, "EXTENDED")


class Migration(migrations.Migration):
    dependencies = [("conditions", "0001_initial")]
    operations = [migrations.RunPython(uncompressed, compressed)]
