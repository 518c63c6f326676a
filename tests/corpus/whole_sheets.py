"""Sheets that use everything the models have, with figures up to the longest; what a corpus must keep."""

from decimal import Decimal

from hypothesis import strategies as st

from hyotei.sheet import (
    EarlierFinding,
    Fact,
    Indicator,
    Measure,
    Outline,
    Quantity,
    Recorded,
    Sheet,
    Source,
)
from tests.strategies_sheets import any_years, indicators, notes, quantities, sheets, sources, with_source

texts = st.one_of(st.none(), st.text(max_size=12))
lists = st.lists(st.text(max_size=6), max_size=3).map(tuple)

placed = st.builds(
    Source,
    text=st.text(max_size=20),
    file=texts,
    page=st.one_of(st.none(), st.integers(-5, 2**63 - 1)),
    line=st.one_of(st.none(), st.integers(-(2**63), 10**6)),
    cell=texts,
    place=texts,
    reading=st.sampled_from(("stated", "inferred", "ambiguous")),
    note=texts,
    notes=st.lists(notes, max_size=3).map(tuple),
    candidates=lists,
)


@st.composite
def longest(draw: st.DrawFn) -> Quantity:
    """Figures about the size of a column of numbers, and up to the longest that the models allow."""
    decimals = draw(st.sampled_from((0, 1, 11, 12, 13, 29, 30)))
    digits = min(draw(st.sampled_from((1, 12, 13, 25, 26, 27, 38, 39, 89, 90))), 60 + decimals)
    number = draw(st.integers(-(10**digits) + 1, 10**digits - 1))
    sign, figures, _ = Decimal(number).as_tuple()
    value = Decimal((sign, figures, -decimals))
    return Quantity(value=value, unit=draw(texts), source=draw(st.one_of(st.none(), placed)))


figures = st.one_of(with_source(quantities), longest())


@st.composite
def any_facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Facts with any text, whether or not the figure beside it is the one in it."""
    chosen = draw(st.sets(st.text("abc必要", min_size=1, max_size=4), max_size=2))
    return tuple(
        Fact(name=name, text=draw(st.text(max_size=8)), figure=draw(figures), reason=draw(texts), by=draw(texts))
        for name in sorted(chosen)
    )


@st.composite
def whole_sheets(draw: st.DrawFn, ids: st.SearchStrategy[str] | None = None) -> Sheet:
    """Every field of every model may be set."""
    sheet = draw(sheets())
    recorded = Recorded(
        rating=draw(texts),
        rating_source=draw(st.one_of(st.none(), placed)),
        budget=draw(texts),
        budget_source=draw(st.one_of(st.none(), sources)),
        inspection=draw(texts),
        improvement=draw(texts),
        earlier_findings=tuple(
            EarlierFinding(kind=draw(texts), fiscal_year=draw(texts), finding=draw(texts), answer=draw(texts))
            for _ in range(draw(st.integers(0, 2)))
        ),
        results=draw(any_facts()),
    )
    outline = Outline(
        issues=draw(texts),
        summary=draw(texts),
        ministry=draw(texts),
        units=draw(lists),
        start_year=draw(st.one_of(st.none(), any_years)),
        end_year=draw(st.one_of(st.none(), any_years)),
        open_ended=draw(st.sampled_from((None, True, False))),
        accounts=draw(lists),
        expenses=draw(lists),
        methods=draw(lists),
        policies=draw(lists),
        former_numbers=draw(lists),
        url=draw(texts),
        remarks=draw(texts),
    )
    outputs = tuple(draw(st.lists(indicators, max_size=2)))
    further = Indicator(
        name="期間", term=draw(texts), measures=(Measure(actual=draw(figures), final_target=draw(figures)),)
    )
    changes: dict[str, object] = {
        "facts": draw(any_facts()),
        "recorded": recorded,
        "outline": outline,
        "outputs": (*outputs, further) if draw(st.booleans()) else outputs,
        "policy": draw(texts),
        "field": draw(texts),
        "scheme": draw(texts),
        "document": draw(texts),
    }
    if ids is not None:
        changes["id"] = draw(ids)
    return sheet.model_copy(update=changes)
