"""Tokens by which programs act for an account; each is shown once, and only its hash is kept."""

import secrets
from hashlib import sha256
from typing import Final

from django.db import transaction

from hyotei.workbench.log import record
from hyotei.workbench.models import Account, ApiToken

_LEAD: Final = "hyotei_"
"""By which a token is known where one was left lying about."""


def new_token(account: Account, name: str) -> str:
    """A new token; nobody can see it again."""
    token = _LEAD + secrets.token_urlsafe(32)
    with transaction.atomic():
        ApiToken.objects.create(account=account, name=name, sha256=_hash(token))
        record(account, "token.created", name)
    return token


def close_token(token: ApiToken) -> None:
    """Makes a token good for nothing."""
    with transaction.atomic():
        token.is_open = False
        token.save(update_fields=["is_open"])
        record(token.account, "token.closed", token.name)


def account_of(token: str) -> Account | None:
    """The account that a token is for; None where it is none, or the token or the account is closed."""
    found = ApiToken.objects.select_related("account").filter(sha256=_hash(token), is_open=True).first()
    return found.account if found is not None and found.account.is_active else None


def _hash(token: str) -> str:
    # A token has 256 bits of its own; a slow hash, as for passwords, would guard nothing more.
    return sha256(token.encode()).hexdigest()
