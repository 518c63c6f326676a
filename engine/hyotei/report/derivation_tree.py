"""The derivation as a tree a person reads: each decision with the row that answered, and below it what it rests on."""

from collections.abc import Iterator

from hyotei.messages import Language
from hyotei.rulebook.load import RESULTS
from hyotei.verdict.model import InputRef, SourceRef, StepRef, VerdictData

Node = tuple[str, list["Node"]]
"""A line and what stands below it."""


def tree(verdict: VerdictData, language: Language) -> Iterator[str]:
    """The lines of the tree, results first. A step that was already shown is named, not repeated."""
    view = _Tree(verdict, language)
    for name in RESULTS:
        step = view.steps.get(f"{name}@sheet")
        if step is not None:
            yield from _drawn(view.node(step, ""), "", "")


def _drawn(node: Node, lead: str, below: str) -> Iterator[str]:
    line, children = node
    yield lead + line
    for index, child in enumerate(children):
        last = index == len(children) - 1
        yield from _drawn(child, below + ("└ " if last else "├ "), below + ("   " if last else "│  "))


class _Tree:
    def __init__(self, verdict: VerdictData, language: Language) -> None:
        self.steps = {step.id: step for step in verdict.derivation}
        self.measures = {measure.unit: measure for measure in verdict.measures}
        self.years = {year.unit: year for year in verdict.budget_years}
        self.english = language == "en"
        self.shown: set[str] = set()

    def say(self, ja: str, en: str) -> str:
        return en if self.english else ja

    # -- steps

    def node(self, step: StepRef, asked: str) -> Node:
        """A step, with what the row above asked of its value."""
        head = f"{self.subject(step.unit)}{step.title} {step.text}{asked}"
        if step.id in self.shown:
            return head + self.say("  （前述）", "  (see above)"), []
        self.shown.add(step.id)
        if step.outcome == "computed":
            return self.formula(step, head)
        return head + self.row(step), [child for given in step.inputs for child in self.given(given)]

    def formula(self, step: StepRef, head: str) -> Node:
        """A formula on one line where it reads figures only; otherwise with the steps it rests on below."""
        given = step.inputs[0]
        if not given.sources and len(given.uses) == 1:
            return head, [self.node(self.steps[given.uses[0]], "")] if given.uses[0] in self.steps else []
        figures = self.figures(given.sources)
        head = f"{head}  = {given.title}"
        if not given.uses:
            return (f"{head}  ←  {figures}" if figures else head), []
        children: list[Node] = [(figures, [])] if figures else []
        return head, children + [self.node(self.steps[each], "") for each in given.uses if each in self.steps]

    def row(self, step: StepRef) -> str:
        rows = ", ".join(str(row) for row in step.rows)
        said = {
            "fired": self.say(f"  ← 行{rows}", f"  <- row {rows}"),
            "undecided": self.say(f"  ← 行{rows} が不明な値のため決まらない", f"  <- row {rows} cannot be decided"),
            "gap": self.say("  ← 当てはまる行がない", "  <- no row answers"),
            "conflict": self.say(f"  ← 行{rows} が食い違う", f"  <- rows {rows} clash"),
            "supposed": self.say("  ← 仮の値", "  <- supposed"),
        }[step.outcome]
        return said + (self.say(f"：{step.annotation}", f": {step.annotation}") if step.annotation else "")

    def given(self, given: InputRef) -> Iterator[Node]:
        """An input that the row asked about; one it did not ask about is left out."""
        if given.asked in ("", "-"):
            return
        asked = self.say(f"（規則：{given.asked}）", f" (rule: {given.asked})")
        if len(given.uses) == 1 and not given.sources and given.uses[0] in self.steps:
            yield self.node(self.steps[given.uses[0]], asked)
            return
        figures = self.figures(given.sources)
        line = f"{given.title} {given.text}{asked}"
        places = _places(given.sources)
        plain = len(given.sources) == 1 and not given.uses
        children = [self.node(self.steps[each], "") for each in given.uses if each in self.steps]
        yield (f"{line} {places}".rstrip() if plain else f"{line}  ←  {figures}" if figures else line), children

    # -- words

    def subject(self, unit: str) -> str:
        if unit in self.measures:
            measure = self.measures[unit]
            number = unit.removeprefix("measures[").removesuffix("]")
            return f"[{number}{'・' + measure.label if measure.label else ''}] "
        if unit in self.years:
            year = self.years[unit].fiscal_year
            return f"[{self.say(f'{year}年度', f'FY{year}')}] "
        return "" if unit == "sheet" else f"[{unit.partition('[')[2].removesuffix(']')}] "

    def figures(self, sources: tuple[SourceRef, ...]) -> str:
        """`実績値 3回、目標値 4回程度 〔表の4行目〕`"""
        said = [
            f"{source.title} {source.text}"
            + ("" if source.reading == "stated" else self.say("〔推定〕", f" [{source.reading}]"))
            for source in sources
        ]
        return f"{self.say('、', ', ').join(said)} {_places(sources)}".rstrip()


def _places(sources: tuple[SourceRef, ...]) -> str:
    """Where figures were read, each place once."""
    places = list(dict.fromkeys(source.place for source in sources if source.place))
    return f"〔{'；'.join(places)}〕" if places else ""
