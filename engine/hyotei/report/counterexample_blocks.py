"""A counterexample as parts of a document: the sheet, what is changed on it, how it is derived, and the rows that clash."""

from collections.abc import Iterator, Sequence

from hyotei.document import Block, Column, Definition, Definitions, Paragraph, Preformatted, Table, table
from hyotei.messages import InEach, Language, wording
from hyotei.proof.counterexample_sheets import derived
from hyotei.proof.results import Changed, Counterexample, Shown
from hyotei.report.derivation_lines import derivation_lines, with_row
from hyotei.report.law_words import name_words
from hyotei.report.sheet_lines import sheet_lines
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Decision, Input, Rulebook
from hyotei.rulebook.model import Table as DecisionTable
from hyotei.rulebook.reference import Reading, evaluate
from hyotei.rulebook.term_words import term_title
from hyotei.rulebook.types import ANY, Type
from hyotei.rulebook.value_words import Evaluate, check_text, value_text
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.sheet.unit_words import unit_words


class CounterexampleBlocks:
    """What is shown of counterexamples of one rulebook, in one language."""

    def __init__(self, rulebook: Rulebook, language: Language) -> None:
        self.rulebook, self.language, self.say = rulebook, language, wording(language)

    def blocks(self, example: Counterexample) -> tuple[Block, ...]:
        """Everything about one counterexample."""
        derivations = derived(example, self.rulebook)
        say = self.say
        told = [
            *(Definition(say("proof_document.example.change"), self._change(each)) for each in example.changed),
            *(Definition(say("proof_document.example.on_the_way"), each) for each in self._way(example, derivations)),
            *(Definition(*self._outcome(example, each, derivations)) for each in example.shown),
        ]
        rows = (self.rows(example.decision, example.rows, example),) if example.rows else ()
        return (
            Paragraph(say("proof_document.example.sheet")),
            Preformatted(tuple(sheet_lines(example.sheet, self.language, self.rulebook))),
            Definitions(tuple(told)),
            *rows,
        )

    def name(self, name: str) -> str:
        """A decision, parameter or figure as people call it."""
        return name_words(name, self.rulebook, self.language)

    def column(self, column: Input) -> str:
        """An input of a table as people call it."""
        return InEach(term_title(column.term, self.rulebook), column.text).text(self.language)

    def rows(self, decision: str, numbers: Sequence[int], example: Counterexample | None = None) -> Table:
        """Rows of a decision, one below the other, as they read on the sheet of the example."""
        found = self.rulebook.by_name[decision]
        body = _table_of(found)
        value = self._evaluator(example)
        heads = [self.say("proof_document.column.row"), *map(self.column, body.inputs)]
        heads += [self.name(each.name) for each in found.outputs]
        rows = []
        for number in sorted(numbers):
            row = body.rows[number - 1]
            checks = zip(row.checks, body.inputs, strict=True)
            outputs = zip(row.outputs, found.outputs, strict=True)
            rows.append(
                [
                    str(number),
                    *(check_text(each, column.type, value, self.language) for each, column in checks),
                    *(self._output(term, output.type, value) for term, output in outputs),
                ]
            )
        return table([Column(heads[0], "grade"), *map(Column, heads[1:])], rows)

    def _output(self, term: t.Term, of: Type, value: Evaluate) -> str:
        if isinstance(term, t.InputUnknown):
            return self.say("common.unknown")
        return value_text(value(term), of, self.language)

    def _evaluator(self, example: Counterexample | None) -> Evaluate:
        book = self.rulebook
        year = book.last_year or book.first_year or 2012
        sheet = example.sheet if example is not None else Sheet(id="-", title="-", authority="-", fiscal_year=year)
        reading = Reading(book, sheet)
        reading.steps = dict(evaluate(book, sheet).steps)
        units = {unit.key: unit for unit in reading.root.all()}
        unit = units.get(example.unit, reading.root) if example is not None else reading.root

        def value(term: t.Term) -> Scalar:
            try:
                return reading.value(term, unit)
            except LookupError:
                return self.say("common.list.more")

        return value

    def _change(self, change: Changed) -> str:
        of = self._type(change.name)
        before, after = (
            None if value is None else value_text(value, of, self.language) for value in (change.before, change.after)
        )
        return self.say(
            "proof_document.example.changed",
            name=self._at(change.name, change.unit),
            before=self.say("proof_document.example.added") if before is None else before,
            after=self.say("proof_document.example.no_value") if after is None else after,
        )

    def _way(self, example: Counterexample, derivations: tuple[Derivation, ...]) -> Iterator[str]:
        """The decisions between the figures of the sheet and what is shown."""
        names, told = [example.decision], []
        if example.decision:
            # What the table reads itself is shown as its input.
            inputs = _table_of(self.rulebook.by_name[example.decision]).inputs
            told = [each.term.decision for each in inputs if isinstance(each.term, t.Decided)]
        else:
            names = [each.decision for each in example.shown if each.decision in self.rulebook.by_name]
        yield from derivation_lines(self.rulebook, derivations, names, told, self.language)

    def _outcome(self, example: Counterexample, shown: Shown, derivations: tuple[Derivation, ...]) -> tuple[str, str]:
        """An input of the table that fails, or a result with the row that gave it."""
        values = [shown.before] if shown.after is None else [shown.before, shown.after]
        if example.decision:
            of, name = self._type(shown.decision), self.name(shown.decision)
            inputs = _table_of(self.rulebook.by_name[example.decision]).inputs
            column = next((column for column in inputs if column.text == shown.decision), None)
            if column is not None:
                of, name = column.type, self.column(column)
            told = [value_text(value, of, self.language) for value in values]
            return self.say("proof_document.example.input"), self._is(name, told)
        told = []
        for at, value in enumerate(values):
            text = value_text(value, self._type(shown.decision), self.language)
            step = derivations[at].steps.get((shown.decision, shown.unit)) if at < len(derivations) else None
            told.append(text if step is None else with_row(text, step, self.language))
        return self.say("proof_document.example.result"), self._is(self._at(shown.decision, shown.unit), told)

    def _is(self, name: str, told: "list[str]") -> str:
        if len(told) == 1:
            return self.say("proof_document.example.is", name=name, value=told[0])
        return self.say("proof_document.example.becomes", name=name, before=told[0], after=told[1])

    def _at(self, name: str, unit: str) -> str:
        """A decision or a figure at a unit of the sheet."""
        if unit == "sheet":
            return self.name(name)
        where = unit_words(unit, self.language)
        return self.say("proof_document.example.at_unit", name=self.name(name), unit=where)

    def _type(self, name: str) -> Type:
        decision = self.rulebook.by_name.get(name)
        if decision is not None:
            return decision.outputs[0].type
        return next((figure.type for figure in self.rulebook.figures if figure.name == name), ANY)


def _table_of(decision: Decision) -> DecisionTable:
    assert isinstance(decision.body, DecisionTable), "checks are about tables"
    return decision.body
