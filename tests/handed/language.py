"""Cases of the rule language: what a rulebook means, or that it is refused where nobody could mean it."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Final

from hyotei.messages import HyoteiError
from hyotei.proof.prove import prove
from hyotei.verdict.verdict import Verdict
from tests.handed.result import Case, Result, refused, rulebook_problems, verdict_of


def _rates(rating: str, budget: str | None = None, rulebook: str = "") -> Case:
    """The sheet must get this rating."""

    def run(folder: Path) -> Result:
        verdict = verdict_of(folder, rulebook)
        right = verdict.rating == rating and (budget is None or verdict.budget == budget)
        return Result(right, f"{verdict.rating} {verdict.budget or ''}".strip())

    return run


def _derives(decision: str, value: object) -> Case:
    """A decision of the first measure must come to this value."""

    def run(folder: Path) -> Result:
        found = verdict_of(folder).derivation.value(decision, "measures[1]")
        return Result(found == value and isinstance(found, type(value)), f"{decision} {found}")

    return run


def _or_refused(otherwise: Case, *mends: str) -> Case:
    """Either the value, or an error that says these words."""

    def run(folder: Path) -> Result:
        return refused(folder, *mends) or otherwise(folder)

    return run


def _refused(*mends: str) -> Case:
    def run(folder: Path) -> Result:
        return refused(folder, *mends) or Result(False, "accepted")

    return run


def _told(otherwise: Case, *mends: str) -> Case:
    """Either the value, or an error or a warning that says these words."""

    def run(folder: Path) -> Result:
        said = [problem for problem in rulebook_problems(folder) if all(mend in problem.text("ja") for mend in mends)]
        return Result(True, f"{said[0].code} {said[0].text('ja')}") if said else otherwise(folder)

    return run


def _findings(expected: Callable[[Verdict], bool]) -> Case:
    def run(folder: Path) -> Result:
        found = verdict_of(folder)
        return Result(expected(found), ", ".join(finding.code for finding in found.findings) or "no finding")

    return run


def _blank_line(folder: Path) -> Result:
    found = refused(folder)
    if found is None:
        return Result(False, "accepted")
    lines = {problem.location.line for problem in rulebook_problems(folder) if problem.severity == "error"}
    return Result(bool(lines & {15, 16}), found.seen)


def _mean_of_points(folder: Path) -> Result:
    """The first row matches on the sheet of the case, so no proof may say that it never does."""
    shown = verdict_of(folder).derivation.steps["rating", "sheet"].rows
    never = [check.rows for check in prove(folder).checks if check.name == "never" and check.status == "refuted"]
    return Result(shown == (1,) and (1,) not in never, f"row {shown}, rows that never match: {never}")


def _three_overlaps(folder: Path) -> Result:
    try:
        report = prove(folder)
    except HyoteiError as error:
        return Result(False, error.diagnostics[0].code)
    pairs = {check.rows for check in report.checks if check.name == "overlap" and check.status == "refuted"}
    gap = any(check.name == "gap" and check.status == "refuted" for check in report.checks)
    return Result(pairs == {(1, 2), (1, 3), (2, 3)} and gap, f"overlaps {sorted(pairs)}, gap {gap}")


CASES: Final[dict[str, Case]] = {
    "blank-line-in-table": _blank_line,
    "counter-more-than": _or_refused(_derives("over", True)),
    "dash-range": _or_refused(_rates("B"), "~"),
    "floor-over": _rates("A", "Ⅱ", "mic-2013"),
    "katsu": _or_refused(_rates("B"), "80%以上100%未満"),
    "percent-times-100": _told(_rates("C"), "100"),
    "prove-mean-of-points": _mean_of_points,
    "scale-order-decision": _or_refused(_findings(lambda verdict: not verdict.findings)),
    "sheet-measures-name": _derives("difference", Decimal(0)),
    "ten-thousand-people": _derives("x", Decimal(1)),
    "tilde-half": _or_refused(_rates("C")),
    "u-three-overlaps": _three_overlaps,
}
