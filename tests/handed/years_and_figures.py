"""Cases of facts that stood in two places: the years of a rulebook, and figures that it may read."""

from pathlib import Path
from typing import Final

from hyotei.messages import HyoteiError
from hyotei.proof.prove import prove
from tests.handed.result import Case, Result, refusals, told


def _before_1900(folder: Path) -> Result:
    """Proofs of a rulebook without a first year agree with each other, however early the year."""
    try:
        report = prove(folder)
    except HyoteiError as error:
        return Result(False, told(error))
    gaps = [check.status for check in report.checks if check.name == "gap" and check.decision == "rating"]
    # Until 1899 nothing answers between 50 % and 90 %; from 1900 on row 2 begins where row 3 ends.
    return Result("refuted" in gaps, f"gap {', '.join(gaps)}")


def _unknown_figure(folder: Path) -> Result:
    """A figure that no sheet holds is refused by its name, where it is written."""
    said = [problem for problem in refusals(folder) if "lapsed" in problem.text("ja") and problem.location.line == 14]
    return Result(bool(said), told(HyoteiError(*said)) if said else "accepted")


CASES: Final[dict[str, Case]] = {
    "before_1900.md": _before_1900,
    "lapsed_rulebook.md": _unknown_figure,
}
