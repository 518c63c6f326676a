"""Rating a sheet: the right rulebook, the engine, the verdict."""

import os
from functools import lru_cache

from hyotei.inference.engine import derive
from hyotei.rulebook.library import load_rulebook, rulebook_for
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict

_chosen = lru_cache(maxsize=64)(rulebook_for)


def rate(sheet: Sheet, rulebook: "Rulebook | str | os.PathLike[str] | None" = None) -> Verdict:
    """The verdict on a sheet.

    Args:
        sheet: the sheet to rate, as `hyotei.read_sheet` gives it.
        rulebook: a loaded rulebook, its id, or its path; by default the one in force for the sheet's authority and
            evaluated fiscal year.

    Raises:
        HyoteiError: there is no rulebook, or not just one; the rulebook has errors; the engine cannot be loaded.

    Example:
        >>> import hyotei
        >>> verdict = hyotei.rate(hyotei.read_sheet(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml"))
        >>> verdict.rating, verdict.budget, verdict.status
        ('A', 'Ⅱ', 'determined')
    """
    if rulebook is None:
        chosen = _chosen(sheet.authority, sheet.fiscal_year)
    else:
        chosen = rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
    return Verdict(chosen, sheet, derive(chosen, sheet))
