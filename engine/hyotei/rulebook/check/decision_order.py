"""The order of decisions, and what the rulebook as a whole leaves unused or unsaid."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Law, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.term_domain import Domains
from hyotei.rulebook.term_parts import mentioned, parts


def in_order(decisions: list[Decision], file: str | None, problems: list[Diagnostic]) -> tuple[Decision, ...]:
    """Each decision after all it needs, otherwise as written. A circle is told with its whole way round."""
    by_name = {decision.name: decision for decision in decisions}
    told: set[frozenset[str]] = set()

    def tell(circle: tuple[str, ...]) -> None:
        if frozenset(circle) not in told:
            told.add(frozenset(circle))
            first = by_name[circle[0]]
            place = Location(file, first.line, heading=first.title)
            problems.append(Diagnostic("HY540", place, {"circle": " → ".join([*circle, first.name])}))

    needs = {decision.name: decision.needs for decision in decisions}
    return tuple(by_name[name] for name in after_needs(list(by_name), needs, tell))


def after_needs(
    names: Sequence[str], needs: Mapping[str, Iterable[str]], tell: Callable[[tuple[str, ...]], None] | None = None
) -> list[str]:
    """The names, each after all it needs, otherwise in their order; circles are handed to `tell` and broken.

    Without recursion, because a chain of decisions may be as long as the analyst likes.
    """
    done: dict[str, None] = {}
    for start in names:
        way: dict[str, Iterator[str]] = {} if start in done else {start: iter(needs[start])}
        while way:
            name, waiting = next(reversed(way.items()))
            needed = next((each for each in waiting if each in needs and each not in done), None)
            if needed is None:
                done[name] = None
                del way[name]
            elif needed not in way:
                way[needed] = iter(needs[needed])
            elif tell is not None:
                tell(tuple(way)[list(way).index(needed) :])
    return list(done)


RESULTS = ("rating", "budget", "result", "attainment", "execution_rate")
"""Decisions that a verdict shows by itself, so nobody else needs to read them."""


def unused(
    decisions: tuple[Decision, ...],
    laws: list[Law],
    lawful: set[str],
    parameters: dict[str, Location],
    file: str | None,
) -> list[Diagnostic]:
    """Parameters, columns and decisions without any effect. `lawful` are the decisions that laws speak of."""
    found: list[Diagnostic] = []
    read = {name for decision in decisions for name in decision.needs} | lawful
    stated = [*parts(tuple((law.condition, law.consequence) for law in laws))]
    used = {
        term.name
        for term in chain(stated, *(mentioned(decision) for decision in decisions))
        if isinstance(term, t.Parameter)
    }
    found += [Diagnostic("HY541", place, {"name": name}) for name, place in parameters.items() if name not in used]
    for decision in decisions:
        place = Location(file, decision.line, heading=decision.title)
        if not decision.audit and decision.name not in read and decision.name not in RESULTS:
            found.append(Diagnostic("HY542", place, {"name": decision.name}))
        if isinstance(decision.body, Table):
            for column, each in enumerate(decision.body.inputs):
                if decision.body.rows and all(row.checks[column].anything for row in decision.body.rows):
                    found.append(Diagnostic("HY543", place, {"name": each.text}))
    return found


def silent_about_unknown(decisions: tuple[Decision, ...], domains: Domains, file: str | None) -> list[Diagnostic]:
    """Columns whose value may be unknown in a table that does not say what happens then. Audit tables state only what is sure.

    A gap in a table is told elsewhere: `domains` are those of tables that have none.
    """
    return [
        Diagnostic(
            "HY544",
            Location(file, decision.line, heading=decision.title, column=column.text),
            {"name": column.text},
        )
        for decision in decisions
        if isinstance(decision.body, Table) and not decision.audit
        for index, column in enumerate(decision.body.inputs)
        if domains.of(column.term).unknown
        and not stated_reasons(decision.body, index)
        and not all(row.checks[index].anything for row in decision.body.rows)
    ]
