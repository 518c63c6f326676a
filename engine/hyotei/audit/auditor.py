"""The audit of one sheet: the rulebooks that apply to it, and what they find."""

import os
from collections.abc import Callable, Iterable
from functools import cached_property

from hyotei.audit.model import Comparison, Finding, SheetAudit
from hyotei.audit.recorded_comparison import comparisons
from hyotei.audit.same_facts import shown_once
from hyotei.audit.sheet_findings import findings_of
from hyotei.base.exact import plain
from hyotei.corpus.evaluated_budget import money_of
from hyotei.inference.rate import rate
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import HyoteiError, Language
from hyotei.rulebook.lapsed_rulebooks import carried_over, lapsed_checks, lapsed_rulebook
from hyotei.rulebook.library import Entry, checks_for, library, load_rulebook, rulebook_for
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.verdict.model import SheetRef
from hyotei.verdict.verdict import Verdict

Named = Rulebook | str | os.PathLike[str]
"""A rulebook: loaded, or by its id or path."""


@dataclass(frozen=True, slots=True)
class Books:
    """The rulebooks of a sheet: the one that rates it, if any, and those that check it."""

    main: Rulebook | None
    checks: tuple[Rulebook, ...]

    @property
    def all(self) -> tuple[Rulebook, ...]:
        """Each once, in the order in which they are applied."""
        found: dict[str, Rulebook] = {}
        for book in (*(() if self.main is None else (self.main,)), *self.checks):
            found.setdefault(book.hash, book)
        return tuple(found.values())


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
        self._books: dict[tuple[str, int], Books] = {}
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

    def books_of(self, authority: str, fiscal_year: int) -> Books:
        """The rulebooks of the sheets of an authority and fiscal year."""
        key = authority, fiscal_year
        if key not in self._books:
            self._books[key] = Books(self.main_for(*key), self.checks_in(fiscal_year))
        return self._books[key]

    def audit(self, sheet: Sheet, with_reasons: bool = True) -> SheetAudit:
        """The audit of one sheet; its comparisons `with_reasons` or without."""
        books = self.books_of(sheet.authority, sheet.fiscal_year)
        main: Verdict | None = None
        compared: tuple[Comparison, ...] = ()
        found: list[Finding] = []
        for book in books.all:
            verdict = self._rate(sheet, book)
            if book is books.main:
                main, compared = verdict, tuple(comparisons(verdict, self.language, with_reasons))
            found += findings_of(verdict, self.language)
        money = money_of(sheet)
        return sheet_audit(sheet, None if money is None else plain(money), books, main, compared, found)

    def _rate(self, sheet: Sheet, rulebook: Rulebook) -> Verdict:
        verdict = rate(sheet, rulebook)
        for watch in self.watchers:
            watch(verdict)
        return verdict

    def main_for(self, authority: str, fiscal_year: int) -> Rulebook | None:
        """The rulebook that rates a sheet: the named one, else the one in force; None where there is none.

        Raises:
            HyoteiError: several are in force (HY362), or the one in force has errors. Neither is the same as having none.
        """
        if self.rulebook is not None:
            return self.rulebook
        key = authority, fiscal_year
        if key not in self._of_authority:
            try:
                self._of_authority[key] = rulebook_for(*key, self._library)
            except HyoteiError as error:
                if any(each.severity == "error" and each.code != "HY361" for each in error.diagnostics):
                    raise
                last = lapsed_rulebook(*key, self._library) if self.carry_over else None
                self._of_authority[key] = None if last is None else carried_over(last)
        return self._of_authority[key]


def sheet_audit(
    sheet: Sheet,
    money: str | None,
    books: Books,
    main: Verdict | None,
    compared: tuple[Comparison, ...],
    found: list[Finding],
) -> SheetAudit:
    """What the rulebooks of a sheet gave, put together; `main` is the verdict of the one that rates it."""
    return SheetAudit(
        sheet=SheetRef(sheet.id, sheet.title, sheet.authority, sheet.number, sheet.fiscal_year),
        field=sheet.field or "",
        money=money,
        rulebook=None if main is None else main.rulebook.id,
        rulebook_hash=None if main is None else main.rulebook.hash,
        rating=None if main is None else main.rating,
        budget=None if main is None else main.budget,
        status="not_rated" if main is None else main.status,
        comparisons=compared,
        findings=shown_once(found, books.all),
        unread=sheet.unread,
    )


def _loaded(rulebook: Named) -> Rulebook:
    return rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
