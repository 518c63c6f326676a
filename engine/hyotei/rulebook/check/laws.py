"""Laws: sentences of a small vocabulary, looked up and type-checked. Their meaning is in law_meaning.py, their proof elsewhere."""

import re
from typing import Final, cast

from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import syntax as s
from hyotei.rulebook.check.expressions import Resolver
from hyotei.rulebook.check.names import Names, suggestion
from hyotei.rulebook.model import Law
from hyotei.rulebook.parser import parse_expression
from hyotei.rulebook.syntax_problem import SyntaxProblem
from hyotei.rulebook.types import AnyType, NumberType, ScaleType, Scope, Type, words
from hyotei.rulebook.vocabulary import LISTS, PARENT

_NAME = r"([^\W\d][\w.]*)"
_PLAIN: Final = {"every decision answers": "answers", "no two rows contradict": "consistent"}
_MONOTONE = re.compile(rf"{_NAME} never (falls|rises) as {_NAME} (rises|falls)")
_REACHABLE = re.compile(rf"every {_NAME} is reachable")
_ONE_MORE = re.compile(rf"one more {_NAME} {_NAME} never lowers the {_NAME}")
_IMPLIES = re.compile(r"if\b.+\bthen\b.+", re.DOTALL)
FORMS: Final = (
    "every decision answers / no two rows contradict / OUTPUT never falls as INPUT rises / every OUTPUT is reachable / "
    "if CONDITION then CONDITION / unknown never beats known / one more VALUE measure never lowers the OUTPUT"
)


def law(text: str, names: Names, place: Location, problems: list[Diagnostic], needs: dict[str, None]) -> Law | None:
    """A law from its sentence; None, with a problem told, where it is none."""
    sentence = " ".join(text.split())
    if sentence in _PLAIN:
        return Law("answers" if _PLAIN[sentence] == "answers" else "consistent", sentence)
    if sentence == "unknown never beats known":
        return Law("unknown_never_beats", sentence)
    if match := _MONOTONE.fullmatch(sentence):
        output, verb, given, change = match.groups()
        found = _ordered(output, names, place, problems, needs), _ordered(given, names, place, problems, needs)
        return Law("monotone", sentence, output, given, verb == "falls", change == "rises") if all(found) else None
    if match := _REACHABLE.fullmatch(sentence):
        of = _type(match[1], names, place, problems, needs)
        if of is None or isinstance(of, AnyType):
            return None
        if not isinstance(of, ScaleType):
            problems.append(Diagnostic("HY552", place, {"name": match[1], "found": words(of)}))
            return None
        return Law("reachable", sentence, match[1])
    if match := _ONE_MORE.fullmatch(sentence):
        return _one_more(sentence, match, names, place, problems, needs)
    if _IMPLIES.fullmatch(sentence):
        return _implies(sentence, names, place, problems, needs)
    problems.append(Diagnostic("HY550", place, {"text": sentence, "forms": FORMS}))
    return None


def _one_more(
    sentence: str,
    match: re.Match[str],
    names: Names,
    place: Location,
    problems: list[Diagnostic],
    needs: dict[str, None],
) -> Law | None:
    value, scope, output = match.groups()
    found = _ordered(output, names, place, problems, needs)
    if scope not in PARENT:
        problems.append(Diagnostic("HY501", place, {"name": scope, "hint": suggestion(scope, PARENT)}))
        return None
    meant = names.scales_with(value)
    if not meant:
        known = [each for scale in names.scales.values() for each in scale.values]
        problems.append(Diagnostic("HY501", place, {"name": value, "hint": suggestion(value, known)}))
        return None
    return Law("one_more", sentence, output, meant[0][1], scope=cast(Scope, scope)) if found else None


def _implies(
    sentence: str, names: Names, place: Location, problems: list[Diagnostic], needs: dict[str, None]
) -> Law | None:
    try:
        parsed = parse_expression(f"{sentence} else true", names.special())
    except SyntaxProblem as problem:
        problems.append(problem.diagnostic(place))
        return None
    if not isinstance(parsed, s.Conditional):
        problems.append(Diagnostic("HY550", place, {"text": sentence, "forms": FORMS}))
        return None
    before = len(problems)
    resolver = Resolver(names, "sheet", place, problems, needs)
    condition, consequence = resolver.boolean(parsed.condition), resolver.boolean(parsed.yes)
    return Law("implies", sentence, condition=condition, consequence=consequence) if len(problems) == before else None


def _ordered(name: str, names: Names, place: Location, problems: list[Diagnostic], needs: dict[str, None]) -> bool:
    """Whether the values of that name can rise and fall."""
    of = _type(name, names, place, problems, needs)
    if of is None:
        return False
    if isinstance(of, (NumberType, AnyType)) or (isinstance(of, ScaleType) and of.ordered):
        return True
    problems.append(Diagnostic("HY551", place, {"name": name, "found": words(of)}))
    return False


def _type(name: str, names: Names, place: Location, problems: list[Diagnostic], needs: dict[str, None]) -> Type | None:
    """The type of a decision or figure of any scope."""
    parts = name.split(".")
    for scope in ("sheet", *LISTS.values()):
        found = Resolver(names, scope, place, [], needs).lookup(parts)
        if found is not None and found[2] == len(parts):
            return found[1]
    known = [*names.decisions, *(each for scope in LISTS.values() for each in names.visible(scope))]
    problems.append(Diagnostic("HY501", place, {"name": name, "hint": suggestion(name, known)}))
    return None
