"""Reading the environment: each variable well formed, or a sentence that names it."""

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def malformed(name: str, should: str) -> ImproperlyConfigured:
    """What stops the start when a variable cannot be used."""
    return ImproperlyConfigured(f"{name} {should} (see .env.example).")


def switch(name: str, *, default: bool) -> bool:
    """The variable as yes or no: 1 or 0."""
    text = env.str(name, default="") or str(int(default))
    if text not in ("0", "1"):
        raise malformed(name, "must be 1 or 0")
    return bool(text == "1")


def required(name: str, *, in_debug: str) -> str:
    """The variable's text; with DEBUG=1 a missing one falls back to `in_debug`."""
    value = env.str(name, default="") or (in_debug if switch("DEBUG", default=False) else "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} (see .env.example), or DEBUG=1 to try alsinfo out.")
    return str(value)


def kept_secret(name: str) -> str:
    """A random secret for trying out, made once and kept in `var/`, so that restarts keep sessions and seals."""
    VAR_DIR.mkdir(exist_ok=True)
    kept = VAR_DIR / name
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def named_keys(text: str) -> dict[str, bytes]:
    """`name:key,name:key`, newest first, as a mapping in that order."""
    pairs = [item.strip().partition(":") for item in text.split(",") if item.strip()]
    if not pairs or any(len(key) < 32 or not name.isalnum() for name, _, key in pairs):
        raise ImproperlyConfigured(
            "SEAL_KEYS must be one or more name:key pairs, newest first, separated by commas; "
            "names of letters and digits, keys of 32 characters or more."
        )
    return {name: key.encode() for name, _, key in pairs}


def service(name: str) -> str:
    """The address of a service without a slash at the end; empty: it is not asked."""
    address = str(env.str(name, default="")).rstrip("/")
    if address and not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise malformed(name, "must begin with https://, or be empty")
    return address
