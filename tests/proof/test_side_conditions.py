"""Where something hangs on the unit that a law changes, and the argument does not hold it, nothing is proved."""

import pytest

from hyotei.inference.engine import derive
from hyotei.proof.prove import prove
from hyotei.proof.results import LawResult
from hyotei.rulebook.load import parse_rulebook

HEAD = """---
rulebook: hangs
title: 依存
authority: 総務省
standing: draft
fiscal_years: 2011..2013
scales:
  rating: {A: 良, B: 可, C: 否}
  grade: {a: 良, b: 可}
  result: {achieved: 達, close: 近, missed: 未}
---
# 判定 `result` — for each measure

| F | `actual >= target` | **result** |
|:-:|---|---|
| 1 | true | achieved |
| 2 | false | missed |
| 3 | - | unknown |

"""
RATING = "\n# 区分 `rating` — for the sheet\n\n| F | `{input}` | **rating** |\n|:-:|---|---|\n| 1 | {good} | A |\n| 2 | - | C |\n"


def law(body: str, sentence: str) -> LawResult:
    (found,) = prove(parse_rulebook(HEAD + body), [sentence]).laws
    return found


def rated(formula: str, good: str) -> str:
    return f"# 値 `x` — for the sheet\n\n    {formula}\n" + RATING.format(input="x", good=good)


def fine(scope: str, column: str, good: str) -> str:
    table = f"| F | `{column}` | **result** |\n|:-:|---|---|\n| 1 | {good} | achieved |\n| 2 | - | missed |\n\n"
    return f"# 可 `fine` — for each {scope}\n\n{table}"


TOTAL = "# 計 `total` — for the sheet\n\n    count(measures)\n\n"
MORE = "one more achieved measure never lowers the rating"
FALSE = {
    "a claim read by the measures of its objective": (
        rated("count(measures[objective.claim = achieved])", "0"),
        "rating never falls as claim rises",
    ),
    "a claim read by a decision of the measures": (
        "# 主張 `claimed` — for each measure\n\n    objective.claim = achieved and actual >= 1\n\n"
        + rated("count(measures[claimed = true])", "0"),
        "rating never falls as claim rises",
    ),
    "a threshold of the sheet read by the measures": (
        "# 線 `line` — for the sheet\n\n    count(budget_years)\n\n"
        + rated("count(measures[actual >= line])", ">= 1"),
        "rating never falls as line rises",
    ),
    "a decision of the indicator counted by the indicator": (
        "# 数 `n` — for each indicator\n\n    count(measures)\n\n"
        "# 多い `many` — for each measure\n\n    indicator.n >= 2\n\n" + rated("count(measures[many = true])", "0"),
        "rating never falls as n rises",
    ),
    "an indicator that the measure brings": (
        "# 数 `n` — for each indicator\n\n    count(measures)\n\n"
        + rated("count(indicators[n >= 2]) / count(indicators)", ">= 80%"),
        MORE,
    ),
    "others judged by the total": (
        "# 計 `total` — for the sheet\n\n    count(measures)\n\n"
        "# 遅れ `late` — for each measure\n\n    result = missed and sheet.total >= 4\n\n"
        + rated("count(measures[late = true])", "0"),
        MORE,
    ),
    "a position": (rated("measures[-1].actual", ">= 5"), MORE),
    "an output below the sheet": (
        TOTAL
        + fine("measure", "sheet.total", "<= 2").replace("result", "grade").replace("achieved", "a").replace("missed", "b"),
        "one more achieved measure never lowers the fine",
    ),
    "indicators that an objective brings": (
        fine("objective", "claim", "achieved")
        + rated("count(measures[result = missed])", "0"),
        "one more achieved objective never lowers the rating",
    ),
    "years missed, as the actual rises": (
        rated("count(measures[years_missed >= 1])", "0"),
        "rating never falls as actual rises",
    ),
    "years missed, as the year of the actual rises": (
        rated("count(measures[years_missed >= 2])", "0"),
        "rating never falls as actual.fiscal_year rises",
    ),
    "a parameter of the year": (
        rated("if fiscal_year > 2012 then 1 else 0", "0"),
        "rating never falls as fiscal_year rises",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(FALSE))
def test_a_false_law_is_not_proved(what: str) -> None:
    """Each is refuted or open; where it is refuted, durable-rules shows it."""
    body, sentence = FALSE[what]
    found = law(body, sentence)
    assert found.status in ("refuted", "open")
    if found.counterexample is not None:
        assert derive(parse_rulebook(HEAD + body), found.counterexample.sheet, {}).steps


def test_a_parameter_of_the_year_moves_with_it() -> None:
    """The evaluated year moves the parameters of the year too, which raises the bar here."""
    text = HEAD.replace("scales:", "parameters:\n  bar:\n    ..2012: 50%\n    2013..: 80%\nscales:") + RATING.format(
        input="count(measures[result = achieved]) / count(measures)", good="`bar` 以上"
    )
    for sentence, status in (
        ("rating never falls as fiscal_year rises", "refuted"),
        ("rating never rises as fiscal_year rises", "proved"),
    ):
        (found,) = prove(parse_rulebook(text), [sentence]).laws
        assert found.status == status


TRUE = {
    "a claim that nothing below reads": (
        rated("count(objectives[claim = achieved])", ">= 2"),
        "rating never falls as claim rises",
        "induction",
    ),
    "a measure of an indicator that counts its own": (
        "# 数 `n` — for each indicator\n\n    count(measures[result = achieved])\n\n"
        + rated("count(indicators[n >= 2])", ">= 1"),
        MORE,
        "induction",
    ),
    "an indicator": (
        fine("indicator", "count(measures[result = missed])", "0")
        + rated("count(indicators[fine = achieved])", ">= 3"),
        "one more achieved indicator never lowers the rating",
        "induction",
    ),
    "an output that hangs on nothing of it": (
        rated("count(budget_years)", ">= 1"),
        "rating never falls as actual rises",
        "induction",
    ),
}


@pytest.mark.parametrize("what", sorted(TRUE))
def test_a_law_within_the_argument_is_proved(what: str) -> None:
    """What the side conditions allow is still proved, for any number of units."""
    body, sentence, method = TRUE[what]
    found = law(body, sentence)
    assert (found.status, found.method) == ("proved", method)
