"""The environment tests run in: that of production, but for TLS, collected static files and slow password hashing.

Importing this module sets Django up. Nothing of a developer's own `.env` reaches the tests;
`DATABASE_URL` of the environment does, and chooses the database they run on.
"""

import os
import tempfile

import django
from django.conf import settings

VARIABLES = {
    "DJANGO_SETTINGS_MODULE": "alsinfo.settings",
    "DEBUG": "0",
    "SECRET_KEY": "a key for tests, known to everyone who reads this line",
    "SEAL_KEYS": "tests:a-seal-key-for-tests-known-to-everyone",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "PUBLISHER_NAME": "alsinfo",
    "DEMONSTRATION": "0",
    "TRUSTED_PROXIES": "0",
    "PAGE_CACHE_SECONDS": "0",
    "EMAIL_URL": "consolemail://",
    "DEFAULT_FROM_EMAIL": "alsinfo <no-reply@alsinfo.example>",
    "OWNER_DATABASE_URL": "",
    "CACHE_URL": "",
    "REQUIRE_SECOND_FACTOR": "0",  # tests of second factors turn it on
}


def prepare() -> None:
    """Set the variables, start Django, and change the few settings that only slow a test down."""
    os.environ.update(VARIABLES)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.gettempdir()}/alsinfo.sqlite3")
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)  # so that closing a connection ends it


prepare()
