"""Several nodes run what is due at the same time, and one of them is killed half-way: each thing happens once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction

from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import one_at_a_time
from alsinfo.outbox.models import Message
from conditions.actions import scheduling
from conditions.models import Publication, RegionalArticle, RegionalEdition, ReviewAssignment
from tests import world as w
from tests.postgresql import HOUSE

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
SECONDS = 60


def node() -> subprocess.Popen[bytes]:
    """A process of its own that does what is due, on the database of the test."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    command = [sys.executable, "manage.py", "run_due"]
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
def test_three_nodes_do_what_is_due_once_although_one_is_killed_half_way() -> None:
    world = w.build()
    rows = list(w.submit(world, w.draft(world)).values())
    for row in rows:
        w.sign(row)
        scheduling.schedule(row, w.clock_now() + timedelta(days=1), by=world.publisher)
    RegionalEdition.objects.filter(state="scheduled").update(publish_at=w.clock_now() - timedelta(minutes=3))
    expired = w.page(w.live(world, w.article(world, "expired", "Expired"), regions="GB"))
    RegionalArticle.objects.filter(pk=expired.pk).update(next_review_due_on=w.today() - timedelta(days=95))
    w.submit(world, w.draft(world, w.article(world, "asked", "Asked"), regions="GB"))
    ReviewAssignment.objects.filter(state="invited").update(respond_by=w.today() - timedelta(days=30))
    Message.objects.all().delete()
    before = Counter(AuditEvent.objects.values_list("verb", flat=True))
    with transaction.atomic():
        one_at_a_time(chain.CHAIN_LOCK)
        killed = node()
        until_one_waits_for_the_chain()
        others = [node(), node()]
        killed.send_signal(signal.SIGKILL)
        killed.wait(SECONDS)
    assert [each.wait(SECONDS) for each in others] == [0, 0]
    done = Counter(AuditEvent.objects.values_list("verb", flat=True)) - before
    assert done == {"publish": 2, "suspend": 1, "assignment_expired": 1}
    assert [RegionalEdition.objects.get(pk=row.pk).state for row in rows] == ["published"] * 2
    assert Publication.objects.filter(regional_edition__in=rows).count() == 2
    told = Counter(Message.objects.values_list("to_user__username", "subject"))
    assert set(told.values()) == {1}
    subjects = Counter(subject.split(":")[0] for _, subject in told)
    assert (subjects["Suspended"], subjects["Review 95 days overdue"]) == (4, 3)
    assert not Message.objects.filter(attempts__gt=1).exists()
    assert chain.verify() == []
