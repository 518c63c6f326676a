"""The provider of an organisation (OpenID Connect) by whose accounts people may come in."""

from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Listed, phrase_of
from hyotei.workbench.roles import ROLES, Role

SECRET: Final = "HYOTEI_OIDC_SECRET"
"""The variable of the environment that holds the secret of the client."""


@dataclass(frozen=True)
class Provider:
    """A provider, and what its word on roles is.

    Attributes:
        issuer: its address, as its tokens name it.
        client: the identifier under which it knows the workbench.
        secret: the secret that both share.
        claim: the claim of its tokens that tells roles; empty where an administrator of the workbench gives them.
        roles: for each role the value of the claim that stands for it.
    """

    issuer: str
    client: str
    secret: str
    claim: str
    roles: tuple[tuple[Role, str], ...]

    def role(self, claims: dict[str, object]) -> Role | None:
        """The role that the claims of a person tell; None where the claim is none that tells roles.

        Raises:
            HyoteiError: they tell no role of the workbench (HY067), or several, of which none is taken by guess (HY068).
        """
        if not self.claim:
            return None
        told = set(_values(claims, self.claim))
        found = [role for role, value in self.roles if value in told]
        if not found:
            raise HyoteiError(Diagnostic("HY067", params={"claim": self.claim}))
        if len(found) > 1:
            shown = Listed(tuple(phrase_of("workbench.role", each) for each in found))
            raise HyoteiError(Diagnostic("HY068", params={"roles": shown}))
        return found[0]


def provider_of(issuer: str, client: str, secret: str, claim: str, roles: Iterable[str]) -> Provider | None:
    """The provider that the options of `serve` name; None where they name none.

    Args:
        issuer: its address.
        client: the identifier of the workbench.
        secret: what the environment has as the secret.
        claim: the claim that tells roles.
        roles: texts `role=value`; without any, each role stands for itself.

    Raises:
        HyoteiError: the address is none that is safe (HY060), something is missing (HY061), a role is not right (HY062).
    """
    pairs = tuple(_pair(each) for each in roles)
    if not (issuer or client or claim or pairs):
        return None
    if not (issuer and client and secret):
        raise HyoteiError(Diagnostic("HY061", params={"variable": SECRET}))
    if not _is_safe(issuer):
        raise HyoteiError(Diagnostic("HY060", params={"url": issuer}))
    named = [role for role, _ in pairs]
    if (pairs and not claim) or len(set(pairs)) != len(pairs) or len({value for _, value in pairs}) != len(named):
        raise HyoteiError(Diagnostic("HY062", params={"roles": Listed(ROLES)}))
    return Provider(issuer, client, secret, claim, pairs or tuple((role, role) for role in ROLES))


def _pair(text: str) -> tuple[Role, str]:
    name, _, value = text.partition("=")
    role = next((each for each in ROLES if each == name.strip()), None)
    if role is None or not value.strip():
        raise HyoteiError(Diagnostic("HY062", params={"roles": Listed(ROLES)}))
    return role, value.strip()


def _is_safe(url: str) -> bool:
    """Whether an address is one of https, or of this machine."""
    try:
        found = urlsplit(url)
        host = found.hostname or ""
        _ = found.port
    except ValueError:
        return False
    if found.query or found.fragment or found.username or not host:
        return False
    try:
        here = ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    return found.scheme == "https" or (found.scheme == "http" and here)


def _values(claims: dict[str, object], name: str) -> Iterator[str]:
    """The texts of a claim. One that the claims do not have by its whole name is looked for within others (`a.b`)."""
    if name in claims:
        found = claims[name]
        yield from (
            [found]
            if isinstance(found, str)
            else ([each for each in found if isinstance(each, str)] if isinstance(found, list) else [])
        )
        return
    first, _, rest = name.partition(".")
    inner = claims.get(first)
    if rest and isinstance(inner, dict):
        yield from _values(inner, rest)
