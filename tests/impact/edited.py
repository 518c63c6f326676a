"""Rulebooks with a few edits, and rating by the reference, for the tests of impact."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from hyotei.impact.affected_decisions import ordered
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Output, Rulebook, Scale, Table
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType
from hyotei.sheet import Sheet


def results(rulebook: Rulebook, sheet: Sheet, name: str) -> str | None:
    """A result of one sheet, by the reference."""
    found = evaluate(rulebook, sheet).value(name)
    return found if isinstance(found, str) else None


def numbered(drawn: Sequence[Sheet]) -> list[Sheet]:
    return [sheet.model_copy(update={"id": f"s{number:03}"}) for number, sheet in enumerate(drawn)]


def renumbered(decision: Decision, rows: Sequence[Any], **table: Any) -> Decision:
    assert isinstance(decision.body, Table)
    fresh = tuple(replace(row, number=number) for number, row in enumerate(rows, 1))
    return replace(decision, body=replace(decision.body, rows=fresh, **table))


@st.composite
def edited(draw: st.DrawFn, rulebook: Rulebook) -> Rulebook:
    """The rulebook with one to four edits of its tables: rows gone, doubled, moved, cells and outputs of other rows."""
    decisions = {each.name: each for each in rulebook.decisions}
    tables = [each.name for each in rulebook.decisions if isinstance(each.body, Table)]
    for _ in range(draw(st.integers(1, 4)) if tables else 0):
        decision = decisions[draw(st.sampled_from(tables))]
        body = decision.body
        assert not isinstance(body, Formula)
        rows = list(body.rows)
        at, other = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["remove", "double", "move", "cell", "output"])):
            case "remove" if len(rows) > 1:
                rows.pop(at)
            case "double":
                rows.insert(other, rows[at])
            case "move":
                rows.insert(other, rows.pop(at))
            case "cell" if body.inputs:
                column = draw(st.integers(0, len(body.inputs) - 1))
                checks = list(rows[at].checks)
                checks[column] = rows[other].checks[column]
                rows[at] = replace(rows[at], checks=tuple(checks))
            case _:
                rows[at] = replace(rows[at], outputs=rows[other].outputs)
        decisions[decision.name] = renumbered(decision, rows)
    found = ordered(decisions.values())
    assert found is not None
    return replace(rulebook, decisions=found, hash=rulebook.hash + "'")


def rated(rulebook: Rulebook, data: st.DataObject) -> Rulebook:
    """The rulebook with a rating that rests on one of its decisions, whatever unit and type that has."""
    read: list[t.Term] = []
    for decision in rulebook.decisions:
        listed = isinstance(decision.body, Table) and decision.body.policy == "C"
        if not listed:
            read.append(_truth(decision, data.draw(st.sampled_from([Decimal(0), Decimal(1), Decimal("0.5")]))))
    assume(read)
    term = data.draw(st.sampled_from(read))
    # Tests of the recorded rating hold its scale, so that stays as it is.
    scale = rulebook.scales.get("rating", Scale("rating", {"A": "", "B": ""}, True))
    values = tuple(scale.labels)
    assume(len(values) > 1)
    rating = Decision(
        "rating",
        "",
        "sheet",
        Formula("", t.Choice(term, t.Constant(values[0]), t.Constant(values[1]))),
        (Output("rating", ScaleType("rating", values, scale.ordered)),),
        (),
    )
    found = ordered([*(each for each in rulebook.decisions if each.name != "rating"), rating])
    assume(found is not None)
    assert found is not None
    return replace(rulebook, decisions=found, scales={**rulebook.scales, "rating": scale})


def _truth(decision: Decision, limit: Decimal) -> t.Term:
    """Something of the sheet that is true or false, and rests on the decision."""
    output = decision.outputs[0]
    value: t.Term = t.Decided(decision.scope, decision.name, output.name)
    if isinstance(output.type, NumberType):
        if decision.scope != "sheet":
            value = t.Aggregate("max", t.Each(t.Units(decision.scope, "sheet"), value))
        return t.Compared(">=", value, t.Constant(limit))
    if not isinstance(output.type, BooleanType):
        values = getattr(output.type, "values", ("A",))
        value = t.Matches(value, t.Check((t.OneOf(tuple(values[:1])),)))
    if decision.scope == "sheet":
        return value
    return t.Aggregate("any", t.Each(t.Units(decision.scope, "sheet"), value))
