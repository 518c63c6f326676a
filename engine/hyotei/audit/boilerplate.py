"""Texts shared word for word by many sheets of a corpus, such as an opinion that was not written for the programme."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from hyotei.audit.model import Finding, ShownFigure
from hyotei.base import exact
from hyotei.base.exact import plain
from hyotei.corpus.evaluated_budget import money_of
from hyotei.messages import Language, wording
from hyotei.readers.review_facts import OPINION
from hyotei.rulebook.value_words import percent
from hyotei.sheet import BudgetYear, Sheet
from hyotei.sheet.facts import fact_of

LEAST_SHARED: Final = 20
"""How many sheets must share a text for it to count as boilerplate."""
LOW_EXECUTION: Final = Decimal("0.5")
"""Below which part of the budget executed a boilerplate opinion is a finding."""

CODE: Final = "RS-F20"
_SHOWN: Final = 80
"""How many characters of a shared text a finding shows."""

TextOf = Callable[[Sheet], str | None]


class SharedText(NamedTuple):
    """A sheet whose text is shared: itself, how many share it, and the text."""

    sheet: Sheet
    sharing: int
    text: str


def opinion_detail(sheet: Sheet) -> str | None:
    """The opinion of the review team in words (所見の詳細)."""
    found = fact_of(sheet.facts, f"{OPINION}_detail")
    return None if found is None else found.text


def shared_texts(
    sheets: Callable[[], Iterable[Sheet]], text_of: TextOf = opinion_detail, least: int = LEAST_SHARED
) -> Iterator[SharedText]:
    """The sheets whose text stands word for word in at least `least` sheets, in their order.

    Args:
        sheets: gives the sheets, and gives them again: they are read twice, so that none is held.
        text_of: the text in question; surrounding blanks do not count, an empty text is none.
        least: in how many sheets it must stand.
    """
    counts: dict[bytes, int] = {}
    for sheet in sheets():
        key = _key(text_of(sheet))
        if key is not None:
            counts[key] = counts.get(key, 0) + 1
    for sheet in sheets():
        text = text_of(sheet)
        key = _key(text)
        if text is not None and key is not None and counts[key] >= least:
            yield SharedText(sheet, counts[key], text)


class Boilerplate:
    """The finding `RS-F20`: an opinion in words that many programmes share, beside little execution.

    Sheets are added one by one. Kept are sixteen bytes for each different text, and of the sheets with little execution
    what their finding would say.
    """

    def __init__(self, language: Language = "ja", least: int = LEAST_SHARED) -> None:
        self.language, self.least = language, least
        self._counts: dict[bytes, int] = {}
        self._candidates: list[tuple[bytes, Finding]] = []

    def add(self, sheet: Sheet) -> None:
        """One more sheet of the review."""
        text = opinion_detail(sheet)
        key = _key(text)
        if key is None or text is None:
            return
        self._counts[key] = self._counts.get(key, 0) + 1
        year = _evaluated(sheet)
        if year is not None and low_execution(sheet):
            self._candidates.append((key, self._finding(sheet, year, text.strip())))

    def findings(self) -> Iterator[Finding]:
        """The findings on the sheets whose text turned out to be shared, in the order of the sheets."""
        say = wording(self.language)
        for key, finding in self._candidates:
            count = self._counts[key]
            if count >= self.least:
                title, text = say("audit.boilerplate.same_text"), say("audit.boilerplate.count", count=count)
                yield replace(finding, figures=(ShownFigure(title, text, "", str(count)), *finding.figures))

    def _finding(self, sheet: Sheet, year: BudgetYear, text: str) -> Finding:
        say = wording(self.language)
        assert year.total.value is not None
        assert year.executed.value is not None
        rate = exact.divide(year.executed.value, year.total.value)
        money = money_of(sheet)
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        return Finding(
            code=CODE,
            severity="notice",
            sheet=sheet.id,
            title=sheet.title,
            authority=sheet.authority,
            fiscal_year=sheet.fiscal_year,
            unit="sheet",
            subject="",
            message=say("audit.boilerplate.says"),
            question=say("audit.boilerplate.asks"),
            figures=(
                ShownFigure(say("audit.boilerplate.execution_rate"), percent(rate), "", plain(rate), "ratio"),
                ShownFigure(say("audit.boilerplate.opinion"), shown),
            ),
            rule=None,
            money=None if money is None else plain(money),
        )


def low_execution(sheet: Sheet, below: Decimal = LOW_EXECUTION) -> bool:
    """Whether surely less than that part of the evaluated year's budget was executed."""
    year = _evaluated(sheet)
    if year is None or year.total.value is None or year.executed.value is None or year.total.value <= 0:
        return False
    return year.executed.value < below * year.total.value


def _evaluated(sheet: Sheet) -> BudgetYear | None:
    return next((year for year in sheet.budget_years if year.fiscal_year == sheet.fiscal_year), None)


def _key(text: str | None) -> bytes | None:
    """Sixteen bytes for a text, so that a corpus of long texts is counted in little memory."""
    plain = (text or "").strip()
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=16).digest() if plain else None
