"""The operations on forms, by which printed sheets are read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from hyotei.base.text_file import read_text
from hyotei.forms.canonical import HASH_FORMAT
from hyotei.forms.library import Entry, library, load_form
from hyotei.forms.model import FILE
from hyotei.workbench.api import schemas as out
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged


@operation("get", "/forms", "see", list[out.FormOut])
def list_forms(request: HttpRequest, response: HttpResponse, offset: Offset = 0, limit: Limit = 50) -> list[Any]:
    """The forms, in the order of their ids."""
    return [_form(each) for each in paged(request, response, library(), offset, limit)]


@operation("get", "/forms/{identity}", "see", out.FormDetail)
def get_form(request: HttpRequest, identity: str) -> dict[str, object]:
    """One form with its document."""
    entry = next((each for each in library() if each.head.id == identity), None)
    if entry is None:
        raise Http404
    form = load_form(entry.folder)
    text = read_text(entry.folder / FILE)
    return {**_form(entry), "hash": form.hash, "hash_format": HASH_FORMAT, "extends": form.lineage, "document": text}


def _form(entry: Entry) -> dict[str, object]:
    names = ("id", "title", "authority", "standing", "first_year", "last_year")
    return {**{name: getattr(entry.head, name) for name in names}, "origin": entry.origin}
