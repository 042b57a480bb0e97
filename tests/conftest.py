"""The bench: production's settings, no network, warnings are errors, fixtures for databases and the browser."""

import tests.environment  # isort: skip  # sets Django up, before anything imports a model

from hypothesis import settings

from tests import network

pytest_plugins = ["tests.databases", "tests.browsers"]

settings.register_profile("default", max_examples=20, stateful_step_count=20, deadline=None, print_blob=True)
settings.register_profile("nightly", max_examples=500, stateful_step_count=50, deadline=None, print_blob=True)
settings.load_profile("default")

network.close_the_network()

__all__ = ["tests"]
