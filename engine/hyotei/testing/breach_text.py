"""A breach of a law for people: the sheet or the two sides, what was given, what came of it, and by which rows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hyotei.base.exact import plain
from hyotei.messages import Language, wording
from hyotei.rulebook.changed_sheets import models, without
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.law_meaning import PAIRS, Breach, LawSide
from hyotei.rulebook.model import Decision, Rulebook, Table
from hyotei.rulebook.term_words import term_title
from hyotei.rulebook.types import ANY, NumberType, Type
from hyotei.rulebook.value_words import value_text
from hyotei.rulebook.values import Scalar
from hyotei.sheet.sheet_data import sheet_data
from hyotei.testing.sheet_text import sheet_tables
from hyotei.testing.styled_lines import Line, Style
from hyotei.verdict.case import Case

if TYPE_CHECKING:
    from hyotei.testing.properties import LawResult

_SIDES: Final = {
    "monotone": ("testing.side_of_law.before", "testing.side_of_law.after"),
    "unknown_never_beats": ("testing.side_of_law.known", "testing.side_of_law.made_unknown"),
    "one_more": ("testing.side_of_law.fewer", "testing.side_of_law.one_more"),
}
_MOST = 12
"""Steps shown of a side; a breach is small, so that there are seldom more."""


def law_lines(result: "LawResult", rulebook: Rulebook, language: Language) -> Iterator[Line]:
    """One line on a law; of a broken one the counterexample below it."""
    say = wording(language)
    pairs = result.law.kind in PAIRS
    style: Style
    match result.status:
        case "held":
            style, mark = "good", "○"
            key = "testing.law.pairs_held" if pairs else "testing.law.held"
            said = say("testing.law.reached" if result.law.kind == "reachable" else key, tried=result.tried)
        case "broken":
            style, mark = "bad", "×"
            said = say("testing.law.pairs_broken" if pairs else "testing.law.broken", tried=result.tried)
        case "open":
            style, mark = "plain", "？"
            said = say("testing.law.open", tried=result.tried, unseen=say.listed(result.unseen))
        case _:
            style, mark = "faint", "－"
            said = say("testing.law.not_on_sheets")
    yield style, f"{mark} {result.law.text}  {said}"
    if result.breach is not None:
        for line in breach_lines(result.breach, rulebook, language):
            yield "plain", f"    {line}".rstrip()


def breach_lines(found: Breach, rulebook: Rulebook, language: Language) -> Iterator[str]:
    """The sides of a breach, each with what came of it; a sheet that both sides share is shown once."""
    names = _names(found, language)
    shared = len(found.sides) == 2 and found.sides[0].sheet == found.sides[1].sheet
    if shared:
        yield wording(language)("testing.side_of_law.sheet")
        yield from (f"  {line}" for line in sheet_tables(found.sides[0].sheet, language))
    for number, (side, derivation) in enumerate(zip(found.sides, found.derivations, strict=True)):
        yield names[number]
        if not shared:
            yield from (f"  {line}" for line in sheet_tables(side.sheet, language))
        yield from (f"  {line}" for line in given_lines(side, rulebook, language))
        case = Case(rulebook, side.sheet, derivation)
        for key in _told(found, number, rulebook):
            step = derivation.steps.get(key)
            if step is not None and step.outcome != "supposed":
                yield f"  → {step_line(step, case, language)}"
    if found.law.kind == "implies":
        (value,) = found.values
        yield wording(language)("testing.law.consequence", value=value_text(value, ANY, language))


def _names(found: Breach, language: Language) -> tuple[str, ...]:
    return tuple(map(wording(language), _SIDES.get(found.law.kind, ("testing.side_of_law.sheet",))))


def given_lines(side: LawSide, rulebook: Rulebook, language: Language) -> Iterator[str]:
    """What is taken as given beside the sheet."""
    for (name, unit), value in side.given.items():
        of = _type(name, unit, rulebook)
        said = _short(value_text(value, of, language), of)
        at = name if unit == "sheet" else f"{name}@{unit}"
        yield wording(language)("testing.law.given", name=at, value=said)


def _type(name: str, unit: str, rulebook: Rulebook) -> Type:
    if name in rulebook.by_name:
        return rulebook.by_name[name].outputs[0].type
    kind = unit.split("[")[0].removesuffix("s")
    return next((figure.type for figure in rulebook.figures if figure.name == name and figure.scope == kind), ANY)


def _told(found: Breach, side: int, rulebook: Rulebook) -> list[tuple[str, str]]:
    """The steps to show: of a pair those that came out otherwise on the way to the output, of one sheet where to look."""
    derivation = found.derivations[side]
    if found.law.kind == "implies":
        reached = rulebook.toward(*_read_by(found, rulebook))
        return [key for key in derivation.steps if key[0] in reached.by_name][-_MOST:]
    if len(found.sides) == 1:
        return list(found.at[:_MOST])
    output = found.at[side]
    if found.law.kind == "one_more":
        more, fewer = found.sides[1].sheet, found.sides[0].sheet
        extra = next(key for _, key, _ in list(models(more))[1:] if without(more, key) == fewer)
        units = {"sheet", extra} if side else {"sheet"}
        way = rulebook.toward(output[0]).by_name
        keys = [key for key in derivation.steps if key[0] in way and key[1] in units and key != output]
        return [*keys[-_MOST:], output]
    other = found.derivations[1 - side]
    way = rulebook.toward(output[0]).by_name
    keys = [
        key
        for key, step in derivation.steps.items()
        if key[0] in way and key != output and _differs(step, other) and not rulebook.by_name[key[0]].audit
    ]
    return [*keys[-_MOST:], output]


def _read_by(found: Breach, rulebook: Rulebook) -> list[str]:
    """The decisions that the two conditions of a law read."""
    from hyotei.rulebook.term_parts import parts
    from hyotei.rulebook.terms import Decided

    both = (found.law.condition, found.law.consequence)
    return [part.decision for part in parts(both) if isinstance(part, Decided) and part.decision in rulebook.by_name]


def _differs(step: Step, other: Derivation) -> bool:
    found = other.steps.get((step.decision, step.unit))
    return found is None or found.outputs != step.outputs


def step_line(step: Step, case: Case, language: Language) -> str:
    """One step: what came out, by which row, on which inputs."""
    say = wording(language)
    decision = case.rulebook.by_name[step.decision]
    title = say("testing.step.title", title=decision.title, name=decision.name)
    unit = "" if step.unit == "sheet" else f"@{step.unit}"
    how = say.one_of("testing.outcome", step.outcome, rows=say.listed(map(str, step.rows)))
    inputs = say.listed(_inputs(decision, step, case, language))
    return say(
        "testing.step.line",
        step=f"{title}{unit}",
        outputs=_outputs(decision, step, case, language),
        how=say("testing.step.how", how=how, inputs=inputs) if inputs else how,
    )


def _inputs(decision: Decision, step: Step, case: Case, language: Language) -> Iterator[str]:
    if isinstance(decision.body, Table):
        for column, value in zip(decision.body.inputs, step.inputs, strict=False):
            title = term_title(column.term, case.rulebook, language)
            yield f"{title} {_value(value, column.type, case, language)}"


def _outputs(decision: Decision, step: Step, case: Case, language: Language) -> str:
    say = wording(language)
    if step.outcome == "conflict":
        table = decision.body
        assert isinstance(table, Table), "only rows clash"
        unit = case.units[step.unit]
        texts = []
        for row in step.rows:
            first = case.value(table.rows[row - 1].outputs[0], unit)
            said = _value(first, decision.outputs[0].type, case, language)
            texts.append(say("testing.step.by_row", row=row, value=said))
        return say.listed(texts)
    firsts = [
        output if not isinstance(output, tuple) else output[0]
        for output in (step.outputs[:1] if not _collected(step) else step.outputs)
    ]
    return say.listed(_value(value, decision.outputs[0].type, case, language) for value in firsts) or "-"


def _collected(step: Step) -> bool:
    return any(isinstance(output, tuple) for output in step.outputs)


def _value(value: Scalar, of: Type, case: Case, language: Language) -> str:
    return _short(case.words(value, of, language), of)


def _short(text: str, of: Type) -> str:
    """A whole percentage without a decimal."""
    return text.removesuffix(".0%") + "%" if isinstance(of, NumberType) and text.endswith(".0%") else text


def law_data(result: "LawResult", rulebook: Rulebook) -> dict[str, object]:
    """How a law fared as JSON data; a breach with its sides as sheets that can be read back."""
    data: dict[str, object] = {
        "law": result.law.text,
        "kind": result.law.kind,
        "status": result.status,
        "tried": result.tried,
    }
    if result.unseen:
        data["unseen"] = list(result.unseen)
    if result.breach is not None:
        data["breach"] = breach_data(result.breach, rulebook)
    return data


def breach_data(found: Breach, rulebook: Rulebook) -> dict[str, object]:
    """A breach as JSON data."""
    return {
        "values": [_plain(value) for value in found.values],
        "sides": [
            {
                "sheet": sheet_data(side.sheet),
                "given": {f"{name}@{unit}": _plain(value) for (name, unit), value in side.given.items()},
                "steps": [
                    {
                        "decision": step.decision,
                        "unit": step.unit,
                        "outcome": step.outcome,
                        "rows": list(step.rows),
                        "inputs": [_plain(value) for value in step.inputs],
                        "outputs": [
                            [_plain(each) for each in value] if isinstance(value, tuple) else _plain(value)
                            for value in step.outputs
                        ],
                    }
                    for key in _told(found, number, rulebook)
                    if (step := derivation.steps.get(key)) is not None
                ],
            }
            for number, (side, derivation) in enumerate(zip(found.sides, found.derivations, strict=True))
        ],
    }


def _plain(value: Scalar) -> object:
    return plain(value) if isinstance(value, Decimal) else value if isinstance(value, (str, bool)) else repr(value)
