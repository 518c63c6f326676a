"""The operations on the figures, facts and states of a sheet. No change of somebody else is lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.workbench import sheet_changes
from hyotei.workbench.api import schemas
from hyotei.workbench.api import sheet_schemas as out
from hyotei.workbench.api.idempotency import once
from hyotei.workbench.api.interface import sheet_detail
from hyotei.workbench.api.operation import operation
from hyotei.workbench.api.pages import Limit, Offset, paged
from hyotei.workbench.api.states import seen_state, show_state
from hyotei.workbench.judgments import fact_places
from hyotei.workbench.models import Account, Revision, SheetRecord
from hyotei.workbench.read_figures import read_figures
from hyotei.workbench.rendering import language_of
from hyotei.workbench.sheet_store import Stale, latest, sheet_of
from hyotei.workbench.verdicts import verdict_of


@operation("get", "/sheets/{uuid:key}/figures", "see", list[out.FigureOut])
def list_figures(
    request: HttpRequest, response: HttpResponse, key: UUID, offset: Offset = 0, limit: Limit = 500
) -> list[Any]:
    """The figures of a sheet in its present state, which the ETag names: first those that somebody has to look at."""
    now = _now(response, key)
    changes = list(now.record.revisions.select_related("account").order_by("-number"))
    grouped = read_figures(sheet_of(now), changes, language_of(request))
    told = [{**figure._asdict(), "group": group} for group, figures in grouped.items() for figure in figures]
    return list(paged(request, response, told, offset, limit))


@operation("post", "/sheets/{uuid:key}/corrections", "rate", schemas.SheetDetail, seen="must")
def correct_figure(request: Any, response: HttpResponse, key: UUID, given: out.CorrectionIn) -> dict[str, object]:
    """Puts a figure in place of one that was read, which is kept."""
    return _changed(request, response, key, lambda now, by: sheet_changes.correct(now, by, given.path, given.text))


@operation("post", "/sheets/{uuid:key}/confirmations", "rate", schemas.SheetDetail, seen="must")
def confirm_figure(request: Any, response: HttpResponse, key: UUID, given: out.ConfirmationIn) -> dict[str, object]:
    """Notes that the reading of a figure is right."""
    return _changed(request, response, key, lambda now, by: sheet_changes.confirm(now, by, given.path))


@operation("get", "/sheets/{uuid:key}/facts", "see", list[out.FactOut])
def list_facts(
    request: HttpRequest, response: HttpResponse, key: UUID, offset: Offset = 0, limit: Limit = 500
) -> list[Any]:
    """The facts that the rulebook of a sheet asks for, such as judgments, with what is stated; the ETag names the state."""
    now = _now(response, key)
    places = fact_places(sheet_of(now), verdict_of(now).rulebook, language_of(request))
    told = [
        {
            "unit": each.key, "subject": each.subject, "fact": each.declared.name, "title": each.title,
            "judged": each.declared.judged, "choices": [value for value, _ in each.choices], "waits": each.waits,
            "stated": None if each.stated is None else {
                name: getattr(each.stated, name) for name in out.StatedFact.model_fields
            },
        }
        for each in places
    ]  # fmt: skip
    return list(paged(request, response, told, offset, limit))


@operation("post", "/sheets/{uuid:key}/facts", "rate", schemas.SheetDetail, seen="must")
def give_fact(request: Any, response: HttpResponse, key: UUID, given: out.FactIn) -> dict[str, object]:
    """Puts a fact, such as a judgment with its reason."""
    fields = (given.unit, given.fact, given.text, given.reason, given.by)
    return _changed(request, response, key, lambda now, by: sheet_changes.give_fact(now, by, *fields))


@operation("put", "/sheets/{uuid:key}/rulebook", "rate", schemas.SheetDetail, seen="must")
def choose_rulebook(request: Any, response: HttpResponse, key: UUID, given: out.RulebookChoiceIn) -> dict[str, object]:
    """Has a sheet rated by another rulebook."""

    def do(now: Revision, by: Account) -> Revision:
        return sheet_changes.choose_rulebook(now, by, given.rulebook, given.carry_over)

    return _changed(request, response, key, do)


@operation("get", "/sheets/{uuid:key}/revisions", "see", list[out.RevisionOut])
def list_revisions(
    request: HttpRequest, response: HttpResponse, key: UUID, offset: Offset = 0, limit: Limit = 50
) -> list[Any]:
    """Every state of a sheet, the latest first: who made it, when, and what changed."""
    record = get_object_or_404(SheetRecord, pk=key)
    found = record.revisions.select_related("account").order_by("-number")
    names = [name for name in out.RevisionOut.model_fields if name != "account"]
    return [
        {**{name: getattr(each, name) for name in names}, "account": each.account.name}
        for each in paged(request, response, found, offset, limit)
    ]


def _now(response: HttpResponse, key: UUID) -> Revision:
    now = latest(get_object_or_404(SheetRecord, pk=key))
    show_state(response, now.number)
    return now


def _changed(
    request: Any, response: HttpResponse, key: UUID, change: Callable[[Revision, Account], Revision]
) -> dict[str, object]:
    """Changes a sheet in the state that `If-Match` names.

    Raises:
        HyoteiError: it is not the present one (HY040), or the change cannot be made.
    """
    seen = seen_state(request)

    def do() -> dict[str, object]:
        record = get_object_or_404(SheetRecord, pk=key)
        now = latest(record)
        if now.number != seen:
            raise HyoteiError(Diagnostic("HY040"))
        try:
            change(now, request.auth)
        except Stale:
            raise HyoteiError(Diagnostic("HY040")) from None
        return sheet_detail(record, language_of(request))

    answer = once(request, do)
    show_state(response, int(str(answer["revision"])))
    return answer
