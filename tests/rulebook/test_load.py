"""A document to a rulebook: from files and texts, of any size, with all its problems at once and never anything else."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import HyoteiError
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.load import check_rulebook, parse_rulebook
from hyotei.rulebook.model import Table
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.rulebook_text import RulebookText
from tests.rulebook.markdown_lines import ANY_TEXT, RULEBOOK
from tests.rulebook.small import HEAD, SHEET, formula, rulebook, table
from tests.strategies import HALF, rulebook_texts


def codes(text: str) -> list[str]:
    return [problem.code for problem in check_rulebook(RulebookText.parse(text))[1]]


def test_reads_a_file_or_its_folder(tmp_path: Path) -> None:
    """A rulebook is named by its folder or its document; problems name the file."""
    (tmp_path / "rulebook.md").write_text(HEAD + formula("1 + 1"), encoding="utf-8")
    assert read_rulebook(tmp_path).hash == read_rulebook(str(tmp_path / "rulebook.md")).hash
    (tmp_path / "rulebook.md").write_text(HEAD + formula("1 +"), encoding="utf-8")
    with pytest.raises(HyoteiError) as caught:
        read_rulebook(tmp_path)
    assert {problem.location.file for problem in caught.value.diagnostics} == {"rulebook.md"}


@pytest.mark.parametrize("content", [None, b"", b"\0\1\2", b"\xff\xfe\0", "表".encode("shift_jis")])
def test_file_that_is_no_text_is_told(tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing, empty, binary or in another encoding gets one clear error."""
    path = tmp_path / "rulebook.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(HyoteiError) as caught:
        read_rulebook(path)
    assert len(caught.value.diagnostics) == 1
    assert caught.value.diagnostics[0].code.startswith("HY1")


@pytest.mark.parametrize(
    "change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip("\n")]
)
def test_byte_order_mark_and_line_ends_are_irrelevant(change: object) -> None:
    """What an editor does to a file does not change the rulebook."""
    text = HEAD + table("| F | `1` | **x** |\n| 1 | 1 | 2 |")
    assert parse_rulebook(change(text)).hash == parse_rulebook(text).hash  # type: ignore[operator]  # one of the three


def test_warnings_stay_with_the_rulebook() -> None:
    """A rulebook with warnings only is usable and carries them, in the order of the document."""
    book = rulebook(
        formula("1", "y"), formula("measures[1].actual", "x"), table("| F | `x` | **z** |\n| 1 | 1 | 2 |", "z")
    )
    assert [problem.code for problem in book.warnings] == sorted(
        (problem.code for problem in book.warnings), key=[problem.code for problem in book.warnings].index
    )
    assert {problem.code for problem in book.warnings} >= {"HY541", "HY542", "HY544"}
    lines = [problem.location.line or 0 for problem in book.warnings]
    assert lines == sorted(lines)


def test_parameter_of_a_law_is_used() -> None:
    """A parameter that only a law speaks of is not told to be unused."""
    text = HEAD.replace("strict: true\n", "strict: true\nlaws:\n  - if recorded.rating = A then minimum >= about\n")
    told = [
        str(problem.params["name"])
        for problem in parse_rulebook(text + formula("1")).warnings
        if problem.code == "HY541"
    ]
    assert "minimum" not in told
    assert "late" in told


@pytest.mark.parametrize(
    ("years", "spans"), [("2011..", ("2011..2013",)), ("..2013", ("2011..",)), ("2011..2013", ("..2011", "2013.."))]
)
def test_every_year_in_force_needs_its_parameter(years: str, spans: tuple[str, ...]) -> None:
    """A dated parameter with a gap, before, within or after its values, is told."""
    dated = "".join(f"    {span}: 5\n" for span in spans)
    text = HEAD.replace("2010..2014\nscales", f"{years}\nscales").replace(
        "  about: 10%\n", f"  about: 10%\n  gap:\n{dated}"
    )
    assert "HY352" in codes(text + formula("gap"))


def test_table_of_5000_rows_is_read_in_time() -> None:
    """A table of 5,000 rows is read, checked and evaluated within seconds, with the right row."""
    rows = "\n".join(f"| {row} | {row}円以上{row + 1}円未満 | `about`以下 | {row} |" for row in range(5000))
    start = time.process_time()
    book = rulebook(table(f"| U | `budget_years[1].initial` | `5%` | **x** |\n{rows}"))
    assert evaluate(book, SHEET).steps["x", "sheet"].rows == (101,)
    assert time.process_time() - start < 60


def test_cell_of_100000_characters_is_told_in_time() -> None:
    """An enormous cell is told in one sentence, beside everything else that is wrong."""
    start = time.process_time()
    text = HEAD + table(f"| F | `count(measures)` | **x** |\n| 1 | {'1, ' * 33_333} | 1 |\n| 2 | 5以上1以下 | 1 |")
    assert codes(text) == ["HY401", "HY532"]
    assert time.process_time() - start < 30


@pytest.mark.parametrize("opening", ["(", "not(", "-", "if ", "count(", "measures[", "[", "1 in ("])
def test_deep_nesting_is_told_in_time(opening: str) -> None:
    """Brackets without end are told at once, in a formula and in a cell."""
    start = time.process_time()
    nested = opening * (3900 // len(opening))
    text = HEAD + formula(nested) + table(f"| F | `count(measures)` | **y** |\n| 1 | {nested} | 1 |", "y")
    assert {code[:3] for code in codes(text) if code != "HY541"} == {"HY4"}
    assert time.process_time() - start < 30


def test_many_problems_are_told_in_time() -> None:
    """Thousands of wrong cells are all told."""
    rows = "\n".join(f"| {row} | actaul | ? |" for row in range(2000))
    start = time.process_time()
    assert len(codes(HEAD + table(f"| F | `count(measures)` | **x** |\n{rows}"))) >= 4000
    assert time.process_time() - start < 60


PIECES = st.sampled_from(
    [
        *'|`-:)[].%１\t\u3000"\n',
        *("**", "\n\n", "---\n", "    ", "<!--", "```"),
        *("# a `b` — for the sheet\n", "| F | `1` | **x** |\n|---|---|---|\n", "scales:\n", "  a: [b]\n"),
        *("unknown", "not(", "measures", "actual", "以上"),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid rulebook with pieces taken out, doubled or put in."""
    text = draw(rulebook_texts() | st.just(HEAD + formula("1")) | st.just(RULEBOOK))
    for _ in range(draw(st.integers(1, 5))):
        at, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 12))
        text = text[:at] + draw(PIECES) + text[at + cut :]
    return text


@given(mutated() | ANY_TEXT)
def test_any_text_ends_in_a_rulebook_or_its_problems(text: str) -> None:
    """Whatever stands in the document, there is a rulebook or an error of ours, and every sentence can be said."""
    found, problems = check_rulebook(RulebookText.parse(text, "any.md"))
    assert (found is None) == any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.text("ja")
        assert problem.text("en")


@given(mutated())
def test_what_is_read_can_be_evaluated(text: str) -> None:
    """A rulebook that is accepted gives an answer to every decision."""
    book, _ = check_rulebook(RulebookText.parse(text))
    if book is not None:
        found = evaluate(book, SHEET)
        assert {name for name, _ in found.steps} == {decision.name for decision in book.decisions}


@HALF
@given(rulebook_texts())
def test_rows_are_numbered_as_in_the_document(text: str) -> None:
    """Rows count from 1 in the order of the table, and know their line."""
    lines = text.split("\n")
    for decision in parse_rulebook(text).decisions:
        if isinstance(decision.body, Table):
            assert [row.number for row in decision.body.rows] == list(range(1, len(decision.body.rows) + 1))
            assert all(lines[row.line - 1].startswith(f"| {row.number} |") for row in decision.body.rows)
