"""Lists filtered by something outside of them that may be unknown: then no element is surely meant, and a count of none is 0.

`count(sheet.measures[attainment > this.attainment]) + 1` gives the first place to a measure whose attainment nobody knows. What
is asked for being unknown beside it (in the condition of an `if`, or by a column of the table) is taken for an answer to that.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from hyotei.messages import Diagnostic, Location
from hyotei.rulebook import terms as t
from hyotei.rulebook.model import Decision, Formula, Rulebook, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.term_domain import Domains
from hyotei.rulebook.term_parts import inner, outer_terms, parts
from hyotei.rulebook.term_words import term_text

_TELL_NOTHING: Final = frozenset({"min", "max", "mean"})
"""What is unknown itself where a list has no element."""


def nothing_for_unknown(
    decisions: Sequence[Decision], domains: Domains, rulebook: Rulebook, file: str | None
) -> list[Diagnostic]:
    """Formulas and columns that count or add up such a list, each once for what may be unknown."""
    found: dict[tuple[str, str, str], Diagnostic] = {}
    for decision in decisions:
        for term, column, asked in _terms(decision):
            for outside in _unasked(term, asked):
                if domains.of(outside).unknown:
                    name = term_text(outside, rulebook, "en")
                    place = Location(file, decision.line, heading=decision.title, column=column)
                    found[decision.name, column or "", name] = Diagnostic("HY598", place, {"name": name})
    return [*found.values()]


def _terms(decision: Decision) -> Iterator[tuple[t.Term, str | None, frozenset[t.Term]]]:
    """The formula, or each column with its text; and the terms that are asked for being unknown beside it."""
    if isinstance(decision.body, Formula):
        yield decision.body.term, None, frozenset()
        return
    asked = frozenset(_asked_by_columns(decision.body))
    for column in decision.body.inputs:
        yield column.term, column.text, asked


def _asked_by_columns(table: Table) -> Iterator[t.Term]:
    for index, column in enumerate(table.inputs):
        if stated_reasons(table, index):
            yield column.term


def _unasked(term: object, asked: frozenset[t.Term]) -> Iterator[t.Term]:
    """What lists are filtered by from outside of them, where they are counted or added up and nobody asks whether it is known."""
    if isinstance(term, t.Choice | t.Both | t.Either):
        asked |= {part.operand for part in parts(term) if isinstance(part, t.Knownness)}
    if isinstance(term, t.Aggregate) and term.function not in _TELL_NOTHING:
        for part in parts(term.items):
            if isinstance(part, t.Where):
                yield from (each for each in outer_terms(part.condition) if each not in asked)
    for each in inner(term):
        yield from _unasked(each, asked)
