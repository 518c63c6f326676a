"""What the engine derives lies in the domain that proofs assume: of every input, every output, every figure, on every sheet."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.inference.engine import derive
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.number_intervals import Numbers
from hyotei.rulebook.number_size import Size, size_of
from hyotei.rulebook.term_domain import domains_of
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.terms import Figure
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.value_domain import Domain
from hyotei.rulebook.values import REASONS, Scalar, Unknown
from hyotei.rulebook.vocabulary import FIGURES
from hyotei.rulebook.vocabulary import figure as figure_of
from hyotei.sheet import Sheet
from tests.examples import EXAMPLES
from tests.rulebook.small import formula, rulebook
from tests.strategies import rulebooks, sheets
from tests.strategies_books import telling_rulebooks


def outside(book: Rulebook, sheet: Sheet, derivation: Derivation) -> Iterator[tuple[str, str, Scalar, Domain]]:
    """Every value that the domain of what it is a value of leaves out."""
    domains = domains_of(book)
    units = {unit.key: unit for unit in unit_tree(sheet, book).all()}
    for decision in book.decisions:
        steps = [step for (name, _), step in derivation.steps.items() if name == decision.name]
        known = [domains.outputs[decision.name, output.name] for output in decision.outputs]
        for step in steps:
            if isinstance(decision.body, Table):
                for column, value in zip(decision.body.inputs, step.inputs, strict=True):
                    for domain in (domains.of(column.term), domains.column(column)):
                        if not domain.holds(value):
                            yield step.unit, column.text, value, domain
            for output, domain in zip(step.outputs, known, strict=False):
                if not isinstance(output, tuple) and not domain.holds(output):
                    yield step.unit, decision.name, output, domain
        for term in mentioned(decision):
            if isinstance(term, Figure):
                domain = domains.figure(term.scope, term.name)
                for unit in (each for each in units.values() if each.scope == term.scope):
                    if not domain.holds(unit.figure(term.name)):
                        yield unit.key, term.name, unit.figure(term.name), domain


def nothing_outside(data: st.DataObject, books: st.SearchStrategy[Rulebook]) -> None:
    book = data.draw(books, label="rulebook")
    sheet = data.draw(sheets(book), label="sheet")
    if book.in_force(sheet.fiscal_year):
        assert list(outside(book, sheet, derive(book, sheet))) == []


@given(data=st.data())
def test_what_the_engine_derives_lies_in_its_domain(data: st.DataObject) -> None:
    """Numbers in their interval, whole where all are, unknown for a possible reason, values of scales among the outcomes."""
    nothing_outside(data, rulebooks())


@given(data=st.data())
def test_what_the_engine_derives_lies_in_its_domain_where_counts_and_years_are_calculated_with(
    data: st.DataObject,
) -> None:
    """The same of rulebooks that calculate with claims, years missed, main indicators, positions, counts, means and years."""
    nothing_outside(data, telling_rulebooks())


@pytest.mark.slow
@settings(max_examples=10 * EXAMPLES)
@given(data=st.data())
def test_what_the_engine_derives_lies_in_its_domain_many_times(data: st.DataObject) -> None:
    """5,000 drawn rulebooks and sheets in `make test-all`, 20,000 in `make test-long`."""
    nothing_outside(data, st.one_of(rulebooks(), telling_rulebooks()))


def domain_of_formula(text: str) -> Domain:
    """What a formula over a sheet can come out as."""
    book = rulebook(formula(text))
    return domains_of(book).outputs["x", "x"]


def between(low: int | None, high: int | None, whole: bool) -> Numbers:
    return Numbers(None if low is None else Fraction(low), None if high is None else Fraction(high), whole)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("count(measures)", between(0, None, True)),
        ("count(measures) - count(indicators)", between(None, None, True)),
        ("count(measures) * 50%", between(0, None, False)),
        ("count(measures) / 2", between(0, None, False)),
        ("abs(count(measures) - count(indicators))", between(0, None, True)),
        ("mean(measures.years_missed)", between(0, 333, False)),
        ("sum(measures.years_missed)", between(0, None, True)),
        ("fiscal_year - 2010年度", between(0, 4, True)),
        ("measures[1].actual.fiscal_year - measures[1].target.fiscal_year", between(-332, 332, True)),
        ("(count(measures) - count(indicators)) ** 2", between(0, None, True)),
        ("-(count(measures) ** 2)", between(None, 0, True)),
        ("max(count(measures), 3)", between(3, None, True)),
        ("min(count(measures), 3)", between(0, 3, True)),
        ("floor(count(measures) / 2)", between(0, None, True)),
    ],
)
def test_sign_and_wholeness_are_derived(text: str, numbers: Numbers) -> None:
    """Not of the kind but of the calculation: a difference of counts may be negative, half a count is not whole."""
    found = domain_of_formula(text).numbers
    assert found is not None
    assert (found.low, found.high, found.whole) == (numbers.low, numbers.high, numbers.whole)


def test_certain_terms_are_seen_to_be_certain() -> None:
    """Counts, questions about unknown, and arithmetic of known numbers are not said to be unknown."""
    texts = (
        "count(measures)",
        "measures[1].actual = unknown",
        "count(measures) / 2",
        "count(measures) / (count(measures) + 1)",
        "fiscal_year + 1",
        'title = "a"',
        "minimum",
    )
    for text in texts:
        assert not domain_of_formula(text).unknown, text


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("count(measures) / count(indicators)", {"undefined"}),
        ("measures[1].years_missed", {"missing"}),
        ("recorded.inspection", {"missing", "unread"}),
        ("max(budget_years.executed)", set(REASONS)),
    ],
)
def test_reasons_of_unknown_are_derived(text: str, reasons: set[str]) -> None:
    """Each for what can bring it about."""
    assert domain_of_formula(text).unknown == reasons


@pytest.mark.parametrize("page", ["proof.md", "proof.en.md"])
def test_the_pages_on_proof_tell_what_every_figure_can_be(root: Path, page: str) -> None:
    """Each figure of the table, or the part of a figure that it is, stands in the page's table of figures."""
    rows = [line for line in (root / "docs" / page).read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    told = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    for figure in FIGURES:
        base, _, part = figure.name.partition(".")
        assert figure.name in told or (figure_of(figure.scope, base) is not None and f".{part}" in told), figure.name


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(0, 7))
def test_a_stretch_between_two_ends_has_numbers_where_it_has(low: int, high: int, sixths: int) -> None:
    """Between two ends lie whole numbers, or any, as the interval has them."""
    end = Fraction(sixths, 6)
    for whole in (True, False):
        numbers = Numbers(Fraction(low), Fraction(high), whole)
        if low > high:
            continue
        tried = [Fraction(at, 12) for at in range(-48, 49)]
        inside = any(numbers.holds(each) and -end < each < end for each in tried)
        assert numbers.meets(-end, end) == inside


def test_a_value_is_told_apart_by_its_kind() -> None:
    """Truths are no numbers, and a text that no rule names is in a domain of any text only."""
    assert not Domain(Numbers(Fraction(0), Fraction(1))).holds(True)
    assert Domain(named=("A",)).holds("A")
    assert not Domain(named=("A",)).holds("B")
    assert Domain(texts=True).holds("B")
    assert not Domain(Numbers()).holds(Unknown("missing"))
    assert Domain(Numbers()).holds(Decimal("0.1"))


@given(
    number=st.one_of(
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6),
        st.fractions(max_denominator=1000),
    )
)
def test_the_size_of_a_number_counts_its_digits(number: Decimal | Fraction) -> None:
    """A number with an end has the digits that it is written with; one without has those of its fraction."""
    size = size_of(Fraction(number))
    written = (
        exact.plain(Decimal(number.numerator) / number.denominator) if isinstance(number, Fraction) else f"{number:f}"
    )
    if Fraction(written) == Fraction(number):
        whole, _, decimals = written.lstrip("-").partition(".")
        assert size == Size(len(whole), len(decimals.rstrip("0")))
    else:
        assert size.fraction
        assert size.bar >= len(str(Fraction(number).denominator))


def test_sums_of_fractions_may_have_more_digits_than_can_be_calculated_with() -> None:
    """Each unit can bring a denominator of its own; numbers that end stay of one size, whatever their number."""
    assert not Size(3, fraction=True).summed().within_reach
    assert Size(12, 6).summed().within_reach
    assert Size(12, 6).summed().decimals == 6
