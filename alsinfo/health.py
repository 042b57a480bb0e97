"""Two addresses for a load balancer: does the process live, and may it be sent readers."""

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alsinfo.guards import engine
from alsinfo.guards.migrating import migrations_to_apply


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """200 "ok" as long as the process answers; asks nothing else."""
    return _plain(["ok"], 200)


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers, every migration is applied and every guard stands; else 503, a line each."""
    found = problems()
    return _plain(found or ["ok"], 503 if found else 200)


def problems() -> list[str]:
    """Why this process should not be sent readers, a sentence each."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        waiting = [f"Migration {migration} is not applied." for migration in migrations_to_apply(connection)]
        return waiting + engine.problems(connection)
    except DatabaseError as error:
        return [f"The database did not answer: {type(error).__name__}."]


def _plain(lines: list[str], status: int) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", status=status, content_type="text/plain; charset=utf-8")
