"""The audit of sheets, one after the other and in bounded memory."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from hyotei.audit.findings import findings_of, money_of
from hyotei.audit.model import Comparison, Finding, SheetAudit
from hyotei.audit.recorded_comparison import comparisons
from hyotei.audit.same_facts import shown_once
from hyotei.base.exact import plain
from hyotei.inference.rate import rate
from hyotei.messages import HyoteiError, Language
from hyotei.rulebook.lapsed_rulebooks import carried_over, lapsed_checks, lapsed_rulebook
from hyotei.rulebook.library import Entry, checks_for, library, load_rulebook, rulebook_for
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.model import SheetRef, Status
from hyotei.verdict.verdict import Verdict

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus

Named = Rulebook | str | os.PathLike[str]
"""A rulebook: loaded, or by its id or path."""


def audit(
    sheets: "Iterable[Sheet] | Corpus",
    rulebook: Named | None = None,
    checks: Iterable[Named] | None = None,
    language: Language = "ja",
    carry_over: bool = False,
) -> Iterator[SheetAudit]:
    """What an auditor wants to see of each sheet: its recorded results beside the derived ones, and its findings.

    Args:
        sheets: the sheets, such as those of `hyotei.read_sheets`, or a corpus, which is audited by the engine for tables.
        rulebook: the rulebook that rates all of them; by default, for each sheet the one in force for its authority and
            evaluated year, if there is just one.
        checks: rulebooks of findings to apply as well; by default all of the library that are in force for the evaluated
            year. An empty list applies none.
        language: of the sentences.
        carry_over: apply rulebooks that end before the year of a sheet, with none after them, as drafts.

    Raises:
        HyoteiError: a rulebook that was named does not exist or has errors.

    Example:
        >>> import hyotei
        >>> sheet = hyotei.read_sheet(hyotei.cases_folder() / "mic-24-15" / "sheet.yaml")
        >>> found, = audit([sheet])
        >>> [(each.output, each.recorded, each.derived, each.agreement) for each in found.comparisons]
        [('rating', 'A', 'A', 'agrees'), ('budget', 'Ⅱ', 'Ⅱ', 'agrees')]
    """
    from hyotei.audit.columnar_audit import ColumnarAudit, can_be_fast, keyed
    from hyotei.corpus.corpus import Corpus

    auditor = Auditor(rulebook, checks, language, carry_over=carry_over)
    if isinstance(sheets, Corpus) and can_be_fast():
        yield from (found for _, found in ColumnarAudit(auditor, with_reasons=True).audits(sheets))
        return
    for sheet in (sheet for _, sheet in keyed(sheets)) if isinstance(sheets, Corpus) else sheets:
        yield auditor.audit(sheet)


class Auditor:
    """An audit with its rulebooks loaded.

    `watchers` are told of every verdict, of the rating rulebook and of the checks, for what is gathered over all sheets. With
    `carry_over` rulebooks of the library that end before the year of a sheet, with none after them, apply to it as drafts.
    """

    def __init__(
        self,
        rulebook: Named | None,
        checks: Iterable[Named] | None,
        language: Language,
        watchers: Iterable[Callable[[Verdict], None]] = (),
        carry_over: bool = False,
    ) -> None:
        self.language: Language = language
        self.carry_over = carry_over
        self.watchers = tuple(watchers)
        self.rulebook = None if rulebook is None else _loaded(rulebook)
        self.checks = None if checks is None else tuple({book.hash: book for book in map(_loaded, checks)}.values())
        self._of_authority: dict[tuple[str, int], Rulebook | None] = {}
        self._checks_of: dict[int, tuple[Rulebook, ...]] = {}

    @cached_property
    def _library(self) -> tuple[Entry, ...]:
        return library()

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebooks that rated sheets so far."""
        named = () if self.rulebook is None else (self.rulebook,)
        found = (*named, *(book for book in self._of_authority.values() if book is not None))
        return tuple({book.hash: book for book in found}.values())

    def checks_of(self, sheet: Sheet) -> tuple[Rulebook, ...]:
        """The rulebooks of findings that apply to a sheet."""
        return self.checks_in(sheet.fiscal_year)

    def checks_in(self, fiscal_year: int) -> tuple[Rulebook, ...]:
        """The rulebooks of findings that apply to all sheets of a fiscal year."""
        if self.checks is not None:
            return self.checks
        if fiscal_year not in self._checks_of:
            carried = map(carried_over, lapsed_checks(fiscal_year)) if self.carry_over else ()
            self._checks_of[fiscal_year] = (*checks_for(fiscal_year), *carried)
        return self._checks_of[fiscal_year]

    def lapsed(self, authority: str, fiscal_year: int) -> tuple[Rulebook, ...]:
        """The rulebooks of the library that end before a fiscal year, with none after them; none of a kind that was named."""
        main = None if self.rulebook is not None else lapsed_rulebook(authority, fiscal_year, self._library)
        checks = () if self.checks is not None else lapsed_checks(fiscal_year)
        return (*(() if main is None else (main,)), *checks)

    def audit(self, sheet: Sheet, with_reasons: bool = True) -> SheetAudit:
        """The audit of one sheet; its comparisons `with_reasons` or without."""
        main = self.main_for(sheet.authority, sheet.fiscal_year)
        verdict = None if main is None else self._rate(sheet, main)
        compared: tuple[Comparison, ...] = ()
        found: list[Finding] = []
        rating = budget = None
        status: Status = "not_rated"
        if verdict is not None:
            rating, budget, status = verdict.rating, verdict.budget, verdict.status
            compared = tuple(comparisons(verdict, self.language, with_reasons))
            found += findings_of(verdict, self.language)
        checks = self.checks_of(sheet)
        for book in checks:
            if main is None or book.hash != main.hash:
                found += findings_of(self._rate(sheet, book), self.language)
        money = money_of(sheet)
        return SheetAudit(
            sheet=SheetRef(sheet.id, sheet.title, sheet.authority, sheet.number, sheet.fiscal_year),
            field=sheet.field or "",
            money=None if money is None else plain(money),
            rulebook=None if main is None else main.id,
            rulebook_hash=None if main is None else main.hash,
            rating=rating,
            budget=budget,
            status=status,
            comparisons=compared,
            findings=shown_once(found, checks if main is None else (main, *checks)),
            unread=sheet.unread,
        )

    def _rate(self, sheet: Sheet, rulebook: Rulebook) -> Verdict:
        verdict = rate(sheet, rulebook)
        for watch in self.watchers:
            watch(verdict)
        return verdict

    def main_for(self, authority: str, fiscal_year: int) -> Rulebook | None:
        """The rulebook that rates a sheet: the named one, else the one in force; None where there is none, or more than one."""
        if self.rulebook is not None:
            return self.rulebook
        key = authority, fiscal_year
        if key not in self._of_authority:
            try:
                self._of_authority[key] = rulebook_for(*key, self._library)
            except HyoteiError:
                last = lapsed_rulebook(*key, self._library) if self.carry_over else None
                self._of_authority[key] = None if last is None else carried_over(last)
        return self._of_authority[key]


def _loaded(rulebook: Named) -> Rulebook:
    return rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
