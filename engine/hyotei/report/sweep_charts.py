"""The charts of a sweep: how many sheets have which result, and how many differ from the present, as the value slides."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from hyotei.document import Chart
from hyotei.impact.model import Count
from hyotei.impact.sweep import Stretch, Sweep, SweptResult
from hyotei.messages import Wording
from hyotei.report.chart_parts import GREY, PALETTE, colour, count_axis
from hyotei.rulebook.types import NumberType

_PLACES: Final = 1_500
"""As many places as a picture can show."""


def sweep_charts(found: Sweep, say: Wording, name: str, present: str) -> Iterator[Chart]:
    """A chart for each result, and one of what differs; `name` is what slides, `present` its value now."""
    for result in found.results:
        values = {value for each in found.stretches for of, value in each.counts if of == result.name}
        still = {each.counts.get((result.name, None), Count()).sheets for each in found.stretches}
        # What never changes would only press the rest flat.
        left_out = len(still) == 1 and still != {0} and len(values) > 1
        shown = [value for value in result.values if value in values and not (left_out and value is None)]
        says = (
            say("sweep.chart.says_without", name=name, count=still.pop())
            if left_out
            else say("sweep.chart.says", name=name)
        )
        title = say("sweep.chart.title", result=say.one_of("common.result", result.name))
        yield Chart(title, says, _areas(found, result, shown, name, say))
    line = _base(found, [{"at": at, "count": count} for at, count in _moved(found)], name, say, 160)
    line["mark"] = {"type": "line", "interpolate": "step-after", "color": PALETTE[3], "strokeWidth": 1.8}
    yield Chart(say("sweep.chart.moved.title"), say("sweep.chart.moved.says", present=present), line)


def _base(found: Sweep, rows: list[dict[str, Any]], name: str, say: Wording, height: int) -> dict[str, Any]:
    """A chart over the range of the sliding value, without its mark."""
    of = found.slide.type
    ratio = isinstance(of, NumberType) and of.dimension == "ratio"
    # Floats from here on are places in a drawing; what lies where was decided by exact figures.
    ends = [float(found.slide.low), float(found.slide.high)]
    heights = Counter[float]()
    for row in rows:
        heights[row["at"]] += row["count"]
    return {
        "data": {"values": rows},
        "width": 620,
        "height": height,
        "encoding": {
            "x": {
                "field": "at",
                "type": "quantitative",
                "title": name,
                "scale": {"domain": ends, "nice": False},
                "axis": {"tickCount": 8, **({"format": "~%"} if ratio else {})},
            },
            "y": {
                "field": "count",
                "type": "quantitative",
                "title": say("sweep.chart.sheets"),
                "axis": count_axis(max(heights.values(), default=0)),
            },
        },
    }


def _areas(found: Sweep, result: SweptResult, values: list[str | None], name: str, say: Wording) -> dict[str, Any]:
    words = {value: say("impact.undetermined") if value is None else value for value in values}
    rows = [
        {"at": at, "value": words[value], "count": count, "place": values.index(value)}
        for at, value, count in _drawn(found, result.name, values)
    ]
    shades = [GREY if value is None else colour(at) for at, value in enumerate(values)]
    chart = _base(found, rows, name, say, 240)
    chart["mark"] = {"type": "area", "interpolate": "step-after"}
    chart["encoding"]["y"]["stack"] = "zero"
    chart["encoding"]["color"] = {
        "field": "value",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(words.values()), "range": shades},
        "legend": {"orient": "bottom", "columns": 8},
    }
    chart["encoding"]["order"] = {"field": "place", "type": "quantitative", "sort": "descending"}
    return chart


def _drawn(found: Sweep, name: str, values: list[str | None]) -> Iterator[tuple[float, str | None, int]]:
    """A result as steps for a picture: place, value, sheets."""
    low, high = Fraction(found.slide.low), Fraction(found.slide.high)
    last: dict[int, Stretch] = {}
    for each in found.stretches:
        last[int((each.at - low) / (high - low) * _PLACES)] = each
    kept = list(last.values())
    for at, each in (*((float(each.at), each) for each in kept), (float(high), kept[-1])):
        for value in values:
            yield at, value, each.counts.get((name, value), Count()).sheets


def _moved(found: Sweep) -> Iterator[tuple[float, int]]:
    places = {float(each.at): each.moved.sheets for each in found.stretches}
    places[float(found.slide.high)] = found.stretches[-1].moved.sheets
    yield from places.items()
