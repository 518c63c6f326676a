"""The page on which a sheet is typed."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.sheet.units import AMOUNT_UNITS
from hyotei.workbench.form_example import OF_INDICATOR, OF_YEAR, Example, example_in, example_of, field_names
from hyotei.workbench.reading import Read
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_store import keep
from hyotei.workbench.typed_sheets import typed_sheet


def type_sheet(request: HttpRequest) -> HttpResponse:
    """The fields; keeps the sheet that they make, and shows it."""
    if request.method != "POST":
        return _page(request, example_of(None))
    example = example_in(request.POST)
    if request.POST.get("action") == "rows":
        return _page(request, example)
    try:
        sheet = typed_sheet(example)
    except HyoteiError as error:
        return _page(request, example, error.diagnostics)
    upload = keep([], [Read("", sheet.model_dump_json(by_alias=True), ())], request.user)
    return HttpResponseRedirect(reverse("sheet", kwargs={"key": upload.records.get().key}))


def _page(request: HttpRequest, example: Example, problems: tuple[Diagnostic, ...] = ()) -> HttpResponse:
    return page(
        request, "type_sheet.html", status=422 if problems else 200, example=example, problems=problems,
        names=field_names(language_of(request)), of_indicator=OF_INDICATOR, of_year=OF_YEAR, amounts_in=AMOUNT_UNITS,
    )  # fmt: skip
