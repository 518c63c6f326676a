"""The budget table as printed: its years, its rows with the amounts beside them, and amounts that stand away from any row."""

import re
from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal
from functools import reduce
from typing import Final

from hyotei.base import exact
from hyotei.forms.model import Form
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.account_lines import ACCOUNT, Accounts, accounts, blocks_of_accounts, of_an_account
from hyotei.readers.evaluation_text.budget_meaning import of_no_year, unread
from hyotei.readers.evaluation_text.budget_rows import (
    Amount,
    amounts_of,
    is_amount,
    row_label,
    row_like,
    unit_in,
)
from hyotei.readers.evaluation_text.form_parts import FormPart
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine
from hyotei.readers.evaluation_text.year_heading import Word, YearHeading, year_heading
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.notes import reading_note

_IN_ACCOUNT: Final = re.compile(rf"\((?:{ACCOUNT})\)")
_WITHIN: Final = re.compile(
    "(?<=平成) (?=[0-9元])|(?<=令和) (?=[0-9元])|(?<=昭和) (?=[0-9元])|(?<=[0-9元]) (?=年度)|(?<=年) (?=度)"
)
_LONGEST_HEADING: Final = 20
_NOTHING: Final = Decimal(0)
_CORNER: Final = re.compile(r"(?:区 ?分|年 ?度|項 ?目)(?= |$)")


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
    parts: list[tuple[str, int, bool]] = field(default_factory=list)
    """Rows of one account, with their lines, and whether their sum was read."""
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
    told = _told_by_account(own, document.form)
    if not rows and not told:
        return found
    found.line = inside[0].line if inside else rows[0].number
    _unit(found, own, inside, rows)
    _years(found, own or document.lines, FormWords(document.form, hint))
    below = _below(found, told, own, document, hint)
    _rows(found, document, {line.number for line in own}, below, hint)
    return found


def _unit(found: BudgetText, own: list[TextLine], inside: list[FormPart], rows: list[TextLine]) -> None:
    texts = [part.rest for part in inside] + [line.plain for line in (*own, *rows)]
    found.unit = next((unit for text in texts if (unit := unit_in(text)) is not None), None)


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


def _rows(found: BudgetText, document: SheetText, own: set[int], below: set[int], hint: int) -> None:
    """The other rows with their amounts, then what stands alone."""
    bare: list[RowText] = []
    lines = [line for line in document.lines if not line.blank]
    alone: list[tuple[int, list[Amount]]] = []
    of_accounts = _of_accounts((line for line in lines if line.number in own), document.form)
    for index, line in enumerate(lines):
        if line.number in below:
            continue
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
        if _not_understood(line, own, document.form):
            found.lost.append((line.plain, line.number))
            found.used.add(line.number)
            continue
        amounts = amounts_of(line.plain, line.number, document, found.unit, hint)
        if amounts and (line.number in own or _certain(line.plain)):
            alone.append((index, amounts))
    _alone(found, lines, bare, alone)


def _not_understood(line: TextLine, own: set[int], form: Form) -> bool:
    """Whether a line without a known label is a row of the table all the same."""
    if own:
        return line.number in own and row_like(form).fullmatch(line.plain) is not None
    # Without a heading nothing says where the table begins and ends, but a line of an account is of no other table.
    return of_an_account(line.plain, is_amount)


def _of_accounts(lines: Iterable[TextLine], form: Form) -> set[int]:
    """The lines of amounts that are told account by account: 当初予算（一般会計） and 当初予算（特別会計）."""
    found: dict[str, list[int]] = {}
    for line in lines:
        label = row_label(line.plain, form)
        if label is not None and label.rest and _IN_ACCOUNT.search(line.plain):
            found.setdefault(label.key, []).append(line.number)
    return {number for numbers in found.values() if len(numbers) > 1 for number in numbers}


def _told_by_account(lines: list[TextLine], form: Form) -> list[Accounts]:
    """The kinds of amounts that are told account by account, on lines or in blocks of their own."""

    def is_kind(text: str) -> bool:
        label = row_label(text, form)
        return label is not None and not label.rest

    def row_of(text: str) -> tuple[str, str] | None:
        label = row_label(text, form)
        return (text.removesuffix(label.rest).strip(), label.rest) if label is not None and label.rest else None

    return accounts(lines, is_kind, is_amount) or blocks_of_accounts(lines, row_of)


def _below(found: BudgetText, told: list[Accounts], own: list[TextLine], document: SheetText, hint: int) -> set[int]:
    """Takes the kinds of amounts that are told account by account; gives their lines."""
    repeated = len(told) > 1 and all(each.sum is not None for each in told)
    texts = {line.number: line.plain for line in document.lines}
    of_accounts = {line for each in told for line in (each.heading, *each.parts, *(each.sum or ())[:1])}
    rows = [row_label(line.plain, document.form) for line in own if line.number not in of_accounts]
    plain_rows = {label.key for label in rows if label is not None and label.rest}
    taken: set[int] = set()
    for each in told:
        label = row_label(each.kind, document.form)
        # Where the kind has a row of its own, that is the amount of all.
        if label is None or label.key in found.rows or label.key in plain_rows:
            continue
        unit = label.unit or found.unit
        parts = [amounts_of(rest, line, document, unit, hint) for line, rest in each.parts.items()]
        whole = [] if each.sum is None else amounts_of(each.sum[1], each.sum[0], document, unit, hint)
        # 合計 once in a table may be that of all kinds; it is the sum of accounts where every kind has one, or where it adds up.
        summed = bool(whole) and (repeated or _adds_up(parts, whole))
        amounts = whole if summed else [_any_of(column) for column in _columns(parts, len(found.years))]
        line = amounts[0].line
        found.rows[label.key] = RowText(label.name, line, amounts, word=label.word)
        found.parts += [(texts[part], part, summed) for part in each.parts]
        taken |= {each.heading, line, *each.parts}
    found.used |= taken
    return taken


def _columns(parts: list[list[Amount]], years: int) -> list[tuple[Amount, ...]]:
    """The amounts of accounts year by year; all of them for every year where a blank leaves it open which year they are of."""
    if all(len(part) == years for part in parts):
        return list(zip(*parts, strict=True))
    return [tuple(amount for part in parts for amount in part)] * years


def _adds_up(parts: list[list[Amount]], whole: list[Amount]) -> bool:
    """Whether printed sums are those of the rows, column by column."""
    columns = list(zip(*parts, whole, strict=False))
    known = [[amount.quantity.value for amount in column] for column in columns]
    return len(columns) == len(whole) and all(
        None not in each and reduce(exact.add, (value or _NOTHING for value in each[:-1])) == each[-1] for each in known
    )


def _any_of(column: tuple[Amount, ...]) -> Amount:
    """No amount, with those of the accounts as candidates."""
    texts = tuple(amount.text for amount in column)
    open_ = unread(column[0].quantity, reading_note("reading_notes.several_figures_fit"))
    assert open_.source is not None, "an amount that was read has its source"
    source = open_.source.model_copy(update={"reading": "ambiguous", "candidates": texts})
    return Amount(" ".join(texts), column[0].line, open_.model_copy(update={"source": source}))


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
