"""Sheets of years for which a rulebook is not in force: they are rated all the same, and that is told."""

from hyotei.messages import Diagnostic, Param
from hyotei.rulebook.model import Rulebook


def notes_on_years(sheets_of: dict[int, int], *rulebooks: Rulebook) -> list[Diagnostic]:
    """What there is to say of sheets in years for which a rulebook is not in force: they are counted all the same."""
    found = []
    for book in {(each.id, each.first_year, each.last_year): each for each in rulebooks}.values():
        outside = sum(count for year, count in sheets_of.items() if not book.in_force(year))
        if outside:
            span = f"{book.first_year or ''}..{book.last_year or ''}"
            params: dict[str, Param] = {
                "rulebook": book.id, "years": span, "count": outside, "all": sum(sheets_of.values()),
            }  # fmt: skip
            found.append(Diagnostic("HY993", params=params))
    return found
