"""The table of the canonical form: the tag of every class that a rulebook is made of, and the key of every attribute.

Tags and keys are published (docs/content-hash.md); classes and attributes are ours. Who renames one of ours changes its name here
and no tag or key. When the version of the format rises is written in docs/content-hash.md.
"""

from dataclasses import field
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import model, terms, types, vocabulary
from hyotei.rulebook.values import Unknown


@dataclass(frozen=True, slots=True)
class CanonicalNode:
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

NODES: Final[dict[type, CanonicalNode]] = {
    # The rulebook.
    model.Rulebook: CanonicalNode(
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
            "facts": "facts",
            "version": "version",
            "effective": "effective",
            "supersedes": "supersedes",
            "derived_from": "derived_from",
            "known_gaps": "known_gaps",
        },
        absent={
            "english": {},
            "same_findings": (),
            "facts": {},
            "version": "",
            "effective": ("", ""),
            "supersedes": (),
            "derived_from": {},
            "known_gaps": {},
        },
        outside={
            "hash": "the hash itself",
            "forms": "of which printed forms its sheets are; a verdict reads the sheet",
            "file": _PLACE,
            "warnings": "about the document, not in a verdict",
            "carried_over_from": "why it is a draft without a last year, and both are in",
        },
    ),
    vocabulary.DeclaredFact: CanonicalNode(
        "fact",
        {
            "name": "name",
            "scope": "scope",
            "type": "type",
            "label": "label",
            "judged": "judged",
            "default": "default",
            "by": "by",
        },
        outside={"line": _PLACE},
    ),
    model.Scale: CanonicalNode("scale", {"name": "name", "labels": "labels", "ordered": "ordered"}),
    model.ParameterValue: CanonicalNode(
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
    model.Dated: CanonicalNode("dated", {"first": "first", "last": "last", "value": "value"}),
    model.Decision: CanonicalNode(
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
    model.Output: CanonicalNode("output", {"name": "name", "type": "type"}),
    model.Table: CanonicalNode("table", {"policy": "policy", "inputs": "inputs", "rows": "rows"}),
    model.Input: CanonicalNode("input", {"term": "term", "type": "type"}, outside={"text": _SPELLING}),
    model.Row: CanonicalNode(
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
    model.Formula: CanonicalNode("formula", {"term": "term"}, outside={"text": _SPELLING}),
    model.Law: CanonicalNode(
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
    terms.Constant: CanonicalNode("constant", {"value": "value"}),
    terms.InputUnknown: CanonicalNode("unknown_of_inputs"),
    terms.Figure: CanonicalNode("figure", {"scope": "scope", "name": "name"}),
    terms.Decided: CanonicalNode("decided", {"scope": "scope", "decision": "decision", "output": "output"}),
    terms.Parameter: CanonicalNode("parameter", {"name": "name"}),
    terms.Negation: CanonicalNode("negative", {"operand": "operand"}),
    terms.Calculation: CanonicalNode("calculation", {"operator": "operator", "left": "left", "right": "right"}),
    terms.Compared: CanonicalNode("comparison", {"comparator": "comparator", "left": "left", "right": "right"}),
    terms.ComparedEach: CanonicalNode(
        "comparison_of_each", {"comparator": "comparator", "items": "items", "value": "value"}
    ),
    terms.Both: CanonicalNode("and", {"left": "left", "right": "right"}),
    terms.Either: CanonicalNode("or", {"left": "left", "right": "right"}),
    terms.Not: CanonicalNode("not", {"operand": "operand"}),
    terms.Choice: CanonicalNode("if", {"condition": "condition", "then": "yes", "else": "no"}),
    terms.Knownness: CanonicalNode("is_unknown", {"operand": "operand", "reason": "reason"}),
    terms.Matches: CanonicalNode("in", {"operand": "operand", "check": "check"}),
    terms.Rounded: CanonicalNode("rounded", {"function": "function", "operand": "operand", "digits": "digits"}),
    terms.Absolute: CanonicalNode("absolute", {"operand": "operand"}),
    terms.Rank: CanonicalNode("rank", {"operand": "operand", "values": "values"}),
    terms.Graded: CanonicalNode("graded", {"operand": "operand", "values": "values"}),
    terms.Outer: CanonicalNode("outer", {"term": "term"}),
    terms.Aggregate: CanonicalNode("aggregate", {"function": "function", "items": "items"}),
    terms.At: CanonicalNode("at", {"units": "units", "position": "position", "term": "term"}),
    terms.Units: CanonicalNode("units", {"scope": "scope", "above": "above"}),
    terms.Where: CanonicalNode("where", {"units": "units", "condition": "condition"}),
    terms.Each: CanonicalNode("each", {"units": "units", "term": "term"}),
    Unknown: CanonicalNode("unknown", {"reason": "reason"}),
    # Cells.
    terms.Check: CanonicalNode("check", {"tests": "tests", "negated": "negated"}),
    terms.Range: CanonicalNode(
        "range", {"low": "low", "low_closed": "low_closed", "high": "high", "high_closed": "high_closed"}
    ),
    terms.OneOf: CanonicalNode("one_of", {"values": "values"}),
    terms.Same: CanonicalNode("same", {"value": "value"}),
    terms.HasText: CanonicalNode("has_text", {"part": "part", "at_start": "at_start"}),
    terms.IsUnknown: CanonicalNode("unknown_cell", {"reason": "reason"}),
    # Types.
    types.NumberType: CanonicalNode(
        "number_type", {"dimension": "dimension"}, outside={"ends": _WHILE_CHECKED, "factor": _WHILE_CHECKED}
    ),
    types.TextType: CanonicalNode("text_type"),
    types.BooleanType: CanonicalNode("boolean_type"),
    types.ScaleType: CanonicalNode("scale_type", {"name": "name", "values": "values", "ordered": "ordered"}),
    types.AnyType: CanonicalNode("any_type"),
}
