"""Long lists, page by page: the header `Link` leads to the next page and the one before, `Total-Count` tells how many there are."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field

_MOST = 2**31 - 1

Offset = Annotated[int, Field(ge=0, le=_MOST, description="How many are left out before the first.")]
Limit = Annotated[int, Field(ge=1, le=500, description="How many are told at most.")]


def paged(request: HttpRequest, response: HttpResponse, every: Any, offset: int, limit: int) -> Sequence[Any]:
    """The part of a list that was asked for; the headers of the answer lead to the others.

    Args:
        request: the request.
        response: the answer that gets the headers.
        every: the list, or a query in a fixed order.
        offset: how many are left out.
        limit: how many are told at most.
    """
    count = every.count() if isinstance(every, QuerySet) else len(every)
    response.headers["Total-Count"] = str(count)
    leads = []
    if offset + limit < count:
        leads.append(_link(request, offset + limit, limit, "next"))
    if offset > 0:
        leads.append(_link(request, max(offset - limit, 0), limit, "prev"))
    if leads:
        response.headers["Link"] = ", ".join(leads)
    return list(every[offset : offset + limit])


def _link(request: HttpRequest, offset: int, limit: int, name: str) -> str:
    query = request.GET.copy()
    query["offset"], query["limit"] = str(offset), str(limit)
    return f'<{request.path}?{query.urlencode()}>; rel="{name}"'
