"""The outbox app: mail that leaves after the transaction that asked for it."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages waiting to be sent."""

    name = "alsinfo.outbox"
    verbose_name = "Outbox"
