"""What is said where the workbench was started, to who looks after it."""

import os
import sys
import traceback

from hyotei.workbench.storage_faults import storage_fault


def tell_server(what: str) -> None:
    """Says on stderr that something failed by the error at hand: its kind or code only, for its text may hold what was typed."""
    kind, error, trace = sys.exc_info()
    if kind is not None:
        fault = storage_fault(error)
        said = kind.__name__ if fault is None else fault.code
        print(f"hyotei serve: {what}: {said}", file=sys.stderr)  # noqa: T201  # the server's own log
        if os.environ.get("HYOTEI_DEBUG"):
            traceback.print_exception(kind, error, trace)
