"""Bad input of every kind, as a user meets it: one clear sentence each, in bounded time and memory, never a traceback."""

import json
from pathlib import Path

import pytest

from tests.cli.command import SEED, Done, hyotei, inside
from tests.conftest import ROOT

MIC = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
HEAD = "id: x\ntitle: x\nauthority: 総務省\nfiscal_year: 平成24年度\n"
RULES = """---
rulebook: x
title: x
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: a, B: b}
---
"""


def rate(tmp_path: Path, content: str | bytes, bounded: bool = False) -> Done:
    """`hyotei rate --json` on a file with this content; within bounds where it is made to be costly."""
    file = tmp_path / "sheet.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = "rate", file, "--rulebook", "mic-2013", "--json"
    return hyotei(*arguments, seconds=30) if bounded else inside(*arguments)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "HY104"),
        (b" \n\n", "HY104"),
        (b"\x7fELF\0\0\1", "HY105"),
        (b"\xff\xfe\x00\x01", "HY2"),
        (HEAD.replace("x", "評価").encode() + HEAD.replace("x", "評価").encode("cp932"), "HY123"),
        (b"a: [", "HY110"),
        ("a: 1\n\tb: 2\n", "HY118"),
        ("a: &x [*x, *x]\n", "HY113"),
        ("a: !!python/object/apply:os.system [ls]\n", "HY112"),
        (HEAD + "title: y\n", "HY111"),
        ("a: " + "[" * 60_000 + "]" * 60_000, "HY114"),
        (f"{HEAD}---\n{HEAD}", "HY115"),
        ("- 1\n- 2\n", "HY2"),
        ("just words", "HY2"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 8 else "",
)
def test_files_that_are_no_sheet(tmp_path: Path, content: str | bytes, code: str) -> None:
    """Each is told as what it is, with a document on stdout."""
    done = rate(tmp_path, content, bounded=len(content) > 1_000)
    assert done.code == 2
    assert code in done.err
    assert done.json["schema"] == "hyotei.failure/1"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A file that is not there, and a folder without a sheet."""
    inside("rate", tmp_path / "none.yaml").failed_with("HY101")
    inside("sheet", "check", tmp_path).failed_with("HY701")
    inside("rulebook", "check", tmp_path).failed_with("HY101")
    inside("rate", SEED, "--rulebook", "x" * 5000).failed_with("HY360")


def test_bombs(tmp_path: Path) -> None:
    """Aliases that multiply are refused at the first, whatever they would unfold to."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    done = rate(tmp_path, bomb, bounded=True)
    assert done.code == 2
    assert "HY113" in done.err


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    """A file beyond the limit is refused without being read whole."""
    file = tmp_path / "sheet.yaml"
    with file.open("wb") as out:
        for _ in range(100):
            out.write(b"a: " + b"x" * (1024 * 1024 - 4) + b"\n")
    hyotei("rate", file, seconds=20).failed_with("HY107")
    hyotei("rulebook", "check", file, seconds=20).failed_with("HY107")


@pytest.mark.parametrize("figure", ["NaN", ".nan", "Infinity", "-.inf", "1e400", "1" + "0" * 400, "10^400"])
def test_figures_that_are_no_numbers(tmp_path: Path, figure: str) -> None:
    """They are told about, never become a number, and leave the rest of the sheet as it is."""
    done = rate(
        tmp_path, f"{HEAD}measures:\n  - {{target: 10回, actual: {figure!r}}}\n  - {{target: 10回, actual: 10回}}\n"
    )
    assert done.code in (0, 2)
    if done.code == 0:
        assert [measure["attainment"] for measure in json.loads(done.out)["measures"]] == [None, "1"]
    else:
        assert "HY2" in done.err


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        ("{target: 0回, direction: increase, actual: 5回}", "undefined"),
        ("{actual: 5回}", "missing"),
        ("{target: 5回}", "missing"),
        ("{}", "missing"),
    ],
)
def test_measures_that_cannot_be_judged(tmp_path: Path, measure: str, reason: str) -> None:
    """A target of zero, an actual without a target and the other way round are unknown, with their reason."""
    done = rate(tmp_path, f"{HEAD}measures:\n  - {measure}\n")
    if done.code == 2:
        assert "HY2" in done.err
        return
    (found,) = json.loads(done.out)["measures"]
    assert found["attainment"] is None
    assert found["unknown"] in (reason, "undefined")


def test_two_actuals_for_one_year(tmp_path: Path) -> None:
    """A key that stands twice, and a budget year that stands twice, are told."""
    assert "HY111" in rate(tmp_path, f"{HEAD}measures:\n  - target: 5回\n    actual: 5回\n    actual: 6回\n").err
    done = rate(
        tmp_path, f"{HEAD}budget:\n  - {{fiscal_year: 2012, total: 1円}}\n  - {{fiscal_year: 2012, total: 2円}}\n"
    )
    assert done.code == 2
    assert "HY2" in done.err


@pytest.mark.parametrize("year", ["9999", "9999年度", "0", "平成0年度", "-5", "二千", "令和999年度"])
def test_fiscal_years_that_cannot_be(tmp_path: Path, year: str) -> None:
    """A year no sheet can have is told."""
    done = rate(tmp_path, HEAD.replace("平成24年度", f"'{year}'"))
    assert done.code == 2
    assert "HY2" in done.err


# -- rulebooks


def check(tmp_path: Path, text: str) -> Done:
    """`hyotei rulebook check --json` on a document, within bounds."""
    file = tmp_path / "rulebook.md"
    file.write_text(text, encoding="utf-8")
    return hyotei("rulebook", "check", file, "--json", seconds=30)


def test_a_rulebook_whose_every_line_is_wrong(tmp_path: Path) -> None:
    """Every problem is told at once, each with its line."""
    front, _, body = MIC.partition("\n---\n")
    broken = front + "\n---\n" + "\n".join(line.replace("`", "`?").replace("|", "| ¬", 1) for line in body.splitlines())
    done = check(tmp_path, broken)
    assert done.code == 2
    (found,) = json.loads(done.out)["rulebooks"]
    assert len(found["problems"]) == len(done.err.splitlines()) > 15
    assert all(problem["line"] for problem in found["problems"])


@pytest.mark.parametrize(
    "text", ["x", "---\n", "---\n---\n", "# a `b`\n", "|a|\n|-|\n" * 50, "```\n", "\ufeff---\r\n\r\n---"]
)
def test_documents_that_are_no_rulebook(tmp_path: Path, text: str) -> None:
    """They are told as what they lack."""
    done = check(tmp_path, text)
    assert done.code == 2
    assert done.err


@pytest.mark.slow
def test_five_thousand_rows_are_answered_rightly(tmp_path: Path) -> None:
    """A table of 5,000 rows rates a sheet, by the row that holds and no other, with its reasons."""
    rows = "".join(f"| {n} | {n} | {'A' if n == 4321 else 'B'} |\n" for n in range(1, 5001))
    text = f"{RULES}# 数 `n` — for the sheet\n\n    sum(measures.actual)\n\n# 評価区分 `rating` — for the sheet\n\n"
    text += "| U | `n` | **rating** |\n|---|---|---|\n" + rows
    assert check(tmp_path, text).code == 0
    sheet = tmp_path / "s.yaml"
    sheet.write_text(f"{HEAD}measures:\n  - {{target: 1回, actual: 4321回}}\n", encoding="utf-8")
    done = hyotei("rate", sheet, "--rulebook", tmp_path / "rulebook.md", "--json")
    assert done.json["rating"] == "A"
    step = next(step for step in json.loads(done.out)["derivation"] if step["decision"] == "rating")
    assert step["rows"] == [4321]
    assert hyotei("rate", sheet, "--rulebook", tmp_path / "rulebook.md", "--why").code == 0


@pytest.mark.parametrize("cell", ["1" * 100_000, "x" * 100_000, "1, " * 50_000 + "1", "(" * 50_000, "not(" * 20_000])
def test_a_cell_of_a_hundred_thousand_characters(tmp_path: Path, cell: str) -> None:
    """Whatever such a cell says, the answer comes in bounded time, and is short."""
    text = f"{RULES}# 評価区分 `rating` — for the sheet\n\n| F | `count(measures)` | **rating** |\n|---|---|---|\n"
    done = check(tmp_path, f"{text}| 1 | {cell} | A |\n| 2 | - | B |\n")
    assert done.code in (0, 2)
    assert len(done.err) < 4_000


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 20_000 + "1" + ")" * 20_000,
        "-" * 20_000 + "1",
        "not(" * 10_000 + "true" + ")" * 10_000,
        "if true then " * 10_000 + "1" + " else 2" * 10_000,
        "1" + " + 1" * 20_000,
        "2 ** 999999999",
        "9 ** 99 ** 99",
        "measures[" * 5_000 + "true" + "]" * 5_000,
    ],
    ids=range(8),
)
def test_deeply_nested_expressions(tmp_path: Path, expression: str) -> None:
    """They are told in one sentence or taken, in bounded time and memory."""
    text = f"{RULES}# 数 `n` — for the sheet\n\n    {expression}\n\n# 評価区分 `rating` — for the sheet\n\n"
    text += "| F | `n` | **rating** |\n|---|---|---|\n| 1 | 1 | A |\n| 2 | - | B |\n"
    done = check(tmp_path, text)
    assert done.code in (0, 2)
    assert "HY718" not in done.err
    assert len(done.err) < 4_000
    if done.code == 0:
        assert hyotei("rate", SEED, "--rulebook", tmp_path / "rulebook.md", seconds=30).code == 0
