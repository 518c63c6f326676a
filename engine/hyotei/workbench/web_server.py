"""The server, which says in our words what it refuses before the workbench sees it: bodies that are too large, damaged requests."""

import json
from collections.abc import Callable
from typing import Any, Final

from django.template.loader import render_to_string
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import ErrorTask
from waitress.utilities import InternalServerError

from hyotei.messages import Diagnostic, wording
from hyotei.workbench.api.problems import CONTENT_TYPE, body_of, fallback
from hyotei.workbench.headers import HEADERS
from hyotei.workbench.rendering import chosen_language
from hyotei.workbench.server_log import tell_server
from hyotei.workbench.storage_faults import STATUS, storage_fault

_BROWSERS: Final = {"connection_limit": 500, "channel_timeout": 60, "asyncore_use_poll": True}
"""A browser keeps several connections open; whoever comes when there are too many waits until some are closed for silence."""
_REASONS: Final = {400: "Bad Request", 413: "Content Too Large", 431: "Request Header Fields Too Large"}


class _NotStored(InternalServerError):
    """The body of a request could not be kept until the workbench takes it."""

    def __init__(self, fault: Diagnostic) -> None:
        super().__init__("")
        self.fault, self.code = fault, STATUS[fault.code]


class _Request(HTTPRequestParser):
    def received(self, data: bytes) -> int:
        """Takes in a part of the request. Large bodies go to a temporary file, whose disk may be full."""
        try:
            return int(super().received(data))
        except OSError as error:
            fault = storage_fault(error)
            if fault is None:
                raise
            tell_server("request")
            self.error, self.completed = _NotStored(fault), True
            return len(data)


class _Refusal(ErrorTask):
    def execute(self) -> None:
        """Answers with a page, or a problem where a program asked."""
        error = self.request.error
        fault = getattr(error, "fault", None) or fallback(error.code, "HY022" if error.code == 500 else "HY044")
        language = chosen_language(None, self.request.headers.get("ACCEPT_LANGUAGE", ""))
        path = str(getattr(self.request, "path", "")).removeprefix(self.channel.server.adj.url_prefix)
        if path.startswith("/api/"):
            text, kind = json.dumps(body_of(error.code, [fault], language), ensure_ascii=False), CONTENT_TYPE
        else:
            text = render_to_string("refused.html", {"say": wording(language), "language": language, "fault": fault})
            kind = "text/html; charset=utf-8"
        body = text.encode()
        self.status = f"{error.code} {_REASONS.get(error.code, 'Not Done')}"
        self.response_headers.extend([("Content-Type", kind), ("Cache-Control", "no-store"), *HEADERS.items()])
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):
    parser_class = _Request
    error_task_class = _Refusal


def web_server(application: Callable[..., Any], **settings: object) -> Any:
    """The server of an application with settings of waitress; `run` answers until it is stopped."""
    listening: dict[int, Any] = {}
    server = create_server(application, map=listening, **_BROWSERS, **settings)
    for each in listening.values():  # a name may stand for several addresses
        if hasattr(each, "channel_class"):
            each.channel_class = _Channel
    return server
