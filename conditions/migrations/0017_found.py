"""By what live pages are found; those that are live already are looked through here."""

import json
from hashlib import sha256
from secrets import randbits

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from conditions.content import seals
from conditions.content.passages import passages_of

# The expression is the one that Django's SearchVector writes, or the index would not be used.
INDEX = """CREATE INDEX passages_by_words ON conditions_passage
USING gin (to_tsvector('simple'::regconfig, COALESCE(words, '')))"""


def index_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def look_through(apps, schema_editor):
    Publication, ConditionName, Findable, Passage = (
        apps.get_model("conditions", name) for name in ("Publication", "ConditionName", "Findable", "Passage")
    )
    live = Publication.objects.filter(ended_at=None).select_related("revision", "regional_article__article")
    for publication in live.iterator(chunk_size=50):
        page, text = publication.regional_article, publication.revision.text
        if sha256(text.encode()).hexdigest() != publication.revision_id:
            continue
        content = json.loads(text)["content"]
        names = json.dumps(list(dict.fromkeys([content["title"], *content["names"]])), ensure_ascii=False)
        others = ConditionName.objects.filter(condition=page.article.condition_id, region__in=("", page.region))
        found = Findable.objects.create(
            regional_article=page,
            publication=publication,
            region=page.region,
            names=names,
            also=json.dumps(list(others.order_by("pk").values_list("text", flat=True)), ensure_ascii=False),
            seal=seals.make(settings.SEAL_KEYS, page.pk, publication.pk, page.region, names),
            stamp=randbits(40),
        )
        Passage.objects.bulk_create(
            Passage(findable=found, key=each.key, heading=each.heading, words=each.words)
            for each in passages_of(content)
        )


class Migration(migrations.Migration):
    dependencies = [("conditions", "0016_why_no_organisation")]
    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(choices=[("GB", "UK"), ("US", "US")], max_length=2)),
                ("names", models.TextField()),
                ("also", models.TextField()),
                ("seal", models.CharField(max_length=100)),
                ("stamp", models.PositiveBigIntegerField(db_index=True)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conditions.publication"
                    ),
                ),
                (
                    "regional_article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findable",
                        to="conditions.regionalarticle",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("heading", models.TextField()),
                ("words", models.TextField()),
                (
                    "findable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="conditions.findable",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("findable", "key"), name="one_passage_per_section")]
            },
        ),
        migrations.RunPython(index_words, migrations.RunPython.noop),
        migrations.RunPython(look_through, migrations.RunPython.noop),
    ]
