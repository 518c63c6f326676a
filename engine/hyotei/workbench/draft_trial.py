"""A draft tried: on its cases, and on a sheet that was read in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, NamedTuple

from hyotei.inference.case_runs import CaseResult, run_case
from hyotei.inference.cases import RulebookCase, cases_in, read_cases
from hyotei.inference.engine import derive
from hyotei.messages import Diagnostic, Text
from hyotei.rulebook.blocks import TableBlock
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.model import RESULTS, Decision, Rulebook, Table
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import header_kind
from hyotei.rulebook.unit_tree import Supposed
from hyotei.rulebook.value_words import ValueText
from hyotei.sheet import Sheet
from hyotei.testing.rulebook_coverage import CoveragePoint, coverage, exercised
from hyotei.workbench.draft_models import DraftRevision
from hyotei.workbench.drafts import cases_file, cases_of

_ONE_AT_A_TIME: Final = Lock()
"""Trials take all of a core: several at once would only make every page slow."""


class RowOfTable(NamedTuple):
    """A row of a table: its decision, its number, and its line in the document."""

    decision: Decision
    number: int
    line: int


@dataclass
class Trial:
    """How the cases came out.

    Attributes:
        tried: the cases with their results.
        problems: what is wrong with the file of the cases by the draft, such as a decision that is gone.
        errors: the draft has errors, so no case was run.
        rulebook: what they were tried by.
        unreached: the rows of its tables that answer in no case.
        rows: how many rows there are.
    """

    tried: list[tuple[RulebookCase, CaseResult]] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    errors: bool = False
    rulebook: Rulebook | None = None
    unreached: list[RowOfTable] = field(default_factory=list)
    rows: int = 0

    @property
    def failed(self) -> list[CaseResult]:
        """The results of the cases that do not hold."""
        return [each for _, each in self.tried if each.problems]


def tried_cases(text: str, cases: str) -> Trial | None:
    """A file of cases by the document `text`; None where it is empty."""
    if not cases.strip():
        return None
    rulebook, _ = check_rulebook(RulebookText.parse(text))
    if rulebook is None:
        return Trial(errors=True)
    with _ONE_AT_A_TIME:
        read, problems = cases_in(cases, rulebook)
        trial = Trial([(each, run_case(each, rulebook)) for each in read], problems, rulebook=rulebook)
        reached, unreached = coverage(rulebook, [exercised(rulebook, each.sheet, each.given) for each in read]).of(
            "row"
        )
    trial.unreached = [_row_of(rulebook, each) for each in unreached]
    trial.rows = len(reached) + len(unreached)
    return trial


def _row_of(rulebook: Rulebook, point: CoveragePoint) -> RowOfTable:
    decision = rulebook.by_name[point.decision]
    assert isinstance(decision.body, Table), "rows are of tables"
    return RowOfTable(decision, point.row, next(row.line for row in decision.body.rows if row.number == point.row))


def readable_cases(now: DraftRevision, rulebook: Rulebook) -> list[RulebookCase]:
    """The cases of a state of a draft that can be read by its rulebook.

    Raises:
        HyoteiError: the file of cases cannot be read at all.
    """
    file = cases_file(now)
    return read_cases(file, rulebook)[0] if file is not None else cases_in(cases_of(now), rulebook)[0]


Seen = Counter[Text]
"""Values with how often each came up, in the order in which they first did."""


@dataclass
class Tried:
    """What a draft makes of a sheet.

    Attributes:
        rows: how often each row answered, by its line in the document.
        results: the rating and the budget recommendation.
        columns: what each column of a table read or gave, by the line of the table and the number of the column.
        formulas: what each formula gave, by the line of its heading.
    """

    rows: Counter[int] = field(default_factory=Counter)
    results: dict[str, Text] = field(default_factory=dict)
    columns: dict[tuple[int, int], Seen] = field(default_factory=dict)
    formulas: dict[int, Seen] = field(default_factory=dict)


def tried_on(rulebook: Rulebook, text: str, sheet: Sheet, given: Supposed | None = None) -> Tried:
    """The rulebook over one sheet; `text` is its document, `given` values that take the place of what comes out."""
    document = RulebookText.parse(text)
    with _ONE_AT_A_TIME:
        derived = derive(rulebook, sheet, given or {})
    tried = Tried()
    for step in derived.steps.values():
        decision = rulebook.by_name[step.decision]
        if isinstance(decision.body, Table):
            if step.outcome == "fired":
                tried.rows.update(row.line for row in decision.body.rows if row.number in step.rows)
            table = next(iter(document.section_of(decision.line).tables), None)
            if table is not None and step.outcome != "supposed":
                for column, value in _columns(decision, decision.body, table, step):
                    tried.columns.setdefault((table.first_line, column), Counter())[value] += 1
        elif (answer := _output(decision, step, 0)) is not None:
            tried.formulas.setdefault(decision.line, Counter())[answer] += 1
    for name in RESULTS:
        found = derived.value(name) if name in rulebook.by_name else None
        if found is not None:
            tried.results[name] = ValueText(found, rulebook.by_name[name].outputs[0].type)
    return tried


def _columns(decision: Decision, body: Table, table: TableBlock, step: Step) -> Iterator[tuple[int, Text]]:
    """What the columns of a table held at one unit."""
    kinds = [header_kind(cell.text, at).kind for at, cell in enumerate(table.header.cells)]
    inputs = (at for at, kind in enumerate(kinds) if kind == "input")
    for at, column, value in zip(inputs, body.inputs, step.inputs, strict=False):
        yield at, ValueText(value, column.type)
    for number, at in enumerate(at for at, kind in enumerate(kinds) if kind == "output"):
        found = _output(decision, step, number)
        if found is not None:
            yield at, found


def _output(decision: Decision, step: Step, number: int) -> Text | None:
    value = step.outputs[number] if number < min(len(step.outputs), len(decision.outputs)) else None
    return None if value is None or isinstance(value, tuple) else ValueText(value, decision.outputs[number].type)
