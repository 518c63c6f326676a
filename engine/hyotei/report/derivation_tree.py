"""The derivation as a tree a person reads: each decision with the row that answered, and below it what it rests on."""

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from hyotei.document import Node
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.rulebook.model import RESULTS
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.verdict.model import InputRef, SourceRef, StepRef, VerdictData

NOT_STATED: Final = "＊"
"""Beside a figure whose reading was not simply stated."""
MOST_LEVELS: Final = 30
"""Levels of steps below each other that are drawn."""


@dataclass(slots=True)
class _Line:
    """A line, and what stands below it. `again` is set on a step that was told before: its decision and unit."""

    text: str
    below: list["_Line"] = field(default_factory=list)
    again: tuple[str, str] | None = None

    def node(self) -> Node:
        return Node(self.text, tuple(line.node() for line in self.below))


def derivation_tree(verdict: VerdictData, language: Language) -> tuple[Node, ...]:
    """The results with what they rest on. A step that was already shown is named, not repeated."""
    view = _Tree(verdict, language)
    steps = (view.steps.get(f"{name}@sheet") for name in RESULTS)
    return tuple(view.line(step, "").node() for step in steps if step is not None)


def answered(step: StepRef, language: Language) -> str:
    """Behind the value of a table's decision: the row that answered, or why none did."""
    say = wording(language)
    rows = say.listed((str(row) for row in step.rows), "verdict_document.fired.between")
    if step.outcome != "fired":
        return say.one_of("verdict_document.not_fired", step.outcome, rows=rows, count=len(step.rows))
    if not step.rows:
        return say("verdict_document.fired.no_row")
    key = "verdict_document.fired.row_named" if step.annotation else "verdict_document.fired.row"
    return say(key, rows=rows, count=len(step.rows), annotation=step.annotation)


class _Tree:
    def __init__(self, verdict: VerdictData, language: Language) -> None:
        self.steps = {step.id: step for step in verdict.derivation}
        self.measures = {measure.unit: measure for measure in verdict.measures}
        self.years = {year.unit: year for year in verdict.budget_years}
        self.language, self.say = language, wording(language)
        self.shown: set[str] = set()
        self.depth = 0

    # -- steps

    def line(self, step: StepRef, asked: str) -> _Line:
        """A step, with what the row above asked of its value."""
        head = f"{self.subject(step.unit)}{step.title} {step.text}{asked}"
        if step.id in self.shown:
            return _Line(self.say("verdict_document.tree.above", text=head), again=(step.decision, step.unit))
        self.shown.add(step.id)
        if self.depth >= MOST_LEVELS:
            below = any(given.uses or given.sources for given in step.inputs)
            return _Line(self.say("verdict_document.tree.deeper", text=head) if below else head)
        self.depth += 1
        try:
            if step.outcome == "computed":
                return self.formula(step, head)
            below_it = [child for given in step.inputs for child in self.given(given)]
            return _Line(head + answered(step, self.language), below_it)
        finally:
            self.depth -= 1

    def formula(self, step: StepRef, head: str) -> _Line:
        """A formula with what it was computed from below."""
        given = step.inputs[0]
        # A value that is handed on as it is says nothing by its expression.
        plain = not given.sources and len(given.uses) == 1 and self.steps[given.uses[0]].text == step.text
        text = head if plain else f"{head} = {given.title}"
        return _Line(text, [*self.figures(given.sources), *self.uses(given.uses)])

    def uses(self, names: tuple[str, ...]) -> list[_Line]:
        """The steps of those names; those of one decision that were all told before are named on one line."""
        found: list[_Line] = []
        for line in [self.line(self.steps[name], "") for name in names]:
            last = found[-1] if found else None
            if last is not None and line.again and last.again and line.again[0] == last.again[0]:
                title = self.steps[f"{line.again[0]}@{line.again[1]}"].title
                first = last.again[1].split("~")[0]
                numbers = {"first": self.number(first), "last": self.number(line.again[1])}
                text = self.say("verdict_document.tree.span", title=title, **numbers)
                found[-1] = _Line(text, again=(line.again[0], f"{first}~{line.again[1]}"))
            else:
                found.append(line)
        return found

    def given(self, given: InputRef) -> Iterator[_Line]:
        """An input that the row asked about; one it did not ask about is left out."""
        if given.asked == "-":
            return
        asked = self.say("verdict_document.tree.asked", asked=given.asked) if given.asked else ""
        if len(given.uses) == 1 and not given.sources and given.title == self.steps[given.uses[0]].title:
            yield self.line(self.steps[given.uses[0]], asked)
            return
        text = f"{given.title} {given.text}{asked}"
        if len(given.sources) == 1 and not given.uses and given.sources[0].title == given.title:
            yield _Line(text + self.read(given.sources[0]))
            return
        yield _Line(text, [*self.figures(given.sources), *self.uses(given.uses)])

    # -- words

    def subject(self, unit: str) -> str:
        if unit == "sheet":
            return ""
        label = self.measures[unit].label if unit in self.measures else ""
        number = self.number(unit)
        return f"[{self.say('verdict_document.tree.labelled', number=number, label=label) if label else number}] "

    def number(self, unit: str) -> str:
        if unit in self.years:
            return print_fiscal_year(self.years[unit].fiscal_year, self.language)
        scope, _, number = unit.removesuffix("]").partition("[")
        key = {"objectives": "verdict_document.tree.objective", "indicators": "verdict_document.tree.indicator"}.get(
            scope
        )
        return self.say(key, number=number) if key else number

    def figures(self, sources: tuple[SourceRef, ...]) -> list[_Line]:
        """`実績値 3回 〔表の4行目〕`, one figure a line."""
        return [_Line(f"{source.title} {source.text}{self.read(source)}") for source in sources]

    def read(self, source: SourceRef) -> str:
        """How sure a reading is, and where it was read."""
        mark = "" if source.reading in ("stated", "corrected") else NOT_STATED
        return mark + (self.say("verdict_document.tree.place", place=source.place) if source.place else "")
