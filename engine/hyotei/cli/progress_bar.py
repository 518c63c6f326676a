"""A progress bar of reading, on a terminal: records, records a second, and the time that is left by the bytes still to come."""

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from hyotei.cli.live_bar import shown
from hyotei.messages import wording

if TYPE_CHECKING:
    from hyotei.messages import Language

_PAUSE: Final = 0.1


class _Rate(ProgressColumn):
    """Records a second."""

    def render(self, task: Task) -> Text:
        elapsed = task.elapsed or 0.0
        count = int(task.fields["count"])
        return Text(f"{count:,} ({count / elapsed:,.0f}/s)" if elapsed else f"{count:,}")


class _Watch:
    """Moves the bar; ten times a second, because drawing costs more than reading."""

    def __init__(self, progress: Progress, task: int) -> None:
        self._progress, self._task, self._count, self._read = progress, task, 0, 0
        self._next = 0.0

    def sheet(self) -> None:
        self._count += 1
        self._moved()

    def bytes(self, count: int) -> None:
        self._read += count
        self._moved()

    def _moved(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _PAUSE
        self._progress.update(self._progress.task_ids[self._task], completed=self._read, count=self._count)


class ProgressBar:
    """A progress bar on stderr."""

    def __init__(self, size: int, language: "Language") -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
        self._progress = Progress(
            *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._open = ExitStack()
        self._progress.add_task(wording(language)("cli.progress.reading"), total=max(size, 1), count=0)

    def __enter__(self) -> _Watch:
        self._open.enter_context(shown(self._progress))
        return _Watch(self._progress, 0)

    def __exit__(self, *_: object) -> None:
        self._open.close()
