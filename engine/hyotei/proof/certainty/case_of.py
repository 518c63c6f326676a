"""What is asked about: a verdict that was made, or a sheet that is rated first."""

import os

from hyotei.inference.rate import rate
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.case import Case
from hyotei.verdict.verdict import Verdict


def case_of(subject: "Verdict | Sheet", rulebook: "Rulebook | str | os.PathLike[str] | None") -> Case:
    """The case of a verdict; a sheet, or a verdict that is to be held against another rulebook, is rated first.

    Raises:
        HyoteiError: HY943, the rulebook derives no result; or the sheet cannot be rated.
    """
    verdict = subject if isinstance(subject, Verdict) else rate(subject, rulebook)
    if isinstance(subject, Verdict) and rulebook is not None:
        verdict = rate(subject.sheet, rulebook)
    if verdict.status == "not_rated":
        raise HyoteiError(Diagnostic("HY943", params={"rulebook": verdict.rulebook.id}))
    return Case(verdict.rulebook, verdict.sheet, verdict.derivation)
