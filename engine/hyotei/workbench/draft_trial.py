"""A draft tried: on its cases, and on a sheet that was read in."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from hyotei.inference.cases import CaseResult, RulebookCase, cases_in, run_case
from hyotei.inference.engine import derive
from hyotei.messages import Diagnostic, Text
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.model import RESULTS, Rulebook, Table
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.value_words import ValueText
from hyotei.sheet import Sheet

_ONE_AT_A_TIME: Final = Lock()
"""Trials take all of a core: several at once would only make every page slow."""


@dataclass
class Trial:
    """How the cases came out.

    Attributes:
        tried: the cases with their results.
        problems: what is wrong with the file of the cases by the draft, such as a decision that is gone.
        errors: the draft has errors, so no case was run.
    """

    tried: list[tuple[RulebookCase, CaseResult]] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    errors: bool = False

    @property
    def failed(self) -> list[CaseResult]:
        """The results of the cases that do not hold."""
        return [each for _, each in self.tried if each.problems]


def tried_cases(text: str, cases: str) -> Trial | None:
    """A file of cases by the document `text`; None where it is empty."""
    if not cases.strip():
        return None
    rulebook, _ = check_rulebook(RulebookText.parse(text))
    if rulebook is None:
        return Trial(errors=True)
    with _ONE_AT_A_TIME:
        read, problems = cases_in(cases, rulebook)
        return Trial([(each, run_case(each, rulebook)) for each in read], problems)


@dataclass
class Tried:
    """What a draft makes of a sheet: how often each row answered, by its line in the document, and the results."""

    rows: Counter[int]
    results: dict[str, Text]


def tried_on(rulebook: Rulebook, sheet: Sheet) -> Tried:
    """The rulebook over one sheet."""
    with _ONE_AT_A_TIME:
        derived = derive(rulebook, sheet)
    rows: Counter[int] = Counter()
    for step in derived.steps.values():
        body = rulebook.by_name[step.decision].body
        if step.outcome == "fired" and isinstance(body, Table):
            rows.update(row.line for row in body.rows if row.number in step.rows)
    results: dict[str, Text] = {}
    for name in RESULTS:
        found = derived.value(name) if name in rulebook.by_name else None
        if found is not None:
            results[name] = ValueText(found, rulebook.by_name[name].outputs[0].type)
    return Tried(rows, results)
