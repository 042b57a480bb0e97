"""The organisations app: bodies that help people."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Support organisations, each entry approved by two persons."""

    name = "organisations"
