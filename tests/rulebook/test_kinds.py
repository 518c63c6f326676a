"""Kinds of numbers: every pair of kinds in every place where two numbers meet, against tables written from docs/rulebook.md, 9."""

from functools import cache
from typing import Final

import pytest

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.types import RATIO, NumberType
from tests.rulebook.small import HEAD, formula, rulebook, table

POINTS = table("| F | `label` | **points** |\n| 1 | - | 5 |\n| 2 | - | 3 |", "points", "measure")
SHARE = formula("executed / total", "share_spent", "budget_year")
WRITTEN: Final = {
    "number": "sum(measures.points)",
    "points": "budget_years[1].share_spent * 100",
    "0.5": "0.5",
    "0": "0",
    "80": "80",
    "2012": "2012",
    "ratio": "budget_years[1].share_spent",
    "money": "sum(budget_years.total)",
    "year": "fiscal_year",
    "count": "count(measures)",
    "figure": "measures[1].actual",
}
"""A value of each kind, as an expression; those that are a number are such by what stands beside them."""
KINDS: Final = tuple(WRITTEN)

BARE: Final = ("number", "points", "0.5", "0", "80", "2012")

# For each kind on the left: the other one (`bare` is each of these) and what comes of the two, a kind or a code.
COMPARED: Final = """
ratio  : number 571, points 570, 80 513, 2012 513, money 512, year 512, count 512
money  : number 514, points 514, 0.5 514, 80 514, 2012 514, year 512, count 512
year   : number 512, points 512, 0.5 515, 0 515, 80 515, count 512
"""
EITHER: Final = """
ratio  : number 571, points 570, 0.5 ratio, 0 ratio, 80 513, 2012 513, ratio ratio, money 520, year 520, count 520, figure 520
money  : number 514, points 514, 0.5 514, 0 money, 80 514, 2012 514, money money, year 520, count 520, figure 520
year   : number 512, points 512, 0.5 515, 0 515, 80 515, 2012 year, year year, count 520, figure 520
count  : bare count, count count, figure 520
figure : bare figure, figure figure
"""
PLUS: Final = """
ratio  : number 571, points 570, 0.5 ratio, 0 ratio, 80 513, 2012 513, ratio ratio, money 519, year 519, count 519, figure figure
money  : number 514, points 514, 0.5 514, 0 money, 80 514, 2012 514, money money, year 519, count 519, figure 519
year   : bare year, year 519, count year, figure 519
count  : bare count, count count, figure figure
figure : bare figure, figure figure
"""
TIMES: Final = """
ratio  : 0.5 ratio, 0 ratio, ratio ratio, money money, year 519, count count, figure figure
money  : bare money, money 519, year 519, count money, figure 519
year   : bare 519, year 519, count 519, figure 519
count  : bare count, count count, figure figure
figure : bare figure, figure figure
"""
OVER: Final = """
number : money 519, year 519
points : money 519, year 519
0.5    : ratio ratio, money 519, year 519
0      : ratio ratio, money 519, year 519
80     : money 519, year 519
2012   : money 519, year 519
ratio  : bare ratio, ratio ratio, money 519, year 519, count ratio, figure 519
money  : bare money, ratio money, money ratio, year 519, count money, figure 519
year   : bare 519, ratio 519, money 519, year 519, count 519, figure 519
count  : bare count, ratio count, money 519, year 519, count ratio, figure ratio
figure : bare figure, ratio figure, money 519, year 519, count figure, figure ratio
"""


def grid(text: str, otherwise: str, mirrored: bool = True) -> dict[tuple[str, str], str]:
    """What comes of each pair."""
    found = {(left, right): otherwise for left in KINDS for right in KINDS}
    for line in text.strip().splitlines():
        left, _, cells = line.partition(":")
        for cell in cells.split(","):
            written, outcome = cell.split()
            for right in BARE if written == "bare" else (written,):
                assert (left.strip(), right) in found
                found[left.strip(), right] = outcome
                if mirrored:
                    found[right, left.strip()] = outcome
    return found


COMPARISONS: Final = grid(COMPARED, "true")
CHOICES: Final = grid(EITHER, "plain")
SUMS: Final = grid(PLUS, "plain")
DIFFERENCES: Final = SUMS | {("year", "year"): "count"} | {(kind, "year"): "519" for kind in (*BARE, "count")}
PRODUCTS: Final = grid(TIMES, "plain")
QUOTIENTS: Final = grid(OVER, "plain", mirrored=False)
TOTALS: Final = {
    pair: "573" if "year" in pair else {"519": "520"}.get(outcome, outcome) for pair, outcome in SUMS.items()
}


@cache
def outcome(*decisions: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The kind of the last decision, or the code of the one error."""
    try:
        book = rulebook(POINTS, SHARE, *decisions)
    except HyoteiError as error:
        errors = tuple(problem for problem in error.diagnostics if problem.severity == "error")
        assert len({problem.code for problem in errors}) == 1, errors
        return errors[0].code.removeprefix("HY"), errors
    of = book.by_name["x"].outputs[0].type
    return of.dimension if isinstance(of, NumberType) else "true", ()


def column(policy: str, left: str, right: str) -> str:
    """A table whose output is the one or the other."""
    return table(f"| {policy} | `label` | **x** |\n| 1 | - | `{left}` |\n| 2 | - | `{right}` |", scope="measure")


def cell(subject: str, end: str, form: str = "`{}` 以上") -> str:
    """A table whose column is held against an end."""
    return table(f"| F | `{subject}` | **x** |\n| 1 | {form.format(end)} | 1 = 1 |".replace("1 = 1", "true"))


@pytest.mark.parametrize(("left", "right"), COMPARISONS)
def test_pairs_that_are_compared(left: str, right: str) -> None:
    """A comparison, `in`, `between` and a cell accept and refuse the same pairs."""
    a, b = WRITTEN[left], WRITTEN[right]
    expected = COMPARISONS[left, right]
    for text in (f"{a} < {b}", f"{a} = {b}", f"{a} in (>= {b}, = {b})", f"{a} between {b} and {b} + 0"):
        assert outcome(formula(text))[0] == expected, text
    for form in ("`{}` 以上", "< `{}`", "not(`{}`)"):
        assert outcome(cell(a, b, form))[0] == expected, form


@pytest.mark.parametrize(("left", "right"), CHOICES)
def test_pairs_of_which_one_is_chosen(left: str, right: str) -> None:
    """Branches, arguments and rows are of one kind, which is that of the outcome."""
    a, b = WRITTEN[left], WRITTEN[right]
    expected = CHOICES[left, right]
    for text in (f"if 1 = 1 then {a} else {b}", f"min({a}, {b})", f"max({b}, {a})", f"mean({a}, {b})"):
        assert outcome(formula(text))[0] == expected, text
    for policy in ("F", "C<", "C>"):
        # The rows are those of a measure, where lists are of the sheet.
        rows = (each.replace("measures", "sheet.measures") for each in (a, b))
        assert outcome(column(policy, *rows))[0] == {"520": "534"}.get(expected, expected), policy


@pytest.mark.parametrize(("left", "right"), SUMS)
def test_pairs_that_are_calculated_with(left: str, right: str) -> None:
    """Each operator gives the kind that the docs state, or refuses the pair."""
    a, b = WRITTEN[left], WRITTEN[right]
    for operator, table_of in (("+", SUMS), ("-", DIFFERENCES), ("*", PRODUCTS), ("/", QUOTIENTS)):
        assert outcome(formula(f"{a} {operator} ({b})"))[0] == table_of[left, right], operator
    assert outcome(formula(f"sum({a}, {b})"))[0] == TOTALS[left, right]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_stays_through_what_does_not_mix(kind: str) -> None:
    """Rounding, size, extremes and means keep a kind; a power too, but for money and years; a sum, but for years."""
    text, own = WRITTEN[kind], outcome(formula(WRITTEN[kind]))[0]
    for function in ("abs({})", "floor({}, 1)", "round half up({})", "min({0}, {0})", "mean({0}, {0})", "({})"):
        assert outcome(formula(function.format(text)))[0] == own
    assert outcome(formula(f"({text}) ** 2"))[0] == ("519" if kind in ("money", "year") else own)
    assert outcome(formula(f"-({text})"))[0] == ("572" if kind == "year" else own)
    for limit, written in (("2", "80%"), ("1", "3円"), ("3", "5回")):
        direct = outcome(formula(f"{text} > {written}"))[0]
        assert outcome(formula(f"max({text}, {text}) > {written}"))[0] == direct, limit


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("80%", "90%"), "ratio"), (("80%", "0.9"), "ratio"), (("0.8", "0.9"), "ratio"), (("80%", "90"), "513"),
        (("80", "90"), "513"), (("3円", "0"), "512"), (("80%", "5回"), "520"), (("80%", "3円"), "520"),
        (("2011", "2012年度"), "512"), (("8割", "1.5倍"), "ratio"), (("0.8", "80"), "513"),
    ],
)  # fmt: skip
def test_values_of_a_parameter_agree_over_the_years(values: tuple[str, str], expected: str) -> None:
    """All values are of one kind, and each is held against what the parameter stands beside."""
    dated = f"  rate:\n    ..2011: {values[0]}\n    2012..: {values[1]}\n"
    head = HEAD.replace("  strict: true\n", dated)
    comparison = formula("budget_years[1].share_spent > rate")
    if expected == "ratio":
        assert rulebook(SHARE, comparison, head=head).parameters["rate"].type == RATIO
        return
    with pytest.raises(HyoteiError) as caught:
        rulebook(SHARE, comparison, head=head)
    assert f"HY{expected}" in {problem.code for problem in caught.value.diagnostics}


def test_points_stay_points_until_they_are_divided_by_their_weights() -> None:
    """A weighted mean is a ratio again; a mean of points is not, nor is what was multiplied by a number written there."""
    spent = "budget_years[1].share_spent"
    weight = table("| F | `label` | **weight** |\n| 1 | - | 20 |\n| 2 | - | 30 |", "weight", "measure")
    weighted = formula(f"{spent.replace('budget', 'sheet.budget')} * weight", "weighted", "measure")
    for text, expected in (
        ("sum(measures.weighted) / sum(measures.weight) > 80%", "true"),
        ("sum(measures.weighted) > 80%", "570"),
        ("sum(measures.weighted) > 80", "true"),
        ("mean(measures.weighted) / mean(measures.weight) > 80%", "true"),
        ("sum(measures.weighted) / count(measures) > 80%", "570"),
        ("sum(measures.weighted) * 100 / sum(measures.weight) > 80%", "570"),
        ("sum(measures.weighted) / 100 > 80%", "570"),
        ("sum(measures.weighted) / sum(measures.weight) * 100 > 80%", "570"),
        ("sum(measures.weight) / 100 > 80%", "571"),
        ("sum(measures.weight) / 100 * 100% > 80%", "true"),
        (f"({spent} * 100 + {spent} * 100) / 2 > 80%", "570"),
        (f"{spent} * 100 * 100% > 80%", "570"),
        (f"2倍 * {spent} > 80%", "true"),
    ):
        assert outcome(weight, weighted, formula(text))[0] == expected, text


@pytest.mark.parametrize("code", ["513", "570", "571"])
def test_a_ratio_that_was_mixed_up_is_told_with_both_mends(code: str) -> None:
    """Either side can be mended: the number of a ratio, or the ratio of a number."""
    text = {
        "513": "budget_years[1].share_spent > 80",
        "570": "budget_years[1].share_spent * 100 > 80%",
        "571": "sum(measures.points) > 80%",
    }[code]
    found, problems = outcome(formula(text))
    assert found == code
    mends = {"513": ("80%", "0.8", "100"), "570": ("80 ", "* 100", "200%"), "571": ("0.8", "80", "100%")}[code]
    for language in ("ja", "en"):
        said = problems[0].message(language)
        assert all(mend in said for mend in mends), said
