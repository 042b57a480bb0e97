"""Where Chromium is, and what it is started with."""

import os
import shutil

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
FLAGS = [
    "--no-sandbox",  # Chromium refuses to sandbox as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """The path of an installed Chromium or Chrome, or None."""
    found = next((path for path in map(shutil.which, PROGRAMS) if path), None)
    return found or (MACOS if os.path.exists(MACOS) else None)
