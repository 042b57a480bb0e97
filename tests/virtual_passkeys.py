"""A device with passkeys for pages in Chromium; it answers by itself, and can be lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@contextmanager
def device(page: Page) -> Iterator[None]:
    """The page's browser has the device, with the passkeys made on it, until the block ends."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield
    session.send("WebAuthn.removeVirtualAuthenticator", made)
    session.detach()
