"""The budget table as printed: its years, its rows with the amounts beside them, and amounts that stand away from any row."""

import re
from collections.abc import Iterable
from dataclasses import field
from functools import lru_cache
from typing import Final

from hyotei.forms.model import Form
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.budget_meaning import MEANINGS, PART, of_no_year, partial, unread
from hyotei.readers.evaluation_text.form_parts import FormPart
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine
from hyotei.readers.evaluation_text.year_heading import Word, YearHeading, word_of, year_heading
from hyotei.readers.words_of_forms import FormWords, budget_rows
from hyotei.sheet.figures import AMOUNTS
from hyotei.sheet.models import Quantity
from hyotei.sheet.notes import reading_note
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import YEN, read_unit

ACCOUNT: Final = r"(?:うち)?(?:一般会計|[^()]{0,20}特別会計|[^()]{0,20}勘定)分?"
"""A name of an account, as a pattern."""
# 翌年度への繰越し before 繰越し, with which its label ends.
ROWS: Final = tuple(row.field for row in sorted(AMOUNTS, key=lambda row: row.field != "carried_forward"))
_STATES: Final = "集計中|未定|未確定|決算前|未決算|調整中"
_PART: Final = r"[〈《<] ?[0-9][0-9,]* ?[〉》>]|[0-9][0-9,]* ?(?:の|\()?(?:内数|うち数)\)?"
_AMOUNT: Final = re.compile(rf"{_PART}|[△▲] ?[0-9][0-9,]*|-[0-9][0-9,]*|[0-9][0-9,]*|-(?= |$)|…|{_STATES}")
_AMOUNTS: Final = re.compile(rf"(?:(?:{_AMOUNT.pattern})(?: |$))+")
_NOTE: Final = r"(?: ?\([^()]{1,16}\))*"
_MORE: Final = "(?: ?(?:の?(?:見込み?|予定|見通し|概算|速報)(?:額|値)?|案))?"

_UNIT: Final = re.compile(
    r"[(\[](?:単位 ?[::] ?)?((?:千|百万|億|十億|万)?円)[)\]]|単位 ?[::] ?((?:千|百万|億|十億|万)?円)"
)
_IN_ACCOUNT: Final = re.compile(rf"\((?:{ACCOUNT})\)")
_WITHIN: Final = re.compile(
    "(?<=平成) (?=[0-9元])|(?<=令和) (?=[0-9元])|(?<=昭和) (?=[0-9元])|(?<=[0-9元]) (?=年度)|(?<=年) (?=度)"
)
_LONGEST_HEADING: Final = 20
_CORNER: Final = re.compile(r"(?:区 ?分|年 ?度|項 ?目)(?= |$)")


@lru_cache(64)
def _label(form: Form) -> re.Pattern[str]:
    """The label of a row as it begins."""
    return re.compile(
        rf"(?:予算の ?)?(?:状況 ?)?(?:\([^()]*円\) ?)?(?:{budget_rows(form)})(?P<more>{_MORE}{_NOTE})(?= |$)"
    )


@lru_cache(64)
def _row(form: Form) -> re.Pattern[str]:
    """A line that looks like a row of the table."""
    return re.compile(
        rf"(?:[^0-9。、△▲]{{2,30}}? (?:{_AMOUNTS.pattern})|(?:{_label(form).pattern}) [^。]*[0-9][^。]*|執行率.*[0-9].*)"
    )


@dataclass(frozen=True, slots=True)
class RowLabel:
    """The label of a row: the field that it names, the word beside it, the rest of its line, and its unit."""

    name: str
    word: Word
    rest: str
    unit: str | None

    @property
    def key(self) -> str:
        """What tells its row from others: 執行額 and 執行額（見込） are two."""
        return self.name if self.word in ("plain", self.name) else f"{self.name}:{self.word}"


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
    """A row: the field its label names, its line, its amounts, whether they stand on that line, and the word beside the label."""

    name: str
    line: int
    amounts: list[Amount]
    beside: bool = True
    word: Word = "plain"


@dataclass(slots=True)
class BudgetText:
    """All that is printed of the table."""

    years: tuple[YearHeading, ...] = ()
    """The columns, in the order in which they are printed."""
    strange: list[tuple[str, int]] = field(default_factory=list)
    """Headings of columns of which it is not understood what they are, with their lines."""
    beside: list[tuple[str, int]] = field(default_factory=list)
    """Headings of columns that are not those of a year."""
    lost: list[tuple[str, int]] = field(default_factory=list)
    """Rows whose label or amounts are not understood, with their lines."""
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


def budget_text(document: SheetText, parts: Iterable[FormPart], hint: int) -> BudgetText:
    """The table of a document; without years where it has none."""
    found = BudgetText()
    inside = [part for part in parts if part.section == "budget"]
    own = [line for part in inside for line in part.lines if not line.blank]
    rows = [line for line in document.lines if not line.blank and row_label(line.plain, document.form) is not None]
    if not rows:
        return found
    found.line = inside[0].line if inside else rows[0].number
    _unit(found, own, inside, rows)
    _years(found, own or document.lines, FormWords(document.form, hint))
    _rows(found, document, {line.number for line in own}, hint)
    return found


def amounts_of(text: str, line: int, document: SheetText, unit: str | None, hint: int) -> list[Amount]:
    """The amounts of a text that holds nothing else; none where it holds anything else."""
    if not _AMOUNTS.fullmatch(text):
        return []
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text):
        quantity, _ = read_quantity(
            match.group(), year_hint=hint, default_unit=unit, location=document.at(line), place="予算の状況"
        )
        found.append(
            Amount(match.group(), line, unread(quantity, reading_note(PART)) if partial(match.group()) else quantity)
        )
    return found


def is_amount(text: str) -> bool:
    """Whether a folded text is amounts and nothing else."""
    return _AMOUNTS.fullmatch(text) is not None


def row_label(text: str, form: Form) -> RowLabel | None:
    """The label of a row that a folded text begins with; None where it begins with none, or goes on with no amounts."""
    match = _label(form).match(text)
    if match is None:
        return None
    name = next(name for name, found in match.groupdict().items() if found is not None and name != "more")
    rest = text[match.end() :].strip()
    if rest and not _AMOUNTS.fullmatch(rest):
        return None
    unit = _UNIT.search(match.group())
    more = re.sub(r"\s", "", match["more"])
    word = word_of(f"予算{more}" if more[:1] == "案" else f"{'決算' if name == 'executed' else ''}{more}", form)
    kind: Word = word if word and word in MEANINGS and word != name else "plain"
    return RowLabel(name, kind, rest, None if unit is None else unit[1] or unit[2])


def _unit(found: BudgetText, own: list[TextLine], inside: list[FormPart], rows: list[TextLine]) -> None:
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


def _years(found: BudgetText, lines: Iterable[TextLine], words: FormWords) -> None:
    """The headings of the columns, on one line or on several, and what stands between them and is none."""
    headings: list[YearHeading] = []
    for line in lines:
        pieces = _headings(line.plain, words)
        if not any(isinstance(each, YearHeading) for each in pieces):
            continue
        texts = [
            each if isinstance(each, str) else each.text
            for each in pieces
            if isinstance(each, str) or each.word is None
        ]
        for text in texts:
            (found.beside if of_no_year(text) else found.strange).append((text, line.number))
        known = {(each.year, each.word) for each in headings}
        headings += [each for each in pieces if isinstance(each, YearHeading) and (each.year, each.word) not in known]
        found.used.add(line.number)
    found.years = tuple(headings)


def _headings(text: str, words: FormWords) -> list[YearHeading | str]:
    """A line as the headings of columns that it consists of; empty where it is anything else."""
    corner = _CORNER.match(text)
    # Blanks may stand within a year: 平成 24 年度.
    texts = _WITHIN.sub("", text[corner.end() if corner is not None else 0 :]).split()
    found: list[YearHeading | str] = []
    for word in texts:
        heading = year_heading(word, words)
        last = found[-1] if found else None
        joined = (
            year_heading(f"{last.text}{word}", words) if heading is None and isinstance(last, YearHeading) else None
        )
        if joined is not None and joined.word is not None:
            found[-1] = joined
        else:
            found.append(heading or word)
    strange = [each for each in found if isinstance(each, str)]
    short = all(len(each) <= _LONGEST_HEADING and "。" not in each for each in strange)
    return found if len(found) > 2 * len(strange) and short else []


def _rows(found: BudgetText, document: SheetText, own: set[int], hint: int) -> None:
    """The rows with their amounts, then what stands alone."""
    bare: list[RowText] = []
    lines = [line for line in document.lines if not line.blank]
    alone: list[tuple[int, list[Amount]]] = []
    of_accounts = _of_accounts((line for line in lines if line.number in own), document.form)
    for index, line in enumerate(lines):
        if line.number in of_accounts:
            # The amount of one account is not that of all.
            found.lost.append((line.plain, line.number))
            found.used.add(line.number)
            continue
        label = row_label(line.plain, document.form)
        if label is None and index and line.number - lines[index - 1].number == 1:
            # A label broken in the middle: 「補正」 and 「予算（b） 0」.
            before = lines[index - 1].plain
            label = row_label(before + line.plain, document.form) if row_label(before, document.form) is None else None
        if label is not None:
            if not label.rest and line.number not in own:
                continue
            found.used.add(line.number)
            amounts = amounts_of(label.rest, line.number, document, label.unit or found.unit, hint)
            if label.key in found.rows:
                found.strays += amounts
                continue
            found.rows[label.key] = row = RowText(label.name, line.number, amounts, word=label.word)
            if not amounts:
                bare.append(row)
            continue
        if line.number in own and _row(document.form).fullmatch(line.plain):
            found.lost.append((line.plain, line.number))
            found.used.add(line.number)
            continue
        amounts = amounts_of(line.plain, line.number, document, found.unit, hint)
        if amounts and (line.number in own or _certain(line.plain)):
            alone.append((index, amounts))
    _alone(found, lines, bare, alone)


def _of_accounts(lines: Iterable[TextLine], form: Form) -> set[int]:
    """The lines of amounts that are told account by account: 当初予算（一般会計） and 当初予算（特別会計）."""
    found: dict[str, list[int]] = {}
    for line in lines:
        label = row_label(line.plain, form)
        if label is not None and label.rest and _IN_ACCOUNT.search(line.plain):
            found.setdefault(label.key, []).append(line.number)
    return {number for numbers in found.values() if len(numbers) > 1 for number in numbers}


def _alone(
    found: BudgetText, lines: list[TextLine], bare: list[RowText], alone: list[tuple[int, list[Amount]]]
) -> None:
    """Amounts alone on their line: those of a label right before them, those of a table torn in two, and strays."""
    behind = _behind(lines, bare, alone)
    if len(bare) > 1 and len(bare) == len(found.rows):
        if sum(map(bool, behind.values())) < 2:
            found.bulk = [amounts for _, amounts in alone]
            return
        # One cell a line: behind each label stand its amounts.
        taken: set[int] = set()
        for label in bare:
            own = [each for index in behind[label.line] for each in dict(alone)[index]]
            if len(own) <= len(found.years):
                label.amounts, label.beside = own, False
                taken.update(behind[label.line])
        found.strays += [each for index, amounts in alone if index not in taken for each in amounts]
        return
    by_line = {row.line: row for row in bare}
    for index, amounts in alone:
        row = by_line.get(lines[index - 1].number) if index else None
        # A single amount after a label may as well be one that fell out of another row.
        if row is not None and not row.amounts and len(amounts) > 1:
            row.amounts, row.beside = amounts, False
        else:
            found.strays += amounts


def _behind(lines: list[TextLine], bare: list[RowText], alone: list[tuple[int, list[Amount]]]) -> dict[int, list[int]]:
    """For the line of each label the positions of the lines of amounts that follow it without anything between."""
    amounts = {index for index, _ in alone}
    labels = {row.line for row in bare}
    found: dict[int, list[int]] = {line: [] for line in labels}
    last: int | None = None
    for index, line in enumerate(lines):
        if line.number in labels:
            last = line.number
        elif index in amounts and last is not None:
            found[last].append(index)
        else:
            last = None
    return found


def _certain(text: str) -> bool:
    """Whether a line of numbers away from the table can be nothing but amounts: with thousands or a sign."""
    return "," in text or text[0] in "△▲"
