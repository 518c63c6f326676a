"""How an operation of the REST interface is made: which action it asks of a role, and in what words it answers."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from hyotei.workbench.api.idempotency import DESCRIPTION as IDEMPOTENCY_HEADER
from hyotei.workbench.api.problems import DESCRIPTION, Forbidden, add_handlers
from hyotei.workbench.api.states import DESCRIPTION as SEEN_HEADER
from hyotei.workbench.models import Account
from hyotei.workbench.roles import Action, may
from hyotei.workbench.tokens import account_of

RIGHT = "x-right"
"""In the description of an operation, the action that it asks of the role."""
Seen = Literal["", "may", "must"]
View = TypeVar("View", bound=Callable[..., Any])


class Token(HttpBearer):
    """A token in the header `Authorization: Bearer`."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """The account that the token is for."""
        return account_of(token)


class Guard(Token):
    """A token of an account whose role may do something."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self.action = action

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """The account that the token is for.

        Raises:
            Forbidden: its role may not do it.
        """
        account = super().authenticate(request, token)
        if account is not None and not may(account.role, self.action):
            raise Forbidden
        return account


class Renderer(JSONRenderer):
    """Answers as JSON in UTF-8, without escaped characters."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Hyotei", version="1", urls_namespace="api", docs_url=None, openapi_url="/openapi.json", renderer=Renderer()
)  # fmt: skip
add_handlers(api)


def operation(
    method: str,
    path: str,
    action: Action,
    response: Any,
    seen: Seen = "",
    once: bool = True,
    body: dict[str, Any] | None = None,
    files: Sequence[str] = (),
) -> Callable[[View], View]:
    """An operation for roles that may do an action. The name of its function is its name for programs (hyotei.client).

    Args:
        method: of HTTP.
        path: below the root of the interface.
        action: what it asks of a role.
        response: the model of its answer.
        seen: whether it may or must be told the state that the program saw (states.py).
        once: whether a request that is sent again would change more, and may have a key against that (idempotency.py).
        body: the description of a body that no model reads.
        files: the media types of an answer that is a file.
    """
    extra: dict[str, Any] = {RIGHT: action, "responses": {"default": DESCRIPTION}}
    headers = [IDEMPOTENCY_HEADER] if once and method != "get" else []
    if seen:
        headers.append({**SEEN_HEADER, "required": seen == "must"})
    if headers:
        extra["parameters"] = headers
    if files:
        extra["responses"][200] = {"description": "A file.", "content": {each: {} for each in files}}
    if body is not None:
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}

    def added(view: View) -> View:
        name = view.__name__
        add = getattr(api, method)(path, auth=Guard(action), response=response, openapi_extra=extra, operation_id=name)
        result: View = add(view)
        return result

    return added
