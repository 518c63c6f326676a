"""Two values of one ordered scale compared by rank, in cells and in expressions: every pair of values, in every interpreter."""

import operator
from collections.abc import Callable
from itertools import product

import pytest

from hyotei.messages import HyoteiError
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.term_words import term_text
from hyotei.rulebook.terms import Compared, Rank
from hyotei.rulebook.values import Unknown
from hyotei.sheet import Indicator, Measure, Objective, Recorded, Sheet
from tests.columnar.many import agree, duckdb
from tests.interpreters import INTERPRETERS, exactly

HEAD = """---
rulebook: ranks
title: 順位
authority: 総務省
standing: draft
fiscal_years: 2012
scales:
  rating: [A, B, C]
  other: [A, B, C]
---
# 区分 `rating` — for the sheet

| F | `count(measures)` | **rating** |
|:-:|-------------------|------------|
| 1 | 3                 | A          |
| 2 | 2                 | B          |
| 3 | 1                 | C          |
| 4 | -                 | unknown    |

# 別の尺度 `other` — for the sheet

| F | `count(measures)` | **other** |
|:-:|-------------------|-----------|
| 1 | -                 | A         |

"""
WORST_FIRST = "CBA"
DERIVED = {1: "C", 2: "B", 3: "A", 4: Unknown("undefined")}
RECORDED = ("A", "B", "C", "D", None)
COMPARE: dict[str, tuple[Callable[[int, int], bool], str, str]] = {
    ">": (operator.gt, "超", "より上"),
    ">=": (operator.ge, "以上", "以上"),
    "<": (operator.lt, "未満", "より下"),
    "<=": (operator.le, "以下", "以下"),
}


def sheet(recorded: str | None, count: int) -> Sheet:
    measures = tuple(Measure() for _ in range(count))
    objective = Objective(name="目標", indicators=(Indicator(name="指標", measures=measures),))
    return Sheet(
        id="s",
        title="題",
        authority="総務省",
        fiscal_year=2012,
        objectives=(objective,),
        recorded=Recorded(rating=recorded),
    )


def table(cell: str, name: str) -> str:
    head = f"# 表 `{name}` — for the sheet\n\n| F | `recorded.rating` | **{name}** |\n|---|---|---|\n"
    return f"{head}| 1 | {cell} | true |\n| 2 | - | false |\n\n"


def book() -> Rulebook:
    parts = [HEAD]
    for number, (sign, (_, word, other)) in enumerate(COMPARE.items()):
        cells = (f"`rating`{word}", f"rating {other}", f"{sign} `rating`", f"not({sign} rating)")
        parts += [table(cell, f"cell_{number}_{place}") for place, cell in enumerate(cells)]
        parts.append(f"# 式 `formula_{number}` — for the sheet\n\n    recorded.rating {sign} rating\n\n")
        parts.append(f"# 組 `in_{number}` — for the sheet\n\n    recorded.rating in ({sign} rating)\n\n")
        parts.append(f"# 逆 `turned_{number}` — for the sheet\n\n    rating {sign} recorded.rating\n\n")
    parts.append(table("[B..`rating`]", "between"))
    parts.append(table("B以上rating未満", "between_words"))
    return parse_rulebook("".join(parts))


def expected(recorded: str | None, count: int) -> dict[str, object]:
    """What each decision must come to, by the order of the scale alone."""
    derived = DERIVED[count]
    found: dict[str, object] = {}
    known = recorded in tuple(WORST_FIRST) and isinstance(derived, str)
    here = WORST_FIRST.index(recorded) if known and recorded else 0
    there = WORST_FIRST.index(derived) if known and isinstance(derived, str) else 0
    for number, (holds, _, _) in enumerate(compare for compare in COMPARE.values()):
        truth: object = holds(here, there) if known else None
        found |= {f"cell_{number}_{place}": truth for place in range(3)}
        found[f"cell_{number}_3"] = None if truth is None else not truth
        found |= {f"formula_{number}": truth, f"in_{number}": truth}
        found[f"turned_{number}"] = holds(there, here) if known else None
    found["between"] = 1 <= here <= there if known else None
    found["between_words"] = 1 <= here < there if known else None
    # What is not even B lies in no range that begins there, whatever its other end.
    if recorded == "C":
        found |= {"between": False, "between_words": False}
    return found


@pytest.mark.parametrize("name", INTERPRETERS)
def test_every_pair_of_values_is_compared_by_its_order(name: str) -> None:
    """Cells and expressions agree with the order of the scale; with an unknown on either side nothing is decided."""
    rulebook = book()
    for recorded, count in product(RECORDED, DERIVED):
        derivation = INTERPRETERS[name](rulebook, sheet(recorded, count), None)
        for decision, truth in expected(recorded, count).items():
            found = derivation.value(decision)
            assert (None if isinstance(found, Unknown) else found) is truth, (recorded, count, decision)


def test_columns_give_the_same() -> None:
    """So does the interpreter over tables."""
    sheets = [sheet(recorded, count) for recorded, count in product(RECORDED, DERIVED)]
    assert agree(book(), sheets, duckdb()) == len(sheets)


@pytest.mark.parametrize("sign", COMPARE)
def test_each_value_of_a_list_is_compared(sign: str) -> None:
    """A list of values of a scale against one value gives a list of truths."""
    text = HEAD + (
        "# 記載 `again` — for each measure\n\n    recorded.rating\n\n"
        f"# すべて `every` — for the sheet\n\n    all(measures.again {sign} rating)\n"
    )
    rulebook = parse_rulebook(text)
    for recorded, count in product(RECORDED, DERIVED):
        derivations = [run(rulebook, sheet(recorded, count), None) for run in INTERPRETERS.values()]
        assert exactly(derivations[0]) == exactly(derivations[1]) == exactly(derivations[2])
        derived = DERIVED[count]
        if recorded in tuple(WORST_FIRST) and recorded and isinstance(derived, str):
            holds = COMPARE[sign][0]
            assert derivations[0].value("every") is holds(WORST_FIRST.index(recorded), WORST_FIRST.index(derived))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("80%以上", "HY531"),
        ("5以上", "HY531"),
        ("3億円以上", "HY531"),
        ("[80%..100%]", "HY531"),
        ("`count(measures)` 超", "HY531"),
        ("`other` 以上", "HY531"),
        ("other以上A以下", "HY531"),
        ("[B..5]", "HY531"),
        (">= unknown", "HY521"),
        ("`rating`以上unknown以下", "HY521"),
        ("D以上", "HY503"),
        ('"A"以上', "HY531"),
        ("true以上", "HY531"),
    ],
)
def test_an_end_that_is_not_of_the_scale_is_an_error(cell: str, code: str) -> None:
    """Nothing is dropped: an end that the scale does not have is told at its cell."""
    with pytest.raises(HyoteiError) as caught:
        parse_rulebook(HEAD + table(cell, "x"))
    assert {each.code for each in caught.value.diagnostics} == {code}
    assert all(each.location.row == "1" and each.location.start for each in caught.value.diagnostics)


def test_a_comparison_is_told_in_words_without_its_ranks() -> None:
    """A reader sees the two values that are compared."""
    body = book().by_name["formula_0"].body
    term = body.term  # type: ignore[union-attr]  # a formula
    assert isinstance(term, Compared)
    assert isinstance(term.left, Rank)
    assert term_text(term, book(), "ja") == "記載された評価区分 > 区分"
    assert term_text(term, book(), "en") == "recorded rating > rating"
