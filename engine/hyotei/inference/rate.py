"""Rating a sheet: the right rulebook, the engine, the verdict."""

import os
from functools import lru_cache

from hyotei.inference.engine import derive
from hyotei.rulebook.library import load_rulebook, rulebook_for
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.verdict import Verdict

_chosen = lru_cache(maxsize=64)(rulebook_for)


def rate(
    sheet: "Sheet | str | os.PathLike[str]", rulebook: "Rulebook | str | os.PathLike[str] | None" = None
) -> Verdict:
    """The verdict on a sheet.

    Args:
        sheet: the sheet to rate, as `hyotei.read_sheet` gives it, or the path of its file.
        rulebook: a loaded rulebook, its id, or its path; by default the one in force for the sheet's authority and
            evaluated fiscal year.

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
        chosen = _chosen(sheet.authority, sheet.fiscal_year)
    else:
        chosen = rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
    return Verdict(chosen, sheet, derive(chosen, sheet))
