"""Charts as pictures: drawn by Vega-Lite without a browser, with texts as texts."""

import re
from typing import Any, Final

from hyotei.base.extras import need
from hyotei.base.printable import printable
from hyotei.document import Chart

FONT: Final = "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic UI, Meiryo, IPAGothic, sans-serif"
_LINES: Final = "#80808055"


def svg(chart: Chart, number: int) -> str:
    """The chart as SVG that is part of a page: in the colours of the page, as wide as there is room.

    Args:
        chart: the chart.
        number: of the chart in its page, so that names within the picture are not those of another.

    Raises:
        HyoteiError: what draws charts is not installed (HY902).
    """
    need("report", "vl_convert")
    import vl_convert

    text = str(vl_convert.vegalite_to_svg(_specification(chart, "currentColor"), show_warnings=False))
    text = re.sub(r'\bid="([^"]+)"', rf'id="c{number}-\1"', text)
    text = re.sub(r'(url\(#|href="#)([^")]+)', rf"\g<1>c{number}-\2", text)
    return re.sub(
        r'<svg [^>]*?width="(\d+)(?:\.\d+)?" height="\d+(?:\.\d+)?" (viewBox="[^"]+")>',
        rf'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="chart-{number}" width="\1" \2>',
        text,
        count=1,
    )


def png(chart: Chart) -> bytes:
    """The chart as a picture for paper.

    Raises:
        HyoteiError: what draws charts is not installed (HY902).
    """
    need("report", "vl_convert")
    import vl_convert

    specification = _specification(chart, "#1c2430")
    return bytes(vl_convert.vegalite_to_png(specification, scale=2.0, show_warnings=False))


def _specification(chart: Chart, ink: str) -> dict[str, Any]:
    """The specification with colours, fonts and sizes that all charts share; names in it keep no control characters."""
    axis = {
        "labelColor": ink, "titleColor": ink, "gridColor": _LINES, "domainColor": _LINES, "tickColor": _LINES,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 220,
    }  # fmt: skip
    config = {
        "font": FONT, "background": None, "axis": axis, "view": {"stroke": None}, "text": {"fontSize": 11},
        "legend": {"labelColor": ink, "titleColor": ink, "labelFontSize": 12}, "header": {"labelColor": ink},
    }  # fmt: skip
    found: dict[str, Any] = _printable(dict(chart.specification), ink)
    return {**found, "config": config}


def _printable(value: Any, ink: str) -> Any:
    """The data of a specification with its texts made printable: a control character would end the program that draws."""
    if isinstance(value, dict):
        return {key: _printable(each, ink) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each, ink) for each in value]
    if isinstance(value, str):
        return ink if value == "currentColor" else printable(value)
    return value
