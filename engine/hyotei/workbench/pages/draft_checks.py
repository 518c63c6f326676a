"""How a draft stands: its cases, the rows that no case reaches, and what its proof finds. The page of the draft follows it."""

from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from markupsafe import Markup

from hyotei.base.extras import need
from hyotei.messages import HyoteiError
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.term_words import decision_title
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.draft_proofs import begun_proof, proof_of
from hyotei.workbench.draft_trial import Trial, tried_cases
from hyotei.workbench.draft_view import cell_id
from hyotei.workbench.drafts import cases_of, state, title
from hyotei.workbench.rendering import language_of, page

MOST: Final = 10
"""Cases and rows that are told one by one; the page of the cases has all of them."""
_trial = lru_cache(maxsize=16)(tried_cases)
"""The page asks again as long as a proof runs, of the same document and the same cases."""


class RowShown(NamedTuple):
    """A row of a table that no case reaches: what it is called, and the place of its first cell on the page of the draft."""

    decision: str
    number: int
    anchor: str


def checks(request: HttpRequest, key: UUID) -> HttpResponse:
    """The cases by a draft, and its proof, which is begun where the address says `prove`."""
    found = get_object_or_404(Draft, pk=key)
    now, language = state(found), language_of(request)
    trial, proof, cases_told, proof_told = None, None, [], []
    try:
        trial = _trial(now.text.text, cases_of(now))
    except HyoteiError as error:
        cases_told = [each.text(language) for each in error.diagnostics]
    try:
        need("proof")
        proof = proof_of(found.pk, now) if "prove" in request.GET else begun_proof(now)
        proof_told = [each[language] for each in proof.told] if proof is not None else []
    except HyoteiError as error:
        proof_told = [each.text(language) for each in error.diagnostics]
    defects = Markup(proof.defects[language]) if proof is not None and proof.made else Markup()  # the writer escapes
    return page(
        request, "draft_checks.html", draft=found, now=now, title=title(now.text.text) or found.file, trial=trial,
        unreached=_rows(trial, now.text.text, request), cases_told=cases_told, proof=proof, proof_told=proof_told,
        defects=defects, most=MOST,
    )  # fmt: skip


def _rows(trial: Trial | None, text: str, request: HttpRequest) -> list[RowShown]:
    if trial is None or not trial.unreached:
        return []
    document, language = RulebookText.parse(text), language_of(request)
    rulebook = trial.rulebook
    assert rulebook is not None, "its cases were tried"
    rows = []
    for each in trial.unreached[:MOST]:
        table = next(table for table in document.tables if table.first_line <= each.line <= table.last_line)
        at = next(at for at, row in enumerate(table.rows) if row.line == each.line)
        called = decision_title(each.decision, rulebook, language)
        rows.append(RowShown(called, each.number, cell_id(table.first_line, at, 0)))
    return rows
