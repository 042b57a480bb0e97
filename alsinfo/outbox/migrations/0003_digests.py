"""Digests, who may read a message, and texts that are kept to be sent again."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def mark_dropped(apps, schema_editor):
    """What was not sent since nobody was there to get it is no failure of the mail server."""
    messages = apps.get_model("outbox", "Message").objects.using(schema_editor.connection.alias)
    messages.filter(last_error="The account is closed or has no address.").update(is_dropped=True)


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0002_settled_messages_keep_no_text'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DigestChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.PositiveSmallIntegerField(default=8)),
                ('zone', models.CharField(choices=[('Europe/London', 'UK'), ('America/New_York', 'US Eastern'), ('America/Chicago', 'US Central'), ('America/Denver', 'US Mountain'), ('America/Phoenix', 'Arizona'), ('America/Los_Angeles', 'US Pacific'), ('America/Anchorage', 'Alaska'), ('Pacific/Honolulu', 'Hawaii')], default='Europe/London', max_length=40)),
                ('paused_until', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='a_settled_message_keeps_no_text',
        ),
        migrations.RemoveIndex(
            model_name='message',
            name='messages_waiting',
        ),
        migrations.AddField(
            model_name='message',
            name='about',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='message',
            name='digest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='outbox.message'),
        ),
        migrations.AddField(
            model_name='message',
            name='is_dropped',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='message',
            name='keeps_text',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('letter', 'At once'), ('item', 'In the next digest'), ('digest', 'A digest')], default='letter', max_length=10),
        ),
        migrations.AlterField(
            model_name='message',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written'),
        ),
        migrations.AlterField(
            model_name='message',
            name='failed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='given up'),
        ),
        migrations.AlterField(
            model_name='message',
            name='last_error',
            field=models.TextField(blank=True, verbose_name='what the mail server said'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('failed_at__isnull', True), ('sent_at__isnull', True), models.Q(('kind', 'item'), _negated=True)), fields=['due_at'], name='messages_waiting'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('failed_at__isnull', True), ('sent_at__isnull', True), ('kind', 'item')), fields=['to_user'], name='items_waiting'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('failed_at__isnull', True), ('sent_at__isnull', True), ('kind', 'digest')), fields=('to_user',), name='one_digest_of_a_person_waits'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('failed_at__isnull', True), ('sent_at__isnull', True)), ('body', ''), models.Q(('keeps_text', True), ('sent_at__isnull', True)), _connector='OR'), name='a_settled_message_keeps_no_text'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest__isnull', True), ('kind', 'letter')), models.Q(('digest__isnull', True), ('kind', 'digest'), ('to_user__isnull', False)), models.Q(('kind', 'item'), ('to_user__isnull', False)), _connector='OR'), name='only_an_item_for_a_person_is_in_a_digest'),
        ),
        migrations.AddField(
            model_name='digestchoice',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='digest_choice', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='digestchoice',
            constraint=models.CheckConstraint(condition=models.Q(('hour__range', (0, 23))), name='a_digest_has_an_hour_of_the_day'),
        ),
        migrations.AddConstraint(
            model_name='digestchoice',
            constraint=models.CheckConstraint(condition=models.Q(('zone__in', ['Europe/London', 'America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'Pacific/Honolulu'])), name='a_digest_has_a_known_zone'),
        ),
        migrations.RunPython(mark_dropped, migrations.RunPython.noop),
    ]
