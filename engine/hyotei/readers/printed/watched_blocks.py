"""Tells who asks for it the blocks that forms are read from, which readers make and let go again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from hyotei.readers.printed.form_blocks import Block

Watcher = Callable[[Sequence[Block]], None]
_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watching(tell: Watcher) -> Iterator[None]:
    """While it is open, `tell` is given the blocks of every document before its first sheet."""
    before = _watcher.set(tell)
    try:
        yield
    finally:
        _watcher.reset(before)


def tell_blocks(blocks: Sequence[Block]) -> None:
    """Tells the blocks of a document to who asked for it, if anybody did."""
    tell = _watcher.get()
    if tell is not None:
        tell(blocks)
