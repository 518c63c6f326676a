"""Failures of what the workbench stores in, by what a person can do about them: the one table of error numbers."""

import errno
from typing import Final, Literal

from hyotei.messages import Diagnostic

Kind = Literal["HY070", "HY071", "HY072", "HY073", "HY074"]
"""Busy; full or not writable; without the right to write; out of reach; damaged."""
STATUS: Final[dict[str, int]] = {"HY070": 503, "HY071": 507, "HY072": 503, "HY073": 503, "HY074": 503}
RETRY_AFTER: Final = 10
"""Seconds after which trying again may help."""

_OF_SQLITE: Final[dict[int, Kind]] = {
    3: "HY072", 5: "HY070", 6: "HY070", 8: "HY072", 10: "HY071", 11: "HY074", 13: "HY071", 14: "HY072", 26: "HY074",
}  # fmt: skip
"""By SQLite's primary result codes (https://www.sqlite.org/rescode.html)."""
_OF_POSTGRESQL: Final[tuple[tuple[str, Kind], ...]] = (
    ("53100", "HY071"), ("53", "HY070"), ("55P03", "HY070"), ("40", "HY070"), ("57014", "HY070"), ("25006", "HY072"),
    ("42501", "HY072"), ("58", "HY071"), ("XX00", "HY074"), ("57P", "HY073"), ("08", "HY073"), ("28", "HY073"), ("3D", "HY073"),
)  # fmt: skip
"""By the beginning of the SQLSTATE (PostgreSQL's manual, appendix A)."""
_OF_SYSTEM: Final[dict[int, Kind]] = {
    errno.ENOSPC: "HY071", errno.EDQUOT: "HY071", errno.EFBIG: "HY071", errno.EIO: "HY071",
    errno.EROFS: "HY072", errno.EACCES: "HY072", errno.EPERM: "HY072",
}  # fmt: skip


def storage_fault(error: BaseException | None) -> Diagnostic | None:
    """What is told of an error where it comes from the database or the disk; None where it is another fault."""
    for _ in range(10):
        if error is None:
            return None
        kind = _kind(error)
        if kind is not None:
            return Diagnostic(kind)
        error = error.__cause__ or error.__context__
    return None


def _kind(error: BaseException) -> Kind | None:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _OF_SQLITE.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return next((kind for start, kind in _OF_POSTGRESQL if state.startswith(start)), None)
    if hasattr(error, "sqlstate") and type(error).__name__ == "OperationalError":
        return "HY073"  # psycopg without an answer of the server
    return _OF_SYSTEM.get(error.errno) if isinstance(error, OSError) and error.errno is not None else None
