"""Roles are confirmed by a second administrator. Those given before are the system's; the audit says by whom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_cache_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='rolegrant',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='rolegrant',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(
            "UPDATE accounts_rolegrant SET confirmed_at = granted_at, granted_by_id = NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('granted_by', models.F('user')), _negated=True), name='nobody_gives_themselves_a_role'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('user')), _negated=True), name='nobody_confirms_their_own_role'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('granted_by')), _negated=True), name='nobody_confirms_a_role_they_gave'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), models.Q(('confirmed_at__isnull', False), ('granted_by__isnull', True)), _connector='OR'), name='a_role_is_confirmed_by_a_person_or_given_by_the_system'),
        ),
    ]
