"""The audit app: one row for every action by a person or the system."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The chain of events, append-only."""

    name = "alsinfo.audit"
    verbose_name = "Audit"
