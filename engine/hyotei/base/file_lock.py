"""Locks on files and folders that end with the process that holds them, however it ends.

Where the system has no such locks (Windows), `exclusive` refuses and `shared` does without: reading goes on, and what two
processes could spoil for each other is not begun.
"""

import os
from pathlib import Path

from hyotei.messages import Diagnostic, HyoteiError


def supported() -> bool:
    """Whether this system has such locks."""
    try:
        import fcntl  # noqa: F401  # whether it is there is the question
    except ImportError:
        return False
    return True


def require() -> None:
    """Ends what cannot be done without such locks, before it leaves anything behind.

    Raises:
        HyoteiError: the system has none (HY719).
    """
    if not supported():
        raise HyoteiError(Diagnostic("HY719"))


def exclusive(handle: int) -> bool:
    """Locks an open file or folder for this process alone; False where another holds it.

    Raises:
        HyoteiError: the system has no such locks (HY719).
        OSError: the file system has none.
    """
    require()
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def shared(handle: int) -> bool:
    """Locks an open file or folder together with other readers; False where that is not possible."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def in_use(path: Path) -> bool:
    """Whether a process holds a file or folder, exclusively or to read it; False where that cannot be known."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return supported() and not exclusive(handle)
    except OSError:
        return False
    finally:
        os.close(handle)
