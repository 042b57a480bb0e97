"""Which live pages list which organisations; `run_due` renders those pages again."""

import json

from django.db import migrations


def note(apps, schema_editor):
    Publication = apps.get_model("conditions", "Publication")
    Path = apps.get_model("conditions", "Path")
    Organisation, Mention = (apps.get_model("organisations", name) for name in ("Organisation", "Mention"))
    bodies = {str(body.uuid): body for body in Organisation.objects.all()}
    live = Publication.objects.filter(ended_at=None).select_related("revision", "regional_article__article__condition")
    for publication in live:
        page, content = publication.regional_article, json.loads(publication.revision.text)["content"]
        slug = Path.objects.filter(regional_article=page, is_canonical=True).values_list("slug", flat=True).first()
        for listing in content["listings"]:
            Mention.objects.create(
                organisation=bodies[listing["organisation"]],
                page=page.pk,
                region=page.region,
                path=f"/{ {'GB': 'uk', 'US': 'us'}[page.region] }/conditions/{slug}/",
                condition=page.article.condition.slug,
                title=content["title"],
                is_public=page.state == "live",
                is_stale=True,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0012_retractions_and_links"),
        ("organisations", "0003_show_what_was_approved"),
    ]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
