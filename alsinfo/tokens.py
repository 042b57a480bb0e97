"""Secret parts of addresses: who has one may look, and only its hash is kept."""

import hashlib


def hash_of(token: str) -> str:
    """SHA-256 in hexadecimal; a token has 256 random bits, so that it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
