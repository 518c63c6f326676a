"""The operations on what a sheet was read from, on its documents, and on the ways to another result."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field

from hyotei.base.extras import need
from hyotei.workbench import media_types
from hyotei.workbench.api import sheet_schemas as out
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.api.schemas import TEXT
from hyotei.workbench.figure_marks import blocks_of, pieces
from hyotei.workbench.models import SheetRecord
from hyotei.workbench.other_results import other_results_of
from hyotei.workbench.pages.sheet_files import sheet_file, verdict_document_of
from hyotei.workbench.pages.source import marked_pieces, picture
from hyotei.workbench.read_figures import read_figures
from hyotei.workbench.rendering import language_of
from hyotei.workbench.sheet_store import latest, sheet_of

Words = Annotated[str, Field(max_length=400, pattern=TEXT)]


@operation("get", "/sheets/{uuid:key}/verdict-document", "see", None, files=tuple(media_types.VERDICTS.values()))
def verdict_document(request: HttpRequest, key: UUID, kind: media_types.VerdictKind) -> HttpResponse:
    """The verdict on a sheet as it is now as a document, with what was adopted of it, in the language of `Accept-Language`."""
    record = get_object_or_404(SheetRecord, pk=key)
    return verdict_document_of(record, kind, language_of(request))


@operation("get", "/sheets/{uuid:key}/yaml", "see", None, files=(media_types.YAML,))
def sheet_yaml(request: HttpRequest, key: UUID) -> HttpResponse:
    """A sheet in its present state as YAML, which Hyotei reads again."""
    return sheet_file(request, key)


@operation("get", "/sheets/{uuid:key}/source", "see", list[out.PieceOut])
def get_source(
    request: HttpRequest, response: HttpResponse, key: UUID, offset: Offset = 0, limit: Limit = 500
) -> list[Any]:
    """What the file of a sheet prints, with the figures that were read there; nothing where nothing of the file is kept."""
    record = get_object_or_404(SheetRecord, pk=key)
    now = latest(record)
    every = [] if record.source is None else list(pieces(blocks_of(record.source)))
    changes = list(record.revisions.select_related("account").order_by("-number"))
    marked = marked_pieces(now, read_figures(sheet_of(now), changes, language_of(request)))
    listed = list(enumerate(every))
    return [
        {
            "text": piece.text, "page": piece.place.page, "line": piece.place.line, "cell": piece.place.cell,
            "part": piece.place.part,
            "figures": [each.path for each in marked[at].figures] if at in marked else [],
        }
        for at, piece in paged(request, response, listed, offset, limit)
    ]  # fmt: skip


@operation("get", "/sheets/{uuid:key}/source-pages/{int:number}", "see", None, files=(media_types.PICTURE,))
def source_page(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """The picture of a page of the file of a sheet."""
    return picture(request, key, number)


@operation("get", "/sheets/{uuid:key}/other-results", "see", out.OtherResultsOut)
def other_results(request: HttpRequest, key: UUID, reach: Words = "") -> dict[str, object]:
    """What would reach another result of a sheet as it is now; it is looked for in the background until `ended`.

    With `reach`, the value of a rating or a budget recommendation; by default the next better ones, what would lose the present
    ones, and whether unknown figures could change them.
    """
    need("proof")
    record = get_object_or_404(SheetRecord, pk=key)
    now = latest(record)
    found = other_results_of(now, reach, language_of(request))
    return {
        "sheet": key, "revision": now.number, "ended": found.ended, "answers": found.data, "problems": list(found.told),
    }  # fmt: skip
