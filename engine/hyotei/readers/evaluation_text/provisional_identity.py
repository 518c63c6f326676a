"""What stands in for names of a sheet that nothing prints or gives: they follow from elsewhere or are provisional, and are told."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from hyotei.intake.given_identity import OPTIONS
from hyotei.messages import Diagnostic, Location, Param, Phrase, phrase_of
from hyotei.readers.evaluation_text.authorities import KNOWN
from hyotei.readers.evaluation_text.identity import PrintedIdentity
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine, bare
from hyotei.readers.evaluation_text.year_heading import year_heading
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.fiscal_year_print import NO_YEAR, print_fiscal_year
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, BudgetYear, Source
from hyotei.sheet.notes import reading_note

_HEAD: Final = 40
"""Lines from the beginning among which a document says who made it and when."""
_ERAS: Final = ((13, 2013), (1, 2021))
"""Without any era a year of two digits from 13 on is one of 平成, a smaller one of 令和: policy evaluation began in 平成14年度."""
_BARE: Final = re.compile(r"(?<![0-9])([0-9]{1,2})年度")
_ERA: Final = re.compile("平成|令和|昭和|(?<![A-Z])[HRS][0-9元]|(?<![0-9])20[0-9]{2}(?![0-9])")
_THIS_YEAR: Final = re.compile("(?:今年度|本年度|当年度|当該年度)(?:の)?(?:目標|計画|実績|予算|決算)?[値額]?$")
_DATED: Final = re.compile(r"((?:平成|令和) ?[0-9元]{1,2} ?年度?|20[0-9]{2} ?年度?)")

ReadBudget = Callable[[int, int], Iterable[BudgetYear]]
"""Reads the budget with a year near which its years are, and the evaluated year."""
ReadActuals = Callable[[int], Iterable[int]]
"""The years of which tables print actual figures, with a year near which they are."""


def near_year(document: SheetText) -> int | None:
    """A year near which the years of a document without any era are; None where it prints an era or no year."""
    texts = [line.plain for line in document.lines]
    if any(_ERA.search(text) for text in texts):
        return None
    years = [int(number) for text in texts for number in _BARE.findall(text)]
    return next((near for least, near in _ERAS if years and max(years) >= least), None)


def complete(found: PrintedIdentity, document: SheetText, budget: ReadBudget, actuals: ReadActuals) -> list[Diagnostic]:
    """Gives authority and evaluated year where they are lacking, each marked with where it comes from, and tells so."""
    problems: list[Diagnostic] = []
    if found.authority is None:
        value, how = authority_of_document(document)
        found.authority = value
        problems.append(_told(found, document, "authority", value, how))
    if found.evaluated is None:
        near = found.written or near_of(document)
        year, how = _year(document, budget, actuals, near)
        found.evaluated, found.written = year, found.written or near
        problems.append(_told(found, document, "fiscal_year", print_fiscal_year(year), how))
    return problems


def _told(found: PrintedIdentity, document: SheetText, field: str, value: str, how: Phrase) -> Diagnostic:
    notes = reading_note("reading_notes.provisional", how=how)
    found.sources[field] = Source(text=value, file=document.file, reading="inferred", notes=notes)
    what = phrase_of("evaluation_text.provisional.what", field)
    params: dict[str, Param] = {"what": what, "value": value, "how": how, "option": OPTIONS[field]}
    return Diagnostic("HY682", Location(document.file), params)


def authority_of_document(document: SheetText) -> tuple[str, Phrase]:
    """The one known authority that the head of the document names, or that of the form, or none."""
    heads = [bare(line.plain) for line in _head(document)]
    named = {
        name
        for text in heads
        for name in KNOWN
        if re.search(rf"(?:^|[(\[年度]|シート|調書|書){name}(?:$|[)\]・,0-9])", text)
    }
    longest = {name for name in named if not any(name != other and name in other for other in named)}
    if len(longest) == 1:
        return next(iter(longest)), phrase_of("evaluation_text.provisional.how", "named_above")
    of_form = document.form.values.get("authority")
    if of_form is not None:
        return of_form, phrase_of("evaluation_text.provisional.how", "form")
    nobody = phrase_of("evaluation_text.provisional.value", "authority").text("ja")
    return nobody, phrase_of("evaluation_text.provisional.how", "nothing")


def _head(document: SheetText) -> list[TextLine]:
    return [line for line in document.lines if not line.blank][:_HEAD]


def near_of(document: SheetText) -> int | None:
    """A year near which those without an era are: of the form's years, of the first year in full, or of eras that can be meant."""
    form = document.form
    if form.first_year is not None and form.last_year is not None:
        return (form.first_year + form.last_year) // 2
    for line in document.lines:
        match = _DATED.search(line.plain)
        reading = read_fiscal_year(match[1].replace(" ", ""))[0] if match is not None else None
        if reading is not None:
            return reading.year
    words = FormWords(form, FIRST_YEAR)
    headings = (year_heading(line.plain, words) for line in document.lines if _ERA.search(line.plain))
    return next((heading.year for heading in headings if heading is not None), near_year(document))


def _year(document: SheetText, budget: ReadBudget, actuals: ReadActuals, near: int | None) -> tuple[int, Phrase]:
    way = document.form.values.get("evaluated")
    of_title = dated(document, near)
    if way == "title" and of_title is not None:
        return of_title, phrase_of("evaluation_text.provisional.how", "title")
    if way == "before_title" and of_title is not None:
        return of_title - 1, phrase_of("evaluation_text.provisional.how", "before_title")
    if of_title is not None and any(_THIS_YEAR.match(bare(line.plain)) for line in document.lines):
        # 今年度 is the year of the title, and years such as 前年度 count from the evaluated one.
        return of_title, phrase_of("evaluation_text.provisional.how", "title")
    words = FormWords(document.form, near or FIRST_YEAR)
    if way == "latest_actual" and near is not None and (printed := set(actuals(near))):
        return max(printed), phrase_of("evaluation_text.provisional.how", "actual")
    if near is not None:
        years = budget(near, LAST_YEAR)
        executed = [each.fiscal_year for each in years if each.executed.value is not None]
        if executed:
            return max(executed), phrase_of("evaluation_text.provisional.how", "executed")
        headed = Counter(
            (heading.year, heading.word)
            for line in document.lines
            if len(line.plain) <= 40 and (heading := year_heading(line.plain, words)) is not None
        )
        actual = [year for year, word in headed if word in ("actual", "executed")]
        # What was reached is known of the evaluated year, and of none after that in which the document was made.
        reached = set(actuals(near))
        actual += [year for year in reached if of_title is None or year <= of_title] or reached
        if actual:
            return max(actual), phrase_of("evaluation_text.provisional.how", "actual")
        if of_title is not None:
            return of_title - 1, phrase_of("evaluation_text.provisional.how", "before_title")
        if headed:
            return max(year for year, _ in headed), phrase_of("evaluation_text.provisional.how", "latest")
    return NO_YEAR, phrase_of("evaluation_text.provisional.how", "no_year")


def dated(document: SheetText, near: int | None) -> int | None:
    """The year that the title or another line at the head names; years side by side are headings of a table."""
    head = _head(document)
    of_tables = {
        line.number
        for first, second in pairwise(head)
        if _alone(first) and _alone(second) and bare(first.plain) != bare(second.plain)
        for line in (first, second)
    }
    for line in head:
        match = _DATED.search(line.plain)
        if match is not None and len(line.plain) <= 80 and line.number not in of_tables:
            reading, _ = read_fiscal_year(match[1].replace(" ", ""), hint=near)
            if reading is not None:
                return reading.year
    return None


def _alone(line: TextLine) -> bool:
    """Whether a line is a year and nothing else."""
    match = _DATED.search(line.plain)
    return match is not None and match[0].strip() == line.plain.strip()
