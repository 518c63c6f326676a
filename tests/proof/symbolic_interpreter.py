"""The symbolic reading as an interpreter of concrete sheets: every figure free, then held by Z3 to the value that the sheet has.

So the whole way is under test: the admissible inputs must let in every sheet, the formulas must come to the values of the
reference, and Z3 must agree that they do.
"""

from dataclasses import dataclass

from hyotei.proof import formulas as f
from hyotei.proof.domain import Inputs
from hyotei.proof.formula_evaluation import Evaluation
from hyotei.proof.formula_nodes import Compare, Linear, Truth
from hyotei.proof.formulas import conj, neg
from hyotei.proof.guarded_values import GuardedValue, constant, leaf_of
from hyotei.proof.search import used_scopes
from hyotei.proof.sheet_shapes import Place, free_sheet, shape_of
from hyotei.proof.sheet_writing import sheet_of
from hyotei.proof.solver import Solver, Values
from hyotei.proof.symbolic import DecidedFormulas, Reading
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.reference import supposed_outputs
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.sheet.figures import OF_MEASURES
from hyotei.sheet.scopes import SCOPES, unit_key, year_number
from hyotei.sheet.year_series import years_of


@dataclass(frozen=True)
class Held:
    """A free sheet held to a given one: its reading, what decisions come to, and values of everything free."""

    inputs: Inputs
    root: Place
    reading: Reading
    decided: dict[tuple[str, str], DecidedFormulas]
    places: dict[str, Place]
    solver: Solver
    values: Values


def held_to(rulebook: Rulebook, sheet: Sheet, supposed: dict[tuple[str, str], Scalar] | None = None) -> Held:
    """The symbolic reading of a free sheet, held to what the given one states."""
    units = {unit.key: unit for unit in unit_tree(sheet, rulebook).all()}
    inputs = Inputs(rulebook, texts=_texts(sheet))
    given = {key: constant(value) for key, value in (supposed or {}).items()}
    root = free_sheet(shape_of(sheet, "year" in used_scopes(rulebook)), inputs)
    places = {_key(place, sheet): place for place in _all(root)}
    # Names of suppositions are those of the sheet's units; budget years are numbered in a free sheet.
    reading = Reading(rulebook, inputs, {(name, places[key].key): value for (name, key), value in given.items()})
    asked: dict[tuple[str, str], GuardedValue] = {}

    def noted(place: Place, name: str) -> GuardedValue:
        found = inputs.figure(place.scope, place.key, name)
        asked[_key(place, sheet), name] = found
        return found

    for place in _all(root):
        place.figures = noted
    decided = {
        (decision.name, _key(place, sheet)): reading.decide(decision, place)
        for decision in rulebook.decisions
        for place in root.below(decision.scope)
    }
    year = inputs.figure("sheet", "sheet", "fiscal_year").numbers[0][1]
    # A rulebook is proved for the years in which it is in force; here it is read for any.
    assumed = [each for each in inputs.assumed if not _about(each, year)]
    held: list[Truth] = [f.compared("=", year, f.number(sheet.fiscal_year))]
    for (key, name), value in asked.items():
        held.append(_equals(value, units[key].figure(name)))
    for budget_year, place in zip(sheet.budget_years, root.below("budget_year"), strict=True):
        held.append(
            _equals(
                noted(place, "fiscal_year"), units[f"budget_years[{budget_year.fiscal_year}]"].figure("fiscal_year")
            )
        )
    held += (
        _equals(noted(place, "fiscal_year"), units[_key(place, sheet)].figure("fiscal_year"))
        for place in root.below("year")
    )
    if root.below("year"):  # which of them is the year of the measure's own figures hangs on these
        for place in root.below("measure"):
            unit = units[_key(place, sheet)]
            held += (
                _equals(noted(place, name), unit.figure(name)) for name in ("actual.fiscal_year", "target.fiscal_year")
            )
    solver = Solver(60)
    solver.assume(assumed)
    solver.assume(held)
    found = solver.possible()
    assert found.outcome == "yes", f"the admissible inputs leave out a sheet: {found}"
    assert found.values is not None
    return Held(inputs, root, reading, decided, places, solver, found.values)


def written(rulebook: Rulebook, sheet: Sheet) -> Sheet:
    """The sheet that is written from the values to which the free one is held."""
    held = held_to(rulebook, sheet)
    return sheet_of(rulebook, held.inputs, held.root, held.values)


def interpret(rulebook: Rulebook, sheet: Sheet, supposed: dict[tuple[str, str], Scalar] | None = None) -> Derivation:
    """The derivation of a sheet by the symbolic reading."""
    held = held_to(rulebook, sheet, supposed)
    reading, solver = held.reading, held.solver
    evaluation = Evaluation(held.values)
    claims: list[Truth] = []
    steps = {}
    for (name, key), each in held.decided.items():
        decision = rulebook.by_name[name]
        place = held.places[key]
        if (name, place.key) in reading.given:
            value = (supposed or {})[name, key]
            steps[name, key] = Step(name, key, "supposed", (), (), supposed_outputs(decision, value))
            continue
        steps[name, key] = _step(decision, key, each, evaluation, claims, reading, place)
    agreed = solver.possible(neg(conj(*claims)))
    assert agreed.outcome != "yes", "Z3 and the evaluation differ"
    return Derivation(steps)


def _step(
    decision: Decision,
    key: str,
    each: DecidedFormulas,
    evaluation: Evaluation,
    claims: list[Truth],
    reading: Reading,
    place: Place,
) -> Step:
    def computed(value: GuardedValue) -> Scalar:
        found = value.computed(evaluation)
        claims.append(_equals(value, found))
        return found

    body = decision.body
    if isinstance(body, Formula):
        return Step(decision.name, key, "computed", (), (), (computed(each.outputs[0]),))
    assert isinstance(body, Table)
    assert each.answer is not None
    inputs = tuple(computed(value) for value in each.inputs)
    found = answer(decision, body, [computed(standing) for standing in each.answer.standings])
    said = {
        "gap": each.answer.gap,
        "conflict": each.answer.conflict,
        "undecided": f.disj(*each.answer.undecided.values()),
    }
    for outcome, truth in said.items():
        assert evaluation.truth(truth) == (found.outcome == outcome)
    if found.outcome == "fired":
        fired = [number for number, truth in enumerate(each.answer.fired, 1) if evaluation.truth(truth)]
        assert body.policy.startswith("C") or set(fired) <= set(found.rows)
    outputs: tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...] = tuple(computed(value) for value in each.outputs)
    if body.policy == "C":
        values = [
            [reading.output(term, each.inputs, place) for term in body.rows[row - 1].outputs] for row in found.rows
        ]
        outputs = tuple(tuple(computed(value) for value in row) for row in values)
    return Step(decision.name, key, found.outcome, found.rows, inputs, outputs)


def _equals(value: GuardedValue, scalar: Scalar) -> Truth:
    """Whether a value comes out as that of the reference."""
    leaf = leaf_of(scalar)
    if isinstance(leaf, Linear):
        return f.disj(*(conj(guard, f.compared("=", number, leaf)) for guard, number in value.numbers))
    return value.holds(leaf)


def _texts(sheet: Sheet) -> tuple[str, ...]:
    """Every text that rules can read of a sheet."""
    found = {sheet.title, sheet.authority, sheet.recorded.rating or "", sheet.recorded.budget or ""}
    found |= {sheet.recorded.inspection or "", sheet.recorded.improvement or ""}
    found |= {objective.name for objective in sheet.objectives} | {each.name for each in sheet.indicators}
    for measure in sheet.measures:
        found |= {measure.label or ""}
        found |= {getattr(measure, row.field).unit or "" for row in OF_MEASURES}
        found |= {quantity.unit or "" for point in measure.series for quantity in (point.target, point.actual)}
    return tuple(sorted(found))


def _about(truth: Truth, number: Linear) -> bool:
    return isinstance(truth, Compare) and [of for of, _ in truth.number.terms] == [of for of, _ in number.terms]


def _all(root: Place) -> list[Place]:
    return [place for scope in SCOPES for place in root.below(scope)]


def _key(place: Place, sheet: Sheet) -> str:
    if place.scope == "year":
        measure, number = (int(each) for each in place.key.removeprefix("years[").removesuffix("]").split("-#"))
        year = years_of(sheet.measures[measure - 1], sheet.fiscal_year)[number - 1]
        return unit_key("year", year_number(measure, year.fiscal_year))
    if place.scope != "budget_year":
        return place.key
    number = int(place.key.removeprefix("budget_years[#").removesuffix("]"))
    return f"budget_years[{sheet.budget_years[number - 1].fiscal_year}]"


__all__ = ["interpret", "written"]
