"""Edits through the model: they change their own lines, and reading the text again gives what was asked for."""

import re
from collections.abc import Callable

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hyotei.base.display_width import display_width
from hyotei.messages import HyoteiError
from hyotei.rulebook.blocks import CodeBlock
from hyotei.rulebook.edit import delete_row, insert_row, move_row, set_cell, set_code
from hyotei.rulebook.edit_front import set_front_value
from hyotei.rulebook.markdown_lines import split_lines, without_end
from hyotei.rulebook.row_layout import refit
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import Alignment, cell_spans, escape_cell
from tests.rulebook.markdown_lines import LINES, RULEBOOK

WORDS = st.one_of(
    st.sampled_from(["", "-", "80%以上", "a | b", "\\", "a\\|", "|", "two\nlines", "\u3000", "`a | b`", "x" * 130]),
    st.sampled_from(["# x", "---", ":-:", "> q", "- x", "<div>"]),
    st.text(max_size=12),
)
ROW = st.one_of(
    st.lists(WORDS.map(escape_cell), min_size=2, max_size=2).map(lambda cells: f"| {cells[0]} | {cells[1]} |"),
    st.sampled_from(
        ["a|b", "|a|b|", "  | a | b |  ", "| a", "|", "|||", "|a|b|c|", "|\ta\t|   b|", "| a |b", "a | \\|"]
    ),
)
END = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def documents(draw: st.DrawFn, least: int = 0) -> RulebookText:
    """A document with a table of two columns and at least `least` rows, somewhere among other lines."""
    end = draw(END)
    header = draw(st.sampled_from(["| h | i |", "h|i", "  |h|i|", "| `x` | **y**"]))
    dashes = draw(st.sampled_from(["|---|---|", "-|-", "| :-: | --: |", "|:--|--|"]))
    rows = draw(st.lists(ROW, min_size=least, max_size=5))
    before, after = draw(st.lists(LINES, max_size=3)), draw(st.lists(LINES, max_size=3))
    lines = [*before, "", header, dashes, *rows, *([""] if after else []), *after]
    document = RulebookText.parse(
        draw(st.sampled_from(["", "\ufeff"])) + end.join(lines) + end * draw(st.integers(0, 1))
    )
    table = document.table_at(len(before) + 2)
    assume(table is not None and table.last_line >= table.delimiter_line + least)
    return document


def the_table(document: RulebookText) -> int:
    """The place, among the tables of a drawn document, of the one whose header says h or x."""
    return next(
        place
        for place, table in enumerate(document.tables)
        if len(table.header.cells) == 2 and table.header.cells[0].text in ("h", "`x`")
    )


def texts(document: RulebookText) -> list[list[str]]:
    table = document.tables[the_table(document)]
    return [[cell.text for cell in row.cells] for row in table.rows]


def one_line(text: str) -> str:
    return re.sub(r"\r\n|\r|\n", " ", text.strip())


def check_other_lines(before: RulebookText, after: RulebookText, changed: slice, now: slice) -> None:
    """All lines but the changed ones are the same, apart from the end that the last line may lack."""
    old, new = [line.rstrip("\r\n") for line in before.lines], [line.rstrip("\r\n") for line in after.lines]
    assert old[: changed.start] == new[: now.start]
    assert old[changed.stop :] == new[now.stop :]
    assert before.lines[: max(0, changed.start - 1)] == after.lines[: max(0, changed.start - 1)]
    assert before.mark == after.mark
    assert before.text.endswith(("\r", "\n")) == after.text.endswith(("\r", "\n"))


@given(documents(), st.data(), WORDS)
def test_a_cell_is_set(document: RulebookText, data: st.DataObject, text: str) -> None:
    """The cell says the new text, the others what they said, and only its line is changed."""
    table = document.tables[the_table(document)]
    row = data.draw(st.none() | st.integers(0, len(table.rows) - 1)) if table.rows else None
    column = data.draw(st.integers(0, 1))
    if row is None:
        text = "h" if column == 0 else text
    edited = set_cell(document, table, row, column, text)
    target = table.header if row is None else table.rows[row]
    expected = [cell.text for cell in target.cells]
    expected += [""] * (column + 1 - len(expected))
    expected[column] = one_line(text)
    place = target.line - 1
    check_other_lines(document, edited, slice(place, place + 1), slice(place, place + 1))
    after = edited.table_at(table.first_line)
    assert after is not None
    assert expected == [cell.text for cell in (after.header if row is None else after.rows[row]).cells]
    assert len(after.rows) == len(table.rows)
    assert edited == set_cell(edited, after, row, column, text)


@given(documents(1), st.data())
def test_a_cell_keeps_its_width(document: RulebookText, data: st.DataObject) -> None:
    """A text that fits between the blanks of its cell leaves every pipe of the line where it was."""
    table = document.tables[the_table(document)]
    row = data.draw(st.sampled_from(table.rows))
    line = document.line(row.line)
    fits = [n for n, (start, end) in enumerate(cell_spans(line)[:2]) if line[start:end].strip(" ").strip()]
    assume(fits and line.startswith("| ") and line.endswith(" |") and "\t" not in line and "\u3000" not in line)
    column = data.draw(st.sampled_from(fits))
    start, end = cell_spans(line)[column]
    room = display_width(line[start:end]) - 2
    text = data.draw(st.text("aあ、5", max_size=room).filter(lambda text: display_width(text) <= room))
    edited = set_cell(document, table, table.rows.index(row), column, text).line(row.line)
    widths = [[display_width(each[start:end]) for start, end in cell_spans(each)] for each in (line, edited)]
    assert widths[0] == widths[1]


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 9), st.sampled_from(["left", "right", "centre", None]))
def test_a_text_too_long_keeps_one_blank_where_there_was_any(
    lead: int, trail: int, more: int, alignment: Alignment | None
) -> None:
    """On either side by itself, however the column is aligned."""
    text = "あ" * (lead + trail + more + 1)
    segment = f"{' ' * lead}x{' ' * trail}"
    assert refit(segment, text, alignment) == f"{' ' * min(lead, 1)}{text}{' ' * min(trail, 1)}"


@given(documents(), st.data(), st.lists(WORDS, min_size=2, max_size=2))
def test_a_row_is_put_in_and_taken_out(document: RulebookText, data: st.DataObject, cells: list[str]) -> None:
    """The new row stands where it was put, all other lines are the same, and taking it out again gives the old text."""
    table = document.tables[the_table(document)]
    index = data.draw(st.integers(0, len(table.rows)))
    edited = insert_row(document, table, index, cells)
    place = table.delimiter_line + index
    check_other_lines(document, edited, slice(place, place), slice(place, place + 1))
    expected = texts(document)
    expected.insert(index, [one_line(text) for text in cells])
    assert expected == texts(edited)
    assert document.text == delete_row(edited, edited.tables[the_table(edited)], index).text


@given(documents(1), st.data())
def test_a_row_is_taken_out(document: RulebookText, data: st.DataObject) -> None:
    """The row is gone, all other lines are the same."""
    table = document.tables[the_table(document)]
    index = data.draw(st.integers(0, len(table.rows) - 1))
    edited = delete_row(document, table, index)
    place = table.delimiter_line + index
    check_other_lines(document, edited, slice(place, place + 1), slice(place, place))
    expected = texts(document)
    del expected[index]
    assert expected == texts(edited)


@given(documents(1), st.data())
def test_a_row_is_moved(document: RulebookText, data: st.DataObject) -> None:
    """The rows stand in the new order, all other lines are the same, and moving back gives the old text."""
    table = document.tables[the_table(document)]
    source, target = (data.draw(st.integers(0, len(table.rows) - 1)) for _ in range(2))
    edited = move_row(document, table, source, target)
    rows = slice(table.delimiter_line, table.last_line)
    check_other_lines(document, edited, rows, rows)
    expected = texts(document)
    expected.insert(target, expected.pop(source))
    assert expected == texts(edited)
    assert document.text == move_row(edited, edited.tables[the_table(edited)], target, source).text


CODE_LINES = st.sampled_from(["a + b", "", "  ", "\tx", "    y", "```", "~~~", "# h", "| a |", "-"])
CODE = st.lists(CODE_LINES, max_size=5).map("\n".join) | st.text()
FENCED = st.sampled_from(["```\nold\n```", "~~~ feel\nold\n\n~~~~", "  ```\n  old\n ```", "```", "```\n```"])
INDENTED = st.sampled_from(["    old", "\told\n\n    older", "  \told", "    old\n```"])


@given(FENCED | INDENTED, CODE, st.sampled_from(["", "\n", "\n\ntext", "\r\n# h\r\n"]))
def test_code_is_set(block: str, text: str, after: str) -> None:
    """The block has the new text (indented: but for blank lines around it), and the lines around it are the same."""
    document = RulebookText.parse("# a\n\n" + block + after)
    edited = set_code(document, document.sections[1].code[0], text)
    code = edited.sections[1].code[0]
    lines = re.split(r"\r\n|\r|\n", text)
    if not code.fenced:
        kept = [number for number, line in enumerate(lines) if line.strip(" \t")]
        lines = lines[kept[0] : kept[-1] + 1]
    assert "\n".join(lines) == code.text
    assert code.closed
    before = document.sections[1].code[0]
    check_other_lines(document, edited, slice(2, before.last_line), slice(2, code.last_line))
    assert len(edited.sections) == len(document.sections)


FRONT = """---
rulebook: small   # its name
parameters:
  about: 10%   # how far
  quoted: "10%" # double
  single: '10%' # single
  empty:   # nothing yet
  flow: {low: 1, high: 2} # both
  years: [2011, 2012]
  2012: by year
  block: |
    text
  anchor: &one 1
  alias: *one
---
# a
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("parameters", "about"), "15%", "about: 10%   # how far", "about: 15%   # how far"),
        (("parameters", "quoted"), "15%", '"10%" # double', '"15%" # double'),
        (("parameters", "single"), "it's", "'10%' # single", "'it''s' # single"),
        (("parameters", "empty"), "x", "empty:   # nothing", "empty: x   # nothing"),
        (("parameters", "flow", "high"), "3", "high: 2} #", "high: 3} #"),
        (("parameters", "flow", "high"), "3, x", "high: 2} #", 'high: "3, x"} #'),
        (("parameters", "years", 1), "2013", "2012]", "2013]"),
        (("parameters", 2012), "dated", "2012: by year", "2012: dated"),
        (("parameters", "about"), "a # b", "about: 10%   #", 'about: "a # b"   #'),
        (("rulebook",), "two\nlines", "rulebook: small ", 'rulebook: "two\\nlines" '),
        (("rulebook",), "", "rulebook: small ", 'rulebook: "" '),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_front_value_is_set(path: tuple[str | int, ...], value: str, old: str, new: str, end: str) -> None:
    """Only the value changes: comment, quotes and every other line stay."""
    document = RulebookText.parse(FRONT.replace("\n", end), "r.md")
    assert FRONT.replace(old, new).replace("\n", end) == set_front_value(document, path, value).text


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["about", "quoted", "single", "empty"]))
def test_any_front_value_reads_back(value: str, key: str) -> None:
    """Whatever text is written, YAML reads it back, and only the line of the key differs."""
    document = RulebookText.parse(FRONT)
    edited = set_front_value(document, ("parameters", key), value)
    assert edited.front is not None
    node = yaml.compose(edited.front.text, Loader=yaml.SafeLoader)
    assert node is not None
    parameters = next(value for name, value in node.value if name.value == "parameters")
    assert value == next(found for name, found in parameters.value if name.value == key).value
    changed = [old for old, new in zip(document.lines, edited.lines, strict=True) if old != new]
    assert all(line.strip().startswith(key) for line in changed)
    assert len(changed) <= 1


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("# a\n", ("a",), "HY312"),
        (FRONT, ("nothing",), "HY312"),
        (FRONT, ("parameters", "years", 7), "HY312"),
        (FRONT, ("parameters",), "HY313"),
        (FRONT, ("parameters", "block"), "HY313"),
        (FRONT, ("parameters", "anchor"), "HY313"),
        (FRONT, ("parameters", "alias"), "HY313"),
        ("---\na: [\n---\n", ("a",), "HY311"),
        ("---\na: \x01\n---\n", ("a",), "HY311"),
        ("---\na: " + "[" * 2000 + "\n---\n", ("a",), "HY311"),
    ],
)
def test_what_is_no_plain_front_value_is_refused(text: str, path: tuple[str | int, ...], code: str) -> None:
    """A key that is missing, a list, a block of text, an alias, or broken YAML is told with its message."""
    with pytest.raises(HyoteiError) as caught:
        set_front_value(RulebookText.parse(text, "r.md"), path, "x")
    assert [code] == [problem.code for problem in caught.value.diagnostics]
    assert caught.value.diagnostics[0].message("en") != caught.value.diagnostics[0].message("ja")


def test_a_value_that_yaml_cannot_hold_is_refused() -> None:
    """A lone surrogate is told with its message."""
    with pytest.raises(HyoteiError) as caught:
        set_front_value(RulebookText.parse(FRONT), ("rulebook",), "\ud800")
    assert [problem.code for problem in caught.value.diagnostics] == ["HY314"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda document, table: set_cell(document, table, 9, 0, "x"),
        lambda document, table: set_cell(document, table, -1, 0, "x"),
        lambda document, table: set_cell(document, table, 0, 4, "x"),
        lambda document, table: insert_row(document, table, 9, ["a", "b", "c", "d"]),
        lambda document, table: delete_row(document, table, 3),
        lambda document, table: move_row(document, table, 0, 3),
    ],
)
def test_no_such_place(edit: Callable[..., RulebookText]) -> None:
    """A row or column that the table does not have is an index error."""
    document = RulebookText.parse(RULEBOOK)
    with pytest.raises(IndexError):
        edit(document, document.tables[0])


def test_blocks_of_another_document_are_refused() -> None:
    """A block read from an older state of the text cannot be edited by mistake."""
    document = RulebookText.parse(RULEBOOK)
    later = RulebookText.parse("\n" + RULEBOOK)
    with pytest.raises(ValueError, match="table"):
        delete_row(later, document.tables[0], 0)
    with pytest.raises(ValueError, match="code block"):
        set_code(later, document.sections[1].code[0], "x")
    with pytest.raises(ValueError, match="4 columns"):
        insert_row(document, document.tables[0], 0, ["a"])


@example(["\n", "\r", "\n", "\n", "\n", "\n"], ["", "x"], True)
@example(["\r", "\n", "\n", "\n", "\n", "\n"], ["", "x"], False)
@given(
    st.lists(END, min_size=6, max_size=6),
    st.lists(st.sampled_from(["", "x", "y"]), min_size=1, max_size=6),
    st.booleans(),
)
def test_code_among_ends_of_several_kinds_keeps_its_lines(ends: list[str], code: list[str], begun: bool) -> None:
    """An end of a line and the empty line after it never become one end."""
    before = ["前"] if begun else []
    lines = [*before, "```", "a", "b", "```", "後"]
    document = RulebookText.parse("".join(line + end for line, end in zip(lines, ends, strict=False)))
    (block,) = (each for each in document.blocks if isinstance(each, CodeBlock))
    edited = set_code(document, block, "\n".join(code))
    written = code if "\n".join(code) else []
    assert [without_end(line) for line in edited.lines] == [*before, "```", *written, "```", "後"]


def test_an_edit_is_one_line_of_a_diff() -> None:
    """Setting one cell of a rulebook with Windows line ends changes one line and keeps its end."""
    document = RulebookText.parse(RULEBOOK.replace("\n", "\r\n"))
    edited = set_cell(document, document.tables[0], 0, 3, "未定")
    before, after = split_lines(document.text), split_lines(edited.text)
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["| 1 | unknown | unknown | 未定         |\r\n"]
