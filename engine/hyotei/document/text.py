"""Texts of a document: plain strings, or runs with a tone, code and links."""

from typing import Final, Literal

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.lazy_dataclass import dataclass

Tone = Literal["plain", "strong", "good", "bad", "faint"]
"""How a text is meant; every writer has its own way to show it."""

_LINK: Final = lazy_pattern(r"#[^\s#]+|https?://[^\s]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `link` is `#` with the anchor of a section, or a web address; any other link is not followed."""

    text: str
    tone: Tone = "plain"
    code: bool = False
    link: str = ""

    @property
    def target(self) -> str:
        """The link if it is one that a writer may make: an anchor or a web address."""
        return self.link if _LINK.fullmatch(self.link) else ""


Text = str | tuple[str | Span, ...]
"""What a builder may give wherever a text is asked for."""


def spans(text: Text | Span) -> tuple[Span, ...]:
    """A text as its runs, without empty ones."""
    parts = (text,) if isinstance(text, str | Span) else text
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part)


def plain_text(text: Text | Span) -> str:
    """The characters of a text alone."""
    return "".join(span.text for span in spans(text))


def joined(*parts: Text | Span) -> tuple[Span, ...]:
    """Texts one after the other.

    >>> plain_text(joined("rating ", strong("A")))
    'rating A'
    """
    return tuple(span for part in parts for span in spans(part))


def strong(text: str) -> Span:
    """A run that stands out."""
    return Span(text, "strong")


def toned(text: str, tone: Tone) -> Span:
    """A run with a tone."""
    return Span(text, tone)


def code(text: str) -> Span:
    """A name or an expression as it is written in a file."""
    return Span(text, code=True)


def link(text: str, to: str) -> Span:
    """A reference: to `#anchor` of a section of the same document, or to a web address."""
    return Span(text, link=to)
