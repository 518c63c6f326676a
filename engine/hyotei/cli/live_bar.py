"""The bar of progress that stands on the terminal: what is written meanwhile takes its place, and it comes back below."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click


class Bar(Protocol):
    """A bar that can be taken away and shown again, as that of rich."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class BarOfWords:
    """A line of words as a bar."""

    def __init__(self) -> None:
        self._words = ""

    def show(self, words: str) -> None:
        """Other words take the place of those that stand there."""
        self._words = words
        self.start()

    def start(self) -> None:
        """Shows the words."""
        click.echo(f"\r\x1b[K{self._words}", err=True, nl=False)

    def stop(self) -> None:
        """Takes the words away."""
        click.echo("\r\x1b[K", err=True, nl=False)


_shown: list[Bar] = []
"""Those that are open; only the last one stands on the terminal."""


@contextmanager
def shown(bar: Bar) -> Iterator[None]:
    """Shows a bar as long as this is open.

    Rich would show it again by itself after a line was written, but click writes past what rich puts in the place of the
    streams, and the line would stand behind the bar.
    """
    with above_the_bar():
        _shown.append(bar)
        bar.start()
        try:
            yield
        finally:
            bar.stop()
            _shown.remove(bar)


@contextmanager
def above_the_bar() -> Iterator[None]:
    """What is written meanwhile has lines of its own."""
    bar = _shown[-1] if _shown else None
    if bar is not None:
        bar.stop()
    try:
        yield
    finally:
        if bar is not None and bar in _shown:
            bar.start()
