"""Sheets and their figures as Hypothesis strategies, with the awkward values first: zeros, huge amounts, unknowns."""

from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st

from hyotei.base import exact
from hyotei.sheet import (
    BudgetYear,
    Fact,
    Indicator,
    Measure,
    Objective,
    Quantity,
    Recorded,
    Sheet,
    Source,
    YearPoint,
)
from hyotei.sheet.facts import figure_in
from hyotei.sheet.notes import Note
from hyotei.sheet.quantity import print_quantity
from hyotei.sheet.unread_parts import PARTS, in_order

AWKWARD = [
    Decimal(text)
    for text in ("0", "1", "-1", "0.1", "0.000001", "0.0000001", "1e18", "-1e18", "999999999999999999.999999")
]
UNITS = (
    "回",
    "件",
    "人",
    "カ国",
    "か国・地域",
    "位",
    "倍",
    "年間",
    "m2",
    "%ポイント",
    "ヘクタール",
    "人/年",
    "GWh",
    "部門",
)
QUALIFIERS = (None, "以上", "以下", "未満", "超", "程度", "約")
REASONS = ("unsettled", "unmeasured", "missing", "undefined", "qualitative", "unread")

years = st.integers(1990, 2040)
any_years = st.integers(1868, 2200)
names = st.text(
    st.sampled_from("施策目標の達成ICT会議No.1　・（）"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text)


def figures(*, decimals: int = 7, whole: int = 18) -> st.SearchStrategy[Decimal]:
    """Exact decimals of the given size, the awkward ones often."""
    drawn = st.builds(
        lambda number, shift: exact.multiply(Decimal(number), Decimal(f"1e-{shift}")),
        st.integers(-(10**whole), 10**whole),
        st.integers(0, decimals),
    )
    return st.one_of(st.sampled_from(AWKWARD), st.integers(0, 200).map(Decimal), drawn)


@st.composite
def levels(draw: st.DrawFn, unit: str | None = None) -> Quantity:
    """A quantity with a value; with `unit` in that unit."""
    chosen = unit or draw(st.one_of(st.none(), st.just("円"), st.just("%"), st.sampled_from(UNITS)))
    return Quantity(
        value=draw(figures()),
        unit=chosen,
        qualifier=draw(st.sampled_from(QUALIFIERS)),
        fiscal_year=draw(st.one_of(st.none(), any_years)),
    )


@st.composite
def ranges(draw: st.DrawFn) -> Quantity:
    """A printed range."""
    low, high = sorted((draw(figures()), draw(figures())))
    return Quantity(
        unknown="undefined",
        low=low,
        high=high,
        unit=draw(st.one_of(st.none(), st.just("円"), st.just("%"), st.sampled_from(UNITS))),
        qualifier=draw(st.sampled_from(QUALIFIERS)),
        fiscal_year=draw(st.one_of(st.none(), any_years)),
    )


unknowns = st.builds(Quantity, unknown=st.sampled_from(REASONS), fiscal_year=st.one_of(st.none(), any_years))
quantities: st.SearchStrategy[Quantity] = st.one_of(levels(), ranges(), unknowns)
"""Every kind of quantity that the reader can produce, without its source."""

notes = st.builds(
    Note.of,
    st.sampled_from(("hidden_row", "ratio", "of_tomorrow")),
    st.dictionaries(st.sampled_from(("text", "unit")), st.text(max_size=8)),
)
"""Notes of known codes and of another one, with any values."""

sources = st.builds(
    Source,
    text=st.text(max_size=20),
    file=st.one_of(st.none(), st.just("sheet.yaml")),
    line=st.one_of(st.none(), st.integers(1, 10**6)),
    place=st.one_of(st.none(), names),
    reading=st.sampled_from(("stated", "inferred", "ambiguous")),
    note=st.one_of(st.none(), st.text(max_size=10)),
    notes=st.lists(notes, max_size=2).map(tuple),
    candidates=st.lists(st.text(max_size=5), max_size=2).map(tuple),
)


def printed_quantities() -> st.SearchStrategy[str]:
    """Figures as documents print them, in full and half width."""
    wide = str.maketrans("0123456789%,.-", "０１２３４５６７８９％，．－")
    plain = quantities.map(print_quantity)
    return st.one_of(plain, plain.map(lambda text: text.translate(wide)))


def with_source(quantity: st.SearchStrategy[Quantity]) -> st.SearchStrategy[Quantity]:
    """The same quantities, some of them with where they were read."""
    return st.builds(
        lambda value, source: value.model_copy(update={"source": source}), quantity, st.one_of(st.none(), sources)
    )


_FACT_TEXTS = st.one_of(
    st.sampled_from(("a", "ｂ", "はい", "3", "80%", "平成20年度", "集計中", "5件", "1,000千円")), names
)


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Facts under a few names, as a sheet in YAML states them; seldom any."""
    chosen = (
        draw(st.sets(st.sampled_from(("weight", "necessity", "必要性")), max_size=2)) if draw(st.booleans()) else ()
    )
    return tuple(
        Fact(
            name=name,
            text=(text := draw(_FACT_TEXTS)),
            figure=figure_in(text),
            reason=draw(st.one_of(st.none(), names)),
            by=draw(st.sampled_from((None, "担当課"))),
        )
        for name in sorted(chosen)
    )


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """A measure; target, actual and baseline are often equal, zero, or of one unit."""
    unit = draw(st.sampled_from(("回", "%", "円", "人")))
    same = with_source(st.one_of(levels(unit), levels(unit), unknowns))
    figure = st.one_of(same, same, with_source(quantities))
    target = draw(figure)
    actual = draw(st.one_of(figure, st.just(target)))
    baseline = draw(st.one_of(figure, st.just(target), st.just(actual)))
    further = sorted(draw(st.sets(years, max_size=2)))
    return Measure(
        label=draw(st.one_of(st.none(), names)),
        baseline=baseline,
        target=target,
        actual=actual,
        direction=draw(st.sampled_from((None, "increase", "decrease", "maintain"))),
        series=tuple(
            YearPoint(
                fiscal_year=year, target=draw(figure), actual=draw(figure), facts=draw(facts()), recorded=draw(facts())
            )
            for year in further
        ),
        facts=draw(facts()),
        recorded=draw(facts()),
    )


indicators = st.builds(
    Indicator,
    number=st.one_of(st.none(), st.sampled_from(("1", "2", "3-1"))),
    name=names,
    main=st.sampled_from((None, True, False)),
    measures=st.lists(measures(), min_size=1, max_size=3).map(tuple),
    facts=facts(),
    recorded=facts(),
)
objectives = st.builds(
    Objective,
    name=names,
    claim=st.sampled_from((None, "achieved", "partly_achieved", "not_achieved")),
    claim_source=st.one_of(st.none(), sources),
    indicators=st.lists(indicators, max_size=3).map(tuple),
    facts=facts(),
    recorded=facts(),
)


FACT_NAMES: Final = ("fact_1", "fact_2", "fact_3", "opinion")
"""Names of facts: those that drawn rulebooks declare, and another."""
unread_parts = st.sets(st.sampled_from((*PARTS, *(f"facts.{name}" for name in FACT_NAMES))), min_size=1).map(in_order)
"""Parts of a sheet that its source does not carry."""
unread_texts = st.sets(st.sampled_from([part for part in PARTS if "." in part and not part.startswith("measure")])).map(
    in_order
)
"""The same without lists and directions, of which proofs say nothing."""


@st.composite
def budget_years(draw: st.DrawFn, fiscal_year: int) -> BudgetYear:
    """The budget of a year; sometimes its parts add up and sometimes they do not."""
    amount = with_source(st.one_of(levels("円"), levels("円"), unknowns))
    amounts: dict[str, Any] = {
        key: draw(amount)
        for key in (
            "initial",
            "supplementary",
            "carried_over",
            "reserve",
            "carried_forward",
            "total",
            "executed",
            "request",
        )
    }
    own: dict[str, Any] = {"facts": draw(facts()), "recorded": draw(facts())}
    return BudgetYear(fiscal_year=fiscal_year, basis=draw(st.sampled_from(("net", "gross"))), **amounts, **own)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Whole sheets."""
    fiscal_year = draw(years)
    budget = sorted(draw(st.sets(st.integers(fiscal_year - 2, fiscal_year + 1), max_size=4)))
    return Sheet(
        id=draw(names),
        title=draw(names),
        authority=draw(st.sampled_from(("総務省", "農林水産省"))),
        number=draw(st.one_of(st.none(), names)),
        fiscal_year=fiscal_year,
        goal=draw(st.one_of(st.none(), st.text(max_size=20))),
        objectives=tuple(draw(st.lists(objectives, max_size=3))),
        budget_years=tuple(draw(budget_years(year)) for year in budget),
        recorded=Recorded(
            rating=draw(st.sampled_from((None, "A", "B", "C", "Ｓ"))),
            budget=draw(st.sampled_from((None, "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"))),
            results=draw(facts()),
        ),
        facts=draw(facts()),
        unread=draw(st.one_of(st.just(()), unread_texts)),
    )
