"""Pages that say that something cannot be shown or was not done, and what to do then."""

import sys
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from hyotei.messages import Diagnostic
from hyotei.workbench.rendering import page
from hyotei.workbench.server_log import tell_server
from hyotei.workbench.storage_faults import RETRY_AFTER, STATUS, storage_fault
from hyotei.workbench.upload_limits import too_large

_STATUS: Final = {"forbidden": 403, "not_found": 404, "bad_request": 400, "csrf": 403, "failed": 500}


TOO_MUCH: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
"""What Django says of a request that brings more than it may."""


def _fault(request: HttpRequest, kind: str) -> HttpResponse:
    return page(request, "fault.html", status=_STATUS[kind], kind=kind)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The role does not allow it."""
    return _fault(request, "forbidden")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page."""
    return _fault(request, "not_found")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request is none that a page makes, or brings too much."""
    if isinstance(exception, TOO_MUCH):
        return page(request, "refused.html", status=413, fault=too_large())
    return _fault(request, "bad_request")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was sent from elsewhere, or is too old."""
    return _fault(request, "csrf")


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or of what the workbench stores in: the page says so.

    Where the workbench was started it is told what failed, without what was typed.
    """
    tell_fault(request)
    error = sys.exc_info()[1]
    if isinstance(error, DataError):  # a text that the database cannot hold
        return _fault(request, "bad_request")
    fault = storage_fault(error)
    return _fault(request, "failed") if fault is None else _not_stored(request, fault)


def _not_stored(request: HttpRequest, fault: Diagnostic) -> HttpResponse:
    # Who asks is known only where that was read before; the database is asked for nothing more.
    request.user = getattr(request, "_cached_user", None) or AnonymousUser()
    response = page(request, "storage_fault.html", status=STATUS[fault.code], fault=fault)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def tell_fault(request: HttpRequest) -> None:
    """Says on stderr what failed, without anything that was typed."""
    name = request.resolver_match.url_name if request.resolver_match else "-"
    tell_server(f"{request.method} {name}")
