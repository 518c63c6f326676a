"""Changes by which no other change is lost.

An ETag names the state that a program saw, `If-Match` the one on which its change is made.
"""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse

from hyotei.messages import Diagnostic, HyoteiError

_ETAG: Final = re.compile(r'"([1-9][0-9]{0,8})"')
DESCRIPTION: Final = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of the state on which the change is made.",
    "schema": {"type": "string", "pattern": f"^{_ETAG.pattern}$"},
}
"""The header as the description of the interface has it."""


def show_state(response: HttpResponse, number: int) -> None:
    """Names the state in the answer."""
    response.headers["ETag"] = f'"{number}"'


def seen_state(request: HttpRequest, required: bool = True) -> int | None:
    """The number of the state that the program saw; None where it does not say, and need not.

    Raises:
        HyoteiError: it has to say (HY043), or says what is no ETag of a state (HY040).
    """
    given = request.headers.get("If-Match")
    if given is None:
        if required:
            raise HyoteiError(Diagnostic("HY043"))
        return None
    found = _ETAG.fullmatch(given.strip())
    if found is None:
        raise HyoteiError(Diagnostic("HY040"))
    return int(found[1])
