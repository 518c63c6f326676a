"""Small sources for tests: files of a few sheets, quick to read."""

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet, Source


def sheet(identifier: str, actual: int = 5, year: int = 2018) -> Sheet:
    """A sheet with one figure of each kind."""
    figure = Quantity(value=Decimal(actual), unit="回", source=Source(text=f"{actual}回", line=3))
    amount = Quantity(value=Decimal(actual), unit="円", source=Source(text=f"{actual}円", line=4))
    measure = Measure(target=Quantity(value=Decimal(4), unit="回", qualifier="以上"), actual=figure)
    return Sheet(
        id=identifier,
        title=f"政策{identifier}",
        authority="総務省" if actual % 2 else "農林水産省",
        fiscal_year=year,
        objectives=(Objective(name="目標", indicators=(Indicator(name="指標", measures=(measure,)),)),),
        budget_years=(BudgetYear(fiscal_year=year, total=amount),),
    )


def write(path: Path, sheets: Iterable[Sheet], extra: str = "") -> Path:
    """A file of sheets, one a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(each.model_dump_json(by_alias=True) + "\n" for each in sheets) + extra, encoding="utf-8")
    return path


def manifest(folder: Path) -> dict[str, object]:
    found = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found
