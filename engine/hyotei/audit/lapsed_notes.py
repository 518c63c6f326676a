"""What is told of sheets whose year comes after the last of a rulebook: how many there are, and what became of the rules."""

from collections import Counter
from collections.abc import Mapping

from hyotei.audit.auditor import Auditor
from hyotei.messages import Diagnostic
from hyotei.rulebook.lapsed_rulebooks import lapsed_lines


def lapses(sheets: Mapping[tuple[str, int], int], auditor: Auditor) -> list[Diagnostic]:
    """A line for each rulebook and year: no rules in force (HY364), or carried over as a draft (HY365).

    Args:
        sheets: how many were audited, by authority and evaluated fiscal year.
        auditor: that audited them.
    """
    counts: Counter[tuple[int, str, int]] = Counter()
    for (authority, year), count in sheets.items():
        for book in auditor.lapsed(authority, year):
            counts[year, book.id, book.last_year or year] += count
    return lapsed_lines("HY365" if auditor.carry_over else "HY364", counts)
