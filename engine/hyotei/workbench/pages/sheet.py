"""One sheet: its verdict, what was read of it, what people corrected and judged, and what was adopted."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from markupsafe import Markup

from hyotei.document import Block, Section
from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.report.figure_places import figure_places
from hyotei.report.verdict_document import Part, rulebook_told, verdict_document
from hyotei.rulebook.lapsed_rulebooks import lapsed_entry
from hyotei.rulebook.library import library
from hyotei.verdict.verdict import Verdict
from hyotei.workbench import sheet_changes
from hyotei.workbench.figure_correction import path_text
from hyotei.workbench.figure_marks import prints_a_form
from hyotei.workbench.judgments import fact_places
from hyotei.workbench.library_entries import entries
from hyotei.workbench.models import Adoption, Revision, SheetRecord
from hyotei.workbench.pages.source import marked_pieces
from hyotei.workbench.read_figures import read_figures
from hyotei.workbench.rendering import language_of, page
from hyotei.workbench.sheet_changes import confirm, correct
from hyotei.workbench.sheet_store import Stale, latest, sheet_of
from hyotei.workbench.verdicts import adopt as adopt_verdict
from hyotei.workbench.verdicts import document_of, is_about, possible_results, stored, verdict_of
from hyotei.writers.html import markup

_ABOVE: tuple[Part, ...] = ("rules", "unsure")
_BELOW: tuple[Part, ...] = (
    "measures",
    "budget",
    "why",
    "why_not",
    "margins",
    "findings",
    "unknowns",
    "assumptions",
    "corrections",
    "unread",
    "sources",
)
_OPEN = ("measures",)
_NO_RULEBOOK = frozenset(("HY361", "HY362", "HY366"))
"""That none is in force, or several; what the command says of it names its options."""


class Rated(NamedTuple):
    """The verdict on a state of a sheet, or why there is none."""

    verdict: Verdict | None
    problems: tuple[Diagnostic, ...] = ()


def rated(revision: Revision) -> Rated:
    """The verdict on a state of a sheet."""
    try:
        return Rated(verdict_of(revision))
    except HyoteiError as error:
        return Rated(None, error.diagnostics)


def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page of a sheet."""
    return _page(request, latest(get_object_or_404(SheetRecord, pk=key)))


def correct_figure(request: HttpRequest, key: UUID) -> HttpResponse:
    """Puts the figure that a person typed in place of one that was read, or notes that the reading is right."""
    path = request.POST.get("path", "")

    def change(revision: Revision) -> object:
        if request.POST.get("confirm"):
            return confirm(revision, request.user, path)
        return correct(revision, request.user, path, request.POST.get("text", ""))

    return _changed(request, key, change, f"f-{request.POST.get('path', '')}")


def give_fact(request: HttpRequest, key: UUID) -> HttpResponse:
    """Puts a fact, such as a judgment with its reason."""
    fields = [request.POST.get(name, "") for name in ("unit", "fact", "text", "reason", "by")]
    return _changed(request, key, lambda revision: sheet_changes.give_fact(revision, request.user, *fields), "facts")


def choose_rulebook(request: HttpRequest, key: UUID) -> HttpResponse:
    """Rates the sheet by another rulebook."""
    identity = request.POST.get("rulebook", "")
    chosen = ("", True) if identity == "carry-over" else (identity, False)
    return _changed(request, key, lambda revision: sheet_changes.choose_rulebook(revision, request.user, *chosen))


def adopt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Adopts the verdict, or other results with a reason."""

    def change(revision: Revision) -> object:
        verdict = verdict_of(revision)
        results = {name: _result(verdict, name, request.POST.get(name, "")) for name in ("rating", "budget")}
        kept = stored(revision, verdict, request.user)
        adopt_verdict(kept, results["rating"], results["budget"], request.POST.get("reason", ""), request.user)
        return None

    return _changed(request, key, change, "adoption")


def _result(verdict: Verdict, name: str, text: str) -> str | None:
    """A result that a person chose: a value of the scale of the rulebook, or none."""
    values = possible_results(verdict.rulebook)[name]
    if text and text not in values:
        raise Http404
    return text or None


def _changed(
    request: HttpRequest, key: UUID, change: Callable[[Revision], object], anchor: str = "verdict"
) -> HttpResponse:
    """Does a change of the state that the person saw, and shows what came of it."""
    revision = latest(get_object_or_404(SheetRecord, pk=key))
    try:
        if request.POST.get("revision") != str(revision.number):
            raise Stale
        change(revision)
    except Stale:
        return _page(request, latest(revision.record), (Diagnostic("HY016"),), status=409)
    except HyoteiError as error:
        return _page(request, revision, error.diagnostics, status=422)
    return HttpResponseRedirect(f"{reverse('sheet', kwargs={'key': key})}#{quote(anchor)}")


def _page(
    request: HttpRequest, revision: Revision, problems: tuple[Diagnostic, ...] = (), status: int = 200
) -> HttpResponse:
    language = language_of(request)
    record, read = revision.record, sheet_of(revision)
    now = rated(revision)
    verdict = now.verdict
    first = record.revisions.order_by("number").first()
    changed = first.sheet != revision.sheet
    changes = list(record.revisions.select_related("account").order_by("-number"))
    notes = json.loads(record.problems)
    figures = read_figures(read, changes, language)
    marked = marked_pieces(revision, figures)
    facts = [] if verdict is None else list(fact_places(read, verdict.rulebook, language))
    adopted = [(each, is_about(each, revision, verdict)) for each in adoptions(record)]
    names = {path_text(each): each.name for each in figure_places(read, language)}
    names |= {f"{each.key} {each.declared.name}": f"{each.title} {each.subject}".strip() for each in facts}
    typed = request.POST if problems else {}
    return page(
        request,
        "sheet.html",
        status=status,
        record=record,
        revision=revision,
        sheet=read,
        problems=problems,
        verdict=verdict,
        without_rulebook=any(each.code in _NO_RULEBOOK for each in now.problems),
        unrated=[each for each in now.problems if each.code not in _NO_RULEBOOK],
        as_read=rated(first).verdict if changed else None,
        above=_markup(verdict, language, _ABOVE),
        below=_markup(verdict, language, _BELOW),
        figures=figures,
        form_of=record.source if record.source is not None and prints_a_form(record.source) else None,
        anchors={figure.path: mark.anchor for mark in marked.values() for figure in mark.figures},
        facts=facts,
        results={} if verdict is None else possible_results(verdict.rulebook),
        rulebooks=entries(),
        lapsed=lapsed_entry(read.authority, read.fiscal_year, library()),
        notes=[(each["severity"], each[language]) for each in notes],
        changes=changes,
        adoptions=adopted,
        decided={each.pk: _decided(each) for each, _ in adopted},
        adopted=next((each for each, about in adopted if about), None),
        rated_by=None if verdict is None else rulebook_told(verdict, language),
        names=names,
        typed=typed,
        at=_where(typed),
    )


def _where(typed: Mapping[str, str]) -> str:
    """The form of the page that was sent; empty for the one of the rulebook, which stands at the top."""
    forms = {"path": "figure", "fact": "fact", "rating": "adoption", "budget": "adoption"}
    return next((form for field, form in forms.items() if field in typed), "")


def _decided(adoption: Adoption) -> list[str]:
    """Which results the rulebook of an adoption decides: of the others nothing is told, for none was undetermined."""
    try:
        return [name for name, values in possible_results(document_of(adoption.verdict)).items() if values]
    except HyoteiError:  # the document is none for this version any more: what was adopted is told
        return []


def adoptions(record: SheetRecord) -> list[Adoption]:
    """What was adopted of a sheet, the latest first, also where the clock was set back in between."""
    found = Adoption.objects.filter(verdict__revision__record=record)
    return list(found.select_related("account", "verdict__revision", "verdict__rulebook").order_by("-pk"))


@lru_cache(maxsize=256)
def _markup(verdict: Verdict | None, language: Language, parts: tuple[Part, ...]) -> Markup:
    """Parts of the verdict as markup; all but the first are shown closed."""
    if verdict is None:
        return Markup()
    document = verdict_document(verdict, language, parts)
    blocks = [_folded(each) for each in document.blocks if parts is _ABOVE or isinstance(each, Section)]
    return Markup(markup(blocks))  # made by the writer of pages, which escapes every text


def _folded(block: Block) -> Block:
    if not isinstance(block, Section) or block.anchor in (*_ABOVE, *_OPEN):
        return block
    return replace(block, folded=True)
