"""What is known to be proved of a rulebook without proving it: by the certificate beside it, or by a proof made here before.

Both are of one content hash; nothing is said of a rulebook that differs from what was proved. A proof made here counts for the
same state of the modules of Hyotei only.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from hyotei.base.disk_cache import cached_text, fingerprint, keep_text
from hyotei.messages import HyoteiError
from hyotei.proof.certificate import read_certificate
from hyotei.proof.results import ProofReport, Status, worst
from hyotei.rulebook.model import Rulebook

CERTIFICATE: Final = "certificate.json"
"""The name of the certificate beside a rulebook."""
ProofState = Literal["proved", "gaps_as_declared", "refuted", "open", "not_proved"]
"""
`proved`: all laws and checks. `gaps_as_declared`: all but the gaps and overlaps of its source that the rulebook declares
(`known_gaps`). `refuted`, `open`: as the worst of all. `not_proved`: nobody has, as far as is known here.
"""
_DECLARABLE: Final = ("gap", "overlap")
_PACKAGES: Final = ("base", "compare", "compiler", "drawing", "inference", "proof", "rulebook", "sheet")


class ProvedItem(NamedTuple):
    """A law or a check and how it came out; of a law `check` and `decision` are empty."""

    check: str
    decision: str
    status: Status


def items_of(report: ProofReport) -> list[ProvedItem]:
    """All of a report that counts."""
    laws = [ProvedItem("", "", law.status) for law in report.laws]
    return [*laws, *(ProvedItem(each.name, each.decision, each.status) for each in report.checks if not each.note)]


def state_of(items: Iterable[ProvedItem], known_gaps: Iterable[str]) -> ProofState:
    """The state that items of a proof come to.

    `known_gaps` are the decisions whose gaps and overlaps the rulebook declares. Where one has none, the declaration is wrong and
    the state `refuted`.
    """
    declared, found = set(known_gaps), set[str]()
    rest: list[Status] = []
    for check, decision, status in items:
        if status == "refuted" and check in _DECLARABLE and decision in declared:
            found.add(decision)
        else:
            rest.append(status)
    came_out = worst(rest) if rest else "proved"
    if came_out != "proved":
        return "refuted" if came_out == "refuted" else "open"
    if found != declared:
        return "refuted"
    return "gaps_as_declared" if found else "proved"


def known_state(rulebook: Rulebook, folder: Path | None) -> ProofState:
    """What is known of a rulebook: by the certificate in its folder, else by a proof that was made here."""
    if folder is not None and (folder / CERTIFICATE).is_file():
        try:
            found = read_certificate(folder / CERTIFICATE)
        except HyoteiError:
            found = None
        if found is not None and found.hash == rulebook.hash and found.of == "everything":
            laws = [ProvedItem("", "", law.status) for law in found.laws]
            checks = [ProvedItem(each.check, each.decision, each.status) for each in found.checks]
            return state_of((*laws, *checks), rulebook.known_gaps)
    key = _key(rulebook)
    kept = None if key is None else cached_text(key)
    return next((state for state in get_args(ProofState) if state == kept), "not_proved")


def keep_state(rulebook: Rulebook, state: ProofState) -> None:
    """Keeps how a proof of everything came out, as far as that is possible."""
    key = _key(rulebook)
    if key is not None:
        keep_text(key, state)


def _key(rulebook: Rulebook) -> str | None:
    made_by = fingerprint(*_PACKAGES)
    return None if made_by is None else sha256(f"proof state\n{made_by}\n{rulebook.hash}".encode()).hexdigest()


def declared_and_found(items: Iterable[ProvedItem], known_gaps: Iterable[str]) -> tuple[list[str], list[str]]:
    """The decisions for which a gap is declared: those in which one was found, and those in which none was."""
    open_ones = {decision for check, decision, status in items if check in _DECLARABLE and status == "refuted"}
    names = list(known_gaps)
    return [name for name in names if name in open_ones], [name for name in names if name not in open_ones]
