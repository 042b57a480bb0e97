"""What readers see of each organisation, from the entries approved so far."""

import json

from django.db import migrations

UNSAID = {"serves": "", "services": [], "standing": "active", "successor": {}}
UNSAID_OF_A_CONTACT = {"hours": "", "time_zone": "", "languages": "", "cost": "", "youngest": None, "oldest": None}


def show(apps, schema_editor):
    Organisation, Shown = (apps.get_model("organisations", name) for name in ("Organisation", "Shown"))
    for body in Organisation.objects.filter(entry__isnull=False).select_related("entry"):
        card = {**UNSAID, **json.loads(body.entry.body)}
        card["contacts"] = [{**UNSAID_OF_A_CONTACT, **row} for row in card["contacts"]]
        Shown.objects.create(
            organisation=body,
            entry=body.entry,
            name=card["name"],
            order=card["name"].casefold().removeprefix("the "),
            names=f"{card['name']}\n{card['former_names']}",
            areas="".join(f",{code}" for code in card["coverage"]) + ",",
            services=",",
            answers_without_a_voice=any(row["kind"] not in ("telephone", "website") for row in card["contacts"]),
            is_active=True,
            card=json.dumps(card, ensure_ascii=False),
        )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_records_and_checks")]
    operations = [migrations.RunPython(show, migrations.RunPython.noop)]
