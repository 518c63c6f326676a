"""A file, most often a workbook, taken into a draft: first what it would change, then the change."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.workbench.document_merge import merge
from hyotei.workbench.draft_files import LARGEST, Document, document_of_file
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.draft_proofs import cancel
from hyotei.workbench.drafts import change, state, title
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
    shown = {"told": [], "document": None, "lines": [], "base": 0, "file": "", **more}
    return page(request, "draft_upload.html", status=status, draft=found, now=now, title=title(now.text.text), **shown)


def _shown(request: HttpRequest, found: Draft, name: str, document: Document) -> HttpResponse:
    if document.text is None:
        told = [getattr(each, language_of(request)) for each in document.told]
        return _page(request, found, 422, told=told)
    now = state(found)
    base = _exported(found, document.original) or now
    merged = merge(base.text.text, document.text, now.text.text)
    lines = diff_lines(now.text.text, merged.text)
    return _page(request, found, document=document.text, lines=lines, base=base.number, file=name)


def _exported(found: Draft, original: str | None) -> DraftRevision | None:
    """The last state of the draft that a workbook was exported from."""
    states = found.revisions.select_related("text").order_by("-number")
    return next((each for each in states if each.text.text == original), None) if original is not None else None


def _taken(request: HttpRequest, found: Draft) -> HttpResponse:
    fields = {name: text.replace("\0", "") for name, text in request.POST.items()}
    seen, over = named_states(fields)
    if seen is None or "document" not in fields:
        return bad_request(request)

    def taken(text: str) -> str:
        """The document with the ends of lines of the draft, as a page sends all texts with others."""
        plain = fields["document"].replace("\r\n", "\n")
        return plain.replace("\n", "\r\n") if "\r\n" in text and "\n" not in text.replace("\r\n", "") else plain

    told = change(found, seen, request.user, "uploaded", fields.get("file", ""), taken, over)
    if told is None:
        return bad_request(request)
    if told.conflicts:
        return conflict(request, found, told, fields, reverse("draft_upload", kwargs={"key": found.key}))
    cancel(found.pk)
    return HttpResponseRedirect(reverse("draft", kwargs={"key": found.key}))
