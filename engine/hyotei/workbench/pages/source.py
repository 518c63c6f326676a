"""What the file of a sheet prints, with the places of its figures: a page of its own, shown beside the figures."""

import struct
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.workbench.figure_marks import Marked, blocks_of, marks
from hyotei.workbench.headers import FRAMED
from hyotei.workbench.models import Revision, SheetRecord
from hyotei.workbench.read_figures import Group, ReadFigure, read_figures
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_store import latest, sheet_of
from hyotei.workbench.source_models import SourcePage
from hyotei.workbench.source_view import source_view

_WIDTH: Final = 10_000
_SIZE: Final = slice(16, 24)
"""Where a PNG states its width and height."""


def source(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the file of a sheet prints."""
    record = get_object_or_404(SheetRecord, pk=key)
    if record.source is None:
        raise Http404
    revision = latest(record)
    changes = list(record.revisions.select_related("account").order_by("-number"))
    marked = marked_pieces(revision, read_figures(sheet_of(revision), changes, language_of(request)))
    heights = {
        each.number: _height(bytes(each.picture)) for each in SourcePage.objects.filter(file_id=record.source_id)
    }
    view = source_view(blocks_of(record.source), marked, tuple(heights))
    answer = page(request, "source.html", record=record, view=view, heights=heights, width=_WIDTH)
    for name, value in FRAMED.items():
        answer.headers[name] = value
    return answer


def marked_pieces(revision: Revision, figures: dict[Group, list[ReadFigure]]) -> dict[int, Marked]:
    """The pieces of the file in which the figures of a sheet were read; none where nothing of the file is kept."""
    file = revision.record.source
    every = [each for group in figures.values() for each in group]
    return {} if file is None else marks(file, every, [each for each in figures["unsure"] if not each.settled])


def picture(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """The picture of a page of the file of a sheet."""
    record = get_object_or_404(SheetRecord, pk=key)
    found = get_object_or_404(SourcePage, file_id=record.source_id, number=number)
    headers = {"Cache-Control": "private, max-age=3600"}  # it never changes
    return HttpResponse(bytes(found.picture), content_type="image/png", headers=headers)


def _height(png: bytes) -> int:
    """The height of a picture where its width is 10,000."""
    width, height = struct.unpack(">II", png[_SIZE])
    return int(_WIDTH * height // width)
