"""`hyotei.prove`: what holds of a rulebook for every sheet."""

import os
from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.proof.attack.domains import attacked_domains, law_not_proved, not_proved
from hyotei.proof.attack.drawn import TRIED, DrawnSheets, Engines
from hyotei.proof.attack.laws import attacked_law
from hyotei.proof.attack.tables import attacked_check
from hyotei.proof.checks.gaps import gaps
from hyotei.proof.checks.influence import influence
from hyotei.proof.checks.masked import masked
from hyotei.proof.checks.overlaps import overlaps
from hyotei.proof.checks.spare import spare
from hyotei.proof.checks.unreachable import unreachable
from hyotei.proof.checks.view import TableView
from hyotei.proof.laws.prove_law import prove_law
from hyotei.proof.prover import Prover
from hyotei.proof.results import Check, LawResult, Method, ProofReport, Status
from hyotei.proof.solver import TIMEOUT, solver_version
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.load import law_of
from hyotei.rulebook.model import Law, Rulebook, Table

OF_TABLES: Final = ("answers", "consistent")
"""The kinds of law that follow from the checks of the tables."""


def prove(
    rulebook: "Rulebook | str | os.PathLike[str]",
    laws: Sequence[str] | None = None,
    timeout: float = TIMEOUT,
) -> ProofReport:
    """Proves a rulebook, or shows by sheets where it fails.

    Args:
        rulebook: a loaded rulebook, its id, or its path.
        laws: the sentences of the laws to be proved; by default those of the rulebook, and all checks of its tables.
        timeout: seconds for each single question; what takes longer is `open`.

    Raises:
        HyoteiError: the rulebook cannot be read, a law is none, or two methods differ, which is a defect of Hyotei. A drawn sheet
            that breaks what was proved is told in the `defects` of the report instead.
    """
    book = rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
    start = monotonic()
    chosen = book.laws if laws is None else laws_of(book, laws)
    prover = Prover(book, timeout)
    try:
        needed = laws is None or any(law.kind in OF_TABLES for law in chosen)
        checks = tuple(check_tables(prover)) if needed else ()
        found = tuple(_law(prover, law, checks) for law in chosen)
        checks, found = _attacked(prover, chosen, checks, found)
    finally:
        prover.close()
    milliseconds = int((monotonic() - start) * 1000)
    shown = checks if laws is None else ()
    defects = tuple(each for at, each in enumerate(prover.defects) if each not in prover.defects[:at])
    return ProofReport(book.id, book.title, book.hash, found, shown, solver_version(), milliseconds, defects)


def _attacked(
    prover: Prover, laws: Sequence[Law], checks: Sequence[Check], found: Sequence[LawResult]
) -> tuple[tuple[Check, ...], tuple[LawResult, ...]]:
    """Everything after drawn sheets tried to break it: nothing is called proved that was not attacked."""
    engines = Engines(prover.rulebook)
    try:
        drawn = DrawnSheets(prover.rulebook, engines, TRIED)
        if not attacked_domains(prover, drawn, _end(prover)):
            checks, found = tuple(map(not_proved, checks)), tuple(map(law_not_proved, found))
        after = tuple(each for check in checks for each in attacked_check(prover, check, drawn, _end(prover)))
        results = [
            _law(prover, law, after)
            if law.kind in OF_TABLES
            else attacked_law(prover, law, result, drawn, _end(prover))
            for law, result in zip(laws, found, strict=True)
        ]
    finally:
        engines.close()
    return after, tuple(results)


def _end(prover: Prover) -> float:
    """When an attack that begins now has to end."""
    return monotonic() + prover.timeout


def check_tables(prover: Prover) -> Iterable[Check]:
    """Every check of every table, in the order of the rulebook."""
    for decision in prover.rulebook.decisions:
        if isinstance(decision.body, Table):
            view = TableView(prover, decision, decision.body)
            for check in (gaps, overlaps, masked, spare, unreachable, influence):
                yield from check(view)
            if view.swept is None:
                yield Check("second_method", decision.name, "not_run", "table", view.sweep_why, note=True)


def _law(prover: Prover, law: Law, checks: Sequence[Check]) -> LawResult:
    if law.kind not in OF_TABLES:
        return prove_law(prover, law)
    asked = [check for check in checks if check.name == ("gap" if law.kind == "answers" else "overlap")]
    order: tuple[Status, ...] = ("refuted", "open")
    for status in order:
        for check in asked:
            if check.status == status:
                method = check.method
                example = check.counterexample
                return LawResult(
                    law.text, law.kind, status, method, check.why, counterexample=example, tried=check.tried
                )
    way: Method = "any_number" if any(check.by_itself for check in asked) else "table"
    return LawResult(law.text, law.kind, "proved", way, tried=min((check.tried for check in asked), default=0))


def laws_of(rulebook: Rulebook, texts: Sequence[str]) -> tuple[Law, ...]:
    """Laws from their sentences, looked up in a rulebook.

    Raises:
        HyoteiError: a sentence is no law of this rulebook's vocabulary; all are told.
    """
    found: list[Law] = []
    problems: list[Diagnostic] = []
    for text in texts:
        law = law_of(rulebook, text, problems)
        if law is not None:
            found.append(law)
    if problems:
        raise HyoteiError(*problems)
    return tuple(found)
