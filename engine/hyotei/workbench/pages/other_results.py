"""Ways to another result of a sheet: whether the verdict is certain, what would reach the next one, what would lose it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from markupsafe import Markup

from hyotei.base.extras import need
from hyotei.messages import HyoteiError
from hyotei.workbench.models import SheetRecord
from hyotei.workbench.other_results import other_results_of
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_store import latest
from hyotei.workbench.verdicts import possible_results, verdict_of


def other_results(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of the ways to another result of a sheet as it is now; begins to look for them."""
    record = get_object_or_404(SheetRecord, pk=key)
    revision, language = latest(record), language_of(request)
    found, told, values = None, [], []
    try:
        need("proof")
        verdict = verdict_of(revision)
        results = possible_results(verdict.rulebook)
        values = [each for name in results for each in results[name]]
        wanted = request.GET.get("reach", "")
        if wanted and wanted not in values:
            raise Http404
        found = other_results_of(revision, wanted, language)
        told = list(found.told)
    except HyoteiError as error:
        told = [each.message(language) for each in error.diagnostics]
    text = Markup(found.found) if found is not None and found.found else Markup()  # the writer of pages escapes
    return page(
        request, "other_results.html", record=record, found=found, told=told, text=text, values=values,
        wanted=request.GET.get("reach", ""),
    )  # fmt: skip
