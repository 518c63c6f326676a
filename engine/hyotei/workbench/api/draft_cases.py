"""The operations on the cases of a draft: read, put in place of others, tried by the draft."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench.api import schemas as out
from hyotei.workbench.api.draft_schemas import CaseIn
from hyotei.workbench.api.drafts import told_of
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Offset
from hyotei.workbench.api.problems import members_of
from hyotei.workbench.api.states import seen_state, show_state
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.draft_trial import Trial, tried_cases
from hyotei.workbench.drafts import ChangeOutcome, cases_of, change, state
from hyotei.workbench.pages.draft_cases import with_case_of
from hyotei.workbench.rendering import language_of


@operation("get", "/drafts/{uuid:key}/cases", "edit", out.CasesOut)
def get_cases(request: HttpRequest, response: HttpResponse, key: UUID) -> dict[str, object]:
    """The cases of a draft in its present state, which its ETag names."""
    now = state(get_object_or_404(Draft, pk=key))
    show_state(response, now.number)
    return _cases(now)


@operation("put", "/drafts/{uuid:key}/cases", "edit", out.CasesOut, seen="must")
def write_cases(
    request: Any, response: HttpResponse, key: UUID, given: out.CasesIn, over: Offset | None = None
) -> dict[str, object]:
    """Puts cases in place of those that the program saw, as `write_draft` does with documents. They need not hold."""
    seen = seen_state(request) or 0

    def do() -> dict[str, object]:
        told = told_of(
            key, lambda draft: change(draft, seen, request.auth, "cases", "", lambda _: given.cases, over, "cases")
        )
        return _cases(told.revision, told.merged)

    answer = once(request, do)
    show_state(response, int(str(answer["revision"])))
    return answer


@operation("post", "/drafts/{uuid:key}/cases", "edit", out.CasesOut, seen="must")
def add_case(request: Any, response: HttpResponse, key: UUID, given: CaseIn) -> dict[str, object]:
    """Makes a sheet a case, which expects what comes out now, not confirmed. The same case is not added twice."""
    seen = seen_state(request) or 0
    if (given.sheet is None) == (given.corpus is None):
        raise HyoteiError(Diagnostic("HY017", params={"places": "body/given/sheet, body/given/corpus"}))

    def added(draft: Draft) -> ChangeOutcome | None:
        before = draft.revisions.select_related("text", "cases", "draft").filter(number=seen).first()
        if before is None:
            return None
        do = with_case_of(before, str(given.sheet) if given.corpus is None else given.id, given.corpus)
        return change(draft, seen, request.auth, "cases", "", do, None, "cases")

    def do() -> dict[str, object]:
        told = told_of(key, added)
        return _cases(told.revision, told.merged)

    answer = once(request, do)
    show_state(response, int(str(answer["revision"])))
    return answer


@operation("get", "/drafts/{uuid:key}/cases/check", "edit", out.CasesChecked)
def check_cases(request: HttpRequest, response: HttpResponse, key: UUID) -> dict[str, object]:
    """How the cases of a draft come out by it in its present state."""
    now, language = state(get_object_or_404(Draft, pk=key)), language_of(request)
    show_state(response, now.number)
    trial = tried_cases(now.text.text, cases_of(now)) or Trial()
    tried = [
        {
            "name": case.name, "line": case.place.line, "unconfirmed": case.unconfirmed,
            "problems": members_of(result.problems, language),
        }
        for case, result in trial.tried
    ]  # fmt: skip
    unreached = [{"decision": each.decision.name, "row": each.number, "line": each.line} for each in trial.unreached]
    return {
        "errors": trial.errors, "cases": tried, "problems": members_of(trial.problems, language), "rows": trial.rows,
        "unreached": unreached,
    }  # fmt: skip


def _cases(now: DraftRevision, merged: bool = False) -> dict[str, object]:
    return {"revision": now.number, "cases": cases_of(now), "merged": merged}
