"""What must not stand in a log: an address with a secret in it, which any reader of the log could open, and what
somebody looked for."""

import logging
import re

SECRET_PART = re.compile(
    r"(/desk/invitations/|/desk/previews/|/your-entry/|/accounts/invitation/|/accounts/password/new/)[^/\s?\"']+"
    r"|(/search/(?:suggest/)?\?)[^\s\"]+"
)


class WithoutSecrets(logging.Filter):
    """Puts dots in place of the secret part of an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its message made safe."""
        record.msg, record.args = SECRET_PART.sub(r"\1\2…", record.getMessage()), ()
        return True
