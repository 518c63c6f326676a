"""The right reading of a document as a person points it out: fields of a page, and the sheet that they make."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from hyotei.base.printable import printable
from hyotei.messages import Diagnostic, HyoteiError, Language, Phrase, phrase, phrase_of
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet.figures import AMOUNTS, OF_BUDGET_YEARS, OF_MEASURES
from hyotei.sheet.models import Indicator, Sheet
from hyotei.sheet.quantity import print_quantity, read_quantity
from hyotei.sheet.units import AMOUNT_UNITS

RECORDED: Final = {"recorded_rating": "rating", "recorded_budget": "budget"}
"""What the sheet itself concludes, by the names of the fields."""
HEAD: Final = ("title", "authority", "fiscal_year", "number", *RECORDED)
_NEEDED: Final = ("title", "authority", "fiscal_year")
FIGURES: Final = tuple(row.field for row in OF_MEASURES)
OF_INDICATOR: Final = ("name", "unit", *FIGURES)
OF_YEAR: Final = ("fiscal_year", *(row.field for row in AMOUNTS))
_SPARE: Final = 3
"""Rows that are free to be filled in."""
_MOST: Final = 60
"""Rows of indicators, or of years, at most."""
_LONGEST: Final = 400


class Example(NamedTuple):
    """The texts of the fields, by their names: of the sheet, of each indicator, and of each budget year."""

    head: dict[str, str]
    indicators: list[dict[str, str]]
    years: list[dict[str, str]]
    amounts_in: str


def example_of(sheet: Sheet | None) -> Example:
    """The fields as a sheet that was read fills them; of a document of which nothing was read they are free."""
    if sheet is None:
        return _with_spare(Example(dict.fromkeys(HEAD, ""), [], [], AMOUNT_UNITS[0]))
    head = {"title": sheet.title, "authority": sheet.authority, "number": sheet.number or ""}
    head |= {name: getattr(sheet.recorded, result) or "" for name, result in RECORDED.items()}
    years = [
        {"fiscal_year": str(year.fiscal_year)}
        | {
            name: "" if (amount := getattr(year, name)).unknown in ("missing", "unread") else print_quantity(amount)
            for name in OF_YEAR[1:]
        }
        for year in sheet.budget_years
    ]
    found = [_of_indicator(each) for each in sheet.indicators[:_MOST]]
    return _with_spare(Example({**head, "fiscal_year": str(sheet.fiscal_year)}, found, years[:_MOST], AMOUNT_UNITS[0]))


def _of_indicator(indicator: Indicator) -> dict[str, str]:
    measure = indicator.measures[0] if indicator.measures else None
    texts = dict.fromkeys(OF_INDICATOR, "") | {"name": indicator.name}
    for name in FIGURES:
        quantity = getattr(measure, name, None)
        if quantity is not None and quantity.unknown not in ("missing", "unread"):
            texts[name] = print_quantity(quantity)
    return texts


def example_in(given: Mapping[str, str]) -> Example:
    """The fields as a person filled them in."""
    unit = given.get("amounts_in", "")
    return _with_spare(
        Example(
            {name: _text(given, name) for name in HEAD},
            _rows(given, "indicator", OF_INDICATOR),
            _rows(given, "year", OF_YEAR),
            unit if unit in AMOUNT_UNITS else AMOUNT_UNITS[0],
        )
    )


def _rows(given: Mapping[str, str], kind: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    rows = ({name: _text(given, f"{kind}-{at}-{name}") for name in names} for at in range(_MOST))
    return [row for row in rows if any(row.values())]


def _text(given: Mapping[str, str], name: str) -> str:
    return " ".join(printable(given.get(name, "")).split())[:_LONGEST]


def _with_spare(example: Example) -> Example:
    example.indicators.extend(dict.fromkeys(OF_INDICATOR, "") for _ in range(_SPARE))
    example.years.extend(dict.fromkeys(OF_YEAR, "") for _ in range(_SPARE))
    return example


def field_names(language: Language) -> dict[str, str]:
    """The names of the fields of an indicator and of a budget year."""
    names = {row.field: row.name(language) for row in (*OF_MEASURES, *OF_BUDGET_YEARS)}
    of_rows = {"name": "indicator", "unit": "unit", "fiscal_year": "year"}
    return names | {name: phrase_of("workbench_source.field", field).text(language) for name, field in of_rows.items()}


def sheet_of(example: Example) -> Sheet:
    """The sheet that the fields make, read as one that is written by hand is (docs/sheet.md).

    Raises:
        HyoteiError: what is filled in makes no sheet; all that is wrong is told.
    """
    if lacking := [Diagnostic("HY057", params={"field": each}) for each in _lacking(example)]:
        raise HyoteiError(*lacking)
    data: dict[str, object] = {name: text for name, text in example.head.items() if text and name not in RECORDED}
    recorded = {result: text for name, result in RECORDED.items() if (text := example.head[name])}
    data |= {"recorded": recorded} if recorded else {}
    data |= {"id": example.head["title"], "amounts_in": example.amounts_in}
    indicators = [_indicator(row) for row in example.indicators if any(row.values())]
    years = [{name: text for name, text in row.items() if text} for row in example.years if any(row.values())]
    data |= {"indicators": indicators} if indicators else {}
    data |= {"budget": years} if years else {}
    return read_reading(json.dumps(data, ensure_ascii=False))


def differing_names(example: Example, sheets: Iterable[Sheet]) -> list[tuple[str, str, str]]:
    """What names the sheet otherwise than was filled in: the field, what was filled in, and what a form reads instead.

    Sheets are those that a form reads of the document; one that is named as the fields say is enough.
    """
    wrong: list[list[tuple[str, str, str]]] = []
    for sheet in sheets:
        read = example_of(sheet).head
        wrong.append(
            [
                (name, text, read[name])
                for name, text in example.head.items()
                if text and name != "fiscal_year" and bare(text) != bare(read[name])
            ]
        )
    return min(wrong, key=len, default=[])


def _lacking(example: Example) -> Iterator[Phrase]:
    """The fields that are free and must not be, by their names on the page."""
    for name in _NEEDED:
        if not example.head[name]:
            yield phrase_of("workbench_source.field", name)
    for kind, name, rows in (("indicator", "name", example.indicators), ("year", "fiscal_year", example.years)):
        for number, row in enumerate(rows, 1):
            if any(row.values()) and not row[name]:
                yield phrase("workbench_source.in_row", number=number, field=phrase_of("workbench_source.field", kind))


def read_reading(text: str) -> Sheet:
    """The right reading of a document, as the YAML of a sheet.

    Raises:
        HyoteiError: it is no sheet; all that is wrong is told.
    """
    sheet, problems = parse_sheet(text)
    wrong = [each for each in problems if each.severity == "error"]
    if sheet is None or wrong:
        raise HyoteiError(*(wrong or problems))
    return sheet


def _indicator(row: Mapping[str, str]) -> dict[str, str]:
    found = {"name": row["name"]} if row["name"] else {}
    for name in FIGURES:
        if row[name]:
            found[name] = _with_unit(row[name], row["unit"])
    return found


def _with_unit(text: str, unit: str) -> str:
    """A figure with the unit of its row, where it has none of its own."""
    found, _ = read_quantity(text)
    has_figure = found.value is not None or found.low is not None
    return f"{text}{unit}" if has_figure and found.unit is None and unit else text
