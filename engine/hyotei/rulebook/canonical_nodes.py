"""The table of the canonical form: the tag of every class that a rulebook is made of, and the key of every attribute.

Tags and keys are published (docs/content-hash.md); classes and attributes are ours. Who renames one of ours changes its name here
and no tag or key. When the version of the format rises is written in docs/content-hash.md.
"""

from dataclasses import dataclass, field
from typing import Final

from hyotei.rulebook import model, terms, types
from hyotei.rulebook.values import Unknown


@dataclass(frozen=True, slots=True)
class Node:
    """How instances of one class are written.

    Attributes:
        tag: the published name of the class.
        keys: the published name of each attribute, and the attribute.
        absent: keys that came to the format later, with the value that says what was so before; with it the key is left out.
        outside: attributes that are not written, and why none of them can change a verdict.
    """

    tag: str
    keys: dict[str, str] = field(default_factory=dict)
    absent: dict[str, object] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)


_SPELLING: Final = "spelling; the looked-up form beside it is written"
_WHILE_CHECKED: Final = "known only while a rulebook is checked"
_PLACE: Final = "place in the document"

NODES: Final[dict[type, Node]] = {
    # The rulebook.
    model.Rulebook: Node(
        "rulebook",
        {
            "id": "id",
            "title": "title",
            "authority": "authority",
            "standing": "standing",
            "first_year": "first_year",
            "last_year": "last_year",
            "scales": "scales",
            "parameters": "parameters",
            "decisions": "decisions",
            "laws": "laws",
            "sources": "sources",
            "digits": "digits",
            "rounding": "rounding",
            "english": "english",
            "same_findings": "same_findings",
        },
        absent={"english": {}, "same_findings": ()},
        outside={
            "hash": "the hash itself",
            "file": _PLACE,
            "warnings": "about the document, not in a verdict",
            "carried_over_from": "why it is a draft without a last year, and both are in",
        },
    ),
    model.Scale: Node("scale", {"name": "name", "labels": "labels", "ordered": "ordered"}),
    model.ParameterValue: Node(
        "parameter_values",
        {
            "name": "name",
            "type": "type",
            "dated": "dated",
            "label": "label",
            "source": "source",
            "standing": "standing",
        },
    ),
    model.Dated: Node("dated", {"first": "first", "last": "last", "value": "value"}),
    model.Decision: Node(
        "decision",
        {
            "name": "name",
            "title": "title",
            "scope": "scope",
            "body": "body",
            "outputs": "outputs",
            "audit": "audit",
            "standing": "standing",
            "source": "source",
        },
        outside={"needs": "follows from the body", "line": _PLACE},
    ),
    model.Output: Node("output", {"name": "name", "type": "type"}),
    model.Table: Node("table", {"policy": "policy", "inputs": "inputs", "rows": "rows"}),
    model.Input: Node("input", {"term": "term", "type": "type"}, outside={"text": _SPELLING}),
    model.Row: Node(
        "row",
        {
            "number": "number",
            "checks": "checks",
            "outputs": "outputs",
            "annotation": "annotation",
            "standing": "standing",
            "source": "source",
            "question": "question",
        },
        absent={"question": ""},
        outside={"line": _PLACE},
    ),
    model.Formula: Node("formula", {"term": "term"}, outside={"text": _SPELLING}),
    model.Law: Node(
        "law",
        {
            "kind": "kind",
            "output": "output",
            "input": "input",
            "falls": "falls",
            "input_rises": "input_rises",
            "condition": "condition",
            "consequence": "consequence",
            "scope": "scope",
        },
        outside={"text": _SPELLING},
    ),
    # Terms.
    terms.Constant: Node("constant", {"value": "value"}),
    terms.InputUnknown: Node("unknown_of_inputs"),
    terms.Figure: Node("figure", {"scope": "scope", "name": "name"}),
    terms.Decided: Node("decided", {"scope": "scope", "decision": "decision", "output": "output"}),
    terms.Parameter: Node("parameter", {"name": "name"}),
    terms.Negation: Node("negative", {"operand": "operand"}),
    terms.Calculation: Node("calculation", {"operator": "operator", "left": "left", "right": "right"}),
    terms.Compared: Node("comparison", {"comparator": "comparator", "left": "left", "right": "right"}),
    terms.ComparedEach: Node("comparison_of_each", {"comparator": "comparator", "items": "items", "value": "value"}),
    terms.Both: Node("and", {"left": "left", "right": "right"}),
    terms.Either: Node("or", {"left": "left", "right": "right"}),
    terms.Not: Node("not", {"operand": "operand"}),
    terms.Choice: Node("if", {"condition": "condition", "then": "yes", "else": "no"}),
    terms.Knownness: Node("is_unknown", {"operand": "operand", "reason": "reason"}),
    terms.Matches: Node("in", {"operand": "operand", "check": "check"}),
    terms.Rounded: Node("rounded", {"function": "function", "operand": "operand", "digits": "digits"}),
    terms.Absolute: Node("absolute", {"operand": "operand"}),
    terms.Rank: Node("rank", {"operand": "operand", "values": "values"}),
    terms.Aggregate: Node("aggregate", {"function": "function", "items": "items"}),
    terms.At: Node("at", {"units": "units", "position": "position", "term": "term"}),
    terms.Units: Node("units", {"scope": "scope", "above": "above"}),
    terms.Where: Node("where", {"units": "units", "condition": "condition"}),
    terms.Each: Node("each", {"units": "units", "term": "term"}),
    Unknown: Node("unknown", {"reason": "reason"}),
    # Cells.
    terms.Check: Node("check", {"tests": "tests", "negated": "negated"}),
    terms.Range: Node(
        "range", {"low": "low", "low_closed": "low_closed", "high": "high", "high_closed": "high_closed"}
    ),
    terms.OneOf: Node("one_of", {"values": "values"}),
    terms.Same: Node("same", {"value": "value"}),
    terms.IsUnknown: Node("unknown_cell", {"reason": "reason"}),
    # Types.
    types.NumberType: Node(
        "number_type", {"dimension": "dimension"}, outside={"ends": _WHILE_CHECKED, "factor": _WHILE_CHECKED}
    ),
    types.TextType: Node("text_type"),
    types.BooleanType: Node("boolean_type"),
    types.ScaleType: Node("scale_type", {"name": "name", "values": "values", "ordered": "ordered"}),
    types.AnyType: Node("any_type"),
}
