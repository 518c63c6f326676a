"""How far a proof is, on a terminal: questions answered, and what is asked now. Silent with --json and where stderr is piped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyotei.messages import Language


@contextmanager
def proof_progress(wanted: bool, language: "Language") -> "Iterator[Callable[[int, int, str], None]]":
    """Takes the questions answered, the questions in all, and the name of what is asked now; shows them while it is open."""
    if not wanted or not sys.stderr.isatty():
        yield lambda done, count, name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from hyotei.cli.live_bar import shown
    from hyotei.messages import wording

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )  # fmt: skip
    progress = Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )
    with shown(progress):
        task = progress.add_task(wording(language)("cli.progress.proof"), name="")
        yield lambda done, count, name: progress.update(task, completed=done, total=count, name=name[:60])
