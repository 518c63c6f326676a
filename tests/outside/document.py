"""What a rulebook document says: front matter, headings, tables and formulas (sections 1 to 4, 6, 7)."""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from tests.outside.cells import CellReader
from tests.outside.expressions import Node, expression
from tests.outside.facts import Fact
from tests.outside.numerals import fold, number
from tests.outside.unknown import Value

SCOPES = {
    "measure": ("for each measure", "測定値ごと", "内訳ごと"),
    "year": ("for each year", "年ごと", "測定値の年ごと"),
    "indicator": ("for each indicator", "測定指標ごと", "指標ごと"),
    "objective": ("for each objective", "施策目標ごと"),
    "budget_year": ("for each budget year", "予算年度ごと", "年度ごと"),
    "sheet": ("for the sheet", "評価書全体", "評価書ごと"),
}
_SCOPE = {words: scope for scope, known in SCOPES.items() for words in known}

BUILT_IN: dict[str, tuple[tuple[str, ...], bool]] = {
    "qualifier": (("以上", "以下", "未満", "超", "程度", "約", "なし"), False),
    "direction": (("increase", "decrease", "maintain"), False),
    "claim": (("achieved", "partly_achieved", "not_achieved"), True),
    "basis": (("gross", "net"), False),
}
"""The scales that every rulebook has: values, best first, and whether they are ordered."""

JAPANESE = {
    "direction": {"増加": "increase", "減少": "decrease", "維持": "maintain"},
    "claim": {"達成": "achieved", "一部達成": "partly_achieved", "未達成": "not_achieved"},
    "basis": {"総額": "gross"},
}
"""Japanese spellings of their values."""


@dataclass(frozen=True)
class Table:
    """A table: its hit policy, the expressions of its inputs, the names of its outputs, and the cells of each row."""

    policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True)
class Decision:
    """A decision: its name, what it is made for, and its table or formula."""

    name: str
    scope: str
    body: Table | str

    @property
    def outputs(self) -> tuple[str, ...]:
        return self.body.outputs if isinstance(self.body, Table) else ("",)


FORMER = {
    "recorded.opinion": ("opinion", "text"),
    "recorded.reflection": ("reflection", "text"),
    "recorded.reflection_amount": ("reflection_amount", "money"),
    "recorded.greatest_reflection_amount": ("greatest_reflection_amount", "money"),
    "outline.kind": ("programme_kind", "text"),
    "outline.no_target_reason": ("no_target_reason", "text"),
    "logic_model.activities": ("logic_activities", "count"),
    "logic_model.outputs": ("logic_outputs", "count"),
    "logic_model.outcomes": ("logic_outcomes", "count"),
}
"""Names of facts as they were, with the names and types that these facts have (section 2.3)."""


@dataclass
class Rulebook:
    """A document: its decisions in order, scales, parameters by span of years, and how a division is rounded, if it is."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    scales: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)
    parameters: dict[str, list[tuple[int, int, Value]]] = field(default_factory=dict)
    division: tuple[str, int] | None = None
    facts: list[Fact] = field(default_factory=list)
    read: dict[str, Node] = field(default_factory=dict)

    def expression(self, text: str) -> Node:
        """The tree of an expression, which may hold values of the scales."""
        if text not in self.read:
            self.read[text] = expression(text, [value for values, _ in self.scales.values() for value in values])
        return self.read[text]

    def cells(self, scale: str, *, inside: bool = False) -> CellReader:
        """What reads the cells of a column of a scale; of none where it is ""."""
        return CellReader(self.spellings(scale), self.expression, inside)

    def spellings(self, scale: str) -> dict[str, str]:
        """The values of a scale by their spellings in half width; those of a scale from the start have Japanese ones too."""
        if scale not in self.scales:
            return {}
        own = {fold(value): value for value in self.scales[scale][0]}
        known = {word: value for word, value in JAPANESE.get(scale, {}).items() if value in self.scales[scale][0]}
        return known | own

    def fact(self, scope: str, name: str) -> Fact | None:
        """The fact of a scope by its name, its label or its former name, by which a fact need not be declared."""
        if scope == "sheet" and name in FORMER:
            now, of = FORMER[name]
            own = next((each for each in self.facts if each.scope == scope and each.name == now), None)
            return own or Fact(now, "", scope, now if now in self.scales else of, None)
        return next((each for each in self.facts if each.scope == scope and name in (each.name, each.label)), None)

    def parameter(self, name: str, year: int) -> Value | None:
        """The value of a parameter in a year; None where no span has the year."""
        return next((value for first, last, value in self.parameters[name] if first <= year <= last), None)


def rulebook(text: str) -> Rulebook:
    """A rulebook from its document."""
    _, head, body = re.split(r"^---[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    front: dict[str, Any] = yaml.load(head, yaml.BaseLoader)  # every scalar as it is written
    found = Rulebook(scales=dict(BUILT_IN))
    for name, values in front.get("scales", {}).items():
        found.scales[name] = tuple(values), True
    for name, entry in front.get("parameters", {}).items():
        found.parameters[name] = list(_spans(entry))
    rounding, _, digits = fold(front.get("division", "exact")).partition(" ")
    found.division = (rounding, int(digits)) if digits else None
    for scope, facts in front.get("facts", {}).items():
        for name, entry in facts.items():
            given = entry.get("default")
            of = entry["type"]
            default = None if given is None else given if of in found.scales or of == "text" else _constant(given)
            found.facts.append(Fact(name, entry.get("label", ""), scope, of, default))
    for decision in _decisions(body):
        found.decisions[decision.name] = decision
    for name, words in _words(found).items():
        found.scales[name] = tuple(words), False
    return found


def _words(rulebook: Rulebook) -> dict[str, list[str]]:
    """Output columns of words for which no scale is declared: each is a scale without order."""
    found: dict[str, list[str]] = {}
    for decision in rulebook.decisions.values():
        table = decision.body
        if isinstance(table, str) or decision.name in rulebook.scales:
            continue
        for place, name in enumerate(table.outputs):
            cells = [fold(outputs[place]) for _, outputs in table.rows]
            words = [text for text in cells if _WORD.fullmatch(text) and number(text) is None]
            if words and name not in rulebook.scales and name != "finding":
                found.setdefault(name, []).extend(word for word in words if word not in found.get(name, []))
    return found


_WORD = re.compile(r"(?!(?:unknown|不明|true|false)$)[^\W\d]\w*")


def _spans(entry: Any) -> Any:
    if not isinstance(entry, dict):
        yield 0, 9999, _constant(entry)
    elif "value" in entry:
        yield 0, 9999, _constant(entry["value"])
    else:
        for key, value in entry.items():
            if key in ("label", "source", "standing"):
                continue
            first, dots, last = fold(key).partition("..")
            yield _year(first, 0), (_year(last, 9999) if dots else _year(first, 0)), _constant(value)


def _year(text: str, otherwise: int) -> int:
    found = number(text)
    return int(found[0]) if found else otherwise


def _constant(text: str) -> Value:
    if match := re.fullmatch(r'\s*"([^"]*)"\s*', text):
        return match[1]
    if fold(text).strip() in ("true", "false"):
        return fold(text).strip() == "true"
    found = number(fold(text))
    assert found, text
    return found[0]


def _decisions(body: str) -> list[Decision]:
    """The decisions below their headings. What stands in a block of backticks is a formula, or an indented line of it."""
    found: list[Decision] = []
    heading: tuple[str, str] | None = None
    table: list[list[str]] = []
    formula: list[str] = []
    fenced = False

    def close() -> None:
        if heading and table:
            found.append(Decision(*heading, _table(table)))
        elif heading and formula:
            found.append(Decision(*heading, "\n".join(formula)))
        table.clear()
        formula.clear()

    for line in body.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced:
            formula.append(line)
        elif re.match(r"#{1,6}\s", line):
            close()
            heading = _heading(line)
        elif line.strip().startswith("|"):
            table.append(_cells(line))
        elif line.startswith(("    ", "\t")) and line.strip():
            formula.append(line)
    close()
    return found


def _heading(line: str) -> tuple[str, str] | None:
    match = re.search(r"`([^`]+)`\s*-+\s*(.+?)\s*$", fold(line))
    return (match[1].strip(), _SCOPE[match[2]]) if match else None


def _cells(line: str) -> list[str]:
    parts = re.split(r"(?<!\\)\|", line.strip())
    return [part.strip().replace("\\|", "|") for part in parts[1:-1]]


def _table(lines: list[list[str]]) -> Table:
    header, rows = lines[0], lines[2:]
    inputs = [place for place, text in enumerate(header) if re.fullmatch(r"`.*`", text)]
    outputs = [place for place, text in enumerate(header) if re.fullmatch(r"\*\*.*\*\*", text)]
    return Table(
        fold(header[0]).strip(),
        tuple(header[place].strip("`") for place in inputs),
        tuple(header[place].strip("*").strip() for place in outputs),
        tuple((tuple(row[place] for place in inputs), tuple(row[place] for place in outputs)) for row in rows),
    )
