"""What decisions read, as far as the order and the tables of statements depend on it."""

from hyotei.columnar.list_requests import at_the_unit
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook
from hyotei.rulebook.term_parts import mentioned, parts
from hyotei.rulebook.types import Scope
from hyotei.rulebook.vocabulary import FigureName
from hyotei.sheet.figures import YEAR_OF_YEAR


def figures_read(rulebook: Rulebook) -> frozenset[FigureName]:
    """The figures and declared facts that a rulebook reads; of years of measures that it lists or decides, always the year."""
    read = {
        (part.scope, part.name)
        for decision in rulebook.decisions
        for part in mentioned(decision)
        if isinstance(part, t.Figure)
    }
    if any(touches(decision, YEAR_OF_YEAR.scope) for decision in rulebook.decisions):
        read.add((YEAR_OF_YEAR.scope, YEAR_OF_YEAR.path))
    return frozenset(rulebook.read(*each) for each in read)


def longest_chain(rulebook: Rulebook) -> int:
    """The number of decisions in the longest row of which each reads the one before."""
    longest: dict[str, int] = {}
    for decision in rulebook.decisions:
        longest[decision.name] = 1 + max((longest.get(need, 0) for need in decision.needs), default=0)
    return max(longest.values(), default=0)


def terms_of(decision: Decision) -> list[object]:
    """All terms, cells and outputs of a decision."""
    if isinstance(decision.body, Formula):
        return [decision.body.term]
    found: list[object] = [column.term for column in decision.body.inputs]
    for row in decision.body.rows:
        found += [test for check in row.checks for test in check.tests]
        found += row.outputs
    return found


def touches(decision: Decision, scope: Scope) -> bool:
    """Whether a decision is made for units of the scope, or reads a list of them."""
    return decision.scope == scope or any(
        isinstance(part, t.Units) and part.scope == scope for part in mentioned(decision)
    )


def read_in_lists(decision: Decision) -> set[str]:
    """The decisions that a decision reads within lists."""
    found: set[str] = set()
    for part in at_the_unit(tuple(terms_of(decision))):
        if isinstance(part, t.Aggregate | t.At):
            found |= {each.decision for each in parts(part) if isinstance(each, t.Decided)}
    return found
