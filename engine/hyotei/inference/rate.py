"""Rating a sheet: the right rulebook, the engine, the verdict."""

import os
from functools import lru_cache

from hyotei.inference.engine import derive
from hyotei.messages import Diagnostic, HyoteiError, Param
from hyotei.rulebook.lapsed_rulebooks import carried_over, lapsed_entry
from hyotei.rulebook.library import library, load_rulebook, rulebook_for
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict


def rate(
    sheet: "Sheet | str | os.PathLike[str]",
    rulebook: "Rulebook | str | os.PathLike[str] | None" = None,
    *,
    carry_over: bool = False,
) -> Verdict:
    """The verdict on a sheet.

    Args:
        sheet: the sheet to rate, as `hyotei.read_sheet` gives it, or the path of its file.
        rulebook: a loaded rulebook, its id, or its path; by default the one in force for the sheet's authority and
            evaluated fiscal year.
        carry_over: where no rulebook is in force because the authority's last one ends before the year, apply that one as a
            draft, which the verdict tells among its assumptions. Without effect on a rulebook that is named.

    Raises:
        HyoteiError: the file cannot be read as one sheet; there is no rulebook, or not just one; the rulebook has errors; the
            engine cannot be loaded.

    Example:
        >>> import hyotei
        >>> verdict = hyotei.rate(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml")
        >>> verdict.rating, verdict.budget, verdict.status
        ('A', 'Ⅱ', 'determined')
    """
    if not isinstance(sheet, Sheet):
        from hyotei.readers import read_sheet

        sheet = read_sheet(sheet)
    if rulebook is None:
        chosen = _chosen(sheet.authority, sheet.fiscal_year, carry_over)
    else:
        chosen = rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
    return Verdict(chosen, sheet, derive(chosen, sheet))


def applicable_rulebook(authority: str, fiscal_year: int, carry_over: bool) -> Rulebook:
    """The rulebook in force; where there is none, the last one of the authority as a draft if it may be carried over.

    Raises:
        HyoteiError: there is none, or not just one (HY361, HY362); the one that could be carried over is told beside it (HY366).
    """
    try:
        return rulebook_for(authority, fiscal_year)
    except HyoteiError as error:
        last = lapsed_entry(authority, fiscal_year, library())
        if last is None:
            raise
        if carry_over:
            return carried_over(last.load())
        params: dict[str, Param] = {"id": last.head.id, "last": str(last.head.last_year)}
        raise HyoteiError(*error.diagnostics, Diagnostic("HY366", params=params)) from None


_chosen = lru_cache(maxsize=64)(applicable_rulebook)
"""For many sheets one after the other. What runs for days asks `applicable_rulebook`: rulebooks are edited meanwhile."""
