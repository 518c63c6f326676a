"""What is asked about: a verdict that was made, or a sheet that is rated first."""

import os

from hyotei.inference.rate import rate
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.verdict import Verdict


def case_of(subject: "Verdict | Sheet", rulebook: "Rulebook | str | os.PathLike[str] | None") -> Case:
    """The case of a verdict; a sheet, or a verdict that is to be held against another rulebook, is rated first."""
    if isinstance(subject, Verdict):
        if rulebook is None:
            return Case(subject.rulebook, subject.sheet, subject.derivation)
        subject = subject.sheet
    verdict = rate(subject, rulebook)
    return Case(verdict.rulebook, verdict.sheet, verdict.derivation)
