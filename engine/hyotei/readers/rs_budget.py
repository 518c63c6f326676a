"""Table 2-1 of the RS system: a total row for each fiscal year, followed by the rows of its accounts, in yen.

Only total rows are amounts of the programme; account rows are added up to check them. The rate that is printed is kept beside the
amounts and never used for them: it is empty where nothing was executed. What is asked for the next year belongs to that year.
"""

from decimal import Decimal
from typing import Final

from hyotei.messages import Diagnostic, Location, Param
from hyotei.readers import unvalidated_models
from hyotei.readers.decimal_literals import Literals
from hyotei.readers.rs_table import RsRow, amount
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, MISSING, BudgetYear, Quantity
from hyotei.sheet.notes import reading_note
from hyotei.sheet.units import YEN, FigureUnit

_TOTALS: Final = {
    "initial": "当初予算（合計）",
    "supplementary": "補正予算（合計）",
    "carried_over": "前年度からの繰越し（合計）",
    "reserve": "予備費等（合計）",
    "carried_forward": "翌年度への繰越し（合計）",
    "total": "計（歳出予算現額合計）",
    "executed": "執行額（合計）",
}
_REQUEST, _RATE = "翌年度要求額（合計）", "執行率"
_ACCOUNTS: Final = (("total", "歳出予算現額"), ("executed", "執行額"))
_PARTS: Final = ("initial", "supplementary", "carried_over", "reserve")
_YEN, _PLAIN = Literals(FigureUnit(YEN)), Literals(FigureUnit(""))
_UNREAD: Final = Quantity(unknown="unread")
"""A figure whose column was left out of the table."""
_NOT_OVER: Final = "reading_notes.zero_unsettled"


def budget_years(rows: list[RsRow], published: int, problems: list[Diagnostic]) -> tuple[BudgetYear, ...]:
    """The budget years of one programme, ascending; those of the year of the review are not executed yet."""
    found: dict[int, dict[str, object]] = {}
    sums: dict[int, dict[str, Decimal]] = {}
    for row in rows:
        year = _year(row, problems)
        if year is None:
            continue
        if not any(row.text(column) for column in (*_TOTALS.values(), _REQUEST)):
            _add(row, sums.setdefault(year, {}))
            continue
        fields = found.setdefault(year, _empty(year))
        if fields["total"] is not MISSING:
            problems.append(Diagnostic("HY814", Location(row.file, row.line), {"year": str(year)}))
            continue
        for name, column in _TOTALS.items():
            fields[name] = _amount(row, column, year, problems)
        fields["stated_rate"] = _rate(row, year, problems)
        executed = fields["executed"]
        if year >= published and isinstance(executed, Quantity) and executed.value == 0:
            fields["executed"] = _open(row, year)
        request = _amount(row, _REQUEST, year + 1, problems) if year < LAST_YEAR else MISSING
        if request is not MISSING:
            found.setdefault(year + 1, _empty(year + 1))["request"] = request
        _check_parts(row, fields, year, problems)
    made = tuple([unvalidated_models.make(BudgetYear, found[year]) for year in sorted(found)])
    for each in made:
        _check_accounts(each, sums.get(each.fiscal_year, {}), problems)
    return made


def _empty(year: int) -> dict[str, object]:
    amounts = dict.fromkeys((*_PARTS, "carried_forward", "total", "executed", "request", "stated_rate"), MISSING)
    return {"fiscal_year": year, **amounts, "basis": "gross", **unvalidated_models.NO_FACTS}


def _year(row: RsRow, problems: list[Diagnostic]) -> int | None:
    text = row.text("予算年度")
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    problems.append(Diagnostic("HY813", Location(row.file, row.line, column="予算年度"), {"value": text[:20]}))
    return None


def _amount(row: RsRow, column: str, year: int, problems: list[Diagnostic]) -> Quantity:
    table = f"2-1、{row.text('予算年度')}年度"
    return amount(row, column, year, table, problems) or (MISSING if row.has(column) else _UNREAD)


def _rate(row: RsRow, year: int, problems: list[Diagnostic]) -> Quantity:
    """The printed rate, a ratio with up to five decimals."""
    text = row.words(_RATE)
    if text is None:
        return MISSING
    known = _PLAIN.find(text)
    if known is None:
        problems.append(Diagnostic("HY811", Location(row.file, row.line, column=_RATE), {"text": text[:40]}))
        return unvalidated_models.unread(text, year, row.file, row.line, f"2-1、{year}年度、{_RATE}")
    return unvalidated_models.stated(known.value, "%", year, text, row.file, row.line, f"2-1、{year}年度、{_RATE}")


def _open(row: RsRow, year: int) -> Quantity:
    column = _TOTALS["executed"]
    return unvalidated_models.figure(
        None,
        "unsettled",
        None,
        year,
        row.text(column),
        row.file,
        row.line,
        f"2-1、{year}年度、{column}",
        "inferred",
        reading_note(_NOT_OVER),
    )


def _add(row: RsRow, sums: dict[str, Decimal]) -> None:
    """Adds an account row to what the accounts of its year give together; placeholders have no amounts."""
    for name, column in _ACCOUNTS:
        known = _YEN.find(row.text(column))
        if known is not None:
            sums[name] = sums.get(name, Decimal(0)) + known.whole


def _check_parts(row: RsRow, fields: dict[str, object], year: int, problems: list[Diagnostic]) -> None:
    values = [each.value for name in (*_PARTS, "total") if isinstance(each := fields[name], Quantity)]
    known = [value for value in values if value is not None]
    if len(known) == len(values) and sum(int(value) for value in known[:-1]) != int(known[-1]):
        problems.append(Diagnostic("HY816", Location(row.file, row.line, heading=f"2-1、{year}年度")))


def _check_accounts(year: BudgetYear, sums: dict[str, Decimal], problems: list[Diagnostic]) -> None:
    for name, column in _ACCOUNTS:
        stated = year.total if name == "total" else year.executed
        if name in sums and stated.value is not None and stated.value != sums[name] and stated.source is not None:
            location = Location(stated.source.file, stated.source.line, heading=f"2-1、{year.fiscal_year}年度")
            params: dict[str, Param] = {
                "column": column,
                "sum": f"{sums[name]:f}",
                "total": f"{stated.value:f}",
            }
            problems.append(Diagnostic("HY832", location, params))
