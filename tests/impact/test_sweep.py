"""Sweeps: at every value what rating again gives, between steps nothing moves, and steps are where something does."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import hyotei
from hyotei.base.exact import ROUNDINGS, Rounding, plain, round_to
from hyotei.base.quotient import finite_decimal
from hyotei.compare.term_rewriting import rewritten
from hyotei.impact.range_pieces import cut, piece
from hyotei.impact.sliding_value import SLIDING, SWEPT, cell_slide, parameter_slide
from hyotei.impact.sweep import Sweep, sweep
from hyotei.impact.turning_values import _before
from hyotei.messages import HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.types import NumberType
from hyotei.sheet import Sheet
from tests.conftest import ROOT
from tests.examples import one_in
from tests.impact.edited import numbered, rated, results
from tests.strategies import rulebooks, sheets

FEW = settings(
    max_examples=one_in(10, least=2),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MIC = (ROOT / "rules" / "mic-2013" / "rulebook.md").read_text(encoding="utf-8")
OLD = parse_rulebook(MIC, "old")


def fixed(found: Sweep, value: Decimal) -> Rulebook:
    """The rulebook with the value in place of the sliding one."""
    book = found.slide.rulebook
    decisions = tuple(
        replace(each, body=Formula("", t.Constant(value))) if each.name == SWEPT else each for each in book.decisions
    )
    return replace(book, decisions=decisions)


def probes(found: Sweep) -> Iterator[Decimal]:
    """The ends, all steps that are decimals, and a value between any two of them."""
    low, high = Fraction(found.slide.low), Fraction(found.slide.high)
    spots = sorted({low, high, *found.steps})
    for value in spots:
        exact = finite_decimal(value)
        if exact is not None:
            yield exact
    for one, other in pairwise(spots):
        inside = piece(one, other, False, False).probe
        assert inside is not None
        yield inside
        # Just beside the ends too.
        near = (
            piece(one, one + (other - one) / 1000, False, False).probe,
            piece(other - (other - one) / 1000, other, False, False).probe,
        )
        yield from (each for each in near if each is not None)


def checked(found: Sweep, some: list[Sheet]) -> None:
    for value in probes(found):
        book = fixed(found, value)
        stretch = found.at(value)
        for result in found.results:
            told = Counter(results(book, sheet, result.name) for sheet in some)
            counts = {v: count.sheets for (name, v), count in stretch.counts.items() if name == result.name}
            assert counts == dict(told), (plain(value), result.name)
    for before, after in pairwise(found.stretches):
        assert after.changed > 0
        assert (before.at, before.after) < (after.at, after.after)


TEXTS = (
    ("", "", "about=0%..60%"),
    ("", "", "half=-10%..150%"),
    ("actual / target\n", "target / actual - 1 + actual / target * (target / actual)\n", "half=-1..4"),
    ("| 10%以上         | Ⅰ", "| `about` 以上    | Ⅰ", "about=-100%..100%"),
    ("actual / target\n", "actual / (target * (1 - excessive * 0.1))\n", "excessive=0..1500%"),
    ("actual / target\n", "round half up(actual / target - excessive, 2)\n", "excessive=-0.5..1"),
    ("actual / target\n", "abs(actual / target - excessive)\n", "excessive=-0.5..1"),
    ("count(measures[result = missed])", "count(measures[actual < target * (1 - about)])", "about=0..0.5"),
    ("count(measures[result = missed])", "count(measures[max(attainment, 2倍 * about) < 1])", "about=-1..200%"),
    ("if direction = decrease then target / actual", "if about > 5% then target / actual", "about=0%..10%"),
    ("executed / total", "round half up(executed / (total + about * total), 3)", "about=-1..1"),
)
BOOKS = tuple((parse_rulebook(MIC.replace(old, new), "book"), spec) for old, new, spec in TEXTS)


@FEW
@given(
    chosen=st.sampled_from(BOOKS),
    drawn=st.lists(sheets(OLD), min_size=1, max_size=10),
)
def test_a_sweep_is_rating_again_at_every_value(chosen: tuple[Rulebook, str], drawn: list[Sheet]) -> None:
    book, spec = chosen
    some = numbered(drawn)
    checked(sweep(book, some, param=spec), some)


def slidable(rulebook: Rulebook) -> list[tuple[str, bool]]:
    """The cells and parameters of a rulebook with a number that can be slid, each with its value as a spec, and whether a cell."""
    found: list[tuple[str, bool, Decimal]] = []
    for each in rulebook.parameters.values():
        value = each.dated[0].value
        if isinstance(each.type, NumberType) and isinstance(value, Decimal):
            found.append((each.name, False, value))
    for decision in rulebook.decisions:
        if isinstance(decision.body, Table):
            for row in decision.body.rows:
                for number, check in enumerate(row.checks, 1):
                    for test in check.tests:
                        if isinstance(test, t.Range):
                            for end, of in (("low", test.low), ("high", test.high)):
                                if isinstance(of, t.Constant) and isinstance(of.value, Decimal):
                                    found.append((f"{decision.name}:{row.number}:{number}:{end}", True, of.value))
    return [
        (f"{name}={plain(value - Decimal('1.5'))}..{plain(value + Decimal(2))}", is_cell)
        for name, is_cell, value in found
        if abs(value) < 10**9
    ]


@pytest.mark.slow
@settings(FEW, max_examples=one_in(40, least=5))
@given(data=st.data())
def test_drawn_rulebooks_slide_too(data: st.DataObject) -> None:
    """Of every form that rulebooks have; what cannot be slid exactly is refused."""
    book = rated(data.draw(rulebooks()), data)
    specs = slidable(book)
    assume(specs)
    spec, is_cell = data.draw(st.sampled_from(specs))
    some = numbered(data.draw(st.lists(sheets(book), min_size=1, max_size=6)))

    def slid(written: str) -> Sweep:
        return sweep(book, some, cell=written) if is_cell else sweep(book, some, param=written)

    try:
        try:
            found = slid(spec)
        except HyoteiError as error:
            # A ratio or an amount that is written without its unit: the message says what to write.
            problem = error.diagnostics[0]
            name, _, span = spec.rpartition("=")
            mends = {"HY988": str(problem.params.get("percent")), "HY514": span.replace("..", "円..") + "円"}
            if problem.code not in mends:
                raise
            found = slid(f"{name}={mends[problem.code]}")
    except HyoteiError as error:
        assert {each.code for each in error.diagnostics} == {"HY991"}  # noqa: PT017
        return
    checked(found, some)


@given(
    limit=st.fractions(-3, 3, max_denominator=8),
    strict=st.booleans(),
    mode=st.sampled_from(ROUNDINGS),
    digits=st.integers(0, 1),
    value=st.integers(-80, 80),
)
def test_rounding_steps_over_where_it_is_said_to(
    limit: Fraction, strict: bool, mode: Rounding, digits: int, value: int
) -> None:
    """A rounded number passes a limit just when the exact one passes the threshold."""
    exact = Fraction(value, 20)
    rounded = Fraction(round_to(Decimal(value) / 20, digits, mode))
    threshold, closed_out = _before(limit, strict, mode, digits)
    assert (rounded > limit if strict else rounded >= limit) == (
        exact > threshold if closed_out else exact >= threshold
    )


@given(
    ends=st.tuples(st.fractions(-5, 5), st.fractions(-5, 5)),
    cuts=st.lists(st.fractions(-5, 5), max_size=5, unique=True),
    closed=st.tuples(st.booleans(), st.booleans()),
    value=st.fractions(-5, 5),
)
@example((Fraction(0), Fraction(1)), [Fraction(1, 3)], (True, True), Fraction(1, 3))
def test_pieces_cover_a_range_once(
    ends: tuple[Fraction, Fraction], cuts: list[Fraction], closed: tuple[bool, bool], value: Fraction
) -> None:
    """Every value of the range lies in one piece, every probe in its own; a value without a decimal has none."""
    low, high = sorted(ends)
    assume(low < high)
    whole = piece(low, high, *closed)
    found = cut(whole, sorted(each for each in cuts if whole.holds(each)))
    assert sum(each.holds(value) for each in found) == whole.holds(value)
    for each in found:
        assert each.probe is None or each.holds(Fraction(each.probe))
        assert each.probe is not None or each.low == each.high


def test_bad_ranges_and_names_are_told() -> None:
    """One message each, which says what there is."""
    sheet = hyotei.read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml")
    for spec in ("about", "about=1", "about=0.3..0.2", "about=x..2", "=1..2", "about=1..1", "about=1..2..3"):
        with pytest.raises(HyoteiError, match="HY990"):
            sweep(OLD, [sheet], param=spec)
    for spec in ("nothing=0..1", "excessive=0..1"):
        with pytest.raises(HyoteiError, match="HY991"):
            sweep(OLD, [sheet], param=spec)
    for spec in ("none:1:1=0..1", "rating:9:1=0..1", "rating:2:9=0..1", "rating:1:1=0..1", "budget:2:rating=0..1"):
        with pytest.raises(HyoteiError, match="HY991"):
            sweep(OLD, [sheet], cell=spec)
    with pytest.raises(HyoteiError, match="HY992"):
        sweep(OLD, [], param="about=0..1")
    for curved in (
        MIC.replace("1 - about", "1 - about ** 2"),
        MIC.replace("actual / target\n", "actual / (target - about)\n"),
    ):
        with pytest.raises(HyoteiError, match="HY991"):
            sweep(parse_rulebook(curved, "curved"), [sheet], param="about=0..1")


def test_a_step_that_is_no_decimal_is_told_as_a_fraction() -> None:
    """The sheet moves just there, between the decimals beside it."""
    text = MIC.replace("actual / target\n", "if actual * about >= target then 200% else 1 / 4\n", 1)
    sheet = hyotei.read_sheet(ROOT / "cases" / "mic-24-15" / "sheet.yaml")
    book = parse_rulebook(text, "thirds")
    found = sweep(book, [sheet], param="about=0..30000%")
    assert any(finite_decimal(step) is None for step in found.steps)
    checked(found, [sheet])
    assert SLIDING.decision == SWEPT
    assert rewritten(SLIDING, lambda part: None) == SLIDING
    assert isinstance(found.slide.rulebook.by_name[SWEPT], Decision)


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("half=30..70", "HY988"),
        ("half=30%..70", "HY988"),
        ("half=0.3..70", "HY988"),
        ("half=3回..7回", "HY512"),
        ("half=1円..2円", "HY512"),
        ("half=2011年度..2012年度", "HY512"),
    ],
)
def test_ends_of_another_kind_are_refused(spec: str, code: str) -> None:
    """A ratio slides between ratios: 30..70 would be 3000 % to 7000 %."""
    with pytest.raises(HyoteiError, match=code) as caught:
        parameter_slide(OLD, spec)
    if code == "HY988":
        for language in ("ja", "en"):
            said = caught.value.diagnostics[0].message(language)
            assert "half=30%..70%" in said
            assert "half=0.3..0.7" in said


@pytest.mark.parametrize(
    ("spec", "low", "high"),
    [
        ("half=30%..70%", "0.3", "0.7"),
        ("half=３割〜７割", "0.3", "0.7"),
        ("half=0.3..0.7", "0.3", "0.7"),
        ("half=-10%..1.5倍", "-0.1", "1.5"),
    ],
)
def test_ends_are_written_as_in_cells(spec: str, low: str, high: str) -> None:
    """Every spelling of a ratio that a cell takes."""
    slide = parameter_slide(OLD, spec)
    assert (slide.low, slide.high) == (Decimal(low), Decimal(high))


def test_money_slides_with_its_unit() -> None:
    """Amounts are written as in a cell, and never without their unit; a bare parameter beside a ratio is a ratio."""
    text = MIC.replace("  half:\n    value: 50%", "  large: 3億円\n  half:\n    value: 0.5")
    text = text.replace("executed / total", "if total >= large then executed / total else 1")
    book = parse_rulebook(text, "money")
    slide = parameter_slide(book, "large=1億円..1,000百万円")
    assert (slide.low, slide.high) == (Decimal(100_000_000), Decimal(1_000_000_000))
    with pytest.raises(HyoteiError, match="HY514"):
        parameter_slide(book, "large=1..3億円")
    with pytest.raises(HyoteiError, match="HY988"):
        parameter_slide(book, "half=30..70")
    assert cell_slide(book, "rating:2:share_achieved=50%..90%").low == Decimal("0.5")
    with pytest.raises(HyoteiError, match="HY988"):
        cell_slide(book, "rating:2:share_achieved=50..90")
