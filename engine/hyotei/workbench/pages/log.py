"""The log: who did what when, whether the chain is whole, and all of it as a file."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from hyotei.messages import Language, wording
from hyotei.workbench.log import broken, entries
from hyotei.workbench.media_types import LOG
from hyotei.workbench.models import LogEntry, SheetRecord
from hyotei.workbench.rendering import language_of, page

_ON_A_PAGE: Final = 100


def log(request: HttpRequest) -> HttpResponse:
    """The entries, the latest first; with `verify` also whether the chain is whole."""
    listed = Paginator(LogEntry.objects.order_by("-number"), _ON_A_PAGE).get_page(request.GET.get("page"))
    breaks = broken() if "verify" in request.GET else None
    last = LogEntry.objects.order_by("-number").first()
    rows = [(each, _words(each.action, language_of(request))) for each in listed.object_list]
    titles = _titles(each.subject for each in listed.object_list if each.action.startswith("sheet."))
    return page(request, "log.html", listed=listed, rows=rows, breaks=breaks, last=last, titles=titles)


def _titles(keys: Iterable[str]) -> dict[str, str]:
    """The titles of sheets, by their keys as the log has them."""
    return {str(key): title for key, title in SheetRecord.objects.filter(key__in=set(keys)).values_list("key", "title")}


def _words(action: str, language: Language) -> str:
    """What was done; an action of a later version, whose words are not here, by its name."""
    try:
        return wording(language).one_of("workbench.action", action)
    except KeyError:
        return action


def export(request: HttpRequest) -> StreamingHttpResponse:
    """All entries, a line of JSON each, as `hyotei log verify` reads them."""
    headers = {"Content-Disposition": 'attachment; filename="hyotei-log.ndjson"'}
    return StreamingHttpResponse(_lines(), content_type=LOG, headers=headers)


def _lines() -> Iterator[str]:
    for entry in entries():
        yield json.dumps(entry._asdict(), ensure_ascii=False) + "\n"
