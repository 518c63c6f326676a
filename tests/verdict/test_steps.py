"""Figures as verdicts show them: whole, wherever the form prints their unit and qualifier."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hyotei.sheet import Quantity, Source
from hyotei.sheet.models import Qualifier
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import PERCENT, USUAL
from hyotei.verdict.steps import printed

values = st.one_of(st.integers(0, 10**9).map(Decimal), st.decimals(0, 1000, places=1))


@given(
    values,
    st.sampled_from([unit for unit in USUAL if not unit.endswith("円")]),
    st.sampled_from((None, "以上", "以下", "程度", "約")),
    st.booleans(),
)
def test_a_figure_is_shown_with_its_unit_and_qualifier(
    value: Decimal, unit: str, qualifier: Qualifier | None, beside: bool
) -> None:
    """Whether they stand beside the digits or in cells of their own, what is shown reads as the same figure."""
    digits = f"{value:f}"
    text = (
        f"{'約' if qualifier == '約' else ''}{digits}{unit}{qualifier if qualifier not in (None, '約') else ''}"
        if beside
        else digits
    )
    held = value / 100 if unit == PERCENT else value
    figure = Quantity(value=held, unit=unit, qualifier=qualifier, source=Source(text=text))
    for shown in (printed(figure, "ja"), printed(figure, "en")):
        again, problems = read_quantity(shown)
        assert problems == ()
        assert (again.value, again.unit, again.qualifier) == (held, unit, qualifier)
        assert shown == text or not beside


@given(st.sampled_from(("75%（暫定値）", "全都道府県で実施", "計43回", "集計中", "10回程度【24年度】")))
def test_words_of_the_document_stay(text: str) -> None:
    """What is more than bare digits is shown as it is printed."""
    figure, _ = read_quantity(text, year_hint=2012)
    assert printed(figure, "ja") == text
