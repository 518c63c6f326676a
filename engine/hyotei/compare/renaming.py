"""The old rulebook under the names of the new one, and what a comparison found under the names of the old one."""

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any, TypeAlias

from hyotei.compare.model import AnswerValue, Computed, DecisionChange, Difference, ResultChange, Structural
from hyotei.compare.term_rewriting import rewritten
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Law, Rulebook
from hyotei.rulebook.types import ScaleType, Type
from hyotei.rulebook.values import Scalar

Pairs: TypeAlias = "dict[str, str]"


@dataclass(frozen=True, slots=True)
class Renaming:
    """The new name of every old one that has another: outputs by decision and output, values by scale and value."""

    decisions: Pairs = field(default_factory=dict)
    outputs: "dict[tuple[str, str], str]" = field(default_factory=dict)
    parameters: Pairs = field(default_factory=dict)
    values: "dict[tuple[str, str], str]" = field(default_factory=dict)
    scales: Pairs = field(default_factory=dict)

    def notes(self) -> Iterator[Structural]:
        """The new names, as a comparison tells them."""
        for old, new in self.decisions.items():
            yield Structural("decision_renamed", new, new, old, new)
        for (decision, old), new in self.outputs.items():
            name = self.decisions.get(decision, decision)
            if (old, new) != (decision, name):
                yield Structural("output_renamed", new, name, old, new)
        for old, new in self.parameters.items():
            yield Structural("parameter_renamed", new, "", old, new)
        for old, new in self.scales.items():
            yield Structural("scale_renamed", new, "", old, new)
        for (scale, old), new in self.values.items():
            yield Structural("scale_value_renamed", new, scale, old, new)

    # -- into the new names

    def book(self, old: Rulebook) -> Rulebook:
        """The old rulebook under the new names. It says the same of every sheet, in other words."""
        parameters = {
            self.parameters.get(name, name): replace(
                each,
                name=self.parameters.get(name, name),
                type=self.type(each.type),
                dated=tuple(replace(dated, value=self.value(dated.value)) for dated in each.dated),
            )
            for name, each in old.parameters.items()
        }
        scales = {
            self.scales.get(name, name): replace(
                scale,
                name=self.scales.get(name, name),
                labels={self.values.get((name, value), value): told for value, told in scale.labels.items()},
            )
            for name, scale in old.scales.items()
        }
        return replace(
            old,
            decisions=tuple(map(self.decision, old.decisions)),
            parameters=parameters,
            scales=scales,
            laws=tuple(map(self.law, old.laws)),
        )

    def decision(self, decision: Decision) -> Decision:
        body = decision.body
        if not isinstance(body, Formula):
            inputs = tuple(replace(each, term=self.term(each.term), type=self.type(each.type)) for each in body.inputs)
            rows = tuple(
                replace(row, checks=self.term(row.checks), outputs=self.term(row.outputs)) for row in body.rows
            )
            changed: Any = replace(body, inputs=inputs, rows=rows)
        else:
            changed = replace(body, term=self.term(body.term))
        return replace(
            decision,
            name=self.decisions.get(decision.name, decision.name),
            body=changed,
            outputs=tuple(
                replace(each, name=self.outputs.get((decision.name, each.name), each.name), type=self.type(each.type))
                for each in decision.outputs
            ),
            needs=tuple(self.decisions.get(need, need) for need in decision.needs),
        )

    def term(self, term: Any) -> Any:
        """A term, or several, under the new names."""
        named = {old: new for (_, old), new in self.values.items()}

        def change(part: object) -> object | None:
            match part:
                case t.Decided(scope, name, output):
                    return t.Decided(scope, self.decisions.get(name, name), self.outputs.get((name, output), output))
                case t.Parameter(name):
                    return t.Parameter(self.parameters.get(name, name))
                case t.Constant(value):
                    return t.Constant(self.value(value))
                case t.OneOf(values) if named:
                    return t.OneOf(tuple(map(self.value, values)))
                case t.Rank(operand, ranked) if named:
                    return t.Rank(self.term(operand), tuple(named.get(each, each) for each in ranked))
                case t.Graded(operand, values) if named:
                    return t.Graded(self.term(operand), tuple(named.get(each, each) for each in values))
                case _:
                    return None

        return rewritten(term, change)

    def value(self, value: Scalar) -> Scalar:
        """A value of a scale by its new name. Which values have one is chosen so that no other text can be meant."""
        return next((new for (_, old), new in self.values.items() if old == value), value)

    def type(self, of: Type) -> Type:
        if isinstance(of, ScaleType):
            values = tuple(self.values.get((of.name, value), value) for value in of.values)
            return replace(of, name=self.scales.get(of.name, of.name), values=values)
        return of

    def law(self, law: Law) -> Law:
        """A law under the new names; its sentence stays as it was written."""
        given = self.value(law.input) if law.kind == "one_more" else self.name(law.input)
        return replace(
            law,
            output=self.name(law.output),
            input=str(given),
            condition=self.term(law.condition),
            consequence=self.term(law.consequence),
        )

    def name(self, name: str) -> str:
        """What a law reads: a decision or one of its outputs, or a figure, which has one name."""
        decision, point, output = name.partition(".")
        told = self.decisions.get(decision, decision)
        return (
            f"{told}.{self.outputs.get((decision, output), output)}"
            if point and decision in self.decisions
            else told + point + output
        )

    # -- and back

    def as_written(self, change: DecisionChange) -> DecisionChange:
        """A comparison of a decision in which the old answers stand as the old rulebook words them."""
        if not self.values:
            return change
        regions = tuple(
            replace(
                each,
                before=tuple(self._row(row, change) for row in each.before),
                example=None if each.example is None else self._difference(each.example, change),
            )
            for each in change.regions
        )
        return replace(change, regions=regions, results=tuple(map(self.result_as_written, change.results)))

    def result_as_written(self, result: ResultChange) -> ResultChange:
        """The same for rating and budget."""
        if result.example is None:
            return result
        return replace(result, example=self._difference(result.example, None))

    def _difference(self, found: Difference, change: DecisionChange | None) -> Difference:
        results = tuple(replace(each, before=self._old_value(each.before, each.name)) for each in found.results)
        before = (
            found.before
            if change is None
            else tuple(self._told(told, change, at % len(change.outputs)) for at, told in enumerate(found.before))
        )
        return replace(found, results=results, before=before)

    def _row(self, row: "tuple[AnswerValue, ...]", change: DecisionChange) -> "tuple[AnswerValue, ...]":
        return tuple(self._told(told, change, at) for at, told in enumerate(row))

    def _told(self, told: Any, change: DecisionChange, at: int) -> Any:
        of = change.outputs[at][1]
        return told if isinstance(told, Computed) or not isinstance(of, ScaleType) else self._old_value(told, of.name)

    def _old_value(self, value: Scalar, scale: str) -> Scalar:
        return next((old for (name, old), new in self.values.items() if (name, new) == (scale, value)), value)
