"""The document layer: nothing of a text is lost, and its blocks are those that a Markdown reader sees."""

import re
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hyotei.messages import catalogue
from hyotei.rulebook.blocks import CodeBlock, TableBlock
from hyotei.rulebook.heading_text import heading_parts
from hyotei.rulebook.markdown_lines import split_lines
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.table_text import delimiter, header_kind
from tests.rulebook.markdown_lines import ANY_TEXT, LINES, RULEBOOK


def blocks_seen(document: RulebookText) -> list[tuple[object, ...]]:
    """The blocks of the outermost level as plain values; rows are cut or filled to the width of their table."""
    seen: list[tuple[object, ...]] = []
    for section in document.sections:
        if section.level:
            seen.append(("heading", section.level, [line.strip() for line in section.heading_text.split("\n")]))
        for block in section.blocks:
            if isinstance(block, TableBlock):
                width = len(block.alignments)
                rows = [[cell.text for cell in row.cells] for row in (block.header, *block.rows)]
                seen.append(("table", [(row + [""] * width)[:width] for row in rows]))
            elif isinstance(block, CodeBlock):
                seen.append(("code", [line.text for line in block.lines], block.info))
    return seen


def blocks_by_oracle(text: str) -> list[tuple[object, ...]]:
    """The same, as markdown-it reads the text."""
    seen: list[tuple[object, ...]] = []
    rows: list[list[str]] = []
    outermost = False  # whether a table that is in no list or quotation is open
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for place, token in enumerate(tokens):
        if token.type == "tr_open" and outermost:
            rows.append([])
        elif token.type in ("th_open", "td_open") and outermost:
            rows[-1].append(tokens[place + 1].content)
        elif token.level:
            continue
        elif token.type == "heading_open":
            content = tokens[place + 1].content
            seen.append(("heading", int(token.tag[1]), [line.strip() for line in content.split("\n")]))
        elif token.type == "table_open":
            rows, outermost = [], True
        elif token.type == "table_close":
            seen.append(("table", rows))
            outermost = False
        elif token.type in ("fence", "code_block"):
            lines = split_lines(token.content)
            seen.append(("code", [line.rstrip("\n") for line in lines], token.info.strip()))
    return seen


OTHER_BLOCK = re.compile(r" {0,3}(#{1,6}(\s|$)|>|[-+*](\s|$)|\d+[.)](\s|$)|<|`{3}|~{3})")


def header_in_another_block(text: str) -> bool:
    """Whether a heading, item or the like has a pipe and a delimiter row below.

    markdown-it makes a table of these two lines; git hosts, and this reader, do not.
    """
    lines = [line.rstrip("\r\n").expandtabs(4) for line in split_lines(text)]
    return any(OTHER_BLOCK.match(above) and "|" in above and delimiter(below) for above, below in pairwise(lines))


@given(ANY_TEXT)
@example("")
@example("---\n")
@example("\ufeff---\r\na: 1\r---\n# x")
def test_text_is_kept(text: str) -> None:
    """Whatever the text, the document gives it back character for character."""
    document = RulebookText.parse(text, "any.md")
    assert str(document) == text
    assert document.text == text


@given(st.one_of(ANY_TEXT, st.lists(LINES).map("\n".join)))
def test_places_are_true(text: str) -> None:
    """Cells, headings and lines of code stand in the text where the document says; lines of no block are blank."""
    document = RulebookText.parse(text)
    covered = set(range(document.front.first_line, document.front.last_line + 1)) if document.front else set()
    for section in document.sections:
        if section.level and "\n" not in section.heading_text:
            first = section.heading_start - 1
            line = document.line(section.heading_line)
            assert section.heading_text == line[first : first + len(section.heading_text)]
    for block in document.blocks:
        lines = set(range(block.first_line, block.last_line + 1))
        assert not covered & lines
        covered |= lines
        if isinstance(block, CodeBlock):
            for code in block.lines:
                assert document.line(code.line)[code.start - 1 :].strip() == code.text.strip()
        if isinstance(block, TableBlock):
            for row in (block.header, *block.rows):
                for cell in row.cells:
                    written = document.line(cell.line)
                    assert written[cell.start - 1 : cell.end - 1] == cell.raw
                    assert all(written[cell.column(i) - 1] in (c, "\\") for i, c in enumerate(cell.text))
                assert row.fits == (len(row.cells) == len(block.alignments))
    for number in set(range(1, len(document.lines) + 1)) - covered:
        line = document.line(number)
        assert number <= document.section_of(number).heading_last_line or not line.strip(" \t")


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_blocks_equal_markdown(lines: list[str], end: str, last: bool) -> None:
    """Headings, tables with their cells, and code are those that markdown-it finds."""
    text = "\n" + "".join(line + end for line in lines)  # the first line is blank, so that there is no front matter
    assume(not header_in_another_block(text))
    # markdown-it loses a last line of blanks in open code if the line has no end, so it is always given one
    mine = text.removesuffix(end) if lines and lines[-1].strip() and not last else text
    assert blocks_by_oracle(text) == blocks_seen(RulebookText.parse(mine))


def test_a_rulebook_is_taken_apart() -> None:
    """Front matter, preamble, headings, formula, table and code of a small rulebook have their texts and lines."""
    document = RulebookText.parse(RULEBOOK, "small.md")
    assert document.front is not None
    assert (document.front.first_line, document.front.last_line) == (1, 5)
    assert document.front.text.startswith("rulebook: small\nparameters:")
    preamble, attainment, result = document.sections
    assert (preamble.level, preamble.heading_line, preamble.heading_text) == (0, 0, "")
    assert [block.text for block in preamble.prose] == ["What stands here is the preamble."]
    assert attainment.code[0].text == "if direction = decrease then target / actual\nelse actual / target"
    assert attainment.code[0].place(len("if direction = decrease then target / actual\nelse ")) == (11, 10)
    assert result.heading_text == "判定 `result` -- for each measure"
    (table,) = result.tables
    assert table.alignments == ("centre", None, "right", "left")
    assert [cell.text for cell in table.header.cells] == ["F", "`attainment`", "**result**", "*理由*"]
    assert [cell.text for cell in table.rows[1].cells] == ["2", "a | b", "`x | y`", ""]
    assert [cell.text for cell in table.rows[2].cells] == ["after the table"]
    assert not table.rows[2].fits
    assert result.code[0].info == "feel"
    assert result.code[0].text.startswith("# no heading\n| no | table |")
    assert result == document.section_of(table.first_line)
    assert [problem.code for problem in document.diagnostics] == ["HY303"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\na: 1\n", [("HY301", 1)]),
        ("# a\n\n```\n| a |\n", [("HY302", 3)]),
        ("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n", [("HY303", 3), ("HY303", 4)]),
        ("| a | b |\n|---|\n| 1 | 2 |\n", [("HY304", 1)]),
        ("| a | b |\n\n| 1 | 2 |\n", [("HY305", 1), ("HY305", 3)]),
        ("#見出し\n\n#1 is a number\n", [("HY306", 1), ("HY306", 3)]),
        ("a | b\n--|--\n1 | 2\n- | 2\n", [("HY307", 4)]),
        ("｜ a ｜ b ｜\n", [("HY308", 1)]),
        ("- item\n\n  | a |\n  |---|\n  | 1 |\n", [("HY309", 3)]),
        ("<!-- remark\n\n# hidden\n", [("HY310", 1)]),
        ("- item\n| a |\n|---|\n| 1 |\n", [("HY315", 3)]),
        ("| a |\n|---|\n", []),
        ("#\n# a\n<!-- remark -->\n", []),
    ],
)
def test_broken_layout_is_told(text: str, expected: list[tuple[str, int]]) -> None:
    """Each mistake of layout has its message with the line where it stands, and the text is kept all the same."""
    document = RulebookText.parse(text, "broken.md")
    assert expected == [(problem.code, problem.location.line) for problem in document.diagnostics]
    assert text == document.text
    for problem in document.diagnostics:
        assert problem.location.file == "broken.md"
        assert problem.message("ja") != problem.message("en")


def test_messages_are_in_the_catalogue() -> None:
    """Every message of this layer has a sentence in both languages that fills with the parameters given."""
    document = RulebookText.parse("# 判定 `result`\n| a | b |\n|---|---|\n| 1 |\n", "r.md")
    assert "r.md:4:1 （判定）: HY303 " in document.diagnostics[0].text("ja")
    assert "This row has 1 cells but the table has 2 columns" in document.diagnostics[0].message("en")
    assert all(len(entry.ja) > 10 for code, entry in catalogue().items() if code.startswith("HY3"))


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("`attainment`", 1, ("input", "attainment")),
        ("`` a`b ``", 1, ("input", "a`b")),
        ("`a` and `b`", 1, ("plain", "`a` and `b`")),
        ("**result**", 2, ("output", "result")),
        ("__result__", 2, ("output", "result")),
        ("**`result`**", 2, ("output", "result")),
        ("**a** and **b**", 2, ("plain", "**a** and **b**")),
        ("*理由*", 3, ("annotation", "理由")),
        ("_a_name_", 3, ("annotation", "a_name")),
        ("_a_ or _b_", 3, ("plain", "_a_ or _b_")),
        ("F", 0, ("corner", "F")),
        ("Ｃ＋", 0, ("corner", "C+")),
        ("F", 1, ("plain", "F")),
        ("", 0, ("plain", "")),
        ("** **", 0, ("plain", "** **")),
        ("```", 0, ("plain", "```")),
    ],
)
def test_header_cells(text: str, column: int, expected: tuple[str, str]) -> None:
    """The markup of a header cell says what its column is, and only markup around the whole cell counts."""
    assert expected == tuple(header_kind(text, column))


@pytest.mark.parametrize("dash", ["—", "―", "－", "–", "--", "─", "-"])
@pytest.mark.parametrize("code", ["", " `result`"])
def test_headings_have_parts(dash: str, code: str) -> None:
    """Title, name and tail are found whatever the dash, with their characters in the line."""
    line = f"## 測定指標の判定{code} {dash} for each measure"
    parts = heading_parts(line[3:], 4)
    assert parts.title.text == "測定指標の判定"
    assert ("result" if code else None) == (parts.code.text if parts.code else None)
    assert parts.tail is not None
    assert parts.tail.text == "for each measure"
    for part in (parts.title, parts.code, parts.tail):
        assert part is None or part.text == line[part.start - 1 : part.end - 1]


@given(st.text(), st.integers(1, 9))
def test_parts_of_any_heading_are_in_place(text: str, start: int) -> None:
    """The parts of any heading are cut out of it in order."""
    parts = heading_parts(text, start)
    found = [part for part in (parts.title, parts.code, parts.tail) if part]
    assert all(part.text == text[part.start - start : part.end - start] for part in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_a_dash_in_a_title_is_no_tail() -> None:
    """A dash without blanks around it belongs to the title, as in a span of years."""
    parts = heading_parts("2010―2012年度の執行率")
    assert parts.title.text == "2010―2012年度の執行率"
    assert parts.tail is None


def test_long_documents_do_not_run_away() -> None:
    """5,000 rows, a cell of 100,000 characters, and text that invites backtracking or deep nesting are read in bounded time."""
    row = "| 1 | 100%以上 | - | achieved | 目標値に達した |\n"
    table = "| F | `a` | `b` | **r** | *x* |\n|:-:|---|---|---|---|\n" + row * 5000
    hard = ["| " + "あ" * 100_000 + " |\n", "> " * 20_000, "- " * 20_000, "* " * 20_000 + "x", "\t" * 9_999]
    hard += ["`" * 50_000, "# " + "#" * 50_000 + "x", "<a " * 20_000, "[" * 50_000, "**" * 25_000, " " * 50_000 + "x"]
    hard += ["|" * 50_000 + "\n" + "-|" * 25_000, "|-" * 25_000 + "|\n" + "|-" * 25_000 + "|\n|"]
    started = process_time()
    assert len(RulebookText.parse(table).tables[0].rows) == 5000
    for text in hard:
        assert text * 3 == str(RulebookText.parse(text * 3))
        header_kind(text)
        heading_parts(text)
    # A bound against running away, wide enough for any machine; the speed itself is measured in benchmarks/.
    assert process_time() - started < 30
