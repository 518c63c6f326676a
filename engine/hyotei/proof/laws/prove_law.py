"""One law, by its kind."""

from collections.abc import Callable
from typing import Final

from hyotei.proof.laws.implies import implies
from hyotei.proof.laws.monotone import monotone
from hyotei.proof.laws.one_more import one_more
from hyotei.proof.laws.pairs import why_of
from hyotei.proof.laws.reachable import reachable
from hyotei.proof.laws.unknown_never_beats import unknown_never_beats
from hyotei.proof.proof_limits import BeyondProof
from hyotei.proof.prover import Prover
from hyotei.proof.results import LawResult
from hyotei.rulebook.model import Law

KINDS: Final[dict[str, Callable[[Prover, Law], LawResult]]] = {
    "monotone": monotone,
    "reachable": reachable,
    "implies": implies,
    "unknown_never_beats": unknown_never_beats,
    "one_more": one_more,
}


def prove_law(prover: Prover, law: Law) -> LawResult:
    """How a law comes out. `answers` and `consistent` are about tables, and follow from their checks."""
    try:
        return KINDS[law.kind](prover, law)
    except BeyondProof as beyond:
        return LawResult(law.text, law.kind, "open", "bounded", why_of(beyond))
