"""The operations on saved views of findings, each of the account that the token is of."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.workbench.api import audit_schemas as out
from hyotei.workbench.api.audits import asked_of
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.audit_models import SavedView
from hyotei.workbench.saved_views import save_view as save
from hyotei.workbench.saved_views import what_of


@operation("get", "/finding-views", "see", list[out.ViewOut])
def list_views(request: Any, response: HttpResponse, offset: Offset = 0, limit: Limit = 50) -> list[Any]:
    """The saved views of the account, by their names."""
    found = SavedView.objects.filter(account=request.auth).order_by("name", "pk")
    return [_view(each) for each in paged(request, response, found, offset, limit)]


@operation("post", "/finding-views", "see", out.ViewOut)
def save_view(request: Any, given: out.ViewIn) -> dict[str, object]:
    """Saves filters and an order of findings under a name, in place of the view of that name."""
    what = asked_of(out.FindingAsked(**given.filters.model_dump(), order=given.order))
    return once(request, lambda: _view(save(request.auth, given.name, what)))


@operation("delete", "/finding-views/{int:number}", "see", out.ViewOut)
def remove_view(request: Any, number: int) -> dict[str, object]:
    """Removes a saved view of the account, and tells it for the last time."""

    def do() -> dict[str, object]:
        found = get_object_or_404(SavedView, account=request.auth, pk=number)
        told = _view(found)
        found.delete()
        return told

    return once(request, do)


def _view(found: SavedView) -> dict[str, object]:
    what = what_of(found)
    return {"number": found.pk, "name": found.name, "filters": dict(what.values), "order": what.order}
