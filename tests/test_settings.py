"""The start: a missing or malformed setting stops it with a sentence that names the setting."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

HOUSE = Path(__file__).resolve().parent.parent
GOOD = {
    "DEBUG": "0",
    "SECRET_KEY": "a key of more than fifty characters, for this test and for nothing else",
    "SEAL_KEYS": "new:a-seal-key-of-thirty-two-characters,old:another-key-of-thirty-two-characters",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "OWNER_DATABASE_URL": "",
    "EMAIL_URL": "consolemail://",
    "TRUSTED_PROXIES": "1",
    "DEMONSTRATION": "0",
}


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    """Start the site's settings in a process of their own."""
    command = [sys.executable, "-c", "import alsinfo.settings"]
    return subprocess.run(command, cwd=HOUSE, env={**os.environ, **GOOD, **changes}, capture_output=True, text=True)


def test_the_settings_of_the_example_start() -> None:
    assert start().returncode == 0


def test_nothing_needs_to_be_set_to_try_it_out() -> None:
    unset = dict.fromkeys(("SECRET_KEY", "SEAL_KEYS", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL"), "")
    assert start(**unset, DEBUG="1").returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "SEAL_KEYS", "ALLOWED_HOSTS", "SITE_URL"])
def test_a_missing_setting_stops_the_start_and_is_named(name: str) -> None:
    done = start(**{name: ""})
    assert done.returncode
    assert name in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "setting",
    [
        "SEAL_KEYS=short",
        "SEAL_KEYS=new:short",
        "SITE_URL=www.example.org",
        "DATABASE_URL=nonsense",
        "DATABASE_URL=mysql://somebody@somewhere/database",
        "OWNER_DATABASE_URL=nonsense",
        "EMAIL_URL=nonsense",
        "TRUSTED_PROXIES=one",
        "TRUSTED_PROXIES=-1",
        "PAGE_CACHE_SECONDS=soon",
        "REFERENCE_STYLE=harvard",
        "CROSSREF_URL=api.crossref.org",
        "PURGE_URL=api.fastly.com/service",
        "PURGE_HEADER=a secret",
        "NCBI_URL=http://eutils.ncbi.nlm.nih.gov",
        "DEBUG=maybe",
        "DEMONSTRATION=perhaps",
    ],
)
def test_a_malformed_setting_stops_the_start_and_is_named(setting: str) -> None:
    name, _, value = setting.partition("=")
    done = start(**{name: value})
    assert done.returncode
    assert name in done.stderr.splitlines()[-1]


def test_who_looks_works_up_says_whom_to_write_to() -> None:
    done = start(CROSSREF_URL="https://api.crossref.org", LOOKUP_CONTACT="")
    assert "LOOKUP_CONTACT" in done.stderr.splitlines()[-1]
    assert start(CROSSREF_URL="https://api.crossref.org", LOOKUP_CONTACT="desk@example.org").returncode == 0


@pytest.mark.django_db
def test_a_deployment_has_nothing_to_warn_of(settings: Settings) -> None:
    settings.SILENCED_SYSTEM_CHECKS = [*settings.SILENCED_SYSTEM_CHECKS, "async.E001"]  # of a browser in this process
    settings.SECURE_SSL_REDIRECT = True  # as with a SITE_URL of https
    call_command("check", deploy=True, fail_level="WARNING", databases=["default"])


def test_a_site_with_the_settings_of_production_has_nothing_to_warn_of(tmp_path: Path) -> None:
    """As the instructions say: migrate, then check; in processes of their own, with the example's settings."""
    environment = {**os.environ, **GOOD, "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3"}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of a browser in this process
    for arguments in (["migrate", "--verbosity", "0"], ["check", "--deploy", "--fail-level", "WARNING"]):
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "no issues" in done.stdout
    insecure = {**environment, "SECRET_KEY": "too short"}
    warned = subprocess.run(command, cwd=HOUSE, env=insecure, capture_output=True, text=True)
    assert warned.returncode == 1
    assert "SECRET_KEY" in warned.stderr
