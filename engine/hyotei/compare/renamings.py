"""What only has another name in the new rulebook: decisions, outputs, parameters and values of scales.

Two versions are compared under the names of the new one. Which old name is which new one is taken from what they say: the same
rows or formula, or the same title or label. Taking two for one never makes them alike: they are compared as if they had one name.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from hyotei.base.exact import plain
from hyotei.compare.renaming import Pairs, Renaming
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import RESULTS, Decision, Formula, ParameterValue, Rulebook
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.types import ScaleType, TextType, Type
from hyotei.rulebook.values import Scalar
from hyotei.sheet.figures import RECORDED_SCALES


def renaming(old: Rulebook, new: Rulebook) -> Renaming:
    """What has another name in the new rulebook. `rating` and `budget` have none, because the name is what makes them so."""
    read = _recorded_read(old) | _recorded_read(new)
    values = dict(_values_renamed(old, new, read))
    scales = dict(_scales_renamed(old, new, read))
    while True:
        found = Renaming(values=values, scales=scales, parameters=_parameters_renamed(old, new, values))
        found = _decisions_renamed(old, new, found)
        shown = {key: name for key, name in values.items() if _is_shown(old, new, found, key, name)}
        if shown == values:
            return found
        values = shown


# -- values of scales


def _recorded_read(book: Rulebook) -> set[str]:
    """The names of the recorded texts that a rulebook reads: a sheet states values of the scales of these names."""
    return {
        RECORDED_SCALES[part.name]
        for decision in book.decisions
        for part in mentioned(decision)
        if isinstance(part, t.Figure) and part.name in RECORDED_SCALES
    }


def _scales_renamed(old: Rulebook, new: Rulebook, read: set[str]) -> Iterator[tuple[str, str]]:
    """Scales that are gone, each with a new one of the same values in the same order."""
    gone = [each for name, each in old.scales.items() if name not in new.scales]
    come = [each for name, each in new.scales.items() if name not in old.scales]
    for scale in gone:
        fitting = [each for each in come if (each.values, each.ordered) == (scale.values, scale.ordered)]
        if fitting and not {scale.name, fitting[0].name} & {*read, *RESULTS}:
            come.remove(fitting[0])
            yield scale.name, fitting[0].name


def _values_renamed(old: Rulebook, new: Rulebook, read: set[str]) -> "Iterator[tuple[tuple[str, str], str]]":
    """Values that stand at the place of one that is gone, in scales of which no rule reads what a sheet records."""
    words = [_words(book) for book in (old, new)]
    for name, scale in old.scales.items():
        other = new.scales.get(name)
        if other is None or name in read or len(scale.values) != len(other.values):
            continue
        for before, after in zip(scale.values, other.values, strict=True):
            if before in other.values or after in scale.values:
                continue
            # A word that means something else as well could not be told from it in a cell.
            if (
                words[0].get(before) == {name}
                and words[1].get(after) == {name}
                and not (before in words[1] or after in words[0])
            ):
                yield (name, before), after


def _words(book: Rulebook) -> "dict[str, set[str]]":
    """Every value of a scale, and every text that a rule names, with the scales it is of; a text is of none."""
    found: dict[str, set[str]] = {}
    types: list[Type] = [parameter.type for parameter in book.parameters.values()]
    for decision in book.decisions:
        types += [each.type for each in decision.outputs]
        if not isinstance(decision.body, Formula):
            types += [each.type for each in decision.body.inputs]
        terms = list(mentioned(decision))
        figures = [book.figure(term.scope, term.name) for term in terms if isinstance(term, t.Figure)]
        types += [each.type for each in figures if each is not None]
        if any(each is not None and isinstance(each.type, TextType) for each in figures) or any(
            isinstance(output.type, TextType) for output in decision.outputs
        ):
            for term in terms:
                constants = (
                    (term.value,) if isinstance(term, t.Constant) else term.values if isinstance(term, t.OneOf) else ()
                )
                for value in constants:
                    if isinstance(value, str):
                        found.setdefault(value, set()).add("")
    scales = [(scale.name, scale.values) for scale in book.scales.values()]
    scales += [(each.name, each.values) for each in types if isinstance(each, ScaleType)]
    for name, values in scales:
        for value in values:
            found.setdefault(value, set()).add(name)
    return found


def _is_shown(old: Rulebook, new: Rulebook, found: Renaming, key: tuple[str, str], name: str) -> bool:
    """Whether a decision that names the value is the same but for the name, or the two are explained by the same words."""
    scale, value = key
    label = old.scales[scale].labels[value]
    if label and label == new.scales[scale].labels[name]:
        return True
    for decision in old.decisions:
        other = new.by_name.get(found.decisions.get(decision.name, decision.name))
        if other is not None and _names(decision, value) and _content(found.decision(decision)) == _content(other):
            return True
    return False


def _names(decision: Decision, value: str) -> bool:
    return any(
        (isinstance(part, t.Constant) and part.value == value) or (isinstance(part, t.OneOf) and value in part.values)
        for part in mentioned(decision)
    )


# -- parameters


def _parameters_renamed(old: Rulebook, new: Rulebook, values: "dict[tuple[str, str], str]") -> Pairs:
    """Parameters that are gone, each with a new one of the same values, or else of the same label."""
    words = Renaming(values=values)
    gone = [each for name, each in old.parameters.items() if name not in new.parameters]
    come = [each for name, each in new.parameters.items() if name not in old.parameters]
    found: Pairs = {}
    ways: tuple[Callable[[ParameterValue, ParameterValue], bool], ...] = (
        lambda one, other: one.label == other.label != "" and _dated(one, words) == _dated(other),
        lambda one, other: _dated(one, words) == _dated(other),
        lambda one, other: one.label == other.label != "" and type(one.type) is type(other.type),
    )
    for alike in ways:
        for one in gone:
            if one.name in found:
                continue
            fitting = [other for other in come if other.name not in found.values() and alike(one, other)]
            if fitting:
                found[one.name] = fitting[0].name
    return found


def _dated(parameter: ParameterValue, words: Renaming | None = None) -> object:
    named = words or Renaming()
    values = [(each.first, each.last, _plain(named.value(each.value))) for each in parameter.dated]
    return type(parameter.type), getattr(parameter.type, "dimension", ""), values


def _plain(value: Scalar) -> object:
    return ("number", plain(value)) if isinstance(value, Decimal) else (type(value).__name__, value)


# -- decisions and their outputs


def _decisions_renamed(old: Rulebook, new: Rulebook, found: Renaming) -> Renaming:
    """Adds the decisions, in an order in which each comes after those it reads."""
    pairs: dict[str, str] = {}
    for decision in old.decisions:
        other = new.by_name.get(decision.name)
        if other is not None and (decision.title == other.title or _content(decision) == _content(other)):
            pairs[decision.name] = decision.name
    found = _with_decisions(old, new, found, pairs)
    while (step := _next_pair(old, new, found, pairs)) is not None:
        pairs[step[0]] = step[1]
        found = _with_decisions(old, new, found, pairs)
    # A name that another old decision goes by now has to be free.
    while taken := [name for name, other in pairs.items() if other in old.by_name and other not in pairs]:
        for name in taken:
            target = pairs.pop(name)
            pairs[target] = target
    return _with_decisions(old, new, found, pairs)


def _next_pair(old: Rulebook, new: Rulebook, found: Renaming, pairs: Pairs) -> "tuple[str, str] | None":
    """The surest of the pairs that are left: alike in what they say, then in their title, then in their name."""
    left = [each for each in old.decisions if each.name not in pairs]
    free = [each for each in new.decisions if each.name not in pairs.values()]
    contents = {each.name: _content(found.decision(each)) for each in left}
    for entitled in (True, False):
        for decision in left:
            for other in free:
                # What goes by a name of the other rulebook is another decision only where its title went along.
                known = decision.name in new.by_name or other.name in old.by_name
                told = decision.title == other.title if entitled else not known
                if told and _may_be(decision, other) and contents[decision.name] == _content(other):
                    return decision.name, other.name
    for decision in left:
        fitting = [each for each in free if each.title == decision.title and _may_be(decision, each)]
        if len(fitting) == 1 and [each.title for each in left].count(decision.title) == 1:
            return decision.name, fitting[0].name
    names = {each.name for each in free}
    return next(((each.name, each.name) for each in left if each.name in names), None)


def _may_be(one: Decision, other: Decision) -> bool:
    """Whether two decisions of different names can be one."""
    fixed = one.name != other.name and bool({one.name, other.name} & set(RESULTS))
    return not fixed and one.scope == other.scope and one.audit == other.audit


def _with_decisions(old: Rulebook, new: Rulebook, found: Renaming, pairs: Pairs) -> Renaming:
    """The renaming with these pairs of decisions, and with the outputs of theirs that stand at one place."""
    outputs: dict[tuple[str, str], str] = {}
    for name, other in pairs.items():
        before, after = old.by_name[name].outputs, new.by_name[other].outputs
        names = [each.name for each in before], [each.name for each in after]
        if name != other and names[0][0] == name and names[1][0] == other:
            outputs[name, name] = other
        if len(before) != len(after):
            continue
        for one, two in zip(before, after, strict=True):
            fresh = one.name not in names[1] and two.name not in names[0]
            if fresh and type(one.type) is type(two.type):
                outputs[name, one.name] = two.name
    decisions = {name: other for name, other in pairs.items() if name != other}
    return replace(found, decisions=decisions, outputs=outputs)


def _content(decision: Decision) -> object:
    """What a decision says, apart from its name and from what is remarked beside it."""
    body = decision.body
    if isinstance(body, Formula):
        return decision.scope, body.term
    return (
        decision.scope,
        decision.audit,
        body.policy,
        tuple(each.term for each in body.inputs),
        tuple((row.checks, row.outputs) for row in body.rows),
    )
