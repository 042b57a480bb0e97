"""How long readers get the pages that list organisations, as rendering them notes from now on."""

from datetime import timedelta

from django.db import migrations
from django.db.models import Max

EXPIRED_DAYS = 90


def note_last_days(apps, schema_editor):
    RegionalArticle, Deferral = (apps.get_model("conditions", name) for name in ("RegionalArticle", "Deferral"))
    Mention = apps.get_model("organisations", "Mention")
    high = RegionalArticle.objects.filter(article__risk_tier="high", next_review_due_on__isnull=False)
    for page in high.iterator():
        deferrals = Deferral.objects.filter(regional_article=page, reviewed_on=page.last_reviewed_on)
        last = page.next_review_due_on + timedelta(days=EXPIRED_DAYS - 1)
        deferred = deferrals.aggregate(until=Max("until"))["until"]
        Mention.objects.filter(page=page.pk).update(until=max(last, deferred or last))


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0023_references_by_number"),
        ("organisations", "0005_mentions_end_by_date"),
    ]
    operations = [migrations.RunPython(note_last_days, migrations.RunPython.noop)]
