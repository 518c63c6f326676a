"""The budget table as printed: its years, its rows with the amounts beside them, and amounts that stand away from any row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from hyotei.readers.evaluation_text.lines import Document, Line
from hyotei.readers.evaluation_text.parts import Part
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.models import Quantity
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import YEN, read_unit

_LABELS: Final = (
    ("carried_forward", "翌年度(?:へ(?:の)?)?繰越し?(?:額|等)?"),
    ("initial", "当初予算(?:額)?"),
    ("supplementary", "補正予算(?:額)?"),
    ("carried_over", "(?:前年度(?:から(?:の)?)?)?繰越し?(?:額|等)?"),
    ("reserve", "予備費(?:使用額|等)?"),
    ("total", "合計|歳出予算現額|予算現額|計"),
    ("executed", "執行額|執行済額|決算額|支出済歳出額"),
    ("request", "(?:概算)?要求額"),
)
ROWS: Final = tuple(name for name, _ in _LABELS)
_WORDS: Final = "集計中|未定|未確定|決算前|未決算|調整中"
_AMOUNT: Final = re.compile(rf"[△▲] ?[0-9][0-9,]*|-[0-9][0-9,]*|[0-9][0-9,]*|-(?= |$)|…|{_WORDS}")
_AMOUNTS: Final = re.compile(rf"(?:(?:{_AMOUNT.pattern})(?: |$))+")
_NOTE: Final = r"(?: ?\([^()]{1,16}\))*"
_LABEL: Final = re.compile(
    r"(?:予算の ?)?(?:状況 ?)?(?:\([^()]*円\) ?)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS)
    + rf"){_NOTE}(?= |$)"
)
_UNIT: Final = re.compile(
    r"[(\[](?:単位 ?[::] ?)?((?:千|百万|億|十億|万)?円)[)\]]|単位 ?[::] ?((?:千|百万|億|十億|万)?円)"
)
_YEAR: Final = r"(?:(?:平成|令和|昭和|[HRS])? ?[0-9元]{1,2} ?年度|[0-9]{4} ?年度|FY ?[0-9]{4})"
_YEARS: Final = re.compile(rf"(?:区 ?分|年 ?度)?(?: ?{_YEAR})+")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as printed; a dash and a word such as 集計中 are amounts without a value."""

    text: str
    line: int
    quantity: Quantity

    @property
    def known(self) -> bool:
        return self.quantity.value is not None


@dataclass(slots=True)
class RowText:
    """A row: its label's line, its amounts, and whether they stand on that line."""

    name: str
    line: int
    amounts: list[Amount]
    beside: bool = True


@dataclass(slots=True)
class BudgetText:
    """All that is printed of the table."""

    years: tuple[int, ...] = ()
    rows: dict[str, RowText] = field(default_factory=dict)
    strays: list[Amount] = field(default_factory=list)
    unit: str | None = None
    line: int | None = None
    used: set[int] = field(default_factory=set)
    bulk: list[list[Amount]] = field(default_factory=list)

    def lines(self) -> set[int]:
        """The lines that are of the table."""
        amounts = [*self.strays, *(each for row in self.rows.values() for each in row.amounts)]
        amounts += [each for group in self.bulk for each in group]
        return self.used | {amount.line for amount in amounts}


def budget_text(document: Document, parts: Iterable[Part], hint: int) -> BudgetText:
    """The table of a document; without years where it has none."""
    found = BudgetText()
    inside = [part for part in parts if part.section == "budget"]
    own = [line for part in inside for line in part.lines if not line.blank]
    rows = [line for line in document.lines if not line.blank and row_label(line.plain) is not None]
    if not rows:
        return found
    found.line = inside[0].line if inside else rows[0].number
    _unit(found, own, inside, rows)
    _years(found, own or document.lines, hint)
    _rows(found, document, {line.number for line in own}, hint)
    return found


def amounts_of(text: str, line: int, document: Document, unit: str | None, hint: int) -> list[Amount]:
    """The amounts of a text that holds nothing else; none where it holds anything else."""
    if not _AMOUNTS.fullmatch(text):
        return []
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text):
        quantity, _ = read_quantity(
            match.group(), year_hint=hint, default_unit=unit, location=document.at(line), place="予算の状況"
        )
        found.append(Amount(match.group(), line, quantity))
    return found


def row_label(text: str) -> tuple[str, str, str | None] | None:
    """The row that a line begins, the amounts' text after it, and the unit that the label states."""
    match = _LABEL.match(text)
    if match is None or match.lastgroup is None:
        return None
    name = next(row for row in ROWS if match[row] is not None)
    rest = text[match.end() :].strip()
    if rest and not _AMOUNTS.fullmatch(rest):
        return None
    unit = _UNIT.search(match.group())
    return name, rest, None if unit is None else unit[1] or unit[2]


def _unit(found: BudgetText, own: list[Line], inside: list[Part], rows: list[Line]) -> None:
    texts = [part.rest for part in inside] + [line.plain for line in (*own, *rows)]
    found.unit = next((unit for text in texts if (unit := unit_in(text)) is not None), None)


def unit_in(text: str) -> str | None:
    """The unit of amounts that a folded text states in brackets, after 「単位」, or as all that it says."""
    match = _UNIT.search(text) or re.fullmatch(r"[(\[]?()((?:千|百万|億|十億|万)?円)[)\]]?", text)
    if match is None:
        return None
    written: str = match[1] or match[2]
    unit = read_unit(written)
    return written if unit is not None and unit.name == YEN else None


def _years(found: BudgetText, lines: Iterable[Line], hint: int) -> None:
    years: list[int] = []
    for line in lines:
        if not _YEARS.fullmatch(line.plain):
            continue
        for text in re.findall(_YEAR, line.plain):
            reading, _ = read_fiscal_year(text.strip(), hint=hint)
            if reading is not None and reading.year not in years:
                years.append(reading.year)
        found.used.add(line.number)
    found.years = tuple(years)


def _rows(found: BudgetText, document: Document, own: set[int], hint: int) -> None:
    """The rows with their amounts, then what stands alone."""
    bare: list[RowText] = []
    lines = [line for line in document.lines if not line.blank]
    alone: list[tuple[int, list[Amount]]] = []
    for index, line in enumerate(lines):
        label = row_label(line.plain)
        if label is None and index and line.number - lines[index - 1].number == 1:
            # A label broken in the middle: 「補正」 and 「予算（b） 0」.
            label = (
                row_label(lines[index - 1].plain + line.plain) if row_label(lines[index - 1].plain) is None else None
            )
        if label is not None:
            name, rest, unit = label
            if not rest and line.number not in own:
                continue
            found.used.add(line.number)
            amounts = amounts_of(rest, line.number, document, unit or found.unit, hint)
            if name in found.rows:
                found.strays += amounts
                continue
            found.rows[name] = row = RowText(name, line.number, amounts)
            if not amounts:
                bare.append(row)
            continue
        amounts = amounts_of(line.plain, line.number, document, found.unit, hint)
        if amounts and (line.number in own or _certain(line.plain)):
            alone.append((index, amounts))
    _alone(found, lines, bare, alone)


def _alone(found: BudgetText, lines: list[Line], bare: list[RowText], alone: list[tuple[int, list[Amount]]]) -> None:
    """Amounts alone on their line: those of a label right before them, those of a table torn in two, and strays."""
    if len(bare) > 1 and len(bare) == len(found.rows):
        found.bulk = [amounts for _, amounts in alone]
        return
    by_line = {row.line: row for row in bare}
    for index, amounts in alone:
        row = by_line.get(lines[index - 1].number) if index else None
        # A single amount after a label may as well be one that fell out of another row.
        if row is not None and not row.amounts and len(amounts) > 1:
            row.amounts, row.beside = amounts, False
        else:
            found.strays += amounts


def _certain(text: str) -> bool:
    """Whether a line of numbers away from the table can be nothing but amounts: with thousands or a sign."""
    return "," in text or text[0] in "△▲"
