"""Relations: every figure of every sheet stands in them exactly, or the sheet is put apart; from a corpus as from sheets."""

from collections import Counter
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyotei import read_sheet
from hyotei.base.exact import scaled as scaled_number
from hyotei.base.shipped_files import cases_folder
from hyotei.columnar.column_value import MISSING, UNREAD
from hyotei.columnar.corpus_relations import relations_of_parts, scaled, shape_of_numbers
from hyotei.columnar.layout import always_known, column_of, figures_of, kind_of, reason_column_of
from hyotei.columnar.number_columns import plain_numbers
from hyotei.columnar.number_scale import NARROW, NumberScale, joined, shape_of
from hyotei.columnar.relations import relations_of, shape_for
from hyotei.corpus.corpus import Corpus
from hyotei.rulebook.types import BOOLEAN, COUNT, MONEY, NUMBER, RATIO, TEXT, YEAR, ScaleType, Type
from hyotei.rulebook.vocabulary import FIGURES, DeclaredFact, declared_figure
from hyotei.sheet import Sheet
from hyotei.sheet.scopes import SCOPES, Scope
from tests import strategies_sheets
from tests.columnar.test_suite import TENTH
from tests.strategies import sheets

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=8)


@given(number=NUMBERS, other=NUMBERS)
def test_shapes_hold_what_they_are_made_for(number: Decimal, other: Decimal) -> None:
    """A number fits its own shape, both fit the joined one, and neither fits one digit less."""
    shape = shape_of(number)
    assert shape.holds(number)
    assert joined(shape, shape_of(other)).holds(other)
    assert not number or not NumberScale(shape.scale, shape.digits - 1).holds(number)
    assert abs(scaled_number(number, shape.scale)) < 10**shape.digits


@given(numbers=st.lists(NUMBERS, min_size=1, max_size=30))
def test_shape_of_a_column_holds_nearly_all(numbers: list[Decimal]) -> None:
    """Nine in ten stand in the column that is chosen, and all of them where 64 bits will do."""
    met = Counter(shape_of(number) for number in numbers)
    shape = shape_for(met)
    held = sum(shape.holds(number) for number in numbers)
    assert held * 10 >= len(numbers) * 9
    every = NumberScale(max(each.scale for each in met), 0)
    whole = max(each.digits - each.scale for each in met)
    if whole + every.scale <= NARROW:
        assert held == len(numbers)
        assert not shape.wide


def test_the_shapes_that_few_numbers_have_go_first() -> None:
    """Of many numbers with long whole parts and one with many decimals, the one is rated apart, not the many."""
    assert shape_for(Counter({NumberScale(0, 15): 1_000, NumberScale(10, 12): 1})) == NumberScale(0, 15)
    assert shape_for(Counter({NumberScale(10, 12): 1_000, NumberScale(0, 15): 1})) == NumberScale(10, 12)


@given(numbers=st.lists(st.none() | NUMBERS, min_size=1, max_size=30))
def test_numbers_of_a_corpus_are_scaled_exactly(numbers: list[Decimal | None]) -> None:
    """What stands in the column is the number times a power of ten; what does not fit is told."""
    column = pa.array(numbers, pa.decimal128(38, 12))
    shape, unfit = shape_of_numbers(column)
    found = scaled(column, shape, unfit).to_pylist()
    for number, lost, each in zip(numbers, unfit.to_pylist(), found, strict=True):
        if number is None or lost:
            assert each is None
        else:
            assert int(each) == scaled_number(number, shape.scale)
            assert shape.holds(number)


@given(numbers=st.lists(st.integers(-(10**17), 10**17), min_size=1), scale=st.integers(0, 12))
def test_whole_numbers_are_told_as_plain_decimals(numbers: list[int], scale: int) -> None:
    """No exponent, no trailing zeros, no minus before zero."""
    from hyotei.base.exact import plain

    found = plain_numbers(pa.array(numbers, pa.int64()), scale).to_pylist()
    assert found == [plain(Decimal(number).scaleb(-scale)) for number in numbers]


_FACTS: tuple[tuple[Scope, str, Type, Decimal | str | None], ...] = (
    ("measure", "weight", NUMBER, Decimal(1)),
    ("measure", "必要性", YEAR, None),
    ("indicator", "weight", TEXT, None),
    ("objective", "necessity", ScaleType("abc", ("a", "b", "c"), ordered=True), "b"),
    ("budget_year", "weight", COUNT, None),
    ("sheet", "necessity", BOOLEAN, None),
    ("sheet", "weight", RATIO, None),
    ("sheet", "必要性", MONEY, None),
    *(("sheet", name, TEXT, None) for name in strategies_sheets.FACT_NAMES),
)
DECLARED = tuple(
    declared_figure(DeclaredFact(name, scope, of, default=default), name) for scope, name, of, default in _FACTS
)
"""Facts of the names that drawn sheets use, of every type, and of those that drawn sources lack."""


@st.composite
def of_a_source_that_lacks_parts(draw: st.DrawFn) -> Sheet:
    """A sheet of which parts were not read."""
    return draw(strategies_sheets.sheets()).model_copy(update={"unread": draw(strategies_sheets.unread_parts)})


@TENTH
@given(drawn=st.lists(strategies_sheets.sheets() | sheets() | of_a_source_that_lacks_parts(), min_size=1, max_size=4))
def test_corpus_gives_the_relations_of_its_sheets(tmp_path_factory: pytest.TempPathFactory, drawn: list[Sheet]) -> None:
    """Column by column, whichever way they came; but numbers may stand in columns of other shapes."""
    numbered = [sheet.model_copy(update={"id": f"s{number:03}"}) for number, sheet in enumerate(drawn)]
    figures = frozenset({*FIGURES, *DECLARED})
    with Corpus.from_sheets(numbered, tmp_path_factory.mktemp("corpus") / "c") as corpus:
        stored = [sheet for _key, sheet in corpus.sheets()]
        found = relations_of_parts(corpus, list(corpus.parts), figures)
    wanted = relations_of(stored, figures)
    for scope in SCOPES:
        one, other = (_values(each, scope, set(found.apart) | set(wanted.apart)) for each in (found, wanted))
        assert one == other


@pytest.mark.parametrize("name", strategies_sheets.FACT_NAMES)
def test_facts_that_nobody_read_are_unread(name: str) -> None:
    """And not missing, as those are that nobody stated."""
    figures = [each for each in DECLARED if each.scope == "sheet" and each.name in strategies_sheets.FACT_NAMES]
    sheet = read_sheet(cases_folder() / "mic-24-15" / "sheet.yaml").model_copy(update={"unread": (f"facts.{name}",)})
    found = relations_of([sheet], figures).tables["sheet"]
    for figure in figures:
        reason = UNREAD if figure.name == name else MISSING
        assert found[reason_column_of(figure.name)].to_pylist() == [reason]


def _values(relations: object, scope: object, without: set[int]) -> list[dict[str, object]]:
    """The rows of a relation with numbers as they are, without some sheets and without the names of units."""
    table, layout = relations.tables[scope], relations.layout  # type: ignore[attr-defined]  # relations
    result = []
    for row in table.to_pylist():
        if row["sheet_id"] in without:
            continue
        values = {name: row[name] for name in ("sheet_id", "number", "evaluated_year", *layout.unread_columns)}
        for figure in figures_of(scope, (*FIGURES, *DECLARED)):  # type: ignore[arg-type]  # a scope
            if column_of(figure.name) not in row:
                continue
            value = row[column_of(figure.name)]
            if kind_of(figure) == "number" and value is not None:
                value = Decimal(value).scaleb(-layout.shape(figure).scale).normalize()
            values[figure.name] = value
            if not always_known(figure):
                values[f"{figure.name} reason"] = row[reason_column_of(figure.name)]
        result.append(values)
    return result
