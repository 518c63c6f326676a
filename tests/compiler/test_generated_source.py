"""What generated source is made of, and what its operations give."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei.base.quotient import Quotient
from hyotei.compiler import operations
from hyotei.compiler.calls import CALCULATIONS, CALLS
from hyotei.compiler.compiled_rulebook import CompiledRulebook, compiled, evaluate
from hyotei.compiler.decision_functions import TableFunctions
from hyotei.compiler.term_functions import WRITERS
from hyotei.compiler.value_functions import Generated
from hyotei.messages import HyoteiError
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import calculate
from hyotei.rulebook.reference import evaluate as right
from hyotei.rulebook.values import UNKNOWNS, Scalar
from tests.interpreters import exact, exactly
from tests.rulebook.small import SHEET, formula, rulebook, table
from tests.strategies import HALF, rulebooks

OURS = re.compile(r"t\d+|c\d+|[siv]|key|inputs|held|fact|made|U|_size|answered|judged|input_unknown|both|either")
ATTRIBUTES = {"__class__", "reason", "append", "startswith"}


def sources(book: Rulebook) -> Iterator[Generated]:
    """Every function of a rulebook that decides without a rule engine."""
    for functions in CompiledRulebook(book, 2012).decisions.values():
        yield functions.decide
        if isinstance(functions, TableFunctions):
            for row in functions.table.rows:
                for check, stated in zip(row.checks, functions.stated, strict=True):
                    yield functions.cell(check, stated)


def foreign(source: str) -> Iterator[str]:
    """Names, attributes and literals of a source that are not of the forms that writers make."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(name) | ast.arg(name) | ast.FunctionDef(name):
                if not OURS.fullmatch(name) and not hasattr(operations, name):
                    yield name
            case ast.Attribute(attr=name) if name not in ATTRIBUTES:
                yield name
            case ast.Constant(value) if not (value is True or value is False or type(value) is int):
                yield repr(value)
            case ast.Import() | ast.ImportFrom() | ast.Lambda() | ast.JoinedStr() | ast.Global():
                yield type(node).__name__


def test_every_term_has_a_writer() -> None:
    """A term that nobody writes would be found only when a rulebook uses it."""
    assert set(get_args(t.Term)) == {*CALLS, *WRITERS, t.Constant, t.Parameter, t.Calculation}


@HALF
@given(rulebooks())
def test_no_text_of_a_rulebook_is_in_the_source(book: Rulebook) -> None:
    """Whatever a rulebook says, the source has our names, whole numbers and truths, and nothing else."""
    for each in sources(book):
        assert not list(foreign(each.source)), each.source


def test_texts_that_would_be_code_are_constants() -> None:
    """Quotes, line breaks and statements in a text stay a text, and nothing is at hand to run them with."""
    text = '"); import os; os.abort() #'.replace('"', "'")
    rows = f'| F | `title` | **x** |\n| 1 | "{text}" | true |\n| 2 | - | false |'
    book = rulebook(formula(f'title = "{text}"', "f"), table(rows))
    assert exactly(evaluate(book, SHEET)) == exactly(right(book, SHEET))
    for each in sources(book):
        assert "abort" not in each.source
        assert each.function.__globals__["__builtins__"] == {}


@pytest.mark.parametrize(
    "inner",
    ["count(sheet.measures[actual != {}])", "(if count(measures) > {} then 0 else 1)"],
)
def test_terms_as_deep_as_they_can_be_written(inner: str) -> None:
    """Blocks and loops deeper than Python allows in one function are put into several."""
    first = SHEET.objectives[0]
    measure = first.indicators[0].model_copy(update={"measures": first.indicators[0].measures[:1]})
    sheet = SHEET.model_copy(update={"objectives": (first.model_copy(update={"indicators": (measure,)}),)})
    text = "1"
    for _ in range(38):
        further = inner.format(text)
        try:
            book = rulebook(formula(further))
        except HyoteiError:
            break
        text = further
    assert text.count("(") > 15
    assert exactly(evaluate(book, sheet)) == exactly(right(book, sheet))


def test_a_rulebook_is_compiled_once_and_known_by_what_it_decides() -> None:
    """One that leaves decisions out has the hash of the whole, and functions of its own."""
    book = rulebook(formula("1", "f"), formula("2", "g"))
    assert compiled(book, 2012) is compiled(book, 2012)
    assert compiled(book, 2012) is not compiled(book, 2013)
    part = book.toward("f")
    assert list(evaluate(part, SHEET).steps) == [("f", "sheet")]
    assert list(evaluate(book, SHEET).steps) == [("f", "sheet"), ("g", "sheet")]


numbers = st.builds(
    lambda digits, shift: Decimal(digits).scaleb(shift), st.integers(-(10**9), 10**9), st.integers(-1_100, 900)
) | st.builds(Quotient, st.integers(-50, 50), st.integers(1, 9))


@given(st.sampled_from(["+", "-", "*", "/"]), numbers | st.sampled_from(UNKNOWNS), numbers | st.sampled_from(UNKNOWNS))
def test_calculations_are_those_of_the_reference(sign: str, left: Scalar, right: Scalar) -> None:
    """Beside and beyond the reach of figures, of decimals, quotients and unknowns."""
    book = rulebook(formula("1 / 3"))
    call = CALCULATIONS[sign]
    found = call.function(left, right, *call.constants(None, book))
    assert exact(found) == exact(calculate(sign, left, right, book))
    assert type(found) is type(calculate(sign, left, right, book))
