"""A document as a page that needs nothing else: no script, no request, light and dark, A4 on paper."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING

from hyotei.base.extras import need
from hyotei.base.printable import printable
from hyotei.document import Block, Cell, Column, Document, Text, spans
from hyotei.document.cells import shown
from hyotei.writers.charts import svg

if TYPE_CHECKING:
    from jinja2 import Environment


def write(document: Document) -> bytes:
    """The page.

    Raises:
        HyoteiError: Jinja2, or what draws its charts, is not installed (HY902).
    """
    return page(document).encode("utf-8")


def page(document: Document) -> str:
    """The page as text."""
    css = style()
    policy = f"default-src 'none'; style-src 'sha256-{_digest(css)}'"
    return _environment().get_template("page.html").render(document=document, style=css, policy=policy, **_state())


def fragment(document: Document) -> str:
    """The document as a piece of a page, for notebooks."""
    return _environment().get_template("fragment.html").render(document=document, style=style(), **_state())


def markup(blocks: Iterable[Block]) -> str:
    """Parts of a document as markup for a page of another kind, which has `style()` and stands in an element of class `hyotei`."""
    return _environment().get_template("parts.html").render(parts=list(blocks), **_state())


def _state() -> dict[str, object]:
    """What counts while one page is written."""
    numbers = count(1)
    return {"draw": lambda chart: _drawn(chart, next(numbers))}


def _drawn(chart: object, number: int) -> dict[str, object]:
    from markupsafe import Markup

    from hyotei.document import Chart

    assert isinstance(chart, Chart)
    return {"number": number, "svg": Markup(svg(chart, number))}  # markup made by Vega-Lite, which escapes its texts


@cache
def _environment() -> "Environment":
    need("report", "jinja2")
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def finalized(value: object) -> object:
        """Every text on its way into the page; it is escaped after that."""
        return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=PackageLoader("hyotei.writers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalized,
    )
    environment.filters["spans"] = spans
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.globals["shown"] = _shown
    return environment


def _shown(cell: Cell, column: Column) -> Text:
    return shown(cell, column)


@cache
def style() -> str:
    """The style of pages."""
    text = files("hyotei.writers").joinpath("templates", "style.css").read_text(encoding="utf-8")
    return "\n" + text


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
