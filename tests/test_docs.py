"""The language documentation is true: every example of docs/rulebook.md and docs/rulebook.en.md is read and run.

What cannot be run has no place among the examples, so a block of an unknown kind fails.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from markdown_it import MarkdownIt

from hyotei.base.exact import ROUNDINGS, plain
from hyotei.base.exact import shown as shown_number
from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import read_cases
from hyotei.messages import Diagnostic
from hyotei.report.law_words import law_words
from hyotei.rulebook import cell_words, front_matter, lexer, number_words, outline, parser, syntax
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.derivation import Outcome, Step
from hyotei.rulebook.format import format_document
from hyotei.rulebook.load import law_of, parse_rulebook
from hyotei.rulebook.model import HitPolicy
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.types import words
from hyotei.rulebook.value_words import grouped, percent
from hyotei.rulebook.values import Unknown
from hyotei.rulebook.vocabulary import BUILT_IN_SCALES, FIGURES, LISTS
from tests.rulebook_pages import (
    FENCES,
    PAGES,
    ROOT,
    TABLES,
    Example,
    Language,
    decisions,
    example_sheet,
    examples,
    literal,
    load,
    of_kind,
    page,
    page_tokens,
    run,
    wrapped,
)


@pytest.mark.parametrize("language", PAGES)
def test_every_block_is_run(language: Language) -> None:
    """No fenced block and no comment is of a kind that the tests below do not know."""
    unknown = [f"{each.line}: {each.kind}" for each in examples(language) if each.kind not in (*FENCES, *TABLES)]
    assert not unknown


@pytest.mark.parametrize(("language", "example", "after"), of_kind("markdown rulebook"))
def test_rulebooks(language: Language, example: Example, after: Example) -> None:
    """A complete rulebook is accepted without a word, and gives the results below it."""
    _, problems = load(example.text)
    assert not [problem.text(language) for problem in problems]
    assert after.kind == "text result"
    check_results(language, example.text, after)


@pytest.mark.parametrize(("language", "example", "after"), of_kind("markdown decision"))
def test_decisions(language: Language, example: Example, after: Example) -> None:
    """A decision gives the results below it on the example sheet."""
    assert after.kind == "text result", f"no result after line {example.line}"
    check_results(language, wrapped(language, example.text), after)


def check_results(language: Language, text: str, after: Example) -> None:
    for line in after.text.splitlines():
        match = re.fullmatch(
            r"(?:(\d{4}): )?([\w\[\]-]+)\.(\w+)(?:\.(\w+))? = (.+?)(?:\s+# (\w+)(?: ([\d, ]+))?)?", line
        )
        assert match, line
        year, unit, decision, output, value, outcome, rows = match.groups()
        derivation = run(text, example_sheet(language, int(year) if year else 2012))
        step = derivation.steps[decision, unit]
        assert shown(text, step, output) == value, line
        assert outcome is None or (outcome in get_args(Outcome) and step.outcome == outcome), (line, step.outcome)
        assert rows is None or step.rows == tuple(int(row) for row in rows.split(",")), (line, step.rows)


def shown(text: str, step: Step, output: str | None) -> str:
    """What came out, as the page writes it."""
    rulebook, _ = load(text)
    assert rulebook is not None
    named = rulebook.by_name[step.decision].outputs
    index = [each.name for each in named].index(output) if output else 0
    found = [", ".join(map(str, row)) for row in step.outputs if isinstance(row, tuple)]
    if len(found) == len(step.outputs):
        return f"[{'; '.join(found)}]"
    value = step.outputs[index]
    assert not isinstance(value, tuple)
    if isinstance(value, Decimal):
        dimension = getattr(named[index].type, "dimension", "plain")
        if dimension == "ratio":
            return percent(value).replace(".0%", "%")
        if dimension == "money":
            return grouped(value) + "円"
        return plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, Unknown) else value


@pytest.mark.parametrize(("language", "example", "after"), of_kind("markdown error"))
def test_errors(language: Language, example: Example, after: Example) -> None:
    """What is wrong is told in the words that the page shows; warnings may be among them."""
    assert after.kind == "text message"
    text = example.text if example.text.startswith("---") else wrapped(language, example.text)
    _, problems = load(text)
    told = [f"{problem.code} {problem.message(language)}" for problem in problems]
    expected = after.text.splitlines()
    errors = [line for line, problem in zip(told, problems, strict=True) if problem.severity == "error"]
    assert set(errors) <= set(expected) <= set(told)


@pytest.mark.parametrize(("language", "example", "after"), of_kind("markdown before"))
def test_formatting(language: Language, example: Example, after: Example) -> None:
    """The formatter makes the second block of the first, and nothing of the second."""
    assert after.kind == "markdown formatted"
    assert format_document(example.text) == after.text
    assert format_document(after.text) == after.text


@pytest.mark.parametrize(("language", "example", "after"), of_kind("expressions"))
def test_expressions(language: Language, example: Example, after: Example) -> None:
    """Each expression of a table has the value, or is refused with the code, in the column beside it."""
    del after
    unit = example.argument or "sheet"
    words = {"measures": "each measure", "years": "each year", "budget_years": "each budget year", "sheet": "the sheet"}
    scope = words[unit.split("[")[0]]
    for row in example.rows[1:]:
        written, (expected,) = row[0].codes, row[1].codes
        for each in written:
            text = wrapped(language, f"# x `example` — for {scope}\n\n```\n{each}\n```\n")
            if expected.startswith("HY"):
                assert expected in codes_of(text), f"line {example.line}: {each}"
                continue
            found = run(text, example_sheet(language)).steps["example", unit].outputs[0]
            # A quotient is told as it is shown.
            told = shown_number(found) if isinstance(found, Decimal) else found
            assert told == literal(expected), f"line {example.line}: {each}"


def codes_of(text: str) -> set[str]:
    rulebook, problems = load(text)
    assert rulebook is None
    return {problem.code for problem in problems}


def one_cell(language: Language, cell: str, value: str, sample: str) -> str:
    """A rulebook that tests one value against one cell."""
    subject = f"if 1 = 1 then {value} else {sample}" if value.startswith("unknown") else value
    head = f"# x `example` — for the sheet\n\n| F | `{subject}` | **o** |\n|---|---|---|\n"
    return wrapped(language, f'{head}| 1 | {cell} | "yes" |\n| 2 | - | "no" |\n')


@pytest.mark.parametrize(("language", "example", "after"), of_kind("cells"))
def test_cells(language: Language, example: Example, after: Example) -> None:
    """Each spelling of a cell fits the values in the third column, not those in the fourth, and leaves the fifth open."""
    del after
    for row in example.rows[1:]:
        spellings = row[0].codes or ("",)
        hashes = set()
        for spelling in spellings:
            for column, expected in ((2, ("fired", "yes")), (3, ("fired", "no")), (4, ("undecided", None))):
                for value in row[column].codes if column < len(row) else ():
                    text = one_cell(language, spelling, value, example.argument)
                    step = run(text, example_sheet(language)).steps["example", "sheet"]
                    told = step.outcome, (step.outputs[0] if expected[1] else None)
                    assert told == expected, f"line {example.line}: {spelling} for {value}"
            rulebook, _ = load(one_cell(language, spelling, example.argument, example.argument))
            assert rulebook is not None
            hashes.add(rulebook.hash)
        assert len(hashes) == 1, f"line {example.line}: {spellings} do not mean the same"


@pytest.mark.parametrize(("language", "example", "after"), of_kind("refused"))
def test_refused_cells(language: Language, example: Example, after: Example) -> None:
    """Each cell of the table is told about with the code beside it."""
    del after
    for row in example.rows[1:]:
        (cell,), (code,) = row[0].codes, row[1].codes
        _, problems = load(one_cell(language, cell, example.argument, example.argument))
        assert code in {problem.code for problem in problems}, f"line {example.line}: {cell}"


@pytest.mark.parametrize(("language", "example", "after"), of_kind("truth"))
def test_truth_tables(language: Language, example: Example, after: Example) -> None:
    """The tables of three-valued logic are what both interpreters compute."""
    del after

    def written(value: str) -> str:
        return f"(if 1 = 1 then {value} else true)"

    heads = [cell.codes[0] for cell in example.rows[0][1:]]
    for first, *results in example.rows[1:]:
        for head, result in zip(heads, results, strict=True):
            left, right = written(first.codes[0]), written(head)
            expression = f"{left} {example.argument} {right}" if example.argument != "not" else f"not({left})"
            text = wrapped(language, f"# x `example` — for the sheet\n\n    {expression}\n")
            found = run(text, example_sheet(language)).steps["example", "sheet"].outputs[0]
            assert found == literal(result.codes[0]), expression


@pytest.mark.parametrize(("language", "example", "after"), of_kind("yaml cases"))
def test_cases(language: Language, example: Example, after: Example, tmp_path: Path) -> None:
    """The cases are those of a file of cases, and they hold for the shipped rulebook."""
    del language, after
    file = tmp_path / "cases.yaml"
    file.write_text(example.text, "utf-8")
    rulebook = read_rulebook(ROOT / "rules/mic-2013")
    cases, problems = read_cases(file, rulebook)
    assert len(cases) == example.text.count("- name:")
    for case in cases:
        problems.extend(run_case(case, rulebook).problems)
    assert not [problem.text() for problem in problems]


@pytest.mark.parametrize(("language", "example", "after"), of_kind("laws"))
def test_laws(language: Language, example: Example, after: Example) -> None:
    """Both sentences of a row are the same law of the rulebook below, and each is written from the other."""
    below = next(
        each
        for each in examples(language)
        if each.line >= after.line and each.kind == "markdown rulebook" and "laws:" in each.text
    )
    book = parse_rulebook(below.text)
    for japanese, english, _ in example.rows[1:]:
        sentences = [cell.codes[0].strip() for cell in (japanese, english)]
        problems: list[Diagnostic] = []
        found = [law_of(book, sentence, problems) for sentence in sentences]
        assert all(found), [problem.text(language) for problem in problems]
        first, second = (replace(each, text="") for each in found if each is not None)
        assert first == second
        assert law_words(sentences[0], book, "en") == sentences[1]
        told = law_words(sentences[1], book, "ja")
        assert told == sentences[0] or "`share`" in sentences[0]


# -- what is complete


@pytest.mark.parametrize(("language", "example", "after"), of_kind("vocabulary"))
def test_vocabulary_tables(language: Language, example: Example, after: Example) -> None:
    """The vocabulary of a scope is listed whole, in order, with the names for people and the types."""
    del after
    expected = [
        (
            f"`{figure.name}`",
            figure.ja if language == "ja" else figure.en,
            words(figure.type).text(language),
        )
        for figure in FIGURES
        if figure.scope == example.argument
    ]
    assert [tuple(cell.text for cell in row) for row in example.rows[1:]] == expected


@pytest.mark.parametrize("language", PAGES)
def test_all_scopes_and_scales_are_listed(language: Language) -> None:
    """There is a vocabulary table for each scope, and a table of the values of each built-in scale."""
    tables = {(each.kind, each.argument) for each in examples(language)}
    assert {("vocabulary", figure.scope) for figure in FIGURES} <= tables
    listed = {
        row[0].codes[0]: row[1].codes for each in examples(language) if each.kind == "scale" for row in each.rows[1:]
    }
    assert listed == {scale.name: scale.values for scale in BUILT_IN_SCALES}


CONSTRUCTS: dict[str, Callable[[], set[str]]] = {
    "front matter": lambda: {*front_matter.KEYS, *front_matter._PARAMETER_KEYS, *ROUNDINGS},
    "headings": lambda: {*outline._SCOPES, *outline._FACT_NAMES, *outline.STANDINGS, *LISTS},
    "hit policies": lambda: set(get_args(HitPolicy)),
    "functions": lambda: {*parser.FUNCTIONS, *parser.FUNCTION_WORDS},
    "operators": lambda: {*get_args(syntax.Operator), *get_args(syntax.Comparator), *parser.KEYWORDS, "not"},
    "cells": lambda: {
        *cell_words.FROM,
        *cell_words.TO,
        *cell_words.BOTH,
        *cell_words.EITHER,
        *cell_words.UNCLEAR_JOINS,
        *cell_words.ABOUT_BEFORE,
        *cell_words.ABOUT_AFTER,
        *cell_words.CHANGE,
        *cell_words.HAS_TEXT,
        cell_words.EXCEPT,
        "任意",
        "不明",
        *lexer._PLAIN_SYMBOL,
        *parser.REASON_WORDS,
    },
    "units": lambda: {
        "%",
        "割",
        "倍",
        "円",
        "千円",
        "億",
        "兆",
        "年度",
        "FY",
        *number_words.POWERS,
        *number_words.PERCENT,
    },
    "counters": lambda: {*number_words.COUNTERS, *number_words.UNITS},
    "outcomes": lambda: set(get_args(Outcome)) - {"supposed"},
}


@pytest.mark.parametrize("construct", CONSTRUCTS)
@pytest.mark.parametrize("language", PAGES)
def test_every_construct_is_described(language: Language, construct: str) -> None:
    """Every word and sign that the parsers know stands somewhere as code, outside the long examples."""
    codes = {
        child.content
        for token in page_tokens(language)
        for child in token.children or ()
        if child.type == "code_inline"
    }
    text = " ".join(codes)
    missing = {
        each
        for each in CONSTRUCTS[construct]()
        if not re.search(rf"(?<![A-Za-z_]){re.escape(each)}(?![A-Za-z_])", text)
    }
    assert not missing


@pytest.mark.parametrize("language", PAGES)
def test_tables_render(language: Language) -> None:
    """Every table is a table to a Markdown renderer, with as many cells in each row as in its header."""
    document = RulebookText.parse(page(language))
    broken = [problem.text() for problem in document.diagnostics if not problem.code.startswith("HY306")]
    assert not broken
    rendered = [token for token in page_tokens(language) if token.type == "table_open"]
    assert len(rendered) == len(document.tables)
    stray = [token for token in page_tokens(language) if token.type == "inline" and token.content.startswith("|")]
    assert not stray


def test_both_languages_have_the_same_structure() -> None:
    """The two pages have the same headings, examples and tables in the same order."""

    def structure(language: Language) -> list[str]:
        marks = [token.tag for token in page_tokens(language) if token.type == "heading_open"]
        return [*marks, *(f"{each.kind} {each.argument} {len(each.rows)}" for each in examples(language))]

    assert structure("ja") == structure("en")
    assert decisions("ja").keys() == decisions("en").keys()


@pytest.mark.parametrize("name", ["audit.md", "audit.en.md"])
def test_the_example_of_audits_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines of the page for a notebook, as they stand there."""
    tokens = MarkdownIt("commonmark").parse((ROOT / "docs" / name).read_text("utf-8"))
    (example,) = [token.content for token in tokens if token.type == "fence" and token.info == "python"]
    monkeypatch.chdir(tmp_path)
    exec(compile(example, name, "exec"), {})
    assert "missed_but_claimed" in capsys.readouterr().out
    assert (tmp_path / "report" / "index.html").is_file()
