"""Facts that a rulebook declares in its front matter: what they are called, of which units, of what kind, and who gives them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.base.yaml import YamlMap, YamlText, YamlValue
from hyotei.messages import Listed
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.front_findings import Tell
from hyotei.rulebook.model import Scale
from hyotei.rulebook.parser import parse_output
from hyotei.rulebook.syntax import Number, Truth
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.types import BOOLEAN, COUNT, MONEY, NUMBER, RATIO, TEXT, YEAR, ScaleType, Scope, Type
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.scopes import SCOPES

TYPES: Final[dict[str, Type]] = {
    "number": NUMBER, "ratio": RATIO, "money": MONEY, "count": COUNT, "boolean": BOOLEAN, "text": TEXT, "year": YEAR,
}  # fmt: skip
"""The types by their names in a rulebook; any other name is that of a scale."""
_TRUTHS: Final = {"true": "", "false": ""}
"""Words after `judged` that name nobody; any other is the role that judges."""
_KEYS: Final = ("type", "label", "judged", "default")
_DIMENSIONS: Final[dict[str, tuple[str | None, ...]]] = {
    "number": (None,), "ratio": ("ratio",), "money": ("money",), "count": (None, "counted"),
}  # fmt: skip
"""How a default of a kind of number is written."""


def declared_facts(value: YamlValue | None, scales: Mapping[str, Scale], tell: Tell) -> dict[str, DeclaredFact]:
    """`facts: {measure: {weight: {type: number, label: 重み, default: 1}}}`: the facts by their names; what is wrong is told.

    Args:
        value: what stands at `facts`.
        scales: the scales of the rulebook.
        tell: tells a problem at its place.
    """
    found: dict[str, DeclaredFact] = {}
    if value is None or (isinstance(value, YamlText) and value.blank):
        return found
    if not isinstance(value, YamlMap):
        tell("HY382", value)
        return found
    labels: dict[str, str] = {}
    for scope, body in value.entries:
        if scope.text not in SCOPES:
            tell("HY383", scope, scope=scope.text, hint=suggestion(scope.text, SCOPES), scopes=Listed(SCOPES))
            continue
        if not isinstance(body, YamlMap):
            tell("HY382", body)
            continue
        for name, parts in body.entries:
            fact = _fact(scope.text, name, parts, scales, tell)
            if fact is None:
                continue
            if fact.name in found:
                tell("HY384", name, name=fact.name)
            elif fact.label and fact.label in labels:
                tell("HY385", parts, label=fact.label, other=labels[fact.label])
            else:
                found[fact.name] = fact
                labels[fact.label] = fact.name
    return found


def _fact(
    scope: Scope, name: YamlText, body: YamlValue, scales: Mapping[str, Scale], tell: Tell
) -> DeclaredFact | None:
    if not name.text.isidentifier():
        tell("HY321", name, name=name.text)
        return None
    if isinstance(body, YamlText) and not body.blank:
        # `weight: number` needs no more than its type.
        of = _type(body, scales, tell)
        return None if of is None else DeclaredFact(name.text, scope, of, line=name.line)
    if not isinstance(body, YamlMap):
        tell("HY386", body, name=name.text)
        return None
    for key, _ in body.entries:
        if key.text not in _KEYS:
            tell("HY341", key, key=key.text, hint=suggestion(key.text, _KEYS), keys=", ".join(_KEYS))
    type_node = body.get("type")
    if not isinstance(type_node, YamlText) or type_node.blank:
        tell("HY386", type_node or body, name=name.text)
        return None
    of = _type(type_node, scales, tell)
    label, judged, default = (body.get(key) for key in ("label", "judged", "default"))
    for part, node in (("label", label), ("judged", judged), ("default", default)):
        if node is not None and not isinstance(node, YamlText):
            tell("HY344", node, key=part)
    word = judged.text.strip() if isinstance(judged, YamlText) and not judged.blank else "false"
    if of is None:
        return None
    given = _default(default, name.text, of, tell) if isinstance(default, YamlText) and not default.blank else None
    text = label.text.strip() if isinstance(label, YamlText) and not label.blank else ""
    return DeclaredFact(name.text, scope, of, text, word != "false", given, _TRUTHS.get(word, word), name.line)


def _type(node: YamlText, scales: Mapping[str, Scale], tell: Tell) -> Type | None:
    written = node.text.strip()
    if written in scales:
        scale = scales[written]
        return ScaleType(scale.name, scale.values, scale.ordered)
    if written in TYPES:
        return TYPES[written]
    known = (*TYPES, *scales)
    tell("HY388", node, type=written, hint=suggestion(written, known), types=Listed(known))
    return None


def _default(node: YamlText, name: str, of: Type, tell: Tell) -> Scalar | None:
    """The value where a sheet states none; None, told, where it is none of the type."""
    written = node.text.strip()
    if isinstance(of, ScaleType):
        for value in of.values:
            if folded(value) == folded(written):
                return value
    elif of == TEXT:
        return written
    elif of == YEAR:
        found, _ = read_fiscal_year(written)
        if found is not None:
            return Decimal(found.year)
    else:
        try:
            literal = parse_output(written)
        except SyntaxProblem:
            literal = None
        match literal:
            case Truth(truth) if of == BOOLEAN:
                return truth
            case Number(number, dimension) if dimension in _DIMENSIONS.get(type_name(of), ()) and _whole(of, number):
                return number
    tell("HY389", node, name=name, value=written, type=type_name(of))
    return None


def type_name(of: Type) -> str:
    """The name of a type of facts as it is declared."""
    return of.name if isinstance(of, ScaleType) else next(name for name, each in TYPES.items() if each == of)


def _whole(of: Type, number: Decimal) -> bool:
    """A count is a whole number from 0; other numbers may be any."""
    return of != COUNT or (number >= 0 and number == number.to_integral_value())
