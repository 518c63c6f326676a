"""A certificate is verified by proving all that it states again."""

from dataclasses import field
from typing import Final, Literal, get_args

from hyotei.base.deadline import Watch, unwatched
from hyotei.base.result_json import Unpublished
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.proof.certificate import Certificate, Item, Scope, certificate, key_of
from hyotei.proof.prove import WHOLE_TIMEOUT, prove
from hyotei.proof.results import ProofReport, Status
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.model import Rulebook

SCHEMA: Final = "hyotei.certificate-verification/2"
Outcome = Status | Literal["otherwise"]


@dataclass(frozen=True, slots=True)
class VerifiedItem:
    """One item as the certificate states it and as it came out now; None where it is not stated, or is not asked any more.

    `same`: whether it came out as recorded, by the same method and with the same bound.
    """

    same: bool
    certified: Item | None
    now: Item | None

    @property
    def item(self) -> Item:
        found = self.certified or self.now
        assert found is not None, "one of the two is there"
        return found


@dataclass(frozen=True, slots=True)
class VerifiedCertificate:
    """How the verification went: what `certificate verify --json` writes, in the order of its fields.

    `verified`: whether everything came out as the certificate states, and nothing else did. `counts`: how many items came out
    again as recorded, by status, and how many otherwise. `made_with` and `verified_with` are Hyotei and the solver by version.
    """

    schema: Literal["hyotei.certificate-verification/2"] = field(default=SCHEMA, init=False)
    rulebook: str
    hash: str
    hash_format: str
    of: Scope
    status: Status
    verified: bool
    counts: dict[Outcome, int]
    made_with: tuple[str, str]
    verified_with: tuple[str, str]
    items: tuple[VerifiedItem, ...]
    again: Unpublished[ProofReport]


def verify(
    found: Certificate,
    rulebook: Rulebook,
    timeout: float = WHOLE_TIMEOUT,
    watch: Watch = unwatched,
) -> VerifiedCertificate:
    """Proves everything again and compares item by item; `timeout` is in seconds for all of it.

    Raises:
        HyoteiError: the certificate is about another rulebook (HY905), names it otherwise (HY924), or states a law that is none.
    """
    if found.hash != rulebook.hash:
        certified, now = shown_hash(found.hash), shown_hash(rulebook.hash)
        raise HyoteiError(Diagnostic("HY905", params={"rulebook": rulebook.id, "certified": certified, "now": now}))
    if found.rulebook != rulebook.id:
        raise HyoteiError(Diagnostic("HY924", params={"stated": found.rulebook, "rulebook": rulebook.id}))
    laws = None if found.of == "everything" else [law.law for law in found.laws]
    again = prove(rulebook, laws, timeout, watch)
    made_now = certificate(again, found.of)
    before = {key_of(item): item for item in found.items}
    after = {key_of(item): item for item in made_now.items}
    pairs = [(before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))]
    items = tuple(VerifiedItem(one == other, one, other) for one, other in pairs)
    counts: dict[Outcome, int] = dict.fromkeys((*get_args(Status), "otherwise"), 0)
    for each in items:
        counts[each.item.status if each.same else "otherwise"] += 1
    return VerifiedCertificate(
        rulebook=found.rulebook,
        hash=found.hash,
        hash_format=found.hash_format,
        of=found.of,
        status=found.status,
        verified=not counts["otherwise"],
        counts=counts,
        made_with=_versions(found),
        verified_with=_versions(made_now),
        items=items,
        again=again,
    )


def _versions(of: Certificate) -> tuple[str, str]:
    return f"Hyotei {of.hyotei}", of.solver
