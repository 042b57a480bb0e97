"""What tests of the desk of draft readers share."""

from typing import Any

from django.test import Client

from conditions.models import Reading

SAY = "say-section-symptoms"
WEIGHT = "weight-section-symptoms"
WORDS = "Weak sounds lazy."


def where(of: Reading) -> str:
    return f"/desk/readings/{of.pk}/"


def send(client: Client, to: Reading, step: str) -> Any:
    return client.post(where(to), {"step": step})


def said(
    client: Client, to: Reading, step: str = "send", words: str = "Weak sounds lazy.", kind: str = "should"
) -> Any:
    return client.post(where(to), {"step": step, SAY: words, WEIGHT: kind})


def state_of(of: Reading) -> str:
    of.refresh_from_db()
    return of.state
