"""One settings module: the environment decides.

Every variable is described in `.env.example`. Unsafe defaults exist only with DEBUG=1;
a missing or malformed variable stops the start with a sentence that names it.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from alsinfo.environment import BASE_DIR, VAR_DIR, env, kept_secret, malformed, named_keys, required, service, switch

DEBUG = switch("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY", in_debug=kept_secret("secret-key") if DEBUG else "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SEAL_KEYS = named_keys(required("SEAL_KEYS", in_debug=f"trial:{kept_secret('seal-key')}" if DEBUG else ""))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
SITE_URL = required("SITE_URL", in_debug="http://127.0.0.1:8000").rstrip("/")
if not SITE_URL.startswith(("https://", "http://")):
    raise malformed("SITE_URL", "must begin with https://")
PUBLISHER_NAME = env.str("PUBLISHER_NAME", default="alsinfo")
DEMONSTRATION = switch("DEMONSTRATION", default=DEBUG)
_proxies = env.str("TRUSTED_PROXIES", default="0")
if not _proxies.isdecimal():
    raise malformed("TRUSTED_PROXIES", "must be a whole number")
TRUSTED_PROXIES = int(_proxies)
_seconds = env.str("PAGE_CACHE_SECONDS", default="0")
if not _seconds.replace(".", "", 1).isdecimal():
    raise malformed("PAGE_CACHE_SECONDS", "must be a number of seconds")
PAGE_CACHE_SECONDS = float(_seconds)
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names this site answers to, separated by commas.")

# Applications

INSTALLED_APPS = [
    "alsinfo.accounts",
    "alsinfo.audit",
    "alsinfo.outbox",
    "alsinfo.guards",
    "organisations",
    "conditions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "alsinfo.admin.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
AUTH_USER_MODEL = "accounts.User"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# A public page passes only the first four; the rest leave public addresses alone (no session, no cookie, no query).
MIDDLEWARE = [
    "alsinfo.middleware.SecurityHeaders",
    "alsinfo.middleware.DatabaseDown",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alsinfo.middleware.BadInput",
    "alsinfo.middleware.StaffSession",
    "alsinfo.middleware.StaffCommon",
    "alsinfo.middleware.StaffCsrf",
    "alsinfo.middleware.StaffAuthentication",
    "alsinfo.middleware.StaffMessages",
    "allauth.account.middleware.AccountMiddleware",
    "alsinfo.middleware.StaffSecondFactor",
]
STAFF_PREFIXES = ("/admin/", "/desk/", "/accounts/")

ROOT_URLCONF = "alsinfo.urls"
WSGI_APPLICATION = "alsinfo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["alsinfo.attributes"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # finds the widgets of templates/django/forms

# Database

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
}
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "pool": {"min_size": 1, "max_size": 16, "timeout": 10},
    "prepare_threshold": 2,  # of the one query that asks for it, see conditions.readers.serving
}


def database(name: str, *, default: str = "") -> dict[str, Any]:
    """Django's settings of the database a variable names, with the options the promises rest on."""
    url = env.str(name, default=default) or default
    if not url.startswith(("postgres://", "postgresql://", "sqlite://")):
        raise malformed(name, "must begin with postgres:// or sqlite://")
    found = dict(env.db_url_config(url))
    sqlite = found["ENGINE"].endswith("sqlite3")
    found["OPTIONS"] = {**(SQLITE_OPTIONS if sqlite else POSTGRESQL_OPTIONS), **found.get("OPTIONS", {})}
    found["CONN_MAX_AGE"] = 0
    if sqlite:
        Path(found["NAME"]).parent.mkdir(exist_ok=True)
        found["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # a file, since threads share it
    return found


DATABASES = {"default": database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'alsinfo.sqlite3'}")}
if env.str("OWNER_DATABASE_URL", default=""):
    # The role that migrates: `manage.py migrate --database owner`.
    DATABASES["owner"] = database("OWNER_DATABASE_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The cache: how often somebody tried a wrong password, shared by all processes

_cache = env.str("CACHE_URL", default="")
if _cache and not _cache.startswith(("redis://", "rediss://")):
    raise malformed("CACHE_URL", "must begin with redis:// or rediss://, or be empty")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache}
    if _cache
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody pushes out the count of their own attempts
    }
}

# Sign-in

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "alsinfo.accounts.views.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie beside the two we name
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60  # seconds a link for a new password works
REQUIRE_SECOND_FACTOR = switch("REQUIRE_SECOND_FACTOR", default=not DEBUG)
WRONG_PROOFS_PER_ACCOUNT = "5/5m/key"  # at sign-in and at signing together, whatever address they come from
AUTHENTICATION_BACKENDS = ["alsinfo.accounts.backend.NameOrAddress"]
ACCOUNT_ADAPTER = "alsinfo.accounts.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators write the addresses, nobody signs up
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": f"10/m/ip,{WRONG_PROOFS_PER_ACCOUNT}"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "alsinfo.accounts.adapter.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]

# Mail: only ever sent by the outbox

try:
    _mail = env.email_url("EMAIL_URL", default="consolemail://")
except ImproperlyConfigured as error:
    raise malformed("EMAIL_URL", "must look like smtp+tls://user:password@host:587 or consolemail://") from error
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="alsinfo <no-reply@localhost>")

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# How references are written: a change reaches readers at the next `manage.py rebuild_pages`

REFERENCE_STYLE = env.str("REFERENCE_STYLE", default="") or "vancouver"
if REFERENCE_STYLE not in ("vancouver", "ama"):
    raise malformed("REFERENCE_STYLE", "must be vancouver or ama")

# Caches before the site, told what changed: off unless one is named

PURGE_URL = service("PURGE_URL")
PURGE_HEADER = env.str("PURGE_HEADER", default="")
if PURGE_HEADER and (":" not in PURGE_HEADER or not PURGE_HEADER.isprintable()):
    raise malformed("PURGE_HEADER", "must look like Name: value, or be empty")

# Looking up works by their numbers: off unless a service is named

CROSSREF_URL = service("CROSSREF_URL")
NCBI_URL = service("NCBI_URL")
LOOKUP_CONTACT = env.str("LOOKUP_CONTACT", default="")
if (CROSSREF_URL or NCBI_URL) and "@" not in LOOKUP_CONTACT:
    raise malformed("LOOKUP_CONTACT", "must be an e-mail address where CROSSREF_URL or NCBI_URL is set")

SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise malformed("SECURITY_CONTACT", "must begin with mailto: or https://, or be empty")

LINK_CHECKS = switch("LINK_CHECKS", default=False)

# Words and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Transport

SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# These look for Django's own middlewares by name; ours derive from them or do the same.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002", "security.W003"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
if not DEBUG:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a load balancer asks over plain http
    SECURE_SSL_REDIRECT = SITE_URL.startswith("https:")
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_secrets": {"()": "alsinfo.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Both write addresses; the second is the server for trying out.
    "loggers": {
        "django.request": {"filters": ["no_secrets"]},
        "django.server": {"filters": ["no_secrets"], "handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
