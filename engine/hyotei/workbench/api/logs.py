"""The operations on the log: read, verified, exported."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from hyotei.workbench.api import schemas as out
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset
from hyotei.workbench.log import broken
from hyotei.workbench.media_types import LOG
from hyotei.workbench.models import LogEntry
from hyotei.workbench.pages.log import export


@operation("get", "/log", "see", list[out.LogOut])
def list_log(request: HttpRequest, after: Offset = 0, limit: Limit = 100) -> list[Any]:
    """The entries of the log after a number, in their order."""
    return [each.entry()._asdict() for each in LogEntry.objects.filter(number__gt=after).order_by("number")[:limit]]


@operation("get", "/log/verification", "see", out.LogVerification)
def verify_log(request: HttpRequest) -> dict[str, object]:
    """Whether the chain of the log is whole, and its last hash, which one can note."""
    breaks = broken()
    last = LogEntry.objects.order_by("number").last()
    return {
        "entries": LogEntry.objects.count(), "sound": not breaks, "breaks": breaks, "hash": None if last is None else last.hash,
    }  # fmt: skip


@operation("get", "/log/export", "see", None, files=(LOG,))
def export_log(request: HttpRequest) -> StreamingHttpResponse:
    """All entries, a line of JSON each, as `hyotei log verify` reads them."""
    return export(request)
