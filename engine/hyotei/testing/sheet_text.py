"""A sheet as a few lines that a person takes in at a glance: its measures and its budget, and nothing that it does not state."""

from collections.abc import Iterator
from typing import Final

from hyotei.messages import Language
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.vocabulary import BUILT_IN_LABELS
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Sheet
from hyotei.sheet.figures import AMOUNTS, OF_MEASURES
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.sheet.models import MISSING
from hyotei.sheet.quantity import print_quantity
from hyotei.testing.text_tables import filled, table

_MEASURE: Final = tuple(row for row in OF_MEASURES if row.in_rules)


def sheet_lines(sheet: Sheet, language: Language = "ja") -> Iterator[str]:
    """The lines of a sheet."""
    at = 0 if language == "ja" else 1
    year = print_fiscal_year(sheet.fiscal_year, language)
    stated = [f"{word} {value}" for word, value in (
        (("記載 評価区分", "recorded rating")[at], sheet.recorded.rating),
        (("記載 予算の方向", "recorded budget")[at], sheet.recorded.budget),
    ) if value is not None]  # fmt: skip
    yield "  ".join([f"評価対象 {year}" if at == 0 else f"evaluated {year}", *stated])
    if not sheet.measures:
        yield "測定値なし" if at == 0 else "no measures"
    else:
        header = [("測定値", "measure"), ("指標", "indicator"), ("目標の記載", "claim"), ("内訳", "label"),
                  *(row.heading for row in _MEASURE), ("向き", "direction"), ("主要", "main")]  # fmt: skip
        yield from table(*filled([pair[at] for pair in header], list(_measures(sheet, language))))
    if sheet.budget_years:
        header = [("年度", "year"), *(row.heading for row in AMOUNTS), ("定義", "basis")]
        rows = [_budget_year(year, language) for year in sheet.budget_years]
        found = filled([pair[at] for pair in header], rows)
        yield from table(*found, right=frozenset(range(1, len(found[0]))))


def _measures(sheet: Sheet, language: Language) -> Iterator[list[str]]:
    """A row for each measure; indicators and claims once, and only where there are several or any."""
    objective: Objective | None = None
    indicator: Indicator | None = None
    number, claim, main = "", "", ""
    for _, key, model in models(sheet):
        if isinstance(model, Objective):
            objective, claim = model, _word("claim", model.claim, language)
        elif isinstance(model, Indicator):
            indicator = model
            several = len(sheet.indicators) > 1 and len(sheet.measures) > len(sheet.indicators)
            number = key if several else ""
            main = {True: "○", False: "", None: ""}[model.main]
        elif isinstance(model, Measure):
            assert objective is not None, "measures lie in objectives"
            assert indicator is not None, "measures lie in indicators"
            figures = [_printed(getattr(model, row.field)) for row in _MEASURE]
            yield [key, number, claim, model.label or "", *figures, _word("direction", model.direction, language), main]


def _budget_year(year: BudgetYear, language: Language) -> list[str]:
    amounts = [_printed(getattr(year, row.field)) for row in AMOUNTS]
    basis = _word("basis", year.basis, language) if year.basis != "net" else ""
    return [print_fiscal_year(year.fiscal_year, language), *amounts, basis]


def _printed(quantity: Quantity) -> str:
    return "" if quantity == MISSING else print_quantity(quantity)


def _word(scale: str, value: str | None, language: Language) -> str:
    return "" if value is None else BUILT_IN_LABELS[scale].get(value, value) if language == "ja" else value
