"""Problems of the REST interface: `application/problem+json` (RFC 9457) with the codes and the words of the catalogue alone."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.workbench.api.schemas import Problem, Problems
from hyotei.workbench.api.states import show_state
from hyotei.workbench.document_merge import Conflict
from hyotei.workbench.pages.faults import TOO_MUCH, tell_fault
from hyotei.workbench.rendering import language_of
from hyotei.workbench.storage_faults import RETRY_AFTER, storage_fault
from hyotei.workbench.storage_faults import STATUS as STORAGE
from hyotei.workbench.upload_limits import too_large

_TYPE: Final = "application/problem+json"
CONTENT_TYPE: Final = f"{_TYPE}; charset=utf-8"
_TOO_LARGE: Final = 413
_STATUS: Final = {
    "HY030": 409, "HY036": 503, "HY037": 503, "HY040": 412, "HY043": 428, "HY077": 503, "HY080": 412, "HY088": 409, "HY090": 409,
    "HY094": 409, "HY095": 409, "HY097": 409, **STORAGE,
}  # fmt: skip
"""Of problems that are in the state of things or their storage; of those in what a request says it is 422."""
_FALLBACK: Final = {400: "HY044", 404: "HY021", 405: "HY045"}


def fallback(status: int, otherwise: str = "HY022") -> Diagnostic:
    """What is told where an answer does not come from an operation, by its status."""
    return too_large() if status == _TOO_LARGE else Diagnostic(_FALLBACK.get(status, otherwise))


def _described() -> dict[str, Any]:
    schema = Problems.model_json_schema()
    schema["properties"]["problems"]["items"] = schema.pop("$defs")[Problem.__name__]
    return schema


DESCRIPTION: Final = {
    "description": "A problem, with the codes of the catalogue, in the language of `Accept-Language`.",
    "content": {_TYPE: {"schema": _described()}},
}
"""What the description of the interface says of every answer that is no success."""


class Forbidden(Exception):
    """The role of the account does not allow it."""


def answer(request: HttpRequest, status: int, problems: Sequence[Diagnostic], **more: object) -> HttpResponse:
    """The answer that tells problems, and more members beside them; the first problem gives its type and title."""
    text = json.dumps({**body_of(status, problems, language_of(request)), **more}, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=CONTENT_TYPE)


def body_of(status: int, problems: Sequence[Diagnostic], language: Language) -> dict[str, object]:
    """The members that every answer of problems has."""
    first = problems[0]
    return {
        "type": f"urn:hyotei:problem:{first.code}",
        "title": first.message(language),
        "status": status,
        "problems": members_of(problems, language),
    }


def members_of(problems: Sequence[Diagnostic], language: Language) -> list[dict[str, object]]:
    """What is told of each problem."""
    return [
        {
            "code": each.code,
            "severity": each.severity,
            "message": each.message(language),
            "place": each.location.text(language),
        }
        for each in problems
    ]


def failed(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """The answer to what failed by a fault of ours, or of what the workbench stores in."""
    tell_fault(request)
    fault = storage_fault(error)
    if fault is None:
        return answer(request, 500, [Diagnostic("HY022")])
    response = answer(request, STORAGE[fault.code], [fault])
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


class Conflicting(Exception):
    """A change of a draft meets another change of the same lines; nothing was stored.

    `number` is that of the present state, `conflicts` what both changed.
    """

    def __init__(self, number: int, conflicts: Sequence[Conflict]) -> None:
        super().__init__(number)
        self.number, self.conflicts = number, conflicts


class Answers:
    """Middleware: below `/api/` every failure is told as a problem, and what the program has already is not sent again."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if not request.path_info.startswith("/api/"):
            return response
        if response.status_code >= 400 and not response.headers.get("Content-Type", "").startswith(_TYPE):
            told = answer(request, response.status_code, [fallback(response.status_code)])
            if "Allow" in response.headers:
                told.headers["Allow"] = response.headers["Allow"]
            return told
        etag = response.headers.get("ETag")
        if etag and request.method in ("GET", "HEAD") and response.status_code == 200:
            return get_conditional_response(request, etag=etag, response=response)
        return response


def add_handlers(api: NinjaAPI) -> None:
    """Tells every failure of an interface as a problem."""

    def wrong(request: HttpRequest, error: HyoteiError) -> HttpResponse:
        return answer(request, _STATUS.get(error.diagnostics[0].code, 422), error.diagnostics)

    def conflicting(request: HttpRequest, error: Conflicting) -> HttpResponse:
        told = [each._asdict() for each in error.conflicts]
        response = answer(request, 409, [Diagnostic("HY047")], revision=error.number, conflicts=told)
        show_state(response, error.number)
        return response

    def misunderstood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = ", ".join("/".join(str(step) for step in each["loc"]) for each in error.errors)
        return answer(request, 422, [Diagnostic("HY017", params={"places": places[:500]})])

    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = answer(request, 401, [Diagnostic("HY019")])
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    def forbidden(request: HttpRequest, error: Forbidden) -> HttpResponse:
        return answer(request, 403, [Diagnostic("HY020")])

    def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(request, 400, [Diagnostic("HY044")])

    def refused(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(request, _TOO_LARGE, [too_large()])

    def absent(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(request, 404, [Diagnostic("HY021")])

    handlers: dict[type[Exception], Callable[[Any, Any], HttpResponse]] = {
        HyoteiError: wrong,
        Conflicting: conflicting,
        ValidationError: misunderstood,
        AuthenticationError: unknown,
        Forbidden: forbidden,
        Http404: absent,
        DataError: unreadable,
        MultiPartParserError: unreadable,
        SuspiciousOperation: unreadable,
        UnreadablePostError: unreadable,
        **dict.fromkeys(TOO_MUCH, refused),
        Exception: failed,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
