"""What the pages that change a draft share: the states that a form names, and the page on which both changes are shown."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from hyotei.workbench.draft_models import Draft
from hyotei.workbench.drafts import ChangeOutcome
from hyotei.workbench.rendering import page

_NOT_SENT_AGAIN = ("csrfmiddlewaretoken", "over")


def named_states(fields: Mapping[str, str]) -> tuple[int | None, int | None]:
    """The number of the state that was seen, and of that whose lines may be replaced (`drafts.change`); None where it is none."""
    seen, over = (
        int(text) if (text := fields.get(name, "")).isdecimal() and len(text) < 10 else None
        for name in ("seen", "over")
    )
    return seen, over


def conflict(
    request: HttpRequest, draft: Draft, told: ChangeOutcome, fields: Mapping[str, str], to: str
) -> HttpResponse:
    """What both changed, and not alike, with the form to send again to the address `to`."""
    again = {name: text for name, text in fields.items() if name not in _NOT_SENT_AGAIN}
    return page(request, "draft_conflict.html", status=409, draft=draft, told=told, again=again, to=to)
