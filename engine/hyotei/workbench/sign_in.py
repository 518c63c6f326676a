"""Coming in by the provider of an organisation: the way there and back, and the account of who comes.

The protocol is Authlib's: the authorization code flow with PKCE, state and nonce; signature, issuer, audience and times of the
token.
"""

import re
from functools import lru_cache
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.accounts import LONGEST_NAME, plain_name, set_role
from hyotei.workbench.log import record
from hyotei.workbench.models import Account, Identity
from hyotei.workbench.provider import Provider
from hyotei.workbench.roles import Role
from hyotei.workbench.server_log import tell_server

_SECONDS: Final = 10
"""How long the provider may take for one answer."""
_SIGNED_BY: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
"""Algorithms by which only the provider can sign."""


def way_there(provider: Provider, request: HttpRequest, back: str) -> HttpResponse:
    """Leads to the provider, which leads back to an address of the workbench.

    Raises:
        HyoteiError: the provider does not answer, or not as one (HY063).
    """
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    try:
        response: HttpResponse = _client(provider).authorize_redirect(request, back)
    except (RequestException, AuthlibBaseError, RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _told("HY063") from error
    return response


def claims_of(provider: Provider, request: HttpRequest) -> dict[str, Any]:
    """What the provider says of a person who comes back from it.

    Raises:
        HyoteiError: the provider does not answer (HY063), the person did not set out here (HY064), the provider refused (HY065),
            or what it says is not valid (HY066).
    """
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.base_client import MismatchingStateError
    from joserfc.errors import JoseError
    from requests import RequestException

    if request.GET.get("error"):
        raise HyoteiError(Diagnostic("HY065"))
    try:
        client = _client(provider)
        issuer = {"iss": {"essential": True, "values": [provider.issuer]}}
        token = client.authorize_access_token(request, claims_options=issuer)
        claims = dict(token["userinfo"])
        if not re.fullmatch("[!-~]{1,255}", claims["sub"]):
            raise ValueError("no subject as the standard has them")
        return claims
    except MismatchingStateError as error:
        raise HyoteiError(Diagnostic("HY064")) from error
    except RequestException as error:
        raise _told("HY063") from error
    except (AuthlibBaseError, JoseError, RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _told("HY066") from error


def account_of(provider: Provider, claims: dict[str, Any]) -> Account:
    """The account of who comes. Whoever comes for the first time gets one: by the issuer and its subject, never by a name.

    Where the provider tells roles, the account has the role that it tells, each time; else the account waits until an administrator
    opens it.

    Raises:
        HyoteiError: the provider tells no role, or several (HY067, HY068), or the account is closed or waits (HY069).
    """
    role = provider.role(claims)
    subject = claims["sub"]
    with transaction.atomic():
        known = Identity.objects.select_related("account").filter(issuer=provider.issuer, subject=subject).first()
        account: Account = known.account if known is not None else _new(provider, subject, claims, role)
        if role is not None and account.role != role:
            set_role(account, role, by=None)
    if not account.is_active:
        raise HyoteiError(Diagnostic("HY069", params={"name": account.name}))
    return account


def _new(provider: Provider, subject: str, claims: dict[str, Any], role: Role | None) -> Account:
    name = _free_name(
        next((str(claims[each]) for each in ("preferred_username", "name", "email") if claims.get(each)), subject)
    )
    account = Account(name=name, role=role or "viewer", is_active=role is not None)
    account.set_unusable_password()
    account.save()
    Identity.objects.create(account=account, issuer=provider.issuer, subject=subject)
    record(None, "account.created", name, role=account.role, issuer=provider.issuer, subject=subject)
    if not account.is_active:
        record(None, "account.closed", name)
    return account


def _free_name(wanted: str) -> str:
    """A name that nobody has: a person of the same name may be another person."""
    plain = plain_name("".join(each for each in wanted if each.isprintable()))[:LONGEST_NAME] or "-"
    name, number = plain, 1
    while Account.objects.filter(name=name).exists():
        number += 1
        name = f"{plain[: LONGEST_NAME - 5]} ({number})"
    return name


@lru_cache(maxsize=4)
def _client(provider: Provider) -> Any:
    """The client of a provider that has told where it is; one that did not answer is asked again the next time.

    Raises:
        ValueError: it is not the issuer that it was asked for.
    """
    from authlib.integrations.django_client import OAuth

    client = OAuth().register(
        "provider",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": _SECONDS},
    )
    known = client.load_server_metadata()
    if known.get("issuer") != provider.issuer:
        raise ValueError("another issuer")
    signed_by = known.get("id_token_signing_alg_values_supported") or ["RS256"]
    known["id_token_signing_alg_values_supported"] = sorted(_SIGNED_BY.intersection(signed_by))
    ways = known.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in ways:
        client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"
    return client


def _told(code: str) -> HyoteiError:
    tell_server(code)
    return HyoteiError(Diagnostic(code))
