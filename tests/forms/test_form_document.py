"""A form as a document: what is wrong is told with its place and all at once; layout does not enter its hash, words do."""

from pathlib import Path

import pytest

from hyotei.forms.library import base_form, library, load_form
from hyotei.forms.load import Loaded, check_form, parse_form
from hyotei.messages import HyoteiError
from hyotei.rulebook.format import format_document
from hyotei.rulebook.rulebook_text import RulebookText

HEAD = "form: mine\ntitle: 例\nauthority: 例の市\nstanding: draft\nrecognise:\n  every:\n    - 例の様式\n"
TABLE = "# 予算の行 `budget`\n\n| 印字 | 項目 |\n|---|---|\n| 使った額 | executed |\n"


def base(name: str) -> Loaded | None:
    return Loaded(base_form(), {}) if name == "base" else None


def document(head: str = HEAD, body: str = TABLE) -> str:
    return f"---\n{head}---\n{body}"


def codes(text: str) -> list[str]:
    form, problems = check_form(RulebookText.parse(text, "form.md"), base)
    assert (form is None) == bool(problems)
    assert all(problem.location.line for problem in problems)
    return [problem.code for problem in problems]


def table(kind: str, header: str, *rows: str, tail: str = "") -> str:
    columns = header.count("|") + 1
    lines = [f"# 表 `{kind}`{tail}", "", f"| {header} |", "|---" * columns + "|", *(f"| {row} |" for row in rows)]
    return "\n".join(lines) + "\n"


def test_a_sound_form_has_nothing_to_tell() -> None:
    assert codes(document()) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TABLE, "HY640"),
        (document(HEAD + "autority: 市\n"), "HY641"),
        (document(HEAD.replace("title: 例\n", "")), "HY642"),
        (document(HEAD.replace("form: mine", "form: 私の様式")), "HY643"),
        (document(HEAD.replace("title: 例", "title: [例]")), "HY644"),
        (document(HEAD.replace("  every:\n    - 例の様式\n", "  every: 例の様式\n") + "  some:\n    - 例\n"), "HY645"),
        (document(HEAD + "fiscal_years: 2020..2010\n"), "HY646"),
        (document(HEAD + "extends: nowhere\n"), "HY647"),
        (document(HEAD + "extends: mine\n"), "HY648"),
        (document(body=TABLE.replace("`budget`", "`budgets`")), "HY649"),
        (document(body=table("budget", "印字", "使った額")), "HY650"),
        (document(body=table("budget", "印字 | 項目 | 位置", "使った額 | executed | 右")), "HY651"),
        (document(body=TABLE.replace("executed", "exected")), "HY652"),
        (document(body=TABLE.replace("使った額", "使った.*")), "HY653"),
        (document(body=TABLE.replace("使った額", "使った[額")), "HY654"),
        (document(body=TABLE.replace("使った額", "{使う}額")), "HY655"),
        (document(body=table("words", "名 | 印字", "甲 | {乙}", "乙 | {甲}")), "HY656"),
        (document(body=TABLE.replace("使った額", "-").replace("| - |", "| 、 |")), "HY657"),
        (document(body=TABLE.replace("使った額", "[使った]{数}")), "HY658"),
        (document(body=table("budget", "印字 | 項目", "使った額 | executed", "使った額 | total")), "HY659"),
        (document(HEAD.replace("例の様式", '"{文字}"')), "HY660"),
        (document(HEAD + "  never:\n    - 例の様式\n"), "HY661"),
        (document(body=TABLE + "| 足りない |\n"), "HY662"),
        (document(body=table("labels", "印字 | 項目 | 位置", "名前 | title | 斜め")), "HY663"),
        (
            document(body=table("list", "印字 | 項目 | 番目", "名前 | title | 初め", "額 | budget.total | 1",
                                tail=" — 一行が一つの評価書")),
            "HY664",
        ),
        (
            document(body=table("list", "印字 | 項目 | 番目 | 年度", "名 | title | | ", "額 | budget.total | 1..3 | -1..0",
                                tail=" — one line a sheet")),
            "HY665",
        ),
        (document(body=table("list", "印字 | 項目", "名前 | title", "額 | budget.total")), "HY666"),
        (document(body=table("list", "印字 | 項目", "名前 | goal", "額 | budget.total", tail=" — one line a sheet")), "HY670"),
        (document(body=table("list", "印字 | 項目", "名前 | title", tail=" — one line a sheet")), "HY671"),
        (document(HEAD.replace("draft", "sure")), "HY669"),
        (document(HEAD + "evaluated: somehow\n"), "HY673"),
        (document(HEAD.replace("recognise:\n  every:\n    - 例の様式\n", "recognise: 例\n")), "HY674"),
        (document(HEAD.replace("recognise:\n  every:\n    - 例の様式\n", "")), "HY675"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place(text: str, code: str) -> None:
    assert code in codes(text)


def test_two_lists_are_one_too_many() -> None:
    body = table("list", "印字 | 項目", "名 | title", "額 | budget.total", tail=" — one line a sheet")
    assert codes(document(body=body + "\n" + body.replace("名", "事業").replace("額", "費用"))) == ["HY667"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_document() -> None:
    body = table("budget", "印字 | 項目", "使った.* | executed", "額 | totall", "{無い}額 | total")
    assert codes(document(HEAD + "autority: 市\n", body)) == ["HY641", "HY653", "HY652", "HY655"]


def test_layout_and_remarks_do_not_enter_the_hash_and_words_do() -> None:
    text = document()
    one = parse_form(text, base).form.hash
    assert parse_form(format_document(text), base).form.hash == one
    noted = document(body=table("budget", "印字 | 項目 | 備考", "使った額 | executed | 決算"))
    assert parse_form(noted, base).form.hash == one
    assert parse_form(text.replace("executed", "執行額"), base).form.hash == one
    assert parse_form(text.replace("使った額", "使った金額"), base).form.hash != one
    assert parse_form(text.replace("executed", "total"), base).form.hash != one


def test_forms_that_extend_each_other_in_a_circle_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "form.md").write_text(document(HEAD.replace("mine", name) + f"extends: {other}\n"), "utf-8")
    monkeypatch.setenv("HYOTEI_FORMS", str(tmp_path))
    with pytest.raises(HyoteiError) as error:
        load_form("one")
    assert {problem.code for problem in error.value.diagnostics} == {"HY648"}


def test_a_row_of_a_form_counts_before_that_of_the_form_it_extends() -> None:
    form = parse_form(document(body=TABLE.replace("使った額", "執行額").replace("executed", "total")), base).form
    assert form.item("budget", "執行額") == "total"
    assert base_form().item("budget", "執行額") == "executed"
    silent = parse_form(document(body=TABLE.replace("使った額", "執行額").replace("executed", "none")), base).form
    assert silent.item("budget", "執行額") is None


@pytest.mark.parametrize("name", [entry.head.id for entry in library() if entry.origin == "shipped"])
def test_the_shipped_forms_are_sound_and_aligned(name: str, root: Path) -> None:
    assert load_form(name).warnings == ()
    text = (root / "forms" / name / "form.md").read_text("utf-8")
    assert format_document(text) == text


def test_a_row_that_another_covers_with_its_optional_parts_is_told() -> None:
    """事業名 is one of the spellings of 事業[の]名: a cell would mean two things."""
    covered = table("labels", "印字 | 項目", "事業[の]名 | title", "事業名 | goal")
    wider = table("labels", "印字 | 項目", "事業名 | title", "事業[の]名 | goal")
    same = table("labels", "印字 | 項目", "事業[の]名 | title", "事業名 | title")
    assert codes(document(body=covered)) == ["HY659"]
    assert codes(document(body=wider)) == []
    assert codes(document(body=same)) == []


def test_labels_under_different_headings_are_no_contradiction() -> None:
    rows = ("評定 | fact own | 自己評価", "評定 | recorded.rating | 大臣評価")
    assert codes(document(body=table("labels", "印字 | 項目 | 見出し", *rows))) == []
    again = table("labels", "印字 | 項目 | 見出し", *rows, "評定 | fact third | 大臣評価")
    assert codes(document(body=again)) == ["HY659"]
    assert codes(document(body=table("labels", "印字 | 項目 | 見出し", "評定 | fact own | {文字}"))) == ["HY658"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("目標値",), True),
        (("目標値", "例の様式"), True),
        (("例の様式", "別の言葉", "目標値"), False),
        (("例の様式",), False),
    ],
)
def test_a_form_known_by_words_of_all_authorities_is_warned_of(words: tuple[str, ...], told: bool) -> None:
    listed = "".join(f"    - {word}\n" for word in words)
    text = document(head=HEAD.replace("  every:\n    - 例の様式\n", f"  some:\n{listed}"))
    form, problems = check_form(RulebookText.parse(text, "form.md"), base)
    assert form is not None
    assert [problem.code for problem in problems] == ["HY695"] * told
