"""Which edits mend a problem: none, one, or one for each thing that may have been meant."""

from typing import Final

from hyotei.messages import Diagnostic
from hyotei.rulebook.mends.cells import CELL_MENDS
from hyotei.rulebook.mends.model import Mend
from hyotei.rulebook.mends.names import NAME_MENDS
from hyotei.rulebook.mends.spot import Lines, Spot
from hyotei.rulebook.mends.tables import TABLE_MENDS
from hyotei.rulebook.rulebook_text import RulebookText

_MENDS: Final = {**CELL_MENDS, **NAME_MENDS, **TABLE_MENDS}
MENDED_CODES: Final = frozenset(_MENDS)
"""The problems that one edit can mend, by their codes."""


def mends_of(problem: Diagnostic, document: RulebookText) -> tuple[Mend, ...]:
    """The edits of the document of which each mends the problem; none where it takes more than one edit.

    Where there are several, the analyst knows which is meant.
    """
    found = _MENDS.get(problem.code)
    if found is None or not problem.location.line:
        return ()
    return tuple(found(Spot(Lines(document), problem)))
