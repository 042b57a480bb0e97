"""What tests of second factors share: an app that is set up, and the code it shows."""

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from alsinfo.accounts.models import User

PERIOD = 30  # seconds


def enrol(person: User) -> str:
    """Set an app up; its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(secret: str, ahead: int = 0) -> str:
    """The code the app shows now, or so many periods from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + ahead)))


def lasting_code_of(secret: str) -> str:
    """The code the app shows, once it is good for ten seconds more: time enough for a browser to send it."""
    left = PERIOD - time.time() % PERIOD
    if left < 10:
        time.sleep(left)
    return code_of(secret)
