"""Small pieces of HTML: everything that comes from outside is escaped here, and nowhere else is markup made of texts."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

from hyotei.base.printable import printable
from hyotei.lazy_dataclass import dataclass

Kind = Literal["", "n", "text", "nowrap"]
"""How a column stands: as it comes, as a number, as prose, or unbroken."""


class Html(str):
    """Markup; any other text is escaped where it is put among markup."""

    __slots__ = ()


def text(value: object) -> Html:
    """Markup for a value: itself if it is markup, else its text."""
    return value if isinstance(value, Html) else Html(escape(printable(str(value))))


def element(name: str, /, *inside: object, **attributes: str | None) -> Html:
    """An element; `class_` stands for the attribute `class`, `data_kind` for `data-kind`; None leaves an attribute out."""
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(printable(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{named}>{''.join(text(each) for each in inside)}</{name}>")


def join(parts: Iterable[object], between: str = "\n") -> Html:
    """Pieces one after the other."""
    return Html(between.join(text(each) for each in parts))


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column."""

    title: object
    kind: Kind = ""


def table(caption: str, heads: Sequence[Head], rows: Iterable[Sequence[object]], row_heads: int = 1) -> Html:
    """A table with its caption; the first cells of a row name it."""
    top = element("tr", *(element("th", head.title, scope="col", class_=head.kind or None) for head in heads))
    body = [
        element(
            "tr",
            *(
                cell
                if isinstance(cell, Html) and cell.startswith(("<td", "<th"))
                else element("th", cell, scope="row", class_=head.kind or None)
                if index < row_heads
                else element("td", cell, class_=head.kind or None)
                for index, (head, cell) in enumerate(zip(heads, row, strict=True))
            ),
        )
        for row in rows
    ]
    inside = element("table", element("caption", caption), element("thead", top), element("tbody", join(body)))
    # Reachable by keyboard, because it scrolls where it is wider than the page.
    return element("div", inside, class_="wide", tabindex="0", role="region", aria_label=caption)
