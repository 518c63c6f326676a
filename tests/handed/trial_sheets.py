"""Cases of a person's trial: figures of the seed corrected by hand, figures of a filled form, a first rulebook of one's own."""

from decimal import Decimal
from pathlib import Path
from typing import Final

from hyotei.readers import read_sheet_file
from hyotei.readers.sheets_of_paths import read_sheets
from hyotei.rulebook.cached_rulebooks import read_rulebook
from tests.cli.command import hyotei
from tests.handed.result import Case, Result


def _corrected(file: Path) -> Result:
    """The value 13 counts, and every view shows it beside the printed 計43回."""
    sheet, problems = read_sheet_file(file)
    assert sheet is not None
    actual = sheet.measures[0].actual
    views = [hyotei("rate", file, *options).out.replace("\n    ", "") for options in ((), ("--why",), ("--json",))]
    right = actual.value == 13 and actual.source is not None and actual.source.reading == "corrected"
    right = right and [problem.code for problem in problems] == ["HY137"]
    return Result(
        right and all("13回（訂正。印字は「計43回」）" in view for view in views), f"{actual.value}{actual.unit}"
    )


def _typed(file: Path) -> Result:
    """A figure typed as printed is read in the layout of the models, too."""
    sheet, problems = read_sheet_file(file)
    assert sheet is not None
    actual = sheet.measures[0].actual
    shown = hyotei("rate", file)
    right = (actual.value, actual.unit) == (Decimal(13), "回") and not problems and shown.code == 0
    return Result(right and "計13回" in shown.out and "計43回" not in shown.out, f"{actual.value}{actual.unit}")


def _named_target(file: Path) -> Result:
    """The objective is called 目標, as the heading of a column is; its figures are read all the same."""
    (found,) = read_sheets(file)
    assert found.sheet is not None
    (measure,) = found.sheet.measures
    values = measure.baseline.value, measure.target.value, measure.actual.value
    right = values == (Decimal("0.7"), Decimal("0.8"), Decimal("0.765"))
    return Result(right and found.sheet.objectives[0].name == "目標", str(values))


def _ratio(file: Path) -> Result:
    """0.765 under % stays 0.765 %, and a warning names it, the target and what was probably meant."""
    (found,) = read_sheets(file)
    assert found.sheet is not None
    told = " ".join(problem.text() for problem in found.problems)
    right = found.sheet.measures[0].actual.value == Decimal("0.00765")
    return Result(right and all(part in told for part in ("0.765%", "80%", "76.5%")), told)


def _own_rulebook(folder: Path) -> Result:
    """A first rulebook of one's own is sound, its cases hold, and a sheet of another ministry is told by name."""
    rulebook = read_rulebook(folder / "rulebook.md")
    cases = hyotei("rulebook", "test", folder)
    seed = folder.parents[2] / "seeds" / "000_18a45033f53aead0.txt"
    rated = hyotei("rate", seed, "--rulebook", folder)
    told = " ".join(rated.out.split())
    right = rulebook.id == "kanko-2022" and cases.code == 0 and rated.code == 0
    return Result(right and "国土交通省" in told and "総務省" in told, told[-80:])


CASES: Final[dict[str, Case]] = {
    "corr1.yaml": _corrected,
    "corr2.yaml": _typed,
    "pc_n4.xlsx": _named_target,
    "pc_ratio.xlsx": _ratio,
    "kanko": _own_rulebook,
}
