"""The order of decisions, and what the rulebook as a whole leaves unused or unsaid."""

from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, ParameterValue, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.walk import mentioned, may_be_unknown


def in_order(decisions: list[Decision], file: str | None, problems: list[Diagnostic]) -> tuple[Decision, ...]:
    """Each decision after all it needs, otherwise as written. A circle is told with its whole way round."""
    by_name = {decision.name: decision for decision in decisions}
    ordered: dict[str, Decision] = {}
    told: set[frozenset[str]] = set()

    def visit(decision: Decision, way: tuple[str, ...]) -> None:
        if decision.name in ordered:
            return
        if decision.name in way:
            circle = way[way.index(decision.name) :]
            if frozenset(circle) not in told:
                told.add(frozenset(circle))
                place = Location(file, decision.line, heading=decision.title)
                problems.append(Diagnostic("HY540", place, {"circle": " → ".join([*circle, decision.name])}))
            return
        for name in decision.needs:
            if name in by_name:
                visit(by_name[name], (*way, decision.name))
        ordered.setdefault(decision.name, decision)

    for decision in decisions:
        visit(decision, ())
    return tuple(ordered.values())


RESULTS = ("rating", "budget", "result", "attainment", "execution_rate")
"""Decisions that a verdict shows by itself, so nobody else needs to read them."""


def unused(
    decisions: tuple[Decision, ...], parameters: dict[str, ParameterValue], lawful: set[str], file: str | None
) -> list[Diagnostic]:
    """Parameters, columns and decisions without any effect."""
    found: list[Diagnostic] = []
    read = {name for decision in decisions for name in decision.needs} | lawful
    used = {term.name for decision in decisions for term in mentioned(decision) if isinstance(term, t.Parameter)}
    for parameter in parameters.values():
        if parameter.name not in used and parameter.name not in lawful:
            found.append(Diagnostic("HY541", Location(file), {"name": parameter.name}))
    for decision in decisions:
        place = Location(file, decision.line, heading=decision.title)
        if not decision.audit and decision.name not in read and decision.name not in RESULTS:
            found.append(Diagnostic("HY542", place, {"name": decision.name}))
        if isinstance(decision.body, Table):
            for column, each in enumerate(decision.body.inputs):
                if decision.body.rows and all(row.checks[column].anything for row in decision.body.rows):
                    found.append(Diagnostic("HY543", place, {"name": each.text}))
    return found


def silent_about_unknown(decisions: tuple[Decision, ...], file: str | None) -> list[Diagnostic]:
    """Columns whose value may be unknown in a table that does not say what happens then. Audit tables state only what is sure."""
    found: list[Diagnostic] = []
    uncertain: set[str] = set()
    for decision in decisions:
        body = decision.body
        if not isinstance(body, Table):
            if may_be_unknown(body.term, uncertain):
                uncertain.add(decision.name)
            continue
        silent = [
            column
            for index, column in enumerate(body.inputs)
            if may_be_unknown(column.term, uncertain)
            and not stated_reasons(body, index)
            and not all(row.checks[index].anything for row in body.rows)
        ]
        can_be = silent or any(
            isinstance(output, t.InputUnknown) or may_be_unknown(output, uncertain)
            for row in body.rows
            for output in row.outputs
        )
        if can_be:
            uncertain.add(decision.name)
        if decision.audit:
            continue
        for column in silent:
            place = Location(file, decision.line, heading=decision.title, column=column.text)
            found.append(Diagnostic("HY544", place, {"name": column.text}))
    return found
