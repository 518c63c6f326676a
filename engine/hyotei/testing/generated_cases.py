"""Cases for what no case exercises yet, for an analyst to confirm: what is expected in them is what the engine says now.

Of tables about measures and budget years small sheets are drawn; of a table about the sheet its inputs are given, where they
are decisions or figures. Each case is read back and run before it counts.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hyotei.drawing.shrinking import simpler
from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import read_cases
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.reference import Reading, stated_reasons
from hyotei.rulebook.term_words import decision_title, term_title
from hyotei.rulebook.types import Scope
from hyotei.rulebook.unit_tree import Supposed, Unit, unit_tree
from hyotei.rulebook.value_words import case_literal, end_text
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import LISTS
from hyotei.sheet import Sheet
from hyotei.sheet_writers.short_sheet import sketch
from hyotei.testing.input_columns import InputColumn, one_unit
from hyotei.testing.rulebook_coverage import Coverage, CoveragePoint, Exercise, Meter, beside, exercised

WANTED: Final = ("row", "cell", "side")
"""What cases are made for. Each reason of unknown at each input would be more cases than anybody confirms."""
_COMBINATIONS: Final = 20_000


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be confirmed: what it exercises that nothing did before, and its content as data for YAML."""

    name: str
    points: tuple[CoveragePoint, ...]
    data: dict[str, object]


Draw = Callable[[Rulebook, bool, int], Iterable[Sheet]]
"""Draws sheets of a rulebook: with one measure, or of any shape; so many."""


def new_cases(
    rulebook: Rulebook, found: Coverage, draw: Draw, examples: int = 300, language: Language = "ja"
) -> tuple[list[NewCase], tuple[CoveragePoint, ...]]:
    """Cases for the rows, cells and sides of boundaries that were not exercised; and those for which no case was found."""
    maker = _Maker(rulebook, found, language)
    maker.from_sheets(draw(rulebook, True, examples), lambda decision: decision.scope != "sheet")
    maker.from_inputs()
    if maker.open:
        maker.from_sheets(draw(rulebook, False, examples), lambda _: True)
    return maker.cases, tuple(point for point in found.gaps if point in maker.open)


class _Maker:
    """The cases made so far, and what is still to be exercised."""

    def __init__(self, rulebook: Rulebook, found: Coverage, language: Language) -> None:
        self.rulebook, self.language = rulebook, language
        self.meter = Meter(rulebook)
        self.open: dict[CoveragePoint, None] = {}
        for point in found.gaps:
            if point.kind in WANTED:
                if point.kind == "cell" and found.seen.get(point):
                    continue  # it failed alone; what lacks is the row's own answer, which is a point of its own
                self.open[point] = None
        self.cases: list[NewCase] = []

    # -- drawn sheets

    def from_sheets(self, sheets: Iterable[Sheet], fits: Callable[[Decision], bool]) -> None:
        """Takes the sheets that exercise something new, each made as small as it can be."""
        names = {name for name, (decision, _) in self.meter.tables.items() if fits(decision)}
        for sheet in sheets:
            wanted = {point for point in self.exercises(sheet) if point in self.open and point.decision in names}
            if wanted:
                small = sheet
                progress = True
                while progress:
                    smaller = next((each for each in simpler(small) if wanted <= self.exercises(each)), None)
                    progress = smaller is not None
                    small = smaller or small
                self.keep(exercised(self.rulebook, small), sketch(small), {})

    def exercises(self, sheet: Sheet) -> set[CoveragePoint]:
        return {point for _, points in self.meter.steps(exercised(self.rulebook, sheet)) for point in points}

    # -- given inputs

    def from_inputs(self) -> None:
        """Of tables whose inputs can all be given, looks for values that exercise each point."""
        for point in list(self.open):
            if point not in self.open:
                continue
            decision, table = self.meter.tables[point.decision]
            sheet, key = one_unit(self.rulebook, decision.scope)
            unit = next(each for each in unit_tree(sheet, self.rulebook).all() if each.key == key)
            places = [_given_as(column.term, unit, self.rulebook) for column in table.inputs]
            values = self.inputs(point, decision, table, sheet, unit)
            if values is None or any(place is None for place in places):
                continue
            given = {place: value for place, value in zip(places, values, strict=True) if place is not None}
            texts = {
                name if at == "sheet" else f"{name}@{at}": case_literal(value, column.type)
                for ((name, at), value), column in zip(given.items(), table.inputs, strict=False)
            }
            if len(given) == len(places):
                data = {} if decision.scope == "sheet" else _bare(decision.scope, sheet)
                self.keep(exercised(self.rulebook, sheet, given), data, texts)

    def inputs(
        self, point: CoveragePoint, decision: Decision, table: Table, sheet: Sheet, unit: Unit
    ) -> tuple[Scalar, ...] | None:
        """Values of the columns that exercise a point, those first that exercise other boundaries too."""
        reading = Reading(self.rulebook, sheet)
        stated = [stated_reasons(table, at) for at in range(len(table.inputs))]
        columns = self.meter.columns(decision.name, sheet.fiscal_year)

        def holds(row: int, at: int, value: Scalar) -> Scalar:
            return reading.check(table.rows[row - 1].checks[at], value, stated[at], unit)

        def allowed(at: int, value: Scalar) -> bool:
            match point.kind:
                case "row":
                    return holds(point.row, at, value) is True
                case "cell":
                    return holds(point.row, at, value) is (at != point.column)
                case _:
                    return at != point.column or point in self.points_of(point.decision, at, value, columns[at])

        def preferred(at: int) -> list[Scalar]:
            found = [value for value in columns[at].values if allowed(at, value)]
            new = {
                value: any(each in self.open for each in self.points_of(point.decision, at, value, columns[at]))
                for value in found
            }
            return sorted(found, key=lambda value: (isinstance(value, Unknown), not new[value]))

        try:
            options = [preferred(at) for at in range(len(columns))]
            for values in islice(product(*options), _COMBINATIONS):
                standings = reading.standings(table, values, unit)
                found = answer(decision, table, standings)
                if point.kind == "row" and not (found.outcome == "fired" and point.row in found.rows):
                    continue
                if point.kind == "cell" and found.outcome == "undecided":
                    continue
                return values
        except KeyError:
            return None  # A cell reads a decision, which there is none of on a bare sheet.
        return None

    def points_of(self, decision: str, at: int, value: Scalar, column: InputColumn) -> list[CoveragePoint]:
        if not isinstance(value, Decimal):
            return []
        return [CoveragePoint("side", decision, 0, at, end, side) for end, side in beside(value, column)]

    # -- keeping

    def keep(self, exercise: Exercise, sheet: dict[str, object], given: dict[str, object]) -> None:
        """Adds the case if it still exercises something new when it is read back as it is written."""
        points: dict[CoveragePoint, str] = {}
        for step, found in self.meter.steps(exercise):
            for point in found:
                if point in self.open:
                    points.setdefault(point, step.unit)
        if not points:
            return
        expect, findings = self.expected(exercise.derivation, points, exercise.sheet)
        name = self.name(points)
        data: dict[str, object] = {"name": name, "unconfirmed": True}
        if sheet:
            data["sheet"] = sheet
        if given:
            data["given"] = given
        if expect:
            data["expect"] = expect
        if findings is not None:
            data["findings"] = findings
        again = read_back(data, self.rulebook)
        if again is None or not set(points) <= {
            point for _, found in self.meter.steps(exercised(self.rulebook, *again)) for point in found
        }:
            return
        for point in points:
            del self.open[point]
        self.cases.append(NewCase(name, tuple(points), data))

    def expected(
        self, derivation: Derivation, points: dict[CoveragePoint, str], sheet: Sheet
    ) -> tuple[dict[str, object], list[str] | None]:
        """What the engine says now: of decisions their values, of audit tables the codes of all findings."""
        expect: dict[str, object] = {}
        audits = False
        for point, unit in points.items():
            decision = self.rulebook.by_name[point.decision]
            if decision.audit:
                audits = True
                continue
            value = derivation.value(point.decision, unit)
            if value is not None:
                alone = len(unit_tree(sheet, self.rulebook).below(decision.scope)) == 1
                expect[point.decision if alone else f"{point.decision}@{unit}"] = case_literal(
                    value, decision.outputs[0].type
                )
        if not audits:
            return expect, None
        codes = [
            str(outputs[0])
            for step in derivation.steps.values()
            if self.rulebook.by_name[step.decision].audit
            for outputs in step.outputs
            if isinstance(outputs, tuple)
        ]
        return expect, codes

    def name(self, points: dict[CoveragePoint, str]) -> str:
        first = next(point for kind in WANTED for point in points if point.kind == kind)
        more = len(points) - 1
        said = point_text(first, self.rulebook, self.language)
        if more:
            return wording(self.language)("testing.to_confirm_some", point=said, count=more)
        return wording(self.language)("testing.to_confirm", point=said)


def read_back(data: dict[str, object], rulebook: Rulebook) -> tuple[Sheet, Supposed] | None:
    """The sheet and the given values of a case as its file would be read; None where it cannot be, or does not hold."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "cases.yaml"
        file.write_text(cases_yaml([data], ""), encoding="utf-8")
        cases, problems = read_cases(file, rulebook)
    if len(cases) != 1 or any(problem.severity == "error" for problem in problems):
        return None
    return None if run_case(cases[0], rulebook).problems else (cases[0].sheet, cases[0].given)


def cases_yaml(cases: Sequence[dict[str, object]], comment: str) -> str:
    """Cases as the file that people read: one below the other, what is small on one line."""
    import yaml

    parts = [
        yaml.safe_dump([case], allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)
        for case in cases
    ]
    indented = ["".join(f"  {line}\n" for line in part.splitlines()) for part in parts]
    return f"{comment}cases:\n\n" + "\n".join(indented)


def _given_as(term: t.Term, unit: Unit, rulebook: Rulebook) -> tuple[str, str] | None:
    """How a case gives the value of a column: by the name of its decision or figure, at the unit it is read of."""
    match term:
        case t.Decided(scope, name, output) if rulebook.by_name[name].outputs[0].name == output:
            return name, unit.up(scope).key
        case t.Figure(scope, name) if name != "fiscal_year" and _widest(name, rulebook) == scope:
            return name, unit.up(scope).key
        case _:
            return None


def _widest(name: str, rulebook: Rulebook) -> Scope | None:
    """The scope at which a case looks a figure up: the widest that has it."""
    scopes: tuple[Scope, ...] = ("sheet", *LISTS.values())
    return next((scope for scope in scopes if rulebook.figure(scope, name) is not None), None)


def _bare(scope: str, sheet: Sheet) -> dict[str, object]:
    """A sheet in which nothing is stated of its one unit."""
    return {"budget": [{"fiscal_year": str(sheet.fiscal_year)}]} if scope == "budget_year" else {"measures": [{}]}


def point_text(point: CoveragePoint, rulebook: Rulebook, language: Language) -> str:
    """A point in words."""
    say = wording(language)
    decision = rulebook.by_name[point.decision]
    table = decision.body
    assert isinstance(table, Table), "points are of tables"
    title = decision_title(decision, rulebook, language)
    column = "" if point.column < 0 else term_title(table.inputs[point.column].term, rulebook, language)
    match point.kind:
        case "row":
            return say("testing.point.row", title=title, row=point.row)
        case "cell":
            return say("testing.point.cell", title=title, row=point.row, column=column)
        case "side":
            assert point.at is not None, "a side is of a boundary"
            end = end_text(point.at, table.inputs[point.column].type, language)
            return say.one_of("testing.point_side", point.what, title=title, column=column, end=end)
        case _:
            return say("testing.point.unknown", title=title, column=column, reason=point.what)
