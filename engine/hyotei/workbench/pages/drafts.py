"""One draft of a rulebook: the page on which it is written, its history, its file."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hyotei.inference.cases import RulebookCase
from hyotei.messages import Diagnostic, HyoteiError, Language, phrase_of
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.unit_tree import Supposed
from hyotei.rulebook_workbook.export_workbook import export_workbook
from hyotei.rulebook_workbook.layout import CellKind
from hyotei.rulebook_workbook.workbook_words import choices
from hyotei.sheet import Sheet
from hyotei.workbench.draft_changes import chosen_after, place_of, sent_change, written_lists
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.draft_proofs import cancel
from hyotei.workbench.draft_trial import readable_cases, tried_on
from hyotei.workbench.draft_view import cell_id, shown
from hyotei.workbench.drafts import ChangeOutcome, cases_of, change, redo, state, title, undo
from hyotei.workbench.media_types import WORKBOOK
from hyotei.workbench.models import SheetRecord
from hyotei.workbench.pages.attachment import attachment
from hyotei.workbench.pages.draft_posts import conflict, named_states
from hyotei.workbench.pages.faults import bad_request
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_store import latest, sheet_of
from hyotei.workbench.submissions import last_submission, standing
from hyotei.workbench.text_diff import diff_lines

_SHEETS = 200
"""Sheets on which a draft can be tried, the latest first."""
_KINDS: Final[tuple[CellKind, ...]] = ("scope", "standing", "truth")
"""Kinds of fields that hold one of few words."""


def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of a draft; every form on it changes the draft."""
    found = get_object_or_404(Draft, pk=key)
    return _changed(request, found) if request.method == "POST" else _page(request, found)


def _page(
    request: HttpRequest,
    found: Draft,
    refused: Sequence[Diagnostic] = (),
    status: int = 200,
    fields: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page; `refused` is why a change was not made, `fields` what it was."""
    now = state(found)
    note = request.GET.get("told", "")
    written = written_lists(RulebookText.parse(now.text.text), fields) if fields is not None else None
    seen = shown(now.text.text, language_of(request), written, refused)
    chosen = request.GET.get("sheet", "")
    tried, untried, cases = None, [], []
    submitted = last_submission(found)
    try:
        cases = readable_cases(now, seen.rulebook) if seen.rulebook is not None else []
        trial = sheet_of_trial(chosen, cases)
        if trial is not None and seen.rulebook is not None:
            tried = tried_on(seen.rulebook, now.text.text, *trial)
    except HyoteiError as error:
        untried = [each.text(language_of(request)) for each in error.diagnostics]
    return page(
        request,
        "draft.html",
        status=status,
        # What is wrong with a field is told there, and among the checks.
        refused=[each for each in refused if fields is None or each.location.cell is None],
        draft=found,
        now=now,
        title=title(now.text.text) or found.file,
        shown=seen,
        records=SheetRecord.objects.order_by("-at", "key")[:_SHEETS],
        cases=cases,
        sheet=chosen,
        tried=tried,
        untried=untried,
        cell_id=cell_id,
        submitted=submitted,
        submission_state=standing(submitted) if submitted is not None else "",
        choices={kind: choices(kind, language_of(request)) for kind in _KINDS},
        chosen=_chosen(request.GET.get("chosen", "")),
        note=phrase_of("workbench.draft.told", note) if note in ("merged", "late") else None,
    )


def sheet_of_trial(chosen: str, cases: Sequence[RulebookCase]) -> tuple[Sheet, Supposed] | None:
    """The sheet of the address on which the draft is tried: one that was read in, or that of a case with its given values."""
    case = re.fullmatch(r"case\.([0-9]{1,5})", chosen)
    if case is not None:
        found = cases[int(case[1]) : int(case[1]) + 1]
        return (found[0].sheet, found[0].given) if found else None
    try:
        record = SheetRecord.objects.filter(pk=UUID(chosen)).first()
    except ValueError:
        return None
    return (sheet_of(latest(record)), {}) if record is not None else None


def _chosen(text: str) -> tuple[int, ...]:
    """The table, row and column of an address; none of any table where it names none."""
    found = re.fullmatch(r"([0-9]{1,6})\.(-?[0-9]{1,6})\.(-?[0-9]{1,6})", text)
    return tuple(max(int(each), 0) for each in found.groups()) if found is not None else (0, 0, 0)


def _changed(request: HttpRequest, found: Draft) -> HttpResponse:
    fields = {name: text.replace("\0", "") for name, text in request.POST.items()}
    seen, over = named_states(fields)
    sent = sent_change(fields)
    if sent is not None and sent.seen is not None:
        seen = sent.seen
    if seen is None:
        return bad_request(request)
    if fields.get("do") in ("undo", "redo"):
        step = undo if fields["do"] == "undo" else redo
        return _led_back(request, found, step(found, seen, request.user), "late")
    if sent is None:
        return bad_request(request)
    before = found.revisions.select_related("text").filter(number=seen).first()
    place = place_of(before.text.text, fields) if before is not None else ""
    try:
        told = change(found, seen, request.user, sent.kind, place, sent.do, over)
    except HyoteiError as error:
        status = 422 if sent.kind == "front" else 413
        return _page(request, found, error.diagnostics, status, fields if sent.kind == "front" else None)
    if told is None:
        return bad_request(request)
    if told.conflicts:
        return conflict(request, found, told, fields, reverse("draft", kwargs={"key": found.key}))
    chosen = None if told.merged else chosen_after(fields)
    return _led_back(request, found, told, "merged", chosen)


def _led_back(
    request: HttpRequest, found: Draft, told: ChangeOutcome, note: str, chosen: tuple[int, int, int] | None = None
) -> HttpResponse:
    cancel(found.pk)
    query = {"told": note} if told.merged else {}
    if request.GET.get("sheet"):
        query["sheet"] = request.GET["sheet"]
    if chosen is not None:
        query["chosen"] = ".".join(map(str, chosen))
    to = reverse("draft", kwargs={"key": found.key})
    return HttpResponseRedirect(f"{to}?{urlencode(query)}" if query else to)


def history(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every state of a draft: who made it, when, and how; of the one that is asked for, what it changed line by line."""
    found = get_object_or_404(Draft, pk=key)
    states = found.revisions.select_related("account").order_by("-number")
    number = request.GET.get("state", "")
    asked = int(number) if number.isdecimal() and len(number) < 10 else 0
    pair = list(
        found.revisions.select_related("text", "cases").filter(number__in=(asked - 1, asked)).order_by("number")
    )
    changes = None
    if len(pair) == 2:
        before, after = pair
        changes = diff_lines(before.text.text, after.text.text) or diff_lines(cases_of(before), cases_of(after))
    name = title(state(found).text.text) or found.file
    return page(request, "draft_history.html", draft=found, states=states, title=name, asked=asked, changes=changes)


def document(request: HttpRequest, key: UUID) -> HttpResponse:
    """The document as a file."""
    found = get_object_or_404(Draft, pk=key)
    now = state(found)
    return attachment(now.text.text, f"{found.base or 'rulebook'}-{now.number}.md", "text/markdown; charset=utf-8")


def workbook(request: HttpRequest, key: UUID) -> HttpResponse:
    """The document and its cases as a workbook, which is taken in again or begins a draft."""
    found = get_object_or_404(Draft, pk=key)
    now, language = state(found), language_of(request)
    try:
        return workbook_of(now, language)
    except HyoteiError as error:
        told = [each.text(language) for each in error.diagnostics]
        return page(request, "rulebook_wrong.html", status=409, identity=title(now.text.text), told=told)


def workbook_of(now: DraftRevision, language: Language) -> HttpResponse:
    """The workbook of a state of a draft.

    Raises:
        HyoteiError: the draft has errors, or a workbook cannot hold it.
    """
    content = export_workbook(now.text.text, cases_of(now), FILE, language)
    return attachment(content, f"{now.draft.base or 'rulebook'}-{now.number}.xlsx", WORKBOOK)
