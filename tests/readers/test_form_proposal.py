"""A form that is proposed from one document and its right reading reads another document of the same form."""

from pathlib import Path

import pytest

from hyotei.forms.library import find_form
from hyotei.forms.load import parse_form
from hyotei.intake.given_identity import GivenIdentity
from hyotei.messages import HyoteiError
from hyotei.readers.document_blocks import document_blocks
from hyotei.readers.drawn_documents import blocks_of
from hyotei.readers.form_proposal.figures import right, wanted
from hyotei.readers.form_proposal.propose import propose
from hyotei.readers.printed.explained import explain
from hyotei.readers.printed.form_sheets import read_by
from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.sheet.models import Fact, Recorded, Sheet

PRINTED = """
令和5年度 政策の振り返り
| 個別目標名 | {title} | < | < | < |
| 業績のものさし | 出発点 | 到達点 | 歩み | < |
| ^ | 30年度 | R5年度 | R4年度 | R5年度 |
| {name} | {baseline}％ | {target}％ | {before}％ | {actual}％ |

| 費用（百万円） | 令和４年度 | 令和５年度 |
| 使える金額 | 1,000 | 1,200 |
| 使い終えた金額 | 900 | {spent} |
"""
READING = """
schema: hyotei.sheet/2
id: x
title: {title}
authority: 国土交通省
fiscal_year: 令和5年度
objectives:
- name: 目標
  indicators:
  - name: {name}
    baseline: {baseline}％【平成30年度】
    target: {target}％【令和5年度】
    actual: {actual}％【令和5年度】
    series: [{{fiscal_year: 令和4年度, actual: {before}％}}]
budget_years:
- {{fiscal_year: 令和4年度, total: 1000百万円, executed: 900百万円}}
- {{fiscal_year: 令和5年度, total: 1200百万円, executed: {spent}百万円}}
"""
ONE = {
    "title": "安全な道路",
    "name": "橋の点検率",
    "baseline": 40,
    "target": 90,
    "before": 80,
    "actual": 85,
    "spent": 1100,
}
OTHER = {
    "title": "静かな空港",
    "name": "防音の割合",
    "baseline": 11,
    "target": 66,
    "before": 55,
    "actual": 61,
    "spent": 1050,
}


def sheet(known: dict[str, object]) -> Sheet:
    found, problems = parse_sheet(READING.format(**known))
    assert found is not None, problems
    return found


def test_a_printed_form_is_proposed_and_reads_another_document() -> None:
    """None of its headings is known: every figure of both documents comes from rows that were proposed."""
    proposal = propose(blocks_of(PRINTED.format(**ONE)), "mine", [sheet(ONE)])
    assert (proposal.right, proposal.whole, proposal.besides) == (8, 8, 0)
    form = parse_form(proposal.text, find_form).form
    read = [each.sheet for each in read_by(form, blocks_of(PRINTED.format(**OTHER)), None) if each.sheet is not None]
    assert right(read, [sheet(OTHER)]) == (8, 8, 0)
    assert (read[0].title, read[0].fiscal_year, read[0].authority) == ("静かな空港", 2023, "国土交通省")


LIST = """
| 番号 | 事業 | ものさしア | 単位ア | ものさしイ | 単位イ | 費用 | 値ア | 値イ | 費用 | 値ア | 値イ |
| 1 | 図書館 | 貸出冊数 | 冊 | | | 10 | 100 | | 12 | 110 | |
| 2 | 公園 | 利用者数 | 人 | 苦情の数 | 件 | 20 | 300 | 7 | 22 | 310 | 6 |
"""


def line(title: str, number: str, costs: tuple[int, int], name: str, values: tuple[int, int], unit: str) -> Sheet:
    text = f"""
schema: hyotei.sheet/2
id: x{number}
title: {title}
number: "{number}"
authority: 例の市
fiscal_year: 令和5年度
objectives:
- name: {title}
  indicators:
  - name: {name}
    actual: {values[1]}{unit}
    series: [{{fiscal_year: 令和4年度, actual: {values[0]}{unit}}}]
budget_years:
- {{fiscal_year: 令和4年度, executed: {costs[0]}千円}}
- {{fiscal_year: 令和5年度, executed: {costs[1]}千円}}
"""
    found, problems = parse_sheet(text)
    assert found is not None, problems
    return found


def test_a_list_is_proposed_from_one_line_with_the_columns_that_it_leaves_blank() -> None:
    example = line("図書館", "1", (10, 12), "貸出冊数", (100, 110), "冊")
    proposal = propose(blocks_of(LIST), "mine", [example])
    assert (proposal.right, proposal.whole, proposal.besides) == (4, 4, 0)
    form = parse_form(proposal.text, find_form).form
    _, second = (each.sheet for each in read_by(form, blocks_of(LIST), None, GivenIdentity(fiscal_year=2023)))
    assert second is not None
    told = {(each.indicator, each.item, each.value) for each in wanted(second)}
    assert {("利用者数", "actual", 310), ("苦情の数", "actual", 6), ("", "executed", 22_000)} <= told


def test_one_odd_line_among_the_examples_does_not_spoil_the_others() -> None:
    """Its indicator is called like what stands on every line, and is counted as the second."""
    odd = "| 3 | 水道 | | | 冊 | 件 | 30 | | 8 | 32 | | 9 |\n"
    lines = LIST + odd + "| 4 | 体育館 | 来館者数 | 冊 | | | 40 | 500 | | 42 | 510 | |\n"
    examples = [
        line("図書館", "1", (10, 12), "貸出冊数", (100, 110), "冊"),
        line("体育館", "4", (40, 42), "来館者数", (500, 510), "冊"),
        line("水道", "3", (30, 32), "冊", (8, 9), "件"),
    ]
    proposal = propose(blocks_of(lines), "mine", examples)
    assert (proposal.right, proposal.whole, proposal.besides) == (12, 12, 0)
    assert parse_form(proposal.text, find_form).form.line_is == "sheet"


def test_of_columns_with_the_same_words_the_first_is_what_the_sheet_concludes() -> None:
    """Where an example cannot tell two columns apart, the rating is not given to the one that stands behind."""
    drawn = LIST.replace("| 費用 | 値ア |", "| 課の考え | 部の考え | 費用 | 値ア |", 1)
    drawn = drawn.replace("| 10 |", "| 続ける | 続ける | 10 |").replace("| 20 |", "| 続ける | やめる | 20 |")
    example = line("図書館", "1", (10, 12), "貸出冊数", (100, 110), "冊")
    recorded = Recorded(rating="続ける", results=(Fact(name="head", text="続ける"),))
    proposal = propose(blocks_of(drawn), "mine", [example.model_copy(update={"recorded": recorded})])
    rows = [[cell.strip() for cell in row.split("|")][1:3] for row in proposal.text.splitlines() if "recorded." in row]
    assert rows == [["課の考え", "recorded.rating"], ["部の考え", "recorded.head"]]


def test_without_a_reading_known_headings_are_proposed_and_the_others_named() -> None:
    drawn = (
        "| 番号 | 事業名 | 指標名 | 単位 | 目標値 | 実績値 | 所管 |\n"
        "| 1 | 図書館 | 貸出冊数 | 冊 | 100 | 90 | 社会教育課 |\n"
        "| 2 | 公園 | 利用者 | 人 | 5 | 6 | 公園課 |\n"
    )
    proposal = propose(blocks_of(drawn), "mine", authority="例の市")
    form = parse_form(proposal.text, find_form).form
    assert form.line_is == "indicator"
    assert "所管" in proposal.text
    sheets = [each.sheet for each in read_by(form, blocks_of(drawn), None) if each.sheet is not None]
    assert [(each.title, len(wanted(each))) for each in sheets] == [("図書館", 2), ("公園", 2)]


def test_no_value_is_proposed_among_the_words_of_recognition() -> None:
    """Without a right reading nothing says which texts are values: headings are taken, and what stands first before a text."""
    drawn = (
        "令和5年度 まちの点検書\n"
        "| 事業名 | 図書館の運営 | 分野 | 生涯学習と文化 |\n"
        "| 所管する部署 | 教育委員会事務局 | 記入した人 | 総務課長補佐 |\n"
        "| 指標名 | 目標値 | 実績値 | 単位 |\n"
        "| 貸出冊数の合計 | 100 | 95 | 冊 |\n"
    )
    proposal = propose(blocks_of(drawn), "mine", authority="例の市")
    known = parse_form(proposal.text, find_form).form.recognition
    assert any("所管する部署" in word for word in known.some)
    values = ("図書館の運営", "生涯学習と文化", "教育委員会事務局", "総務課長補佐", "貸出冊数の合計")
    assert not [word for word in (*known.every, *known.some) if any(value in word for value in values)]


def test_a_list_keeps_the_column_from_which_its_year_follows() -> None:
    drawn = (
        "計画の点検\n"
        "| 取組の名 | ものさし | めざす値 | 目標年度 | 届いた値 |\n"
        "| 図書館 | 貸出冊数 | 100冊 | 令和5年度 | 95冊 |\n"
        "| 公園 | 利用者数 | 50人 | 令和5年度 | 61人 |\n"
    )
    text = (
        "schema: hyotei.sheet/2\nid: x\ntitle: 図書館\nauthority: 例の市\nfiscal_year: 令和5年度\n"
        "objectives:\n- name: 図書館\n  indicators:\n"
        "  - name: 貸出冊数\n    target: 100冊【令和5年度】\n    actual: 95冊\n"
    )
    example, problems = parse_sheet(text)
    assert example is not None, problems
    form = parse_form(propose(blocks_of(drawn), "mine", [example]).text, find_form).form
    read = [each.sheet for each in read_by(form, blocks_of(drawn), None) if each.sheet is not None]
    assert [(each.title, each.fiscal_year, len(wanted(each))) for each in read] == [
        ("図書館", 2023, 2),
        ("公園", 2023, 2),
    ]


def test_figures_without_a_name_get_that_counted_like_a_named_indicator() -> None:
    """The example calls the second indicator otherwise than it is printed; its name and unit follow from those of the first."""
    drawn = (
        "| 番号 | 事業 | 指標ア:名称 | 指標ア:単位 | 指標イ:名称 | 指標イ:単位 | 費用 | 値ア | 値イ | 費用 | 値ア | 値イ |\n"
        "| 1 | 図書館 | 貸出冊数 | 冊 | 登録者 | 人 | 10 | 100 | 7 | 12 | 110 | 8 |\n"
        "| 2 | 公園 | 利用者数 | 人 | 苦情の数 | 件 | 20 | 300 | 9 | 22 | 310 | 6 |\n"
    )
    example = line("図書館", "1", (10, 12), "貸出冊数", (100, 110), "冊")
    second = line("図書館", "1", (10, 12), "登録した人", (7, 8), "人").objectives[0].indicators
    first = example.objectives[0]
    objective = first.model_copy(update={"indicators": (*first.indicators, *second)})
    example = example.model_copy(update={"objectives": (objective,)})
    form = parse_form(propose(blocks_of(drawn), "mine", [example]).text, find_form).form
    items = {row.printed: row.item for row in form.rows("list")}
    assert items["指標イ:名称"] == items["値イ"].replace(".actual", ".name")


def test_each_cell_is_explained() -> None:
    drawn = PRINTED.format(**ONE).replace("使える金額", "合計").replace("使い終えた金額", "執行額")
    found = explain(blocks_of(drawn), "x")
    taken = {claim.text: (claim.taken, claim.form, claim.item) for claim in found.claims}
    assert found.form.id == "base"
    assert taken["執行額"] == ("words", "base", "executed")
    assert taken["R4年度"] == ("year", "base", "")
    assert taken["1100"][0] == "value"
    assert taken["出発点"][0] == "text"
    assert taken["40％"][0] == "unread"


def test_a_file_without_forms_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"a": 1}', "utf-8")
    with pytest.raises(HyoteiError) as error:
        document_blocks(file)
    assert [problem.code for problem in error.value.diagnostics] == ["HY692"]


CITY = """
令和６年度　しごとの振り返り
| みなと市 | < | < | < | 作成日 | 令和6年7月 |
| 事業名 | 児童クラブ | < | < | 施策名 | 子育て支援の充実 |

| 区分 | 令和３年度 | 令和４年度 | 令和５年度 |
| 予算現額（千円） | 48,500 | 50,200 | 52,300 |
| 決算額（千円） | 47,100 | 49,800 | 51,900 |

| 指標名 | 単位 | 区分 | 令和３年度 | 令和４年度 | 令和５年度 | 備考 |
| 利用児童数 | 人 | 目標 | 600 | 620 | 640 | |
| ^ | ^ | 実績 | 590 | 631 | 655 | |
| 待機児童数 | 人 | 目標 | 10 | 5 | 0 | 少ないほどよい |
| ^ | ^ | 実績 | 12 | 4 | 0 | |
| 総合評価 | Ａ | Ａ：期待以上　Ｂ：期待どおり　Ｃ：やや下回る | < | < | < | < |
| 今後の方向性 | 継続 | < | < | < | < | < |
"""
OF_CITY = """
schema: hyotei.sheet/2
id: x
title: 児童クラブ
authority: みなと市
fiscal_year: 令和5年度
recorded: {rating: A, budget: 継続}
indicators:
- {name: 利用児童数, target: 640人【令和5年度】, actual: 655人【令和5年度】}
- {name: 待機児童数, target: 0人【令和5年度】, actual: 0人【令和5年度】}
budget_years:
- {fiscal_year: 令和3年度, total: 48500千円, executed: 47100千円}
- {fiscal_year: 令和4年度, total: 50200千円, executed: 49800千円}
- {fiscal_year: 令和5年度, total: 52300千円, executed: 51900千円}
"""


def test_a_right_reading_of_one_year_does_not_cost_the_other_years_that_are_read_rightly() -> None:
    """The page on which a form is made asks for one year: rows that lost the other years won, and with them figures of this one."""
    known, _ = parse_sheet(OF_CITY)
    assert known is not None
    proposal = propose(blocks_of(CITY), "minato", [known])
    assert (proposal.right, proposal.whole, proposal.besides) == (10, 10, 0)
    form = parse_form(proposal.text, find_form).form
    read = [each.sheet for each in read_by(form, blocks_of(CITY), None) if each.sheet is not None]
    values = [point.actual.value for each in read[0].indicators for point in each.measures[0].series]
    assert values == [590, 631, 12, 4]


def test_the_label_of_the_name_that_was_pointed_at_counts_before_that_of_another() -> None:
    """事業名 and 施策名 are both known as titles: without a row of its own the form went on reading the other one."""
    known, _ = parse_sheet(OF_CITY)
    assert known is not None
    form = parse_form(propose(blocks_of(CITY), "minato", [known]).text, find_form).form
    other = CITY.replace("児童クラブ", "図書館").replace("子育て支援の充実", "学びの充実")
    read = [each.sheet for each in read_by(form, blocks_of(other), None) if each.sheet is not None]
    assert [each.title for each in read] == ["図書館"]


def test_what_the_sheet_itself_concludes_is_proposed_with_the_other_letters_that_may_stand_there() -> None:
    """Without it an audit has nothing to compare with the rulebook of a city: no word of all forms is that of its grades."""
    known, _ = parse_sheet(OF_CITY)
    assert known is not None
    form = parse_form(propose(blocks_of(CITY), "minato", [known]).text, find_form).form
    other = CITY.replace("| Ａ | Ａ：", "| Ｄ | Ａ：").replace("| 継続 |", "| 縮小 |")
    for document, recorded in ((CITY, ("A", "継続")), (other, ("D", "縮小"))):
        (read,) = (each.sheet for each in read_by(form, blocks_of(document), None) if each.sheet is not None)
        assert (read.recorded.rating, read.recorded.budget) == recorded
