"""The operations on drafts as files, on their states, and on what they make of one sheet."""

from collections import Counter
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, File
from ninja.files import UploadedFile

from hyotei.messages import HyoteiError, Language, Text
from hyotei.rulebook.load import parse_rulebook
from hyotei.workbench.api import draft_schemas as out
from hyotei.workbench.api import schemas
from hyotei.workbench.api.drafts import draft_detail, told_of
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.api.states import seen_state, show_state
from hyotei.workbench.draft_files import LARGEST, Document, document_of_file
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.draft_proofs import cancel
from hyotei.workbench.draft_trial import readable_cases, tried_on
from hyotei.workbench.draft_uploads import as_change, taken_parts
from hyotei.workbench.drafts import ChangeOutcome, begin, cases_of, change_parts, state
from hyotei.workbench.media_types import WORKBOOK
from hyotei.workbench.pages.drafts import sheet_of_trial, workbook_of
from hyotei.workbench.rendering import language_of

_File = Annotated[UploadedFile, File(description="A document (.md) or a workbook (.xlsx) of a rulebook.")]
_Sheet = Annotated[
    str, Field(max_length=60, pattern=schemas.TEXT, description="The key of a sheet, or `case.N` with N from 0.")
]


@operation("post", "/drafts/file", "edit", schemas.DraftDetail)
def begin_draft_of_file(request: Any, response: HttpResponse, file: _File) -> dict[str, object]:
    """Begins a draft with a file; a workbook has its cases too."""
    found = _document(file)

    def do() -> dict[str, object]:
        made = begin(found.text or "", request.auth, "file", file=file.name or "", cases=found.cases or None)
        return draft_detail(state(made))

    return _shown(response, once(request, do))


@operation("post", "/drafts/{uuid:key}/file", "edit", out.TakenIn, seen="must")
def take_in_file(
    request: Any, response: HttpResponse, key: UUID, file: _File, over: Offset | None = None
) -> dict[str, object]:
    """Takes a file into a draft, with the cases that were changed or added in a workbook.

    A workbook is a change of the state that it was saved from, any other file one of the state that `If-Match` names. Changes of
    others are kept, or told, as by `write_draft`.
    """
    seen, found = seen_state(request), _document(file)

    def change(draft: Draft) -> ChangeOutcome | None:
        base = draft.revisions.select_related("text", "cases", "draft").filter(number=seen).first()
        if base is None:
            return None
        changes = {part: as_change(taken) for part, taken in taken_parts(draft, found, base).items()}
        return change_parts(draft, request.auth, "uploaded", file.name or "", changes, over)

    def do() -> dict[str, object]:
        told = told_of(key, change)
        cancel(key)
        return {**draft_detail(told.revision), "merged": told.merged, "cases": cases_of(told.revision)}

    return _shown(response, once(request, do))


@operation("get", "/drafts/{uuid:key}/workbook", "edit", None, files=(WORKBOOK,))
def draft_workbook(request: HttpRequest, key: UUID) -> HttpResponse:
    """A draft in its present state as a workbook, with its cases; `take_in_file` takes what was edited in it."""
    return workbook_of(state(get_object_or_404(Draft, pk=key)), language_of(request))


@operation("get", "/drafts/{uuid:key}/revisions", "edit", list[out.DraftRevisionOut])
def draft_revisions(
    request: HttpRequest, response: HttpResponse, key: UUID, offset: Offset = 0, limit: Limit = 50
) -> list[Any]:
    """Every state of a draft, the latest first: who made it, when, and how."""
    found = get_object_or_404(Draft, pk=key).revisions.select_related("account").order_by("-number")
    names = [name for name in out.DraftRevisionOut.model_fields if name != "account"]
    return [
        {**{name: getattr(each, name) for name in names}, "account": each.account.name}
        for each in paged(request, response, found, offset, limit)
    ]


@operation("get", "/drafts/{uuid:key}/trial", "edit", out.TrialOut)
def try_draft(request: HttpRequest, response: HttpResponse, key: UUID, sheet: _Sheet) -> dict[str, object]:
    """What a draft in its present state makes of a sheet that was read in, or of one of its cases: which rows answer, and why."""
    now, language = state(get_object_or_404(Draft, pk=key)), language_of(request)
    show_state(response, now.number)
    rulebook = parse_rulebook(now.text.text)
    trial = sheet_of_trial(sheet, readable_cases(now, rulebook))
    if trial is None:
        raise Http404
    tried = tried_on(rulebook, now.text.text, *trial)
    return {
        "revision": now.number,
        "results": {name: value.text(language) for name, value in tried.results.items()},
        "rows": [{"line": line, "count": count} for line, count in sorted(tried.rows.items())],
        "columns": [
            {"line": line, "column": column, "values": _seen(values, language)}
            for (line, column), values in sorted(tried.columns.items())
        ],
        "formulas": [
            {"line": line, "values": _seen(values, language)} for line, values in sorted(tried.formulas.items())
        ],
    }


def _seen(values: Counter[Text], language: Language) -> list[dict[str, object]]:
    return [{"value": value.text(language), "count": count} for value, count in values.items()]


def _document(file: UploadedFile) -> Document:
    """What a file holds.

    Raises:
        HyoteiError: it holds no document of a rulebook.
    """
    found = document_of_file(file.name or "", file.read(LARGEST + 1))
    if found.text is None:
        raise HyoteiError(*found.told)
    return found


def _shown(response: HttpResponse, detail: dict[str, object]) -> dict[str, object]:
    show_state(response, int(str(detail["revision"])))
    return detail
