"""docs/rulebook.md and docs/rulebook.en.md as data: their examples, the sheet of their tables, and rulebooks made of their parts.

A fenced block says after its backticks what it is; a table is an example if a comment such as `<!-- test: cells 90% -->` stands
above it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hyotei.inference.engine import derive
from hyotei.messages import Diagnostic
from hyotei.rulebook import parser, syntax
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Recorded, Sheet, YearPoint
from tests.interpreters import outside, steps

ROOT = Path(__file__).resolve().parents[1]
Language = Literal["ja", "en"]
PAGES: dict[Language, str] = {"ja": "docs/rulebook.md", "en": "docs/rulebook.en.md"}
FENCES = (
    "yaml front", "markdown rulebook", "markdown decision", "text result", "markdown error", "text message",
    "markdown before", "markdown formatted", "yaml cases",
)  # fmt: skip
SHEET_TABLES = ("measures", "budget", "years")
TABLES = (*SHEET_TABLES, "cells", "refused", "expressions", "truth", "vocabulary", "scale", "laws")


@dataclass(frozen=True)
class Example:
    """A fenced block, or a table with its comment: `rows` are cells, each with its text and its code spans."""

    kind: str
    argument: str
    line: int
    text: str = ""
    rows: tuple[tuple["Cell", ...], ...] = ()


@dataclass(frozen=True)
class Cell:
    """One cell of a rendered table."""

    text: str
    codes: tuple[str, ...]


# -- reading the pages


@cache
def page(language: Language) -> str:
    return (ROOT / PAGES[language]).read_text("utf-8")


@cache
def page_tokens(language: Language) -> tuple[Token, ...]:
    return tuple(MarkdownIt("commonmark").enable("table").parse(page(language)))


@cache
def examples(language: Language) -> tuple[Example, ...]:
    """All examples of a page, in its order."""
    found: list[Example] = []
    above = ""
    tokens = page_tokens(language)
    for at, token in enumerate(tokens):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "fence":
            found.append(Example(token.info.strip(), "", line, token.content))
        elif token.type == "html_block":
            comment = re.fullmatch(r"<!-- test: (\w+) ?(.*?) -->\s*", token.content)
            assert comment, f"{PAGES[language]}:{line}: a comment that says nothing to the test"
            above = token.content
            continue
        elif token.type == "table_open" and above:
            comment = re.fullmatch(r"<!-- test: (\w+) ?(.*?) -->\s*", above)
            assert comment
            found.append(Example(comment[1], comment[2], line, rows=table_rows(tokens[at:])))
        elif above and token.level == 0:
            pytest.fail(f"{PAGES[language]}:{line}: no table below the comment {above.strip()}")
        if token.type != "html_block":
            above = ""
    return tuple(found)


def table_rows(tokens: tuple[Token, ...]) -> tuple[tuple[Cell, ...], ...]:
    rows: list[list[Cell]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            codes = tuple(child.content for child in token.children or () if child.type == "code_inline")
            rows[-1].append(Cell(token.content, codes))
        elif token.type == "table_close":
            break
    return tuple(tuple(row) for row in rows)


def of_kind(*kinds: str) -> list[object]:
    """All examples of these kinds in both languages, as parameters of a test; with what stands right after each."""
    found: list[object] = []
    for language in PAGES:
        every = [example for example in examples(language) if example.kind not in SHEET_TABLES]
        every.append(Example("", "", 0))
        for example, after in pairwise(every):
            if example.kind in kinds:
                found.append(pytest.param(language, example, after, id=f"{language}:{example.line}"))
    return found


# -- running a rulebook


@cache
def example_sheet(language: Language, fiscal_year: int = 2012) -> Sheet:
    """The sheet of the page's own tables."""
    objectives: dict[str, tuple[str, dict[str, list[Measure]]]] = {}
    years: list[BudgetYear] = []
    series = series_of(language)
    for example in examples(language):
        if example.kind == "measures":
            for number, (_, objective, claim, indicator, label, direction, *figures) in enumerate(example.rows[1:], 1):
                baseline, target, actual = (quantity(figure.codes[0]) for figure in figures)
                _, indicators = objectives.setdefault(objective.text, (claim.codes[0], {}))
                indicators.setdefault(indicator.text, []).append(
                    Measure(
                        label=label.text or None,
                        direction=direction.codes[0] if direction.codes else None,  # type: ignore[arg-type]  # the model checks it
                        baseline=baseline,
                        target=target,
                        actual=actual,
                        series=tuple(series.get(number, ())),
                    )
                )
        elif example.kind == "budget":
            for unit, initial, supplementary, total, executed in example.rows[1:]:
                year = int(re.findall(r"\d+", unit.codes[0])[0])
                printed = [quantity(each.codes[0]) for each in (initial, supplementary, total, executed)]
                amounts = dict(zip(("initial", "supplementary", "total", "executed"), printed, strict=True))
                years.append(BudgetYear.model_validate({"fiscal_year": year, **amounts}))
    return Sheet(
        schema="hyotei.sheet/3",
        id="example",
        title="例",
        authority="例示省",
        fiscal_year=fiscal_year,
        objectives=tuple(
            Objective(
                name=name,
                claim=claim,  # type: ignore[arg-type]
                indicators=tuple(
                    Indicator(name=each, main=number == 0, measures=tuple(measures))
                    for number, (each, measures) in enumerate(indicators.items())
                ),
            )
            for name, (claim, indicators) in objectives.items()
        ),
        budget_years=tuple(years),
        recorded=Recorded(rating="A", budget="Ⅱ"),
    )


def series_of(language: Language) -> dict[int, list[YearPoint]]:
    """The further years of the measures of that sheet, by the number of the measure."""
    found: dict[int, list[YearPoint]] = {}
    for example in examples(language):
        for unit, target, actual in example.rows[1:] if example.kind == "years" else ():
            measure, year = map(int, re.findall(r"\d+", unit.codes[0]))
            point = YearPoint(fiscal_year=year, target=quantity(target.codes[0]), actual=quantity(actual.codes[0]))
            found.setdefault(measure, []).append(point)
    return found


def quantity(text: str) -> Quantity:
    """`10回以上`, `5%`, `4,000千円`, or the reason why there is no figure."""
    if text in REASONS:
        return Quantity(unknown=text)
    match = re.fullmatch(r"([\d.,]+)(千円|%|\w*?)(以上|以下|未満|超|程度|約)?", text)
    assert match, text
    value, unit, qualifier = Decimal(match[1].replace(",", "")), match[2], match[3]
    if unit == "千円":
        value, unit = value * 1000, "円"
    if unit == "%":
        value = value / 100
    return Quantity.model_validate({"value": value, "unit": unit, "qualifier": qualifier})


@cache
def front(language: Language) -> str:
    """The front matter under which all decisions of the page stand."""
    (found,) = (example.text for example in examples(language) if example.kind == "yaml front")
    return found


@cache
def decisions(language: Language) -> dict[str, str]:
    """The decisions of the page by name, in its order."""
    found: dict[str, str] = {}
    for example in examples(language):
        if example.kind == "markdown decision":
            for section in re.split(r"^(?=#)", example.text, flags=re.MULTILINE):
                name = re.match(r"#.*?`(.+?)`", section)
                if name:
                    assert name[1] not in found, f"two decisions {name[1]}"
                    found[name[1]] = section
    return found


def wrapped(language: Language, text: str) -> str:
    """The text as a whole rulebook: under the page's front matter, with the decisions of the page that it reads."""
    known = decisions(language)
    parts = [text]
    for part in parts:
        for name, section in known.items():
            if section not in parts and re.search(rf"(?<![\w.]){name}(?!\w)|(?:measures|years|\])\.{name}\b", part):
                own = re.findall(r"^#.*?`(.+?)`", text, flags=re.MULTILINE)
                if name not in own:
                    parts.append(section)
    return front(language) + "\n" + "\n".join(parts)


def load(text: str) -> tuple[Rulebook | None, list[Diagnostic]]:
    return check_rulebook(RulebookText.parse(text, "rulebook.md"))


def run(text: str, sheet: Sheet) -> Derivation:
    """The derivation, the same from both interpreters and from the reading that shares no code with them."""
    rulebook, problems = load(text)
    assert rulebook is not None, "\n".join(each.text() for each in problems)
    expected = evaluate(rulebook, sheet)
    assert derive(rulebook, sheet) == expected
    assert outside(text, sheet) == steps(expected)
    return expected


def literal(text: str) -> Scalar:
    """A value as the page writes it."""
    node = parser.parse_output(text)
    match node:
        case syntax.Number(value) | syntax.Text(value) | syntax.Truth(value):
            return value
        case syntax.Name(name):
            return name
        case syntax.UnknownLiteral(reason):
            assert reason is not None, f"{text} must say its reason"
            return Unknown(reason)
    pytest.fail(f"{text} is no value")
