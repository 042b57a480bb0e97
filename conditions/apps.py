"""The conditions app: articles, their review, and the pages readers get."""

from importlib import import_module

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Articles about conditions, from the desk to the reader."""

    name = "conditions"

    def ready(self) -> None:
        """Connect the rendering of pages to the approval of organisations they list (models are loaded by now)."""
        import_module("conditions.actions.pages")
