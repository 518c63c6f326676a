"""A file, most often a workbook, taken into a draft: first what it would change, then the change."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.messages import HyoteiError
from hyotei.workbench.draft_files import LARGEST, Document, document_of_file
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.draft_proofs import cancel
from hyotei.workbench.draft_uploads import Taken, as_change, merged_part, taken_parts
from hyotei.workbench.drafts import Part, change_parts, state, text_of_part, title
from hyotei.workbench.pages.draft_posts import conflict, named_states
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.text_diff import diff_lines


def upload(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form for the file; what the file changes; and the change, as one that can be undone."""
    found = get_object_or_404(Draft, pk=key)
    given = request.FILES.get("file")
    if given is not None:
        name = given.name or ""
        return _shown(request, found, name, document_of_file(name, given.read(LARGEST + 1)))
    if request.method == "POST":
        return _taken(request, found)
    return _page(request, found)


def _page(request: HttpRequest, found: Draft, status: int = 200, **more: object) -> HttpResponse:
    now = state(found)
    shown = {"told": [], "parts": None, "lines": {}, "file": "", **more}
    return page(request, "draft_upload.html", status=status, draft=found, now=now, title=title(now.text.text), **shown)


def _shown(request: HttpRequest, found: Draft, name: str, document: Document) -> HttpResponse:
    if document.text is None:
        told = [each.text(language_of(request)) for each in document.told]
        return _page(request, found, 422, told=told)
    now = state(found)
    try:
        parts = taken_parts(found, document, now)
        lines = {
            part: diff_lines(text_of_part(now, part), merged_part(part, taken, found, now))
            for part, taken in parts.items()
        }
    except HyoteiError as error:  # the cases that it began with
        return _page(request, found, 422, told=[each.text(language_of(request)) for each in error.diagnostics])
    return _page(request, found, parts=parts, lines=lines, file=name)


def _taken(request: HttpRequest, found: Draft) -> HttpResponse:
    fields = {name: text.replace("\0", "") for name, text in request.POST.items()}
    seen, over = named_states(fields)
    cases_seen, _ = named_states({"seen": fields.get("cases_seen", "")})
    if seen is None or "document" not in fields:
        return bad_request(request)
    parts: dict[Part, Taken] = {"document": Taken(seen, fields["document"])}
    if cases_seen is not None and "cases" in fields:
        parts["cases"] = Taken(cases_seen, fields["cases"])
    changes = {part: as_change(taken) for part, taken in parts.items()}
    try:
        told = change_parts(found, request.user, "uploaded", fields.get("file", ""), changes, over)
    except HyoteiError as error:
        return _page(request, found, 422, told=[each.text(language_of(request)) for each in error.diagnostics])
    if told is None:
        return bad_request(request)
    if told.conflicts:
        return conflict(request, found, told, fields, reverse("draft_upload", kwargs={"key": found.key}))
    cancel(found.pk)
    return HttpResponseRedirect(reverse("draft", kwargs={"key": found.key}))
