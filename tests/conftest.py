"""The bench: production's settings, no network, warnings are errors, fixtures for databases and the browser."""

import tests.environment  # isort: skip  # sets Django up, before anything imports a model

import os

import pytest
from hypothesis import settings

from tests import network

SECOND_DATABASE = "ALSINFO_SECOND_DATABASE"

pytest_plugins = ["tests.databases", "tests.ground", "tests.browsers"]

settings.register_profile("default", max_examples=15, stateful_step_count=20, deadline=None, print_blob=True)
settings.register_profile("nightly", max_examples=500, stateful_step_count=50, deadline=None, print_blob=True)
settings.load_profile("default")

network.close_the_network()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database leave out what no database decides, which the first run has shown: see `tests.suite`."""
    if not os.environ.get(SECOND_DATABASE):
        return
    again = [item for item in items if uses_a_database(item) and not item.get_closest_marker("looks")]
    config.hook.pytest_deselected(items=[item for item in items if item not in again])
    items[:] = again


def uses_a_database(item: pytest.Item) -> bool:
    """Whether a test asked for a database."""
    return bool(item.get_closest_marker("django_db")) or "django_db_setup" in getattr(item, "fixturenames", ())


__all__ = ["tests"]
