"""What running one handed case gives, and the few calls that all case files share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hyotei.inference.rate import rate
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.readers import read_sheet
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.verdict.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """Whether a case came out right, and what was seen in a few words."""

    right: bool
    seen: str


Case = Callable[[Path], Result]
"""Runs one case in its folder, or on its file."""


def rulebook_problems(folder: Path) -> list[Diagnostic]:
    """Everything that the checker says of a rulebook."""
    file = folder / "rulebook.md" if folder.is_dir() else folder
    return check_rulebook(RulebookText.parse(file.read_text(encoding="utf-8"), file.name))[1]


def refusals(folder: Path) -> list[Diagnostic]:
    """The errors among them."""
    return [problem for problem in rulebook_problems(folder) if problem.severity == "error"]


def verdict_of(folder: Path, rulebook: str = "") -> Verdict:
    """The verdict on the sheet of a case, under its own rulebook unless another is named."""
    return rate(read_sheet(folder / "sheet.yaml"), rulebook or folder)


def refused(folder: Path, *mends: str) -> Result | None:
    """Right if the rulebook is refused with every one of these words in what is said; None where it is accepted."""
    errors = refusals(folder)
    if not errors:
        return None
    said = " ".join(error.text("ja") + error.text("en") for error in errors)
    missing = [mend for mend in mends if mend not in said]
    return Result(not missing, f"{errors[0].code} {errors[0].text('ja')}")


def told(error: HyoteiError) -> str:
    """The first thing that an error says."""
    return f"{error.diagnostics[0].code} {error.diagnostics[0].text('ja')}"
