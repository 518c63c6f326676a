"""Drafts of rulebooks: the list of all, and how one is begun."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hyotei.messages import HyoteiError
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.workbench.draft_files import LARGEST, NEW, document_of_file, new_document
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.drafts import Origin, begin, begin_of, title
from hyotei.workbench.library_entries import entries, entry_of
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.submissions import last_submission, standing


def drafts(request: HttpRequest) -> HttpResponse:
    """All drafts, the one that was changed last first; begins new ones."""
    if request.method == "POST":
        return _begin(request)
    return _listed(request)


def _listed(
    request: HttpRequest, told: list[str] | None = None, given: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page; `told` is why no draft was begun, `given` what was filled in for a new rulebook."""
    last = Draft.objects.annotate(last=Max("revisions__number")).values_list("pk", "last")
    states = [
        DraftRevision.objects.select_related("draft", "account", "text").get(draft=key, number=number)
        for key, number in last
    ]
    states.sort(key=lambda each: each.at, reverse=True)
    shown = []
    for each in states:
        submitted = last_submission(each.draft)
        shown.append((each, title(each.text.text), submitted, standing(submitted) if submitted is not None else ""))
    status = 422 if told else 200
    proposed = {"years": f"{datetime.now(UTC).year - 1}..", "grades": "S,A,B,C,D", "lines": "120,100,80,60"}
    new = {**dict.fromkeys(NEW, ""), **proposed, **(given or {})}
    return page(request, "drafts.html", status=status, listed=shown, books=entries(), told=told or [], new=new)


def _begin(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    given = request.FILES.get("file")
    identity = request.POST.get("rulebook", "")
    if given is None and identity:
        try:
            entry = entry_of(identity)
            if entry is None:
                return bad_request(request)
            made = begin_of(entry, request.user)
        except HyoteiError as error:
            return _listed(request, [each.text(language) for each in error.diagnostics])
        return HttpResponseRedirect(reverse("draft", kwargs={"key": made.key}))
    origin: Origin
    if given is not None:
        name, origin = given.name or FILE, "file"
        found = document_of_file(name, given.read(LARGEST + 1))
    elif "id" in request.POST:
        name, origin = request.POST["id"], "new"
        found = new_document(request.POST, language)
    else:
        return bad_request(request)
    if found.text is None:
        return _listed(request, [each.text(language) for each in found.told], request.POST.dict())
    made = begin(found.text, request.user, origin, file=name, cases=found.cases or None)
    return HttpResponseRedirect(reverse("draft", kwargs={"key": made.key}))
