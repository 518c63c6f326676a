"""Counterexamples as people and programs get them: whole, possible, and rated as they are."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base.display_width import display_width
from hyotei.base.result_json import result_data
from hyotei.inference.case_runs import run_case
from hyotei.inference.cases import read_cases
from hyotei.proof.counterexample_sheets import derived, sides
from hyotei.proof.keep_counterexamples import keep_counterexamples
from hyotei.proof.prove import prove
from hyotei.proof.results import Counterexample, ProofReport
from hyotei.readers import read_sheet
from hyotei.report.proof_document import proof_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Unknown
from hyotei.writers.terminal import document_lines
from hyotei.writers.terminal_lines import plain
from tests.cli.command import inside
from tests.examples import one_in

DOCUMENT = """---
rulebook: shown
title: 反例の例
authority: 総務省
standing: draft
fiscal_years: 2011..
scales:
  rating: {A: 良い, B: 普通, C: 悪い}
  result: {achieved: 達成, missed: 未達}
laws:
  - 評価区分が A のとき、達成した割合が 80% 以上
  - every decision answers
  - rating never falls as share rises
  - rating never falls as actual rises
  - one more achieved measure never lowers the rating
---
# 判定 `result` — 測定値ごと

| F | `actual >= target` | `direction` | **result** |
|:-:|--------------------|-------------|------------|
| 1 | unknown            | -           | unknown    |
| 2 | true               | -           | achieved   |
| 3 | -                  | -           | missed     |

# 主要な達成 `mains` — 評価書全体

    count(measures[result = achieved and indicator.main])

# 空の目標 `empty` — 評価書全体

    count(objectives[claim = achieved]) - count(indicators[main])

# 達成した割合 `share` — 評価書全体

    count(measures[result = achieved]) / count(measures[result != unknown])

# 執行率 `rate` — 予算年度ごと

    executed / total

# 評価区分 `rating` — 評価書全体

| F | `share` | `mains` | `empty` | `any(budget_years.rate > 100%)` | **rating** |
|:-:|---------|---------|---------|---------------------------------|------------|
| 1 | unknown | -       | -       | -                               | unknown    |
| 2 | -       | -       | -       | true                            | A          |
| 3 | CELL    | MAINS   | EMPTY   | -                               | FIRST      |
| 4 | 30%以上 | -       | -       | -                               | B          |
| 5 | 20%以上 | -       | 2以上   | -                               | C          |
"""
CELLS = ("70%以上", "80%以上", "100%", "50%超")
MAINS = ("-", "2以上", "0")
EMPTY = ("-", "1以上", "0以下", "-2以下")


def document(cell: str = "70%以上", mains: str = "-", empty: str = "-", first: str = "A") -> str:
    return DOCUMENT.replace("CELL", cell).replace("MAINS", mains).replace("EMPTY", empty).replace("FIRST", first)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Rulebooks with laws that hold or not, over everything that a sheet is divided into."""
    pick = st.sampled_from
    return document(draw(pick(CELLS)), draw(pick(MAINS)), draw(pick(EMPTY)), draw(pick("ABC")))


def examples(report: ProofReport) -> list[Counterexample]:
    found = [each.counterexample for each in report.laws] + [each.counterexample for each in report.checks]
    return [each for each in found if each is not None]


@pytest.mark.slow
@settings(max_examples=one_in(250, least=2))
@given(documents())
def test_every_counterexample_can_be_rated_and_kept(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """The JSON of its sheet is a sheet file that comes out the same; kept as a case it holds, once."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "rulebook.md").write_text(text, encoding="utf-8")
    book = parse_rulebook(text)
    report = prove(book, timeout=10)
    found = examples(report)
    assert found
    data = json.loads(json.dumps(result_data(report)))
    told = [each["counterexample"] for name in ("laws", "checks") for each in data[name] if each["counterexample"]]
    for number, (example, json_data) in enumerate(zip(found, told, strict=True)):
        file = folder / f"sheet{number}.json"
        file.write_text(json.dumps(json_data["sheet"], ensure_ascii=False), encoding="utf-8")
        assert read_sheet(file) == example.sheet
        done = inside("rate", file, "--rulebook", folder, "--json")
        assert done.code == 0, done.err
        expected = evaluate(book, example.sheet).value("rating")
        assert done.json["rating"] == (None if isinstance(expected, Unknown) else expected)
        # Whatever a budget states is whole yen, and the years are those that people speak of.
        for year in example.sheet.budget_years:
            assert 2000 <= year.fiscal_year <= 2040
            for name in ("total", "executed", "initial"):
                value = getattr(year, name).value
                assert value is None or value == value.to_integral_value()
        assert 2011 <= example.sheet.fiscal_year <= 2030
    keep_counterexamples(report, book, str(folder))
    kept = (folder / "cases.yaml").read_text(encoding="utf-8")
    cases, problems = read_cases(folder / "cases.yaml", book)
    assert not problems
    assert len(cases) >= len({json.dumps(each["sheet"]) for each in told})
    assert all(not run_case(case, book).problems for case in cases)
    bodies = [case.partition("\n")[2] for case in re.split("(?m)^  - name: ", kept)[1:]]
    assert len(set(bodies)) == len(bodies)
    keep_counterexamples(report, book, str(folder))
    assert (folder / "cases.yaml").read_text(encoding="utf-8") == kept


def lines(text: str, language: str = "ja") -> str:
    book = parse_rulebook(text)
    report = prove(book, timeout=60)
    return plain(document_lines(proof_document(report, "ja" if language == "ja" else "en")))


def test_everything_on_the_way_is_shown() -> None:
    """Where a measure lies, the values of the decisions before the result with their rows, and the row of the result."""
    found = lines(document(mains="2以上"))
    for words in ("測定指標1  主要な指標", "途中  判定: 測定値1 = ", "途中  主要な達成: ", "結果  評価区分 = A（行"):
        assert words in found
    english = lines(document(mains="2以上"), "en")
    for words in (
        "indicators[1]  main indicator",
        "on the way  result: measures[1] = ",
        "result      rating = A (row ",
    ):
        assert words in english
    assert all(display_width(line) <= 114 for line in found.splitlines())


def test_objectives_without_indicators_and_claims_are_shown() -> None:
    """A table that counts objectives is shown with them, whether anything lies in them or not."""
    text = document(cell="100%", empty="1以上", first="C")
    found = lines(text)
    assert "目標の達成状況（記載） 達成" in found or "測定指標なし" in found


def test_both_sheets_of_a_comparison_are_those_of_the_law() -> None:
    """What is changed on a sheet, taken as given or added is on the second side, and on it alone."""
    book = parse_rulebook(document(first="C"))
    report = prove(book, timeout=10)
    compared = [each.counterexample for each in report.laws if each.counterexample and each.counterexample.changed]
    assert compared
    for example in compared:
        assert len(sides(example)) == 2
        derivations = derived(example, book)
        for shown in example.shown:
            values = [each.value(shown.decision, shown.unit) for each in derivations]
            assert values == [shown.before, shown.after]
