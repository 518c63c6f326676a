"""How far the reading of sheets is, shown where a person is watching."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from hyotei.messages import Language


class Watch(Protocol):
    """Told of each sheet and of the bytes read."""

    def sheet(self) -> None:
        """One more record."""

    def bytes(self, count: int) -> None:
        """So many more bytes."""


class _Silent:
    """Without a terminal nothing is shown."""

    def sheet(self) -> None:
        pass

    def bytes(self, count: int) -> None:
        pass


def progress(paths: tuple[Path, ...], language: "Language") -> AbstractContextManager[Watch]:
    """How far reading is, shown where a person is watching and no JSON comes to the same terminal sheet by sheet."""
    context = click.get_current_context(silent=True)
    as_json = context is not None and bool(context.params.get("as_json"))
    if not sys.stderr.isatty() or (as_json and sys.stdout.isatty()):
        return nullcontext(_Silent())
    from hyotei.cli.progress_bar import ProgressBar

    return ProgressBar(_size(paths), language)


def _size(paths: tuple[Path, ...]) -> int:
    """Bytes of all files at the paths, as far as they can be told."""
    total = 0
    for file in _files(paths):
        try:
            total += file.stat().st_size
        except (OSError, ValueError):
            continue
    return total


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112  # unlike Path.is_dir, never an error
            yield path
            continue
        for folder, _, names in os.walk(path):
            yield from (Path(folder, name) for name in names)
