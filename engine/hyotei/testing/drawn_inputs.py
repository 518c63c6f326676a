"""The inputs of one table as a Hypothesis strategy, and what the real engine answers to them."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from hyotei.inference.engine import derive
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Decision, Formula, Output, Rulebook, Table
from hyotei.rulebook.terms import Constant, Decided
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.testing.input_columns import InputColumn, columns, one_unit, the_table

Inputs = Mapping[str, Scalar]
"""A value for each input column, by the column's expression as written."""


def inputs(rulebook: Rulebook, decision: str, *, fiscal_year: int | None = None) -> st.SearchStrategy[Inputs]:
    """The inputs that a table can be asked about: on, just under and just over each boundary of each column, and unknown.

    A value for each input column, by its expression as written; numbers between the boundaries are drawn too. They shrink
    towards the values that the upper rows name.

    Raises:
        HyoteiError: there is no such decision, or it is no table.

    Example:
        >>> from hyotei import load_rulebook
        >>> strategy = inputs(load_rulebook("mic-2013"), "budget")
    """
    found = columns(rulebook, decision, fiscal_year)
    return st.fixed_dictionaries({column.text: _values(column) for column in found})


def _values(column: InputColumn) -> st.SearchStrategy[Scalar]:
    telling = st.sampled_from(column.values)
    numbers = [value for value in column.values if isinstance(value, Decimal)]
    if not numbers:
        return telling
    low, high = min(numbers), max(numbers)
    if column.whole:
        return st.one_of(telling, st.integers(int(low), int(high)).map(Decimal))
    return st.one_of(telling, st.decimals(low, high, allow_nan=False, allow_infinity=False, places=6))


def decide(rulebook: Rulebook, decision: str, values: Inputs, *, fiscal_year: int | None = None) -> Step:
    """What the table answers to these inputs, by durable-rules: rows, outcome and outputs.

    Where a cell or an output of the table reads something else than its inputs, that has the value it has on an empty sheet.

    Raises:
        HyoteiError: there is no such decision, or it is no table.
        KeyError: a column has no value.
    """
    owner, table = the_table(rulebook, decision)
    alone = _alone(rulebook, owner, table)
    sheet, key = one_unit(rulebook, owner.scope, fiscal_year)
    given = {(_stub(at), key): values[column.text] for at, column in enumerate(table.inputs)}
    return derive(alone, sheet, given).steps[decision, key]


_known: "OrderedDict[tuple[str, str], Rulebook]" = OrderedDict()


def _stub(at: int) -> str:
    """The name of a decision that stands for an input column; no name of a rulebook has a blank."""
    return f"input {at}"


def _alone(rulebook: Rulebook, owner: Decision, table: Table) -> Rulebook:
    """The rulebook with the table reading one stub for each column, whose values can then be given."""
    key = rulebook.hash, owner.name
    found = _known.get(key)
    if found is None:
        stubs = tuple(
            Decision(
                name=_stub(at),
                title=column.text,
                scope=owner.scope,
                body=Formula("unknown", Constant(Unknown("missing"))),
                outputs=(Output(_stub(at), column.type),),
                needs=(),
            )
            for at, column in enumerate(table.inputs)
        )
        inner = tuple(
            replace(column, term=Decided(owner.scope, _stub(at), _stub(at))) for at, column in enumerate(table.inputs)
        )
        names = tuple(stub.name for stub in stubs)
        asked = replace(owner, body=replace(table, inputs=inner), needs=(*owner.needs, *names))
        kept = rulebook.toward(owner.name)
        decisions = tuple(asked if each.name == owner.name else each for each in kept.decisions)
        found = replace(kept, decisions=(*stubs, *decisions), hash=f"{rulebook.hash} {owner.name}")
        _known[key] = found
        while len(_known) > 16:
            _known.popitem(last=False)
    return found
