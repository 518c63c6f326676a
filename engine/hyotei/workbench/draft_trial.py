"""The cases of the rulebook that a draft began as, run by the draft."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from hyotei.inference.cases import CaseResult, read_cases, run_case
from hyotei.messages import Diagnostic
from hyotei.rulebook.library import CASES
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.workbench.library_entries import entry_of

_ONE_AT_A_TIME: Final = Lock()
"""Trials take all of a core: several at once would only make every page slow."""


@dataclass
class Trial:
    """How the cases came out.

    Attributes:
        results: a result for each case.
        problems: what is wrong with the file of the cases by the draft, such as a decision that is gone.
        errors: the draft has errors, so no case was run.
    """

    results: list[CaseResult] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    errors: bool = False

    @property
    def failed(self) -> list[CaseResult]:
        """The results of the cases that do not hold."""
        return [each for each in self.results if each.problems]


def tried_cases(text: str, base: str) -> Trial | None:
    """The cases of the rulebook `base` by the document `text`; None where it has none."""
    entry = entry_of(base)
    path = entry.folder / CASES if entry is not None else None
    if path is None or not path.is_file():
        return None
    rulebook, _ = check_rulebook(RulebookText.parse(text))
    if rulebook is None:
        return Trial(errors=True)
    with _ONE_AT_A_TIME:
        cases, problems = read_cases(path, rulebook)
        return Trial([run_case(each, rulebook) for each in cases], problems)
