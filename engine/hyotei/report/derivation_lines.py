"""How a small sheet comes to a result, in a line for each decision on the way: its values and the rows that gave them."""

from collections.abc import Collection, Iterator, Sequence

from hyotei.messages import Language
from hyotei.report.law_words import name_words, unit_words
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.value_words import label_of, value_text
from hyotei.rulebook.values import Scalar


def derivation_lines(
    rulebook: Rulebook,
    derivations: Sequence[Derivation],
    names: Collection[str],
    told: Collection[str],
    language: Language,
) -> Iterator[str]:
    """The decisions that some rest on, in the order in which they are taken.

    Args:
        rulebook: the rulebook.
        derivations: that of the sheet, or of two sheets that are compared.
        names: the decisions whose results are shown.
        told: what is shown elsewhere, beside these.
        language: of the lines.
    """
    for decision in rulebook.toward(*names).decisions:
        if decision.name not in names and decision.name not in told:
            parts = list(_units(rulebook, decision, derivations, language))
            if parts:
                yield f"{name_words(decision.name, rulebook, language)}: {'  '.join(parts)}"


def _units(
    rulebook: Rulebook, decision: Decision, derivations: Sequence[Derivation], language: Language
) -> Iterator[str]:
    """The value for each unit; of two sheets both values where they differ, and of a unit on one of them that one."""
    keys = dict.fromkeys(unit for each in derivations for name, unit in each.steps if name == decision.name)
    for unit in keys:
        steps = [each.steps.get((decision.name, unit)) for each in derivations]
        values = [
            "―" if step is None else f"{_value(rulebook, decision, step, language)}{row_words(step, language)}"
            for step in steps
        ]
        where = "" if unit == "sheet" else f"{unit_words(unit, language)} = "
        yield where + (values[0] if len(set(values)) == 1 else " → ".join(values))


def _value(rulebook: Rulebook, decision: Decision, step: Step, language: Language) -> str:
    told = []
    for output, value in zip(decision.outputs, step.outputs, strict=False):
        if not isinstance(value, tuple):
            scalar: Scalar = value
            word = value_text(scalar, output.type, language)
            label = (
                label_of(output.name, scalar, rulebook) if language == "ja" and word.isascii() and len(word) > 1 else ""
            )
            told.append(label or word)
    return "・".join(told) if language == "ja" else " / ".join(told)


def row_words(step: Step, language: Language) -> str:
    """The row that answered, or why none did."""
    rows = ", ".join(map(str, step.rows))
    match step.outcome:
        case "fired":
            said = (f"行{rows}", f"row {rows}") if step.rows else ("", "")
        case "undecided":
            said = (f"行{rows}が決まらない", f"row {rows} is undecided")
        case "gap":
            said = ("どの行も答えない", "no row answers")
        case "conflict":
            said = (f"行{rows}が矛盾", f"rows {rows} contradict")
        case "supposed":
            said = ("与えた値", "given")
        case _:
            said = ("", "")
    word = said[0 if language == "ja" else 1]
    return "" if not word else f"（{word}）" if language == "ja" else f" ({word})"
