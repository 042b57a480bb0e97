"""Blank the text of every message that was sent or given up, and let the database hold to it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def blank_settled(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now texts, some with a link to an account, were kept for ever."""
    messages = apps.get_model("outbox", "Message").objects.using(schema_editor.connection.alias)
    messages.filter(Q(sent_at__isnull=False) | Q(failed_at__isnull=False)).update(body="")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        migrations.AlterField("message", "body", models.TextField(blank=True)),
        migrations.RunPython(blank_settled, migrations.RunPython.noop),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, failed_at__isnull=True) | Q(body=""),
                name="a_settled_message_keeps_no_text",
            ),
        ),
    ]
