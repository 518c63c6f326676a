"""The charts of a sweep: how many sheets have which result, and how many differ from the present, as the value slides."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hyotei.base.extras import need
from hyotei.impact.model import Count
from hyotei.impact.sweep import Sweep
from hyotei.report.audit_words import OUTPUTS, Say
from hyotei.report.charts import GREY, PALETTE, Chart, svg
from hyotei.report.impact_tables import drawn, met
from hyotei.report.impact_words import slide_name, value_words
from hyotei.rulebook.types import NumberType

if TYPE_CHECKING:
    import altair as alt


def sweep_charts(found: Sweep, say: Say) -> Iterator[Chart]:
    """A chart for each result, and one of what differs.

    Raises:
        HyoteiError: what draws is not installed (HY902).
    """
    need("report")
    number = 0
    for result in found.results:
        number += 1
        still = {each.counts.get((result.name, None), Count()).sheets for each in found.stretches}
        # What never changes would only press the rest flat.
        left_out = len(still) == 1 and still != {0} and len(list(met(found, result.name))) > 1
        rows = [
            {"at": at, "value": value_words(value, say), "count": count}
            for at, value, count in drawn(found, result.name)
            if not (left_out and value is None)
        ]
        name = say.of(OUTPUTS, result.name)
        slid = slide_name(found.slide, say)
        says = say(f"{slid} の値ごとの評価書の数。", f"Sheets at each value of {slid}.")
        if left_out:
            stays = still.pop()
            says += say(
                f"未確定の {stays:,}件は変わらないので除いた。",
                f" Without the {stays:,} undetermined, which do not change.",
            )
        values = [value_words(value, say) for value in met(found, result.name) if not (left_out and value is None)]
        title = say(f"{name}の内訳", f"{name.capitalize()}")
        yield Chart(title, says, svg(_areas(rows, values, value_words(None, say), found, say), number))
    moved = [{"at": at, "count": count} for at, count in _moved(found)]
    yield Chart(
        say("現在と違う評価書", "Sheets that differ from now"),
        say(
            f"現在（{found.slide.present[0]}）と評価区分か予算の方向の違う評価書の数。",
            f"Sheets whose rating or budget differs from that of now ({found.slide.present[1]}).",
        ),
        svg(_line(moved, found, say), number + 1),
    )


def _moved(found: Sweep) -> Iterator[tuple[float, int]]:
    places: dict[float, int] = {}
    for each in found.stretches:
        places[float(each.at)] = each.moved.sheets
    places[float(found.slide.high)] = found.stretches[-1].moved.sheets
    yield from places.items()


def _x(found: Sweep, say: Say) -> "alt.X":
    import altair as alt

    of = found.slide.type
    ratio = isinstance(of, NumberType) and of.dimension == "ratio"
    axis = alt.Axis(format="~%", tickCount=8) if ratio else alt.Axis(tickCount=8)
    ends = [float(found.slide.low), float(found.slide.high)]
    return alt.X("at:Q", title=slide_name(found.slide, say), scale=alt.Scale(domain=ends, nice=False), axis=axis)


def _areas(rows: list[dict[str, Any]], values: list[str], unknown: str, found: Sweep, say: Say) -> "alt.Chart":
    import altair as alt

    for row in rows:
        row["place"] = values.index(row["value"])
    colours = [GREY if value == unknown else PALETTE[at % len(PALETTE)] for at, value in enumerate(values)]
    chart = alt.Chart(alt.InlineData(values=rows), width=620, height=240).mark_area(interpolate="step-after")
    chart = chart.encode(
        x=_x(found, say),
        y=alt.Y("count:Q", stack="zero", title=say("評価書", "sheets"), axis=alt.Axis(format=",d", tickMinStep=1)),
        color=alt.Color(
            "value:N",
            title=None,
            scale=alt.Scale(domain=values, range=colours),
            legend=alt.Legend(orient="bottom", columns=8),
        ),
        order=alt.Order("place:Q", sort="descending"),
    )
    assert isinstance(chart, alt.Chart)
    return chart


def _line(rows: list[dict[str, Any]], found: Sweep, say: Say) -> "alt.Chart":
    import altair as alt

    chart = alt.Chart(alt.InlineData(values=rows), width=620, height=160)
    chart = chart.mark_line(interpolate="step-after", color=PALETTE[3], strokeWidth=1.8).encode(
        x=_x(found, say),
        y=alt.Y("count:Q", title=say("評価書", "sheets"), axis=alt.Axis(format=",d", tickMinStep=1)),
    )
    assert isinstance(chart, alt.Chart)
    return chart
