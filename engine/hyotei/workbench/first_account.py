"""The token with which the first account is made: shown where the workbench was started, good for this process and once."""

import secrets
from hashlib import sha256

_hash: bytes | None = None


def new_token() -> str:
    """A new token; one that was made before is good no longer."""
    global _hash
    token = secrets.token_urlsafe(24)
    _hash = sha256(token.encode()).digest()
    return token


def is_token(text: str) -> bool:
    """Whether a text is the token."""
    return _hash is not None and secrets.compare_digest(sha256(text.encode()).digest(), _hash)


def use_up() -> None:
    """From here on no token is good."""
    global _hash
    _hash = None
