"""What is proved of drawn rulebooks stands: no drawn sheet breaks it, and laws that are surely false are never proved."""

import pytest
from hypothesis import assume, given, seed, settings
from hypothesis import strategies as st

from hyotei.messages import HyoteiError
from hyotei.proof.prove import prove
from hyotei.proof.prover import Prover
from hyotei.proof.random_tests.drawn_sheets import DrawnSheets, Engines
from hyotei.proof.random_tests.laws import tried_law
from hyotei.proof.random_tests.table_checks import tried_check
from hyotei.proof.results import ProofReport
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from tests.examples import one_in
from tests.proof.law_books import false_laws, law_books
from tests.strategies_books import telling_books

SECONDS = 20.0
"""The time for a whole rulebook; what is late is open, which is no matter here."""
MANY = 2_000
FAST = one_in(10)
PART = one_in(100)
"""One rulebook for a hundred examples of the profile: 8 in `make test-all`, 20 in `make test-long`."""


def parsed(text: str) -> Rulebook:
    """The rulebook; what is drawn and refused (kinds that do not go together) is left out."""
    try:
        return parse_rulebook(text)
    except HyoteiError:
        assume(False)
        raise


def stands(text: str, count: int) -> None:
    """Nothing that is proved is broken by so many sheets."""
    book = parsed(text)
    report = prove(book, timeout=SECONDS)
    assert not report.defects, (report.defects, text)
    if count:
        tried(book, report, count, text)


def tried(book: Rulebook, report: ProofReport, count: int, text: str) -> None:
    """Tries all that was proved with more sheets."""
    engines = Engines(book)
    prover = Prover(book)
    try:
        drawn = DrawnSheets(book, engines, count)
        for check in report.checks:
            tried_check(prover, check, drawn, float("inf"))
        for law, result in zip(book.laws, report.laws, strict=True):
            if law.kind not in ("answers", "consistent") and result.status != "open":
                tried_law(prover, law, result, drawn, float("inf"))
        assert not prover.defects, (prover.defects, text)
    finally:
        prover.close()
        engines.close()


@settings(max_examples=max(1, FAST // 2))
@given(text=law_books())
def test_what_is_proved_stands(text: str) -> None:
    """No proof of a drawn rulebook is broken by the trial that each proof undergoes."""
    stands(text, 0)


@settings(max_examples=FAST)
@given(planted=false_laws())
def test_a_false_law_is_found_or_open(planted: tuple[str, str]) -> None:
    """A planted false law of each known kind is refuted or open, and was not proved before the trial."""
    text, law = planted
    report = prove(parse_rulebook(text), [law], SECONDS)
    assert report.laws[0].status in ("refuted", "open"), text
    assert not report.defects, text


BOOKS = st.one_of(law_books(), law_books(), telling_books())


@pytest.mark.slow
@settings(max_examples=PART)
@given(text=BOOKS)
def test_many_sheets_break_nothing(text: str) -> None:
    """Some drawn rulebooks, each proof tried with 2,000 sheets."""
    stands(text, MANY)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("part", range(5))
def test_many_sheets_break_nothing_of_500_rulebooks(part: int) -> None:
    """The same of 500 drawn rulebooks in `make test-long`, others in each part."""

    @seed(part + 1)
    @settings(max_examples=PART * 5)
    @given(text=BOOKS)
    def run(text: str) -> None:
        stands(text, MANY)

    run()


@pytest.mark.slow
@settings(max_examples=PART * 10)
@given(planted=false_laws())
def test_many_false_laws_are_found_or_open(planted: tuple[str, str]) -> None:
    """The same with many planted laws."""
    text, law = planted
    report = prove(parse_rulebook(text), [law], SECONDS)
    assert report.laws[0].status in ("refuted", "open"), text
    assert not report.defects, text
