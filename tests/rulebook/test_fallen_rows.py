"""No rule falls out of its table without a word: each row of a table, put outside of it in every way, is told as an error."""

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.messages import Diagnostic
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from tests.rulebook.small import HEAD
from tests.strategies import HALF, rulebook_texts

TABLE = (
    "| F | `count(measures)` | `recorded.rating` | **rating** | *理由* |",
    "|:-:|-------------------|-------------------|------------|--------|",
    "| 1 | 3以上             | -                 | A          | 多い。 |",
    "| 2 | 2以上3未満        | A, B              | B          |        |",
    "| - | unknown           |                   | unknown    | 不明   |",
    "| 4 | -                 | -                 | C          | 残り   |",
)
"""A table of five columns; its rows begin at place 2."""

Way = Callable[[str], list[str]]


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def as_html(row: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells(row)) + "</tr>"


WAYS: dict[str, tuple[Way, str]] = {
    "blank line": (lambda row: ["", row], "HY334"),
    "two blank lines": (lambda row: ["", "  ", row], "HY334"),
    "blank line, no first bar": (lambda row: ["", row.removeprefix("| ")], "HY334"),
    "blank line, no last bar": (lambda row: ["", row.removesuffix("|")], "HY334"),
    "blank line, set in": (lambda row: ["", "    " + row], "HY334"),
    "tabs": (lambda row: ["\t".join(cells(row))], "HY336"),
    "tabs after a blank line": (lambda row: ["", "\t".join(cells(row))], "HY336"),
    "tab before it": (lambda row: ["", "\t" + "\t".join(cells(row))], "HY336"),
    "wide bars": (lambda row: [row.replace("|", "｜")], "HY337"),
    "wide bars after a blank line": (lambda row: ["", row.replace("|", "｜")], "HY337"),
    "ruled lines": (lambda row: ["", row.replace("|", "│")], "HY337"),
    "html": (lambda row: [as_html(row)], "HY338"),
    "html after a blank line": (lambda row: ["", as_html(row)], "HY338"),
    "html table": (lambda row: ["", "<table>", as_html(row), "</table>"], "HY338"),
    "paragraph": (lambda row: ["", "次の場合も同じである。", row], "HY335"),
    "paragraph and blank line": (lambda row: ["", "次の場合も同じである。", "", row], "HY335"),
    "heading": (lambda row: ["", "#### 補足", "", row], "HY335"),
    "row as a heading": (lambda row: ["", f"#### {row}"], "HY335"),
    "rule": (lambda row: ["", "---", "", row], "HY335"),
    "comment": (lambda row: ["<!-- ここから -->", row], "HY335"),
    "list": (lambda row: ["", f"- {row}"], "HY334"),
    "quotation": (lambda row: ["", f"> {row}"], "HY334"),
}
"""How a row falls out of its table, and the code that tells of it."""


def told(text: str) -> list[Diagnostic]:
    rulebook, problems = check_rulebook(RulebookText.parse(text, "rulebook.md"))
    assert (rulebook is None) == any(problem.severity == "error" for problem in problems)
    return problems


def written(lines: list[str]) -> str:
    return HEAD + "# 評価区分 `rating` — for the sheet\n\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("row", range(2, len(TABLE)))
@pytest.mark.parametrize("way", WAYS)
def test_a_row_that_falls_out_is_an_error_at_its_line(way: str, row: int) -> None:
    """Wherever the row was and however it fell out, it is told with its own code, at its own line."""
    fall, code = WAYS[way]
    lines = [*TABLE[:row], *fall(TABLE[row]), *TABLE[row + 1 :]]
    problems = told(written(lines))
    first = len(written(list(TABLE[:row])).splitlines())
    places = [each.location.line for each in problems if each.code == code]
    assert places, [each.text() for each in problems]
    assert first < (places[0] or 0) <= first + len(fall(TABLE[row]))


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "    "])
def test_first_characters_that_make_a_row_something_else_are_told(mark: str) -> None:
    """Right below the table, what makes the line a list, a quotation, code or HTML is what has to go."""
    lines = [*TABLE[:3], mark + TABLE[3].removeprefix("| "), *TABLE[4:]]
    problems = told(written(lines))
    assert (problems[0].code, problems[0].location.line) == ("HY307", len(written(lines[:4]).splitlines()))


def test_the_whole_table_is_accepted() -> None:
    """The table of these tests says nothing wrong as long as its rows stand together."""
    assert not [each for each in told(written(list(TABLE))) if each.severity == "error"]


@HALF
@given(rulebook_texts(), st.data())
def test_a_row_of_a_drawn_table_that_falls_out_is_an_error(text: str, data: st.DataObject) -> None:
    """Of any rulebook, with cells of all kinds, no row can fall out of its table without an error."""
    tables = [table for table in RulebookText.parse(text).tables if table.rows]
    if not tables:
        return
    table = data.draw(st.sampled_from(tables))
    place = data.draw(st.sampled_from(table.rows)).line - 1
    lines = text.split("\n")
    whole = lines[place].strip().startswith("|") and lines[place].strip().endswith("|")
    names = [name for name in WAYS if whole and "bar" not in name and "\\|" not in lines[place]]
    if not names:
        return
    fall, _ = WAYS[data.draw(st.sampled_from(names))]
    changed = "\n".join([*lines[:place], *fall(lines[place]), *lines[place + 1 :]])
    problems = told(changed)
    assert {each.code for each in problems} & {code for _, code in WAYS.values()}, changed


@pytest.mark.parametrize(
    "prose",
    [
        "区分は A | B | C のいずれかである。",
        "選択肢は「高い|低い」とする。",
        "絶対値 |x| が 3 以上のとき。",
        "|x| が 3 以上のとき、A とする。",
        "注意\t表の外の説明である。",
        "  二つの  空白の  ある  文  である。",
        "1. 番号のある | 説明の文である。",
        "- 箇条書き | 一つ目\n- 箇条書き | 二つ目",
        "<!-- | 9 | 9以上 | - | A | 消した行 | -->",
        "<table><tr><td>参考</td><td>資料</td></tr></table>",
        "| 参考 | 資料 |\n|------|------|\n| 一   | 二   |",
        "`a | b | c | d | e` と書く。",
    ],
)
def test_prose_with_a_bar_is_prose(prose: str) -> None:
    """Prose that merely contains a bar, a tab or blanks says nothing wrong."""
    extra = told(written([*TABLE, "", *prose.split("\n")]))
    assert not [each.text() for each in extra if each.code in {code for _, code in WAYS.values()}]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda row: "\t".join(cells(row)), "HY336"),
        (lambda row: row.replace("|", "｜"), "HY337"),
        (lambda row: "\t" + row, "HY339"),
        (lambda row: "    " + row, "HY339"),
        (lambda row: as_html(row), "HY338"),
        (lambda row: "   ".join(cell or "-" for cell in cells(row)), "HY337"),
    ],
)
def test_a_table_that_is_none_is_told_what_it_lacks(change: Callable[[str], str], code: str) -> None:
    """A decision whose whole table was pasted with tabs, other bars, blanks, an indent or as HTML is told so, and only so."""
    rows = [row for place, row in enumerate(TABLE) if place != 1 or code == "HY339"]
    problems = [each for each in told(written([change(row) for row in rows])) if each.severity == "error"]
    assert [each.code for each in problems] == [code]
