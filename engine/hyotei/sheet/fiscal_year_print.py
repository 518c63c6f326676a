"""Fiscal years as documents print them."""

from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import InEach, Language, Text, wording

NO_YEAR: Final = 1900
"""What stands for the fiscal year of a document that tells none: no rulebook is in force for it, and years before it exist."""

ERAS: Final = (("令和", "R", 2018), ("平成", "H", 1988), ("昭和", "S", 1925), ("大正", "T", 1911), ("明治", "M", 1867))
"""Each era with its letter and the year before its first, the newest first."""


def print_fiscal_year(year: int, language: Language = "ja") -> str:
    """The year as documents print it: `平成24年度`, `令和元年度`; in English `FY2012`. `NO_YEAR` is told as unknown."""
    if year == NO_YEAR:
        return wording(language)("values.no_fiscal_year")
    name, before = next(((name, before) for name, _, before in ERAS if year > before), ("", 0))
    number = year - before
    return InEach(f"{name}{'元' if number == 1 and name else number}年度", f"FY{year}").text(language)


@dataclass(frozen=True, slots=True)
class YearText(Text):
    """A fiscal year as a value of a sentence."""

    year: int

    def text(self, language: Language) -> str:
        return print_fiscal_year(self.year, language)
