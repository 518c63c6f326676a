"""Requests to a workbench: sent again where the way there failed, and what is refused as an exception with codes."""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener
from uuid import uuid4

from pydantic import ValidationError

from hyotei.base.causes import cause
from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.workbench.api.schemas import Problem, Problems

_TRIES: Final = 3
_PAUSE: Final = 1.0
"""Seconds before a request is sent again."""
_BUSY: Final = 503
_JSON: Final = "application/json"


class Answer(NamedTuple):
    """An answer: its status, its headers by names in small letters, its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Refused(Exception):
    """The workbench did not do what was asked for.

    Attributes:
        status: of the answer.
        problems: why, each with its code in the catalogue and a sentence in the language of the client.
        details: what the answer says beside, such as `conflicts`.
    """

    def __init__(self, status: int, problems: Sequence[Problem], details: Mapping[str, Any]) -> None:
        super().__init__("\n".join(f"{each.code} {each.message}" for each in problems))
        self.status, self.problems, self.details = status, tuple(problems), details

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the problems."""
        return tuple(each.code for each in self.problems)


class Requests:
    """Sends requests to one workbench for one token.

    Args:
        address: of its first page.
        token: made on the page "Tokens".
        language: of problems and of verdicts.
        timeout: seconds that one answer may take.
    """

    def __init__(self, address: str, token: str, language: Language = "ja", timeout: float = 300.0) -> None:
        self.address = address.rstrip("/") + "/"
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self._timeout = timeout

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = _JSON, seen: int | None = None,
        answers: str = _JSON,
    ) -> Answer:  # fmt: skip
        """The answer to a request. What changes something has a key of its own, so that it is done once however often it is sent.

        Args:
            method: of HTTP.
            path: below `/api/v1/`, with the query.
            body: what is sent, and `kind` its media type.
            seen: the number of the state on which a change is made.
            answers: the media type of what it is answered with.

        Raises:
            Refused: the workbench does not do it.
            HyoteiError: the workbench cannot be reached (HY075), or what answers is none (HY076).
        """
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = kind
        if method != "GET":
            headers["Idempotency-Key"] = uuid4().hex
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        for left in reversed(range(_TRIES)):
            try:
                answer = self.send(method, f"{self.address}api/v1/{path}", body, headers)
            except (OSError, HTTPException) as error:
                if left:
                    time.sleep(_PAUSE)
                    continue
                inner = getattr(error, "reason", error)  # what urllib wraps
                why = cause(inner if isinstance(inner, BaseException) else error)
                raise HyoteiError(Diagnostic("HY075", params={"address": self.address, "reason": why})) from error
            if answer.status == _BUSY and left:
                time.sleep(_PAUSE)
                continue
            break
        return self._checked(answer, answers)

    def send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """Sends a request once.

        Raises:
            OSError: the way there failed.
        """
        request = Request(url, data=body, headers=dict(headers), method=method)
        try:
            with _OPENER.open(request, timeout=self._timeout) as response:
                return Answer(response.status, _small(response.headers), response.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, _small(error.headers), error.read())
        except URLError as error:
            raise error.reason if isinstance(error.reason, OSError) else error from error

    def _checked(self, answer: Answer, answers: str) -> Answer:
        kind = answer.headers.get("content-type", "")
        if answer.status < 300 and kind.startswith(answers):
            return answer
        try:
            if answer.status < 400 or not kind.startswith("application/problem+json"):
                raise ValueError(kind)
            told = Problems.model_validate_json(answer.body)
            details = json.loads(answer.body)
        except (ValueError, ValidationError):
            problem = Diagnostic("HY076", params={"address": self.address, "status": answer.status})
            raise HyoteiError(problem) from None
        known = Problems.model_fields
        raise Refused(answer.status, told.problems, {name: each for name, each in details.items() if name not in known})


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A token goes nowhere but to the workbench."""


class _ReadingOn(HTTPConnection):
    """A connection that reads the answer where the other side takes no more of the request: it may say why."""

    def send(self, data: Any) -> None:
        """Sends what the other side takes."""
        with suppress(BrokenPipeError, ConnectionResetError):
            super().send(data)


class _Secured(_ReadingOn, HTTPSConnection):
    pass


class _Http(HTTPHandler):
    def http_open(self, request: Request) -> HTTPResponse:
        """Opens a plain connection."""
        return self.do_open(_ReadingOn, request)


class _Https(HTTPSHandler):
    def https_open(self, request: Request) -> HTTPResponse:
        """Opens a secured connection."""
        return self.do_open(_Secured, request)


_OPENER: Final = build_opener(_NoRedirects, _Http, _Https)


def _small(headers: Any) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in headers.items()}
