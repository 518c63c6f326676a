"""Ways to another result of a sheet: whether the verdict is certain, what would reach the next one, what would lose it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from markupsafe import Markup

from hyotei.base.extras import need
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.library_entries import document_of_hash
from hyotei.workbench.models import SheetRecord
from hyotei.workbench.other_results import answer_to
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
        rulebook = document_of_hash(verdict.rulebook.id, verdict.rulebook.hash)
        if rulebook is None:
            raise HyoteiError(Diagnostic("HY014", params={"id": verdict.rulebook.id}))
        question = {
            "sheet": revision.sheet,
            "rulebook": rulebook,
            "carried": verdict.rulebook.carried_over_from is not None,
            "language": language,
            "reach": wanted,
        }
        found = answer_to(record.pk, question)
        told = list(found.told)
    except HyoteiError as error:
        told = [each.message(language) for each in error.diagnostics]
    text = Markup(found.found) if found is not None and found.found else Markup()  # the writer of pages escapes
    return page(
        request, "other_results.html", record=record, found=found, told=told, text=text, values=values,
        wanted=request.GET.get("reach", ""),
    )  # fmt: skip
