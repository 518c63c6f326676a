"""A form for a file that no form reads rightly: a person points at cells once, tries what comes of it, and keeps it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.report.figure_places import figure_places
from hyotei.sheet.models import Sheet
from hyotei.sheet.quantity import print_quantity
from hyotei.sheet.units import AMOUNT_UNITS
from hyotei.workbench.figure_marks import blocks_of, prints_a_form
from hyotei.workbench.form_example import (
    OF_INDICATOR,
    OF_YEAR,
    Example,
    differing_names,
    example_in,
    example_of,
    field_names,
    sheet_of,
)
from hyotei.workbench.form_trial import Trial, as_read, check_id, keep_form, try_form
from hyotei.workbench.jobs import data
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.source_models import SourceFile
from hyotei.workbench.source_view import source_view


def make_form(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """The page on which a form is made of a file; proposes, tries and keeps it."""
    file = get_object_or_404(SourceFile, upload_id=key, number=number)
    if not prints_a_form(file):
        raise Http404
    read = as_read(file, "")
    if request.method != "POST":
        return _page(request, file, read, example_of(read[0] if read else None), None, ())
    example, form_id = example_in(request.POST), request.POST.get("form_id", "").strip()
    text = request.POST.get("text", "").replace("\r\n", "\n")
    trial: Trial | None = None
    try:
        check_id(form_id)
        if request.POST.get("action") == "propose":
            whole = as_read(file, example.head["authority"]) if request.POST.get("as_read") else []
            sheets = whole or [sheet_of(example)]
            trial = try_form(file, form_id, sheets=sheets)
        else:
            trial = try_form(file, form_id, text=text)
        if request.POST.get("action") == "keep" and not trial.told:
            upload = keep_form(data(), form_id, trial, file, request.user)
            return HttpResponseRedirect(reverse("upload", kwargs={"key": upload.key}))
    except HyoteiError as error:
        return _page(request, file, read, example, trial, error.diagnostics)
    return _page(request, file, read, example, trial, ())


def _page(
    request: HttpRequest,
    file: SourceFile,
    read: list[Sheet],
    example: Example,
    trial: Trial | None,
    problems: tuple[Diagnostic, ...],
) -> HttpResponse:
    language = language_of(request)
    told = [each._asdict()[language] for each in trial.told] if trial is not None else []
    return page(
        request, "form_making.html", status=422 if problems or told else 200, file=file, read=read, example=example,
        trial=trial, told=told, problems=problems, view=source_view(blocks_of(file), {}, (), whole=True),
        names=field_names(language),
        otherwise=differing_names(example, trial.files[0].sheets) if trial is not None and trial.files else [],
        of_indicator=OF_INDICATOR, of_year=OF_YEAR, amounts_in=AMOUNT_UNITS, form_id=request.POST.get("form_id", ""),
        as_read=bool(request.POST.get("as_read")) or (request.method != "POST" and len(read) > 1),
        figures_of=lambda sheet: [
            (each.name, print_quantity(each.quantity))
            for each in figure_places(sheet, language)
            if each.quantity.unknown not in ("missing", "unread")
        ],
    )  # fmt: skip
