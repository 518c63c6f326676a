"""One suite over all interpreters: the reference's answer, on drawn rulebooks and sheets and on cases worked out by hand."""

from dataclasses import replace
from decimal import ROUND_UP, Context, Decimal, Inexact, Rounded, localcontext
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.proof.proof_limits import BeyondProof
from hyotei.rulebook.cached_rulebooks import read_rulebook
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.terms import Check, IsUnknown
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Sheet
from tests import strategies_sheets
from tests.interpreters import INTERPRETERS, exactly, outside, steps
from tests.language_cases import CELLS, EXPRESSIONS, TABLES
from tests.rulebook.small import HEAD, SHEET, formula, rulebook, table, value
from tests.strategies import HALF, rulebook_texts, rulebooks, sheets, suppositions

OTHERS = [name for name in INTERPRETERS if name not in ("reference", "symbolic")]
"""Those that take as many drawn examples as wanted; the symbolic one, with a solver behind it, has its own tests in tests/proof."""


def agree(data: st.DataObject) -> None:
    """Draws a rulebook, a sheet made for it and some suppositions, and holds the interpreters against the reference.

    The outside reading, which supposes nothing, is held against it without suppositions.
    """
    text = data.draw(rulebook_texts(), label="rulebook")
    rulebook = parse_rulebook(text)
    sheet = data.draw(sheets(rulebook), label="sheet")
    supposed = data.draw(suppositions(rulebook, sheet), label="supposed")
    right = evaluate(rulebook, sheet)
    for name in OTHERS:
        assert exactly(INTERPRETERS[name](rulebook, sheet, None)) == exactly(right), name
        if supposed:
            right_supposed = evaluate(rulebook, sheet, supposed)
            assert exactly(INTERPRETERS[name](rulebook, sheet, supposed)) == exactly(right_supposed), name
    assert outside(text, sheet) == steps(right), "outside"


@given(data=st.data())
def test_all_interpreters_give_the_derivation_of_the_reference(data: st.DataObject) -> None:
    """Every step, row, input and output is that of the reference, with and without suppositions, in the outside reading too."""
    agree(data)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
@given(data=st.data())
def test_all_interpreters_give_the_derivation_of_the_reference_many_times(part: int, data: st.DataObject) -> None:
    """The same over ten times as many, 5,000 in `make test-all` and 20,000 in `make test-long`; in parts, because of memory."""
    agree(data)


@pytest.mark.parametrize("name", OTHERS)
@given(data=st.data())
def test_shipped_rulebook_gives_the_derivation_of_the_reference(name: str, data: st.DataObject) -> None:
    """On any sheet that can be read, and on sheets made for its boundaries, the shipped rulebook has one meaning."""
    book = shipped()
    sheet = data.draw(strategies_sheets.sheets() | sheets(book))
    assert exactly(INTERPRETERS[name](book, sheet, None)) == exactly(evaluate(book, sheet))


@given(data=st.data())
def test_what_was_not_read_is_unread_for_all(data: st.DataObject) -> None:
    """On sheets whose source does not carry lists, directions or texts: all that take such sheets, and the outside reading."""
    text = data.draw(rulebook_texts(), label="rulebook")
    rulebook = parse_rulebook(text)
    drawn = data.draw(sheets(rulebook), label="sheet")
    sheet = drawn.model_copy(update={"unread": data.draw(strategies_sheets.unread_parts, label="unread")})
    right = evaluate(rulebook, sheet)
    for name in OTHERS:
        assert exactly(INTERPRETERS[name](rulebook, sheet, None)) == exactly(right)
    assert outside(text, sheet) == steps(right)


UNREAD = SHEET.model_copy(update={"unread": ("objectives", "budget_years", "recorded.inspection", "facts.opinion")})


@pytest.mark.parametrize("name", ["reference", *OTHERS])
@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("opinion: {type: text}", "unknown(unread)"),
        ("opinion: {type: text, default: 無}", "無"),
        ("reflection: {type: text}", "unknown(missing)"),
    ],
)
def test_facts_that_were_not_read(name: str, fact: str, expected: str) -> None:
    """A fact of the sheet that the source does not carry is unread, unless the rulebook says what it is where it is not stated."""
    head = HEAD.replace("parameters:", f"facts:\n  sheet:\n    {fact}\nparameters:")
    book = parse_rulebook(f"{head}\n# 値 `x` — for the sheet\n\n    {fact.partition(':')[0]}\n")
    found = INTERPRETERS[name](book, UNREAD, None).value("x")
    assert same(found, value(expected) if expected.startswith("unknown") else expected), found


@pytest.mark.parametrize("name", ["reference", *OTHERS])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(measures)", "unknown(unread)"),
        ("count(measures[actual > 0]) = 0", "unknown(unread)"),
        ("all(measures.actual > 0)", "unknown(unread)"),
        ("any(objectives.claim = achieved)", "unknown(unread)"),
        ("sum(budget_years.total)", "unknown(unread)"),
        ("budget_years[1].total", "unknown(unread)"),
        ("measures[-1].label", "unknown(unread)"),
        ("recorded.inspection", "unknown(unread)"),
        ("recorded.inspection = unknown(missing)", "false"),
        ("recorded.improvement", "unknown(missing)"),
        ("fiscal_year", str(SHEET.fiscal_year)),
    ],
)
def test_lists_and_texts_that_were_not_read(name: str, text: str, expected: str) -> None:
    """No number of units, no position, no text is taken for the whole; what is carried is as ever."""
    found = INTERPRETERS[name](rulebook(formula(text)), UNREAD, None).value("x")
    assert same(found, value(expected)), found


@cache
def shipped() -> Rulebook:
    return read_rulebook(Path(__file__).resolve().parents[1] / "rules" / "mic-2013")


def sheet_value(name: str, rulebook: Rulebook, decision: str = "x") -> Scalar | None:
    return INTERPRETERS[name](rulebook, SHEET, None).value(decision)


def same(found: object, expected: object) -> bool:
    """Equal and of one type: true is not 1."""
    one_type = type(found) is type(expected) or (isinstance(found, Decimal) and isinstance(expected, Decimal))
    return found == expected and one_type


@pytest.mark.parametrize("name", INTERPRETERS)
@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expression_has_its_value(name: str, text: str, expected: str) -> None:
    """Every construct of the expression language gives the value worked out by hand."""
    found = sheet_value(name, rulebook(formula(text)))
    assert same(found, value(expected)), found


@pytest.mark.parametrize("name", INTERPRETERS)
@pytest.mark.parametrize(("column", "cell", "expected"), CELLS)
def test_cell_holds_or_not(name: str, column: str, cell: str, expected: str) -> None:
    """Every form of a cell holds, fails or stays undecided as worked out by hand."""
    rows = f"| F | `{column}` | **x** |\n| 1 | {cell} | true |\n| 2 | - | false |"
    found = sheet_value(name, rulebook(table(rows)))
    assert same(found, value(expected)), found


@pytest.mark.parametrize("name", INTERPRETERS)
@pytest.mark.parametrize(("rows", "outcome", "fired", "expected"), TABLES)
def test_table_comes_out(name: str, rows: str, outcome: str, fired: str, expected: str) -> None:
    """Every hit policy answers, clashes, has a gap or stays undecided as worked out by hand."""
    step = INTERPRETERS[name](rulebook(table(rows)), SHEET, None).steps["x", "sheet"]
    assert (step.outcome, step.rows) == (outcome, tuple(int(row) for row in fired.split()))
    assert same(step.outputs[0], value(expected)), step.outputs


@pytest.mark.parametrize("name", INTERPRETERS)
def test_findings_are_those_that_surely_hold(name: str) -> None:
    """Hit policy C lists the outputs of the rows that hold, in the order of the table, and leaves out undecided ones."""
    rows = """
    | C | `measures[1].actual` | `measures[3].actual` | **finding** | **severity** |
    | 1 | -                    | 5                    | maybe       | 1            |
    | 2 | 43                   | -                    | F-2         | 2            |
    | 3 | 40以上               | -                    | "指摘 3"    | `1 + 2`      |
    | 4 | 44                   | -                    | F-4         | 4            |
    """
    step = INTERPRETERS[name](rulebook(table(rows)), SHEET, None).steps["x", "sheet"]
    assert (step.outcome, step.rows) == ("fired", (2, 3))
    assert step.outputs == (("F-2", Decimal(2)), ("指摘 3", Decimal(3)))


CHAIN = (
    formula("if direction = decrease then target / actual else actual / target", "rate", "measure"),
    table(
        """
        | F | `rate`   | **result** | **points** |
        | 1 | unknown  | unknown    | 0          |
        | 2 | 100%以上 | good       | 200%       |
        | 3 | -        | bad        | `rate * 1` |
        """,
        "judged",
        "measure",
    ),
    formula("count(measures[judged = good])", "good_here", "indicator"),
    formula("sum(indicators.good_here)", "good_in", "objective"),
    formula("if objective.good_in > 0 then judged.points else 0", "weighted", "measure"),
    formula("sum(measures[judged != unknown].weighted)", "total_points", "sheet"),
    formula("count(sheet.measures.rate > rate) + 1", "place", "measure"),
    formula("count(sheet.measures[judged = bad].rate > rate)", "bad_above", "measure"),
    formula("count(sheet.measures.judged = good)", "good_anywhere", "measure"),
    formula("executed / total", "spent", "budget_year"),
    formula("budget_years[spent != unknown][-1].spent", "last_spent", "sheet"),
)


@pytest.mark.parametrize("name", INTERPRETERS)
@pytest.mark.parametrize("backwards", [False, True])
def test_decisions_feed_each_other_across_scopes(name: str, backwards: bool) -> None:
    """Values pass from measure to indicator, objective and sheet and back down, in whatever order they are written."""
    found = INTERPRETERS[name](rulebook(*(reversed(CHAIN) if backwards else CHAIN)), SHEET, None)

    def values(decision: str, units: str, output: int = 0) -> list[object]:
        return [found.value(decision, unit, output) for unit in units.split()]

    measures = "measures[1] measures[2] measures[3] measures[4]"
    assert values("rate", measures) == [Decimal("4.3"), Decimal("0.75"), Unknown("qualitative"), Decimal(0)]
    assert values("judged", measures) == ["good", "bad", Unknown("qualitative"), "bad"]
    assert values("judged", measures, 1) == [Decimal(2), Decimal("0.75"), Decimal(0), Decimal(0)]
    assert values("good_here", "indicators[1] indicators[2] indicators[3]") == [Decimal(1), Decimal(0), Decimal(0)]
    assert values("good_in", "objectives[1] objectives[2]") == [Decimal(1), Decimal(0)]
    # What is unknown is surely above nothing, and nothing is surely above it.
    assert values("place", measures) == [Decimal(1), Decimal(2), Decimal(1), Decimal(3)]
    assert values("bad_above", measures) == [Decimal(0), Decimal(0), Decimal(0), Decimal(1)]
    assert values("good_anywhere", measures) == [Decimal(1)] * 4
    assert values("weighted", measures) == [Decimal(2), Decimal("0.75"), Decimal(0), Decimal(0)]
    assert values("total_points", "sheet") == [Decimal("2.75")]
    years = "budget_years[2011] budget_years[2012] budget_years[2013]"
    assert values("spent", years) == [Decimal("0.5"), Unknown("unsettled"), Unknown("missing")]
    assert values("last_spent", "sheet") == [Decimal("0.5")]


@pytest.mark.parametrize("name", INTERPRETERS)
def test_supposed_values_stand_in_place_of_others(name: str) -> None:
    """A supposed figure or decision is taken as given, and what follows from it follows."""
    book = rulebook(*CHAIN)
    supposed: dict[tuple[str, str], Scalar] = {
        ("actual", "measures[2]"): Decimal(4),
        ("judged", "measures[3]"): "good",
        ("spent", "budget_years[2013]"): Decimal("0.9"),
    }
    found = INTERPRETERS[name](book, SHEET, supposed)
    assert found.value("rate", "measures[2]") == Decimal(1)
    assert found.steps["judged", "measures[3]"].outcome == "supposed"
    assert found.steps["judged", "measures[3]"].outputs == ("good", Unknown("undefined"))
    assert found.value("good_here", "indicators[2]") == Decimal(1)
    assert found.value("last_spent") == Decimal("0.9")


@pytest.mark.parametrize("name", INTERPRETERS)
def test_nothing_to_decide_is_decided(name: str) -> None:
    """A sheet without objectives and budget years leaves no step for them and gives the sums of nothing."""
    empty = Sheet(id="empty", title="空", authority="総務省", fiscal_year=2012)
    found = INTERPRETERS[name](rulebook(*CHAIN), empty, None)
    assert list(found.steps) == [("total_points", "sheet"), ("last_spent", "sheet")]
    assert found.value("total_points") == Decimal(0)
    assert found.value("last_spent") == Unknown("missing")


@pytest.mark.parametrize("name", INTERPRETERS)
@pytest.mark.parametrize(("year", "expected"), [(2010, "0.5"), (2011, "0.5"), (2012, "0.6"), (2014, "0.6")])
def test_parameters_are_those_of_the_year(name: str, year: int, expected: str) -> None:
    """A dated parameter has the value of the sheet's fiscal year, in formulas and as an end point."""
    sheet = Sheet(id="dated", title="年度", authority="総務省", fiscal_year=year)
    rows = "| F | `50%` | **x** |\n| 1 | minimum以上 | true |\n| 2 | - | false |"
    found = INTERPRETERS[name](rulebook(formula("minimum", "y"), table(rows)), sheet, None)
    assert found.value("y") == Decimal(expected)
    assert found.value("x") is (expected == "0.5")


@pytest.mark.parametrize("name", INTERPRETERS)
@pytest.mark.parametrize(
    ("division", "expected"),
    [("exact", "2/3"), ("floor 6", "0.666666"), ("half_up 2", "0.67"), ("ceiling 0", "1"), ("down 1", "0.6")],
)
def test_division_is_rounded_as_the_rulebook_says(name: str, division: str, expected: str) -> None:
    """`division` in the front matter rounds quotients and means, and nothing else; `exact` rounds nothing."""
    book = rulebook(
        formula("2 / 3", "quotient"),
        formula("mean(0, 1, 1)", "average"),
        formula("0.123456789 * 1", "product"),
        head=HEAD.replace("standing: draft", f"standing: draft\ndivision: {division}"),
    )
    found = INTERPRETERS[name](book, SHEET, None)
    assert found.value("quotient") == found.value("average") == value(expected)
    assert found.value("product") == Decimal("0.123456789")


@pytest.mark.parametrize("name", ["reference", *OTHERS])
@HALF
@given(data=st.data())
def test_decimal_context_of_the_caller_is_irrelevant(name: str, data: st.DataObject) -> None:
    """A caller whose decimal context has one digit and traps everything gets the same answer."""
    book = data.draw(rulebooks())
    sheet = data.draw(sheets(book))
    expected = exactly(evaluate(book, sheet))
    with localcontext(Context(prec=1, rounding=ROUND_UP, traps=[Inexact, Rounded])):
        found = INTERPRETERS[name](book, sheet, None)
    assert exactly(found) == expected


@pytest.mark.parametrize("name", ["reference", *OTHERS])
@HALF
@given(data=st.data())
def test_order_of_rows_is_irrelevant_for_u_and_a(name: str, data: st.DataObject) -> None:
    """The rows of U and A tables may stand in any order: outcome and outputs stay, and the same rows answer."""
    book = data.draw(rulebooks(["U", "A"]))
    decisions, place = [], {}
    for decision in book.decisions:
        body = decision.body
        if isinstance(body, Table) and body.policy in ("U", "A"):
            rows = data.draw(st.permutations(body.rows))
            place[decision.name] = {number: row.number for number, row in enumerate(rows, 1)}
            numbered = tuple(replace(row, number=number) for number, row in enumerate(rows, 1))
            decision = replace(decision, body=replace(body, rows=numbered))
        decisions.append(decision)
    shuffled = replace(book, decisions=tuple(decisions), hash=f"{book.hash} shuffled {place}")
    sheet = data.draw(sheets(book))
    before, after = (INTERPRETERS[name](each, sheet, None).steps for each in (book, shuffled))
    for key, step in before.items():
        other = after[key]
        answered = tuple(sorted(place[key[0]][row] for row in other.rows)) if key[0] in place else other.rows
        assert (other.outcome, other.outputs, answered) == (step.outcome, step.outputs, step.rows)


@pytest.mark.parametrize("name", ["reference", *OTHERS])
@HALF
@given(data=st.data())
def test_unknown_selects_no_row_of_a_column_that_is_silent_about_it(name: str, data: st.DataObject) -> None:
    """Where no cell of a column names the reason of an unknown value, no row that tests the column answers by it."""
    book = data.draw(rulebooks())
    sheet = data.draw(sheets(book))
    for step in INTERPRETERS[name](book, sheet, None).steps.values():
        body = book.by_name[step.decision].body
        if step.outcome != "fired" or not isinstance(body, Table):
            continue
        for column, found in enumerate(step.inputs):
            if isinstance(found, Unknown) and not any(_speaks(row.checks[column]) for row in body.rows):
                assert all(body.rows[row - 1].checks[column].anything for row in step.rows)


def _speaks(check: Check) -> bool:
    return any(isinstance(test, IsUnknown) for test in check.tests)


@pytest.mark.parametrize("name", INTERPRETERS)
def test_products_without_end_are_unknown(name: str) -> None:
    """Rules that multiply their own results end in unknown(undefined), not in figures of a million digits."""
    chain = "".join(f"\n# f{n} `f{n}` — for the sheet\n\n    f{n - 1} ** 100\n" for n in range(2, 6))
    book = rulebook("# f1 `f1` — for the sheet\n\n    12345.678 ** 100\n" + chain)
    if name == "symbolic":
        # Formulas know no reach: numbers that may pass it are not followed.
        with pytest.raises(BeyondProof):
            sheet_value(name, book, "f5")
        return
    assert isinstance(sheet_value(name, book, "f1"), Decimal)
    assert sheet_value(name, book, "f5") == Unknown("undefined")
