"""What the child processes of jobs share: the request comes as a line of JSON by the standard input, which stays open as long as
it is wanted; lines of JSON go to the standard output: `done` and `count` as it goes on, `told` where it fails, and of a corpus what
it is without.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, Final

from hyotei.messages import LANGUAGES, Diagnostic, HyoteiError
from hyotei.workbench.storage_faults import storage_fault

MADE: Final = "made.json"
"""The file, in the folder `out` of a request, that says what was made."""


@contextmanager
def job() -> Iterator[Any]:
    """The request; what goes wrong is said, and ends the process."""
    request = json.loads(sys.stdin.buffer.readline())
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        yield request
    except HyoteiError as error:
        tell(told=[in_words(each) for each in error.diagnostics])
        raise SystemExit(1) from None
    except OSError as error:
        fault = storage_fault(error)
        if fault is not None:
            tell(told=[in_words(fault)])
        raise SystemExit(1) from None


def in_words(problem: Diagnostic) -> dict[str, str]:
    """A problem in each language, as it is kept with a job."""
    return {language: problem.text(language, on_page=True) for language in LANGUAGES}


def tell(**values: object) -> None:
    """A line for the parent."""
    print(json.dumps(values), flush=True)  # noqa: T201  # the parent reads it


def _end_with_parent() -> None:
    while os.read(0, 1024):  # not the buffered stream, whose lock a thread would hold at the end of the process
        pass
    os._exit(1)  # whoever asked is no more
