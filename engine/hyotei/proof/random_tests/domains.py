"""What proofs take inputs and outputs to be, tried with random sheets: what the engine derives on them must be one of these values.

Solver and enumeration share the domains, so neither would find one that is too narrow; the engine knows nothing of them.
"""

from collections.abc import Iterator
from dataclasses import replace

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic
from hyotei.proof.prover import Prover
from hyotei.proof.random_tests.drawn_sheets import DrawnSheets
from hyotei.proof.results import Check, LawResult
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_domain import Domains, domains_of
from hyotei.rulebook.values import Scalar


@dataclass(frozen=True, slots=True)
class Outside:
    """A value that a domain leaves out: of an input or an output of a decision, at a unit."""

    decision: str
    name: str
    unit: str
    value: Scalar


def outside(rulebook: Rulebook, domains: Domains, derivation: Derivation) -> Iterator[Outside]:
    """Every derived value that its domain leaves out."""
    for (name, unit), step in derivation.steps.items():
        decision = rulebook.by_name[name]
        if isinstance(decision.body, Table):
            for column, value in zip(decision.body.inputs, step.inputs, strict=True):
                if not (domains.of(column.term).holds(value) and domains.column(column).holds(value)):
                    yield Outside(name, column.text, unit, value)
        for at, output in enumerate(decision.outputs):
            derived = derivation.value(name, unit, at)
            # A collecting table lists rows of findings, which nothing reads.
            if derived is not None and not domains.outputs[name, output.name].holds(derived):
                yield Outside(name, output.name, unit, derived)


def tried_domains(prover: Prover, drawn: DrawnSheets, end: float) -> bool:
    """Whether everything that was derived lies in its domain; what does not is a defect of Hyotei, noted among the prover's."""
    domains = domains_of(prover.rulebook)
    told: dict[tuple[str, str], None] = {}
    for sheet, derivation in drawn.until(end):
        if prover.rulebook.in_force(sheet.fiscal_year):
            for found in outside(prover.rulebook, domains, derivation):
                if (found.decision, found.name) not in told:
                    told[found.decision, found.name] = None
                    value = str(found.value)
                    prover.defects.append(
                        Diagnostic("HY916", params={"decision": found.decision, "name": found.name, "value": value})
                    )
    return not told


def not_proved(result: Check) -> Check:
    """The check where domains are too narrow: whatever rested on them is open."""
    if result.status not in ("proved", "refuted") or result.counterexample is not None:
        return result
    return replace(result, status="open", method="bounded", why="differs", tried=0)


def law_not_proved(result: LawResult) -> LawResult:
    """The same of a law."""
    return (
        replace(result, status="open", method="bounded", why="differs", tried=0)
        if result.status == "proved"
        else result
    )
