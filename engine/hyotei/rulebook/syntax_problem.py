"""A place where a text is not of the language."""

from dataclasses import replace

from hyotei.messages import Diagnostic, Location, Param
from hyotei.rulebook.syntax import Span


class SyntaxProblem(Exception):
    """A place where the text is not of the language; the parser turns it into a diagnostic of the cell."""

    def __init__(self, code: str, span: Span, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.span = span
        self.params = params

    def diagnostic(self, location: Location) -> Diagnostic:
        """The problem at its characters: `location.start` is where the text itself starts in its line."""
        return Diagnostic(self.code, narrowed(location, self.span), self.params)


def narrowed(location: Location, span: Span) -> Location:
    """The place of a span within a text that itself starts at `location.start`."""
    if location.start is None:
        return location
    return replace(location, start=location.start + span[0], end=location.start + max(span[1], span[0] + 1))
