"""A full page of the finder, every card with all that it may say, is light enough for a slow telephone."""

import gzip
import json
from random import Random
from string import ascii_lowercase
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from organisations.finding import PAGE_SIZE
from organisations.models import Shown
from tests import bodies
from tests import world as w

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
MOST_BYTES = 15 * 1024


def full_card(card: dict[str, Any], say: Any, number: int) -> dict[str, Any]:
    """With text that is nobody else’s, four ways of contact and two numbers."""
    spoken = {"label": say(2), "hours": "Monday to Friday, 9am to 5pm", "time_zone": "Europe/London", "cost": "free"}
    silent = {"label": "", "hours": "", "time_zone": "", "cost": ""}
    rest = {"languages": "", "youngest": None, "oldest": None, "note": ""}
    domain = f"{say(1)}-{say(1)}.org.uk"
    ways = {"telephone": f"+44808{8020000 + number * 7919 % 9999}", "email": f"info@{domain}", "text": f"6{number:04}"}
    contacts = [{"kind": kind, "value": value, **silent, **rest} for kind, value in ways.items()]
    contacts[0] |= spoken
    contacts.append({"kind": "website", "value": f"https://www.{domain}/{say(1)}", **silent, **rest})
    numbers = [{"register": "CCEW", "number": f"{300000 + number * 4409}"}, {"register": "OSCR", "number": "SC012345"}]
    return card | {"name": say(4).title(), "what": say(18), "contacts": contacts, "registrations": numbers}


def test_a_full_page_is_within_its_weight(client: Client) -> None:
    bodies.many(w.build(), 2 * PAGE_SIZE)
    chance = Random(7)
    words = ["".join(chance.choices(ascii_lowercase, k=chance.randint(2, 9))) for _ in range(1_500)]
    rows = list(Shown.objects.all())
    for number, row in enumerate(rows):
        card = full_card(json.loads(row.card), lambda count: " ".join(chance.choices(words, k=count)), number)
        row.card = json.dumps(card)
    Shown.objects.bulk_update(rows, ["card"])
    page = client.get("/uk/organisations/")
    assert page.text.count('<li class="card"') == PAGE_SIZE and page.text.count("E-mail info@") == PAGE_SIZE
    style = (settings.BASE_DIR / "static" / "site.css").read_bytes()
    assert len(gzip.compress(page.content)) + len(gzip.compress(style)) <= MOST_BYTES
