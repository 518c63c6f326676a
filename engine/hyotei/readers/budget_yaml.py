"""The budget of a hand-written sheet: one entry a fiscal year, in the unit that the sheet names once."""

from typing import Any

from hyotei.messages import Diagnostic
from hyotei.readers import sheet_keys as keys
from hyotei.readers.facts_yaml import facts_of
from hyotei.readers.figures_yaml import FigureReader
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import stray_records
from hyotei.readers.words_yaml import BASES
from hyotei.sheet.figures import OF_BUDGET_YEARS
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.models import BudgetYear, Quantity
from hyotei.sheet.units import YEN, read_unit


def budget_years(sheet: MappingReader, figures: FigureReader, unit: str | None) -> tuple[BudgetYear, ...]:
    """The entries of `budget`, ascending; of two for one year the first is kept and the other told.

    `unit` is that of amounts without one.
    """
    found: dict[int, BudgetYear] = {}
    lines: dict[int, int] = {}
    for node in (node for key in keys.BUDGET_KEYS for node in sheet.maps(key)):
        form = MappingReader(node, keys.BUDGET_YEAR, figures.file, figures.problems)
        entry = _entry(form, figures, unit)
        if entry is None:
            continue
        if entry.fiscal_year in found:
            first = str(lines[entry.fiscal_year])
            form.tell("HY236", node, year=str(entry.fiscal_year), first=first)
            continue
        found[entry.fiscal_year], lines[entry.fiscal_year] = entry, node.line
    return tuple(found[year] for year in sorted(found))


def money_unit(sheet: MappingReader) -> str | None:
    """The unit of the amounts, if the sheet names one that is money."""
    written = sheet.text("amounts_in")
    if written is None:
        return None
    unit = read_unit(written)
    if unit is None or unit.name != YEN:
        sheet.tell("HY243", sheet.values["amounts_in"], unit=written[:40])
        return None
    return written


def _entry(form: MappingReader, figures: FigureReader, unit: str | None) -> BudgetYear | None:
    year = _year(form, figures)
    at = form.text("at")
    basis = form.choice("basis", BASES) or "net"
    amounts: dict[str, Any] = {key: _amount(form, key, figures, at, unit) for key in keys.AMOUNTS}
    others: dict[str, Any] = {
        row.field: figures.one(form, row.field, at) for row in OF_BUDGET_YEARS if row.field not in amounts
    }
    stray_records(form)
    own = {key: facts_of(form, key, figures, at) for key in ("facts", "recorded")}
    parts: dict[str, Any] = {**amounts, **others, **own}
    return None if year is None else BudgetYear(fiscal_year=year, basis=basis, **parts)


def _year(form: MappingReader, figures: FigureReader) -> int | None:
    written = form.text("fiscal_year", required=True)
    if written is None:
        return None
    at = form.at(form.values["fiscal_year"])
    found, problems = read_fiscal_year(written, hint=figures.year, location=at)
    figures.problems.extend(each for each in problems if figures.year is not None or each.code != "HY203")
    return None if found is None else found.year


def _amount(form: MappingReader, key: str, figures: FigureReader, at: str | None, unit: str | None) -> Quantity:
    amount = figures.one(form, key, at, unit)
    if amount.value is None and amount.low is None:
        return amount
    if amount.unit is None and key in form.values:
        # Without any unit the figure could be yen or thousands of it, so it is left without one and told.
        figures.problems.append(Diagnostic("HY244", form.at(form.values[key]), {"key": key}))
    elif amount.unit is not None and amount.unit != YEN and key in form.values:
        figures.problems.append(Diagnostic("HY245", form.at(form.values[key]), {"key": key, "unit": amount.unit}))
    return amount
