"""The app config that puts our own site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Django's admin with `BackOffice` as its site."""

    default_site = "alsinfo.admin.site.BackOffice"
