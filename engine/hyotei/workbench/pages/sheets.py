"""The sheets: reading in files, what was read of them, and the list of all."""

import json
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.base.printable import printable
from hyotei.forms.library import library
from hyotei.intake.given_identity import GivenIdentity
from hyotei.messages import HyoteiError, phrase
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.workbench.figure_marks import prints_a_form
from hyotei.workbench.models import SheetRecord, Upload
from hyotei.workbench.reading import MOST_SHEETS, read_files
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_store import keep, listed_sheets
from hyotei.workbench.upload_limits import LARGEST_UPLOAD

_ON_A_PAGE: Final = 50
_LONGEST_SEARCH: Final = 200
"""Characters; a database takes no pattern of any length."""


def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets, the latest first; reads in more."""
    if request.method == "POST":
        return _read(request)
    wanted = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_LONGEST_SEARCH]
    found = listed_sheets(wanted).select_related("upload__account")
    listed = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    return _page(request, listed, wanted)


def _page(
    request: HttpRequest, listed: object, wanted: str = "", problems: Sequence[object] = (), status: int = 200
) -> HttpResponse:
    limits = {"megabytes": LARGEST_UPLOAD // 1024**2, "most": MOST_SHEETS}
    given = {name: text for name in ("authority", "fiscal_year", "form") if (text := request.POST.get(name, ""))}
    return page(
        request, "sheets.html", status=status, listed=listed, wanted=wanted, problems=problems, limits=limits,
        given=given, forms=[each.head for each in library()],
    )  # fmt: skip


def _read(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("files")
    try:
        given = given_in(request.POST)
    except HyoteiError as error:
        return _refused(request, error.diagnostics, 422)
    if not files:
        return _refused(request, (phrase("workbench.sheets.no_file"),), 422)
    try:
        found = read_files(files, given=given)
    except HyoteiError as error:
        return _refused(request, error.diagnostics, 503)
    upload = keep(files, found, request.user)
    records = list(upload.records.all()[:2])
    if len(records) == 1 and upload.failures == "[]":
        return HttpResponseRedirect(reverse("sheet", kwargs={"key": records[0].key}))
    return HttpResponseRedirect(reverse("upload", kwargs={"key": upload.key}))


def _refused(request: HttpRequest, problems: Sequence[object], status: int) -> HttpResponse:
    newest = SheetRecord.objects.select_related("upload__account").order_by("-at", "key")
    return _page(request, Paginator(newest, _ON_A_PAGE).get_page(1), problems=problems, status=status)


def given_in(fields: Mapping[str, str]) -> GivenIdentity:
    """What a person says of the sheets of an upload in place of what they print.

    Raises:
        HyoteiError: the year cannot be read.
        Http404: the form is none of the list.
    """
    given = (printable(fields.get(name, "")) for name in ("authority", "fiscal_year", "form"))
    authority, year, form = (" ".join(text.split()) for text in given)
    if form and form not in {each.head.id for each in library()}:
        raise Http404
    if not year:
        return GivenIdentity(authority=authority[:120] or None, form=form or None)
    read, problems = read_fiscal_year(year)
    if read is None or problems:
        raise HyoteiError(*problems)
    return GivenIdentity(authority=authority[:120] or None, fiscal_year=read.year, form=form or None)


def upload(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was read of one upload, and what was not."""
    found = get_object_or_404(Upload, pk=key)
    language = language_of(request)
    told = [(each["severity"], each[language]) for each in json.loads(found.failures)]
    records = found.records.order_by("at", "key")
    sources = [each for each in found.sources.order_by("number") if prints_a_form(each)]
    return page(request, "upload.html", records=records, told=told, files=json.loads(found.files), sources=sources)
