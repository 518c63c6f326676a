"""A certificate is verified by proving all that it states again."""

from typing import get_args

from hyotei.base.deadline import Watch, unwatched
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.proof.certificate import Certificate, Item, certificate, key_of
from hyotei.proof.prove import WHOLE_TIMEOUT, prove
from hyotei.proof.results import ProofReport, Status
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class VerifiedItem:
    """One item as the certificate states it and as it came out now; None where it is not stated, or is not asked any more."""

    certified: Item | None
    now: Item | None

    @property
    def item(self) -> Item:
        found = self.certified or self.now
        assert found is not None, "one of the two is there"
        return found

    @property
    def same(self) -> bool:
        """Whether it came out as recorded, by the same method and with the same bound."""
        return self.certified == self.now


@dataclass(frozen=True, slots=True)
class VerifiedCertificate:
    """How the verification went."""

    certificate: Certificate
    again: ProofReport
    items: tuple[VerifiedItem, ...]
    made_now: Certificate

    @property
    def as_recorded(self) -> bool:
        """Whether everything came out as the certificate states, and nothing else did."""
        return all(item.same for item in self.items)

    @property
    def counts(self) -> dict[str, int]:
        """How many items came out again as recorded, by status, and how many otherwise."""
        counts = dict.fromkeys((*get_args(Status), "otherwise"), 0)
        for each in self.items:
            counts[each.item.status if each.same else "otherwise"] += 1
        return counts

    @property
    def made_with(self) -> tuple[str, str]:
        return f"Hyotei {self.certificate.hyotei}", self.certificate.solver

    @property
    def verified_with(self) -> tuple[str, str]:
        return f"Hyotei {self.made_now.hyotei}", self.made_now.solver


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
    items = tuple(VerifiedItem(before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after)))
    return VerifiedCertificate(found, again, items, made_now)
