"""Submitting a draft for review."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.load import head_of
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import front_tree
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.drafts import state, title
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.submissions import STANDING, Stated, next_version, standing, submit

_LONGEST = 5_000
"""Characters of the note."""


def submit_draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks for the version, the years and what was changed; submits the draft as it was seen."""
    draft = get_object_or_404(Draft, pk=key)
    if request.method != "POST":
        return _page(request, draft)
    seen = request.POST.get("seen", "")
    if not (seen.isdecimal() and len(seen) < 10):
        return bad_request(request)
    given = {name: request.POST.get(name, "").replace("\0", "").strip() for name in (*Stated._fields, "note")}
    stated = Stated(*(given[name][:100] for name in Stated._fields))
    try:
        made = submit(draft, int(seen), request.user, stated, given["note"][:_LONGEST])
    except HyoteiError as error:
        return _page(request, draft, error.diagnostics, given)
    return HttpResponseRedirect(reverse("review", kwargs={"key": made.key}))


def _page(
    request: HttpRequest, draft: Draft, problems: Sequence[Diagnostic] = (), given: dict[str, str] | None = None
) -> HttpResponse:
    now = state(draft)
    text = now.text.text
    if given is None:
        said = front_tree(RulebookText.parse(text))
        given = {name: each if isinstance(each := said.get(name), str) else "" for name in Stated._fields} | {
            "note": ""
        }
        given["version"] = next_version(_text(said.get("rulebook")), given["version"])
    return page(
        request,
        "submit.html",
        status=422 if problems else 200,
        draft=draft,
        now=now,
        title=title(text) or draft.file,
        given=given,
        standing=head_of(text).standing,
        told=[each.text(language_of(request)) for each in problems],
        earlier=[
            (each, standing(each))
            for each in draft.submissions.select_related("account", *STANDING).order_by("-number")
        ],
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
