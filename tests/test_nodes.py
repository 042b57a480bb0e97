"""Several nodes run what is due at the same time, and one of them is killed half-way: each thing happens once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction

from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import one_at_a_time
from alsinfo.outbox.models import Message
from conditions.actions import scheduling
from conditions.models import Publication, RegionalEdition
from tests import world as w
from tests.postgresql import HOUSE

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
SECONDS = 60


def node() -> subprocess.Popen[bytes]:
    """A process of its own that does what is due, on the database of the test."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    command = [sys.executable, "manage.py", "run_due", "--only", "scheduled"]
    environment = {**os.environ, "DATABASE_URL": urlunsplit(url)}
    return subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=subprocess.DEVNULL)


def until_one_waits_for_the_chain() -> None:
    """It has made a text live and is about to write the audit event, the last step."""
    for _ in range(SECONDS * 10):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.1)
    raise AssertionError("No node came to the end of a publication.")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL which process waits for what")
def test_three_nodes_publish_what_is_due_once_although_one_is_killed_half_way() -> None:
    world = w.build()
    rows = list(w.submit(world, w.draft(world)).values())
    for row in rows:
        w.sign(row)
        scheduling.schedule(row, w.clock_now() + timedelta(days=1), by=world.publisher)
    RegionalEdition.objects.update(publish_at=w.clock_now() - timedelta(minutes=3))
    with transaction.atomic():
        one_at_a_time(chain.CHAIN_LOCK)
        killed = node()
        until_one_waits_for_the_chain()
        others = [node(), node()]
        killed.send_signal(signal.SIGKILL)
        killed.wait(SECONDS)
    assert [each.wait(SECONDS) for each in others] == [0, 0]
    assert Publication.objects.count() == AuditEvent.objects.filter(verb="publish").count() == 2
    assert set(RegionalEdition.objects.values_list("state", flat=True)) == {"published"}
    assert not Message.objects.filter(subject__startswith="Not published").exists()
    assert chain.verify() == []
