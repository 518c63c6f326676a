"""How a small sheet comes to a result, in a line for each decision on the way: its values and the rows that gave them."""

from collections.abc import Collection, Iterator, Sequence

from hyotei.messages import InEach, Language, wording
from hyotei.report.law_words import name_words
from hyotei.rulebook.derivation import Derivation, Step
from hyotei.rulebook.model import Decision, Rulebook
from hyotei.rulebook.value_words import label_of, value_text
from hyotei.rulebook.values import Scalar
from hyotei.sheet.unit_words import unit_words


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
    say = wording(language)
    for decision in rulebook.toward(*names).decisions:
        if decision.name not in names and decision.name not in told:
            values = "  ".join(_units(rulebook, decision, derivations, language))
            if values:
                yield say("sketch.decided", decision=name_words(decision.name, rulebook, language), values=values)


def _units(
    rulebook: Rulebook, decision: Decision, derivations: Sequence[Derivation], language: Language
) -> Iterator[str]:
    """The value for each unit; of two sheets both values where they differ, and of a unit on one of them that one."""
    absent = wording(language)("sketch.absent")
    keys = dict.fromkeys(unit for each in derivations for name, unit in each.steps if name == decision.name)
    for unit in keys:
        steps = [each.steps.get((decision.name, unit)) for each in derivations]
        values = [
            absent if step is None else with_row(_value(rulebook, decision, step, language), step, language)
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
            # A word of the document only, such as `missed`, goes by what it means where the reader does not write rules.
            label = label_of(output.name, scalar, rulebook) if word.isascii() and len(word) > 1 else ""
            told.append(InEach(label or word, word).text(language))
    return wording(language).listed(told, "sketch.outputs")


def with_row(value: str, step: Step, language: Language) -> str:
    """A value with the row that gave it, or why none did."""
    if step.outcome == "computed" or (step.outcome == "fired" and not step.rows):
        return value
    return wording(language).one_of("sketch.by_row", step.outcome, value=value, rows=", ".join(map(str, step.rows)))
