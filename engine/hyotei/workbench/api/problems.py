"""Problems of the REST interface: `application/problem+json` (RFC 9457) with the codes and the words of the catalogue alone."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.rendering import language_of


class Forbidden(Exception):
    """The role of the account does not allow it."""


def answer(request: HttpRequest, status: int, problems: Sequence[Diagnostic]) -> HttpResponse:
    """The answer that tells problems; the first gives its type and title."""
    language = language_of(request)
    first = problems[0]
    body = {
        "type": f"urn:hyotei:problem:{first.code}",
        "title": first.message(language),
        "status": status,
        "problems": [
            {
                "code": each.code,
                "severity": each.severity,
                "message": each.message(language),
                "place": each.location.text(language),
            }
            for each in problems
        ],
    }
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/problem+json; charset=utf-8")


def add_handlers(api: NinjaAPI) -> None:
    """Tells every failure of an interface as a problem."""

    def wrong(request: HttpRequest, error: HyoteiError) -> HttpResponse:
        return answer(request, 422, error.diagnostics)

    def misunderstood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = ", ".join("/".join(str(step) for step in each["loc"]) for each in error.errors)
        return answer(request, 422, [Diagnostic("HY017", params={"places": places[:500]})])

    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = answer(request, 401, [Diagnostic("HY019")])
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    def forbidden(request: HttpRequest, error: Forbidden) -> HttpResponse:
        return answer(request, 403, [Diagnostic("HY020")])

    def absent(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(request, 404, [Diagnostic("HY021")])

    def failed(request: HttpRequest, error: Exception) -> HttpResponse:
        from hyotei.workbench.pages.faults import tell_fault

        tell_fault(request)
        return answer(request, 500, [Diagnostic("HY022")])

    handlers: dict[type[Exception], Callable[[Any, Any], HttpResponse]] = {
        HyoteiError: wrong,
        ValidationError: misunderstood,
        AuthenticationError: unknown,
        Forbidden: forbidden,
        Http404: absent,
        Exception: failed,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
