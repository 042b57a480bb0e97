"""The accounts app: who works here, and in which role."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, and the roles they hold."""

    name = "alsinfo.accounts"
    verbose_name = "Accounts"
