"""The derivation as a tree a person reads: each decision with the row that answered, and below it what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hyotei.base.line_breaking import fold, shortened
from hyotei.messages import Language
from hyotei.rulebook.load import RESULTS
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.verdict.model import InputRef, SourceRef, StepRef, VerdictData

NOT_STATED: Final = "＊"
"""Beside a figure whose reading was not simply stated."""
_LONGEST: Final = 48
_NARROWEST: Final = 30
MOST_LEVELS: Final = 30
"""Levels of steps below each other that are drawn."""
"""Columns of a figure as printed; a qualitative one is a sentence."""


@dataclass(slots=True)
class Node:
    """A line, and what stands below it. `again` is set on a step that was told before: its decision and unit."""

    text: str
    below: list["Node"] = field(default_factory=list)
    again: tuple[str, str] | None = None


def tree(verdict: VerdictData, language: Language, width: int) -> Iterator[str]:
    """The lines of the tree, results first, folded to a width. A step that was already shown is named, not repeated."""
    view = _Tree(verdict, language)
    for name in RESULTS:
        step = view.steps.get(f"{name}@sheet")
        if step is not None:
            yield from _drawn(view.node(step, ""), "", "", width)


def _drawn(node: Node, lead: str, below: str, width: int) -> Iterator[str]:
    further = below + ("│ " if node.below else "  ")
    # However deep it stands, a line has room for some words.
    first, *rest = fold(node.text, max(_NARROWEST, width - 2 * len(further)), max(_NARROWEST, width - 2 * len(lead)))
    yield lead + first
    for line in rest:
        yield further + line
    for index, child in enumerate(node.below):
        last = index == len(node.below) - 1
        yield from _drawn(child, below + ("└ " if last else "├ "), below + ("   " if last else "│  "), width)


class _Tree:
    def __init__(self, verdict: VerdictData, language: Language) -> None:
        self.steps = {step.id: step for step in verdict.derivation}
        self.measures = {measure.unit: measure for measure in verdict.measures}
        self.years = {year.unit: year for year in verdict.budget_years}
        self.language, self.english = language, language == "en"
        self.shown: set[str] = set()
        self.depth = 0

    def say(self, ja: str, en: str) -> str:
        return en if self.english else ja

    # -- steps

    def node(self, step: StepRef, asked: str) -> Node:
        """A step, with what the row above asked of its value."""
        head = f"{self.subject(step.unit)}{step.title} {step.text}{asked}"
        if step.id in self.shown:
            return Node(head + self.say("（前述）", " (see above)"), again=(step.decision, step.unit))
        self.shown.add(step.id)
        if self.depth >= MOST_LEVELS:
            below = any(given.uses or given.sources for given in step.inputs)
            return Node(head + (self.say("（この下は --json で）", " (what is below: --json)") if below else ""))
        self.depth += 1
        try:
            if step.outcome == "computed":
                return self.formula(step, head)
            return Node(head + self.row(step), [child for given in step.inputs for child in self.given(step, given)])
        finally:
            self.depth -= 1

    def formula(self, step: StepRef, head: str) -> Node:
        """A formula with what it was computed from below."""
        given = step.inputs[0]
        # A value that is handed on as it is says nothing by its expression.
        plain = not given.sources and len(given.uses) == 1 and self.steps[given.uses[0]].text == step.text
        text = head if plain else f"{head} = {given.title}"
        return Node(text, [*self.figures(given.sources), *self.uses(given.uses)])

    def uses(self, names: tuple[str, ...]) -> list[Node]:
        """The steps of those names; those of one decision that were all told before are named on one line."""
        nodes = [self.node(self.steps[name], "") for name in names]
        found: list[Node] = []
        for node in nodes:
            last = found[-1] if found else None
            if last is not None and node.again and last.again and node.again[0] == last.again[0]:
                title = self.steps[f"{node.again[0]}@{node.again[1]}"].title
                first = last.again[1].split("~")[0]
                span = f"[{self.number(first)}{self.say('～', '-')}{self.number(node.again[1])}]"
                text = f"{span} {title}{self.say('（前述）', ' (see above)')}"
                found[-1] = Node(text, again=(node.again[0], f"{first}~{node.again[1]}"))
            else:
                found.append(node)
        return found

    def row(self, step: StepRef) -> str:
        rows = ", ".join(str(row) for row in step.rows)
        several = "s" if len(step.rows) > 1 else ""
        said = {
            "fired": self.say(f" ← 行{rows}", f" <- row{several} {rows}")
            if rows
            else self.say(" ← 当てはまる行はない", " <- no row holds"),
            "undecided": self.say(
                f" ← 行{rows} が不明な値のため決まらない", f" <- row{several} {rows} cannot be decided"
            ),
            "gap": self.say(" ← どの行も答えない", " <- no row answers"),
            "conflict": self.say(f" ← 行{rows} が食い違う", f" <- rows {rows} clash"),
            "supposed": self.say(" ← 仮の値", " <- supposed"),
        }[step.outcome]
        if step.outcome != "fired" or not step.annotation:
            return said
        return said + self.say(f"：{step.annotation}", f": {step.annotation}")

    def given(self, step: StepRef, given: InputRef) -> Iterator[Node]:
        """An input that the row asked about; one it did not ask about is left out."""
        if given.asked == "-":
            return
        asked = self.say(f"（規則：{given.asked}）", f" (rule: {given.asked})") if given.asked else ""
        if len(given.uses) == 1 and not given.sources and given.title == self.steps[given.uses[0]].title:
            yield self.node(self.steps[given.uses[0]], asked)
            return
        line = f"{given.title} {given.text}{asked}"
        if len(given.sources) == 1 and not given.uses and given.sources[0].title == given.title:
            source = given.sources[0]
            yield Node(f"{line}{self.mark(source)}{self.place(source)}")
            return
        yield Node(line, [*self.figures(given.sources), *self.uses(given.uses)])

    # -- words

    def subject(self, unit: str) -> str:
        if unit in self.measures:
            label = self.measures[unit].label
            return f"[{self.number(unit)}{self.say('・', ', ') + label if label else ''}] "
        return "" if unit == "sheet" else f"[{self.number(unit)}] "

    def number(self, unit: str) -> str:
        if unit in self.years:
            return print_fiscal_year(self.years[unit].fiscal_year, self.language)
        scope, _, number = unit.removesuffix("]").partition("[")
        words = {"objectives": ("施策目標", "objective "), "indicators": ("測定指標", "indicator ")}.get(
            scope, ("", "")
        )
        return self.say(*words) + number

    def figures(self, sources: tuple[SourceRef, ...]) -> list[Node]:
        """`実績値 3回 〔表の4行目〕`, one figure a line."""
        return [
            Node(f"{source.title} {shortened(source.text, _LONGEST)}{self.mark(source)}{self.place(source)}")
            for source in sources
        ]

    def mark(self, source: SourceRef) -> str:
        return "" if source.reading in ("stated", "corrected") else NOT_STATED

    def place(self, source: SourceRef) -> str:
        return (self.say(f" 〔{source.place}〕", f" [{source.place}]")) if source.place else ""
