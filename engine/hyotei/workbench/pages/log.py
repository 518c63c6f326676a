"""The log: who did what when, whether the chain is whole, and all of it as a file."""

import json
from collections.abc import Iterator
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from hyotei.messages import Language, wording
from hyotei.workbench.log import broken, entries
from hyotei.workbench.models import LogEntry
from hyotei.workbench.rendering import language_of, page

_ON_A_PAGE: Final = 100


def log(request: HttpRequest) -> HttpResponse:
    """The entries, the latest first; with `verify` also whether the chain is whole."""
    listed = Paginator(LogEntry.objects.order_by("-number"), _ON_A_PAGE).get_page(request.GET.get("page"))
    breaks = broken() if "verify" in request.GET else None
    last = LogEntry.objects.order_by("-number").first()
    rows = [(each, _words(each.action, language_of(request))) for each in listed.object_list]
    return page(request, "log.html", listed=listed, rows=rows, breaks=breaks, last=last)


def _words(action: str, language: Language) -> str:
    """What was done; an action of a later version, whose words are not here, by its name."""
    try:
        return wording(language).one_of("workbench.action", action)
    except KeyError:
        return action


def export(request: HttpRequest) -> StreamingHttpResponse:
    """All entries, a line of JSON each, as `hyotei log verify` reads them."""
    headers = {"Content-Disposition": 'attachment; filename="hyotei-log.ndjson"'}
    return StreamingHttpResponse(_lines(), content_type="application/x-ndjson; charset=utf-8", headers=headers)


def _lines() -> Iterator[str]:
    for entry in entries():
        yield json.dumps(entry._asdict(), ensure_ascii=False) + "\n"
