"""The operations on drafts of rulebooks: begun, changed, checked, and what they move. No change of somebody else is lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.api import schemas as out
from hyotei.workbench.api.checking import checked
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.api.problems import Conflicting
from hyotei.workbench.api.states import seen_state, show_state
from hyotei.workbench.corpora import folders
from hyotei.workbench.draft_impact import HERE, impact_data_of
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.draft_proofs import cancel
from hyotei.workbench.drafts import ChangeOutcome, begin, begin_of, change, redo, state, title, undo
from hyotei.workbench.library_entries import entry_of
from hyotei.workbench.rendering import language_of


@operation("get", "/drafts", "edit", list[out.DraftOut])
def list_drafts(request: HttpRequest, response: HttpResponse, offset: Offset = 0, limit: Limit = 50) -> list[Any]:
    """The drafts, the one that was changed last first."""
    last = DraftRevision.objects.alias(last=Max("draft__revisions__number")).filter(number=F("last"))
    found = last.select_related("draft", "account", "text").order_by("-at", "draft_id")
    return [_draft(each) for each in paged(request, response, found, offset, limit)]


@operation("post", "/drafts", "edit", out.DraftDetail)
def begin_draft(request: Any, response: HttpResponse, given: out.DraftIn) -> dict[str, object]:
    """Begins a draft with a rulebook, or with a document."""
    if (given.rulebook is None) == (given.document is None):
        raise HyoteiError(Diagnostic("HY017", params={"places": "body/given/rulebook, body/given/document"}))

    def do() -> dict[str, object]:
        if given.document is not None:
            return draft_detail(state(begin(given.document, request.auth, "file", file=given.file)))
        entry = entry_of(given.rulebook or "")
        if entry is None:
            raise HyoteiError(Diagnostic("HY013", params={"id": (given.rulebook or "")[:60]}))
        return draft_detail(state(begin_of(entry, request.auth)))

    return _shown(response, once(request, do))


@operation("get", "/drafts/{uuid:key}", "edit", out.DraftDetail)
def get_draft(request: HttpRequest, response: HttpResponse, key: UUID) -> dict[str, object]:
    """One draft in its present state, which its ETag names."""
    return _shown(response, draft_detail(state(get_object_or_404(Draft, pk=key))))


@operation("put", "/drafts/{uuid:key}/document", "edit", out.DraftDetail, seen="must")
def write_draft(
    request: Any, response: HttpResponse, key: UUID, given: out.DocumentIn, over: Offset | None = None
) -> dict[str, object]:
    """Puts a document in place of the one that the program saw, which `If-Match` names.

    Where somebody changed other places since, both changes are kept. Where both changed the same lines, nothing is stored and both
    are told (409); with `over`, the number of the present state, those of this document are taken.
    """
    seen = seen_state(request) or 0

    def do(draft: Draft) -> ChangeOutcome | None:
        return change(draft, seen, request.auth, "text", "", lambda _: given.document, over)

    return _shown(response, once(request, lambda: _done(key, do)))


@operation("post", "/drafts/{uuid:key}/undo", "edit", out.DraftDetail, seen="must")
def undo_draft(request: Any, response: HttpResponse, key: UUID) -> dict[str, object]:
    """Takes the last change back, where the draft is still in the state that `If-Match` names."""
    return _step(request, response, key, undo)


@operation("post", "/drafts/{uuid:key}/redo", "edit", out.DraftDetail, seen="must")
def redo_draft(request: Any, response: HttpResponse, key: UUID) -> dict[str, object]:
    """Does again what was taken back last, where the draft is still in the state that `If-Match` names."""
    return _step(request, response, key, redo)


@operation("get", "/drafts/{uuid:key}/check", "edit", out.Checked)
def check_draft(request: HttpRequest, response: HttpResponse, key: UUID) -> dict[str, object]:
    """Checks a draft in its present state."""
    now = state(get_object_or_404(Draft, pk=key))
    show_state(response, now.number)
    return checked(now.text.text, language_of(request))


@operation("get", "/drafts/{uuid:key}/impact", "edit", out.ImpactOut)
def draft_impact(request: Any, response: HttpResponse, key: UUID, corpus: str = HERE) -> dict[str, object]:
    """What a draft moves against what it began as, among the sheets that were read in, or those of a corpus of the workbench."""
    draft = get_object_or_404(Draft, pk=key)
    named = folders(settings.HYOTEI.data)
    if corpus != HERE and corpus not in named:
        raise Http404
    first, now = draft.revisions.select_related("text").get(number=1), state(draft)

    def texts() -> tuple[str, str]:
        nonlocal now
        now = state(draft)
        return first.text.text, now.text.text

    found = impact_data_of(draft.pk, texts, named.get(corpus), request.auth, language_of(request))
    show_state(response, now.number)
    return {"revision": now.number, "impact": found}


def _step(
    request: Any, response: HttpResponse, key: UUID, step: Callable[[Draft, int, Any], ChangeOutcome]
) -> dict[str, object]:
    seen = seen_state(request) or 0

    def do(draft: Draft) -> ChangeOutcome | None:
        told = step(draft, seen, request.auth)
        return None if told.merged else told

    return _shown(response, once(request, lambda: _done(key, do)))


def _done(key: UUID, do: Callable[[Draft], ChangeOutcome | None]) -> dict[str, object]:
    """The draft after a change of its document, which ends its proof."""
    told = told_of(key, do)
    cancel(key)
    return {**draft_detail(told.revision), "merged": told.merged}


def told_of(key: UUID, do: Callable[[Draft], ChangeOutcome | None]) -> ChangeOutcome:
    """What a change of a draft came to.

    Raises:
        HyoteiError: the state that the program saw is none, or not the present one (HY040).
        Conflicting: both changed the same.
    """
    told = do(get_object_or_404(Draft, pk=key))
    if told is None:
        raise HyoteiError(Diagnostic("HY040"))
    if told.conflicts:
        raise Conflicting(told.revision.number, told.conflicts)
    return told


def _shown(response: HttpResponse, detail: dict[str, object]) -> dict[str, object]:
    show_state(response, int(str(detail["revision"])))
    return detail


def _draft(now: DraftRevision) -> dict[str, object]:
    draft = now.draft
    return {
        "key": draft.key, "title": title(now.text.text) or draft.file, "base": draft.base, "base_hash": draft.base_hash,
        "revision": now.number, "account": now.account.name, "at": now.at,
    }  # fmt: skip


def draft_detail(now: DraftRevision) -> dict[str, object]:
    """All that is told of a state of a draft."""
    return {**_draft(now), "document": now.text.text, "merged": False}
