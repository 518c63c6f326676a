"""Cases of the proofs: no law that a sheet breaks is proved, and what differs is said to differ."""

from pathlib import Path
from typing import Final

from hyotei.compare.model import RulebookDiff
from hyotei.proof.diff.diff import diff
from hyotei.proof.prove import prove
from hyotei.proof.results import ProofReport
from tests.cli.command import hyotei
from tests.handed.result import Case, Result


def _laws(report: ProofReport) -> str:
    return "; ".join(f"{law.text}: {law.status}" for law in report.laws)


def _refuted(*laws: str) -> Case:
    """Each of these laws fails on some sheet."""

    def run(folder: Path) -> Result:
        report = prove(folder / "rulebook", laws)
        return Result(all(law.status == "refuted" for law in report.laws), _laws(report))

    return run


_ONE_MORE = "one more achieved measure never lowers the rating"


def _gap(folder: Path) -> Result:
    """The rating has a gap, with a sheet that shows it."""
    report = prove(folder / "rulebook")
    gaps = [check for check in report.checks if check.name == "gap" and check.decision == "rating"]
    shown = any(check.status == "refuted" and check.counterexample is not None for check in gaps)
    return Result(shown, f"gap {', '.join(check.status for check in gaps)}; {_laws(report)}")


def _outcomes(found: RulebookDiff) -> dict[str, str]:
    """Of each decision and result, how it compares."""
    decisions = [(each.name, each.outcome) for each in found.decisions]
    return dict([*decisions, *((each.name, each.outcome) for each in found.results)])


def _differs(folder: Path) -> Result:
    found = diff(folder / "old", folder / "new")
    changes = _outcomes(found)
    return Result(found.status == "differs" and changes.get("rating") == "differs", f"{found.status} {changes}")


def _only_renamed(folder: Path) -> Result:
    """Nothing but a name differs, so no region and no result does."""
    found = diff(folder / "old", folder / "new")
    regions = sum(len(change.regions) for change in found.decisions)
    changed = [name for name, outcome in _outcomes(found).items() if outcome != "same"]
    return Result(not regions and not changed, f"{regions} regions, not the same: {', '.join(changed) or 'none'}")


def _more_time(folder: Path) -> Result:
    """What is proved with little time is proved with more."""
    short, long = prove(folder / "rulebook", timeout=1), prove(folder / "rulebook", timeout=10)
    lost = [
        before.text
        for before, after in zip(short.laws, long.laws, strict=True)
        if before.status in ("proved", "refuted") and after.status != before.status
    ]
    return Result(not lost, f"lost: {', '.join(lost) or 'none'}")


def _certificate(folder: Path) -> Result:
    """A certificate with a refuted law does not say that all of it is proved."""
    found = hyotei("certificate", "verify", folder / "certificate.json", folder / "rulebook", "--lang", "en")
    said = " ".join((found.out + found.err).split())
    return Result(found.code != 0 or "refuted" in said, said)


CASES: Final[dict[str, Case]] = {
    "01-gap-at-negative-count": _gap,
    "02-one-more-measure-new-indicator": _refuted(_ONE_MORE),
    "03-claim-rises-read-by-measures": _refuted("rating never falls as claim rises"),
    "04-years-missed-hangs-on-actual": _refuted(
        "rating never falls as actual rises", "rating never rises as actual rises"
    ),
    "05-diff-negative-count-no-difference": _differs,
    "06-one-more-feeds-back": _refuted(_ONE_MORE),
    "07-gap-of-logic-model-not-shown": _gap,
    "08-diff-rename-of-a-decision": _only_renamed,
    "09-timeout-longer-proves-less": _more_time,
    "10-certificate-of-a-refuted-law": _certificate,
}
