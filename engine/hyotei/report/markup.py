"""Small pieces of HTML for what the script of a page works on; everything that comes from outside is escaped here."""

from collections.abc import Iterable
from html import escape

from hyotei.base.printable import printable


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
