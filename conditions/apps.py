"""The conditions app: articles, their review, and the pages readers get."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Articles about conditions, from the desk to the reader."""

    name = "conditions"
