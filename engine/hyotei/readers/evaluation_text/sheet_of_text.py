"""The text of an evaluation sheet as a `Sheet`: the parts are found, then each is read, then they are put together."""

import re
from collections.abc import Iterable
from typing import Final, Protocol

from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.messages import Diagnostic, Listed, Location, phrase, phrase_of
from hyotei.readers.evaluation_text.achievement import Achievement, achievements
from hyotei.readers.evaluation_text.budget import budget_years
from hyotei.readers.evaluation_text.budget_table import budget_text
from hyotei.readers.evaluation_text.cell_placement import place
from hyotei.readers.evaluation_text.doubtful_names import tell_names
from hyotei.readers.evaluation_text.form_parts import FormPart, parts_of
from hyotei.readers.evaluation_text.identity import (
    NO_LABELS,
    PrintedIdentity,
    identifier,
    identity_of,
    provisional_title,
)
from hyotei.readers.evaluation_text.measures import MeasureReader
from hyotei.readers.evaluation_text.measures_table import MeasureRow, MeasuresText, measures_text
from hyotei.readers.evaluation_text.objectives import objectives_of, ordered
from hyotei.readers.evaluation_text.parts_not_found import with_unread
from hyotei.readers.evaluation_text.provisional_identity import ReadActuals, complete
from hyotei.readers.evaluation_text.rating_marks import recorded_of
from hyotei.readers.evaluation_text.text_lines import SheetText, joined, narrow, sheet_text_of
from hyotei.readers.evaluation_text.year_tags import spread_tags
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES
from hyotei.sheet.models import BudgetYear, Indicator, Objective, Sheet
from hyotei.sheet.models import Identity as SheetIdentity

LONGEST: Final = 500_000
"""Characters of a text at most; a sheet has some ten thousand."""
_SNIFFED: Final = 100_000
_WORDS: Final = (
    "評価書", "政策名", "基本目標", "測定指標", "施策目標", "基準", "実績", "評価区分", "当初予算", "執行額", "目標の達成状況"
)  # fmt: skip
_KEYS: Final = "schema|id|title|fiscal_year|objectives|indicators|measures|budget"
_STRUCTURED: Final = re.compile(rf"^(?:[{{<]|\s*(?:{_KEYS})\s*:)", re.MULTILINE)


def sniff(text: str) -> float:
    """How sure it is that a text is an evaluation sheet as PDF tools give it: 0 not at all, 1 quite."""
    sample = re.sub(r"[ \u3000\t]+", "", text[:_SNIFFED])
    if _STRUCTURED.search(sample):
        return 0.0
    return min(1.0, sum(1 for word in _WORDS if word in sample) / 7)


def read_evaluation_text(
    text: str, file: str | None = None, given: GivenIdentity = NOTHING
) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The sheet that a text prints, and what a person should know about its reading.

    Args:
        text: the text of one evaluation sheet (評価書), its lines in any order that PDF tools give them.
        file: name of the file, for the places of figures and problems.
        given: what the user says of the sheet in place of what it prints.

    Returns:
        The sheet, or None where its authority or its evaluated year is neither printed nor given; and the diagnostics
        (HY252 to HY279) in the order of the text. A figure is `stated` where it stands in its place, `inferred` with
        the reason where it was placed, and `ambiguous`, without a value and with its candidates, where several fit.
    """
    if len(text) > LONGEST:
        return None, (Diagnostic("HY259", Location(file), {"limit": f"{LONGEST:,}"}),)
    sheet, problems = sheet_of(sheet_text_of(text, file), given=given)
    return None if sheet is None else with_unread(sheet), problems


class Tables(Protocol):
    """What is known from tables with rows and columns, in place of what the text of a form would give."""

    def budget(self, hint: int, evaluated: int, problems: list[Diagnostic]) -> tuple[BudgetYear, ...] | None:
        """The budget years; None where no table tells them."""

    def objectives(
        self, hint: int, evaluated: int, title: str, items: list[Achievement], problems: list[Diagnostic]
    ) -> tuple[Objective, ...] | None:
        """The objectives with their indicators; None where no table tells them."""

    def labels(self) -> dict[str, tuple[str, int]]:
        """The texts and lines of labelled values, by the item that the form says they are."""

    @property
    def title_is_labelled(self) -> bool:
        """Whether the title among the labels surely is that of the sheet, whatever the text names."""

    def used(self) -> set[int]:
        """The lines of the tables that were understood."""

    def actual_years(self, hint: int) -> set[int]:
        """The years of which the tables print actual figures."""


def sheet_of(
    document: SheetText, tables: Tables | None = None, given: GivenIdentity = NOTHING
) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """The same of a document; what `tables` tells is not looked for in the text."""
    parts = parts_of(document)
    labels = tables.labels() if tables is not None else NO_LABELS

    def actuals(near: int) -> set[int]:
        return tables.actual_years(near) if tables is not None else set()

    surely = ("title",) if tables is not None and tables.title_is_labelled else ()
    identity, problems = identity_of(document, parts, given, labels, lambda year: year in actuals(year), surely)
    lacking = [
        phrase_of("evaluation_text.provisional.what", name)
        for name, value in (("authority", identity.authority), ("fiscal_year", identity.evaluated))
        if value is None
    ]
    if lacking:
        problems += _completed(identity, document, parts, tables, given, actuals)
    title, authority, year = identity.title, identity.authority, identity.evaluated
    assert title is not None, "a sheet without a title is called by its file"
    assert authority is not None, "an authority is put provisionally"
    assert year is not None, "an evaluated year is put provisionally"
    hint = identity.written or year
    years = tables.budget(hint, year, problems) if tables is not None else None
    used = tables.used() if tables is not None else set()
    if years is None:
        printed = budget_text(document, parts, hint)
        years, more = budget_years(printed, document, year)
        problems += more
        used = used | printed.lines()
    items = achievements(parts)
    objectives = tables.objectives(hint, year, title, items, problems) if tables is not None else None
    if objectives is None:
        table = measures_text(document, parts, used, hint, year, [item.head for item in items])
        indicators = _indicators(table, document, year, problems)
        objectives = objectives_of(table, items, indicators, title, document, problems) if indicators else ()
    if lacking and not figures_of(objectives, years):
        return None, (Diagnostic("HY252", Location(document.file), {"what": Listed(tuple(lacking))}),)
    tell_names(objectives, document, problems)
    recorded, more = recorded_of(document, parts)
    problems += more
    sheet = Sheet(
        id=identity.id or title,
        title=title,
        authority=authority,
        number=identity.number,
        policy=identity.policy,
        field=identity.field,
        scheme=identity.scheme or narrow(labels.get("scheme", ("", 0))[0]) or None,
        fiscal_year=year,
        goal=_goal(parts) or narrow(labels.get("goal", ("", 0))[0]) or None,
        objectives=objectives,
        budget_years=years,
        recorded=recorded,
        document=identity.document,
        identity=SheetIdentity(**identity.sources),
    )
    return sheet, tuple(sorted(problems, key=lambda each: each.location.line or 0))


def _completed(
    identity: PrintedIdentity,
    document: SheetText,
    parts: list[FormPart],
    tables: Tables | None,
    given: GivenIdentity,
    actuals: ReadActuals,
) -> list[Diagnostic]:
    """Puts provisionally what nothing names, each told."""

    def budget(near: int, evaluated: int) -> Iterable[BudgetYear]:
        years = tables.budget(near, evaluated, []) if tables is not None else None
        return years if years is not None else budget_years(budget_text(document, parts, near), document, evaluated)[0]

    problems = complete(identity, document, budget, actuals)
    if identity.title is None:
        problems.append(provisional_title(identity, document))
    identity.id = given.id or identifier(identity)
    return problems


def figures_of(objectives: Iterable[Objective], years: Iterable[BudgetYear]) -> bool:
    """Whether any figure was found, known or not."""
    measures = [each for objective in objectives for indicator in objective.indicators for each in indicator.measures]
    quantities = [getattr(each, row.field) for each in measures for row in OF_MEASURES if row.quantity]
    quantities += [getattr(each, row.field) for each in years for row in OF_BUDGET_YEARS if row.quantity]
    points = [point for each in measures for point in each.series]
    quantities += [each for point in points for each in (point.target, point.actual)]
    return any(each.source is not None and any(map(str.isdigit, each.source.text)) for each in quantities)


def _indicators(
    table: MeasuresText, document: SheetText, year: int, problems: list[Diagnostic]
) -> list[tuple[MeasureRow, Indicator]]:
    """The indicators in their order, each with its row."""
    if not table.rows:
        part = phrase("evaluation_text.part.measures")
        problems.append(Diagnostic("HY257", document.at(table.line), {"part": part}))
    elif table.order is None:
        problems.append(Diagnostic("HY278", document.at(table.line)))
    for cell in (*table.orphans, *(cell for row in table.rows for cell in row.cells)):
        cell.settle(year)
    placed = place(table, year)
    if not placed.complete:
        problems.append(Diagnostic("HY277", document.at(table.line)))
    problems += [
        Diagnostic("HY266", document.at(tags.line), {"count": str(len(tags.years))})
        for tags in spread_tags(placed, table.tags, table.order, year)
    ]
    problems += [Diagnostic("HY270", document.at(cell.line), {"text": cell.text[:40]}) for cell in placed.left]
    problems += [Diagnostic("HY275", document.at(line), {"text": text[:40]}) for text, line in table.unread]
    reader = MeasureReader(document, problems, year)
    return [
        (
            row,
            Indicator(
                number=number, name=row.name, measures=reader.measures(row.name, row.line, placed.slots[row.position])
            ),
        )
        for row, number in ordered(table.rows, document, problems)
    ]


def _goal(parts: list[FormPart]) -> str | None:
    """The text under the heading of the goal."""
    for part in parts:
        lines = [line for line in part.lines if not line.blank]
        if part.section == "goal" and lines:
            return joined(lines)
    return None
