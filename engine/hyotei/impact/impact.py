"""`hyotei.impact`: what an edit of a rulebook moves among many sheets, and which edit moved each of them."""

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from hyotei.base.extras import need
from hyotei.columnar.corpus_batches import AT_ONCE
from hyotei.compare.declared_facts import refuse_other_facts
from hyotei.compare.edit_words import titles_of
from hyotei.compare.load_revision import load_revision
from hyotei.corpus.corpus import Corpus
from hyotei.impact.affected_decisions import Result, results_of
from hyotei.impact.causes import Cause, Moved, Watch, causes
from hyotei.impact.model import BookRef, Change, Impact, Move, ResultImpact, Share, Way
from hyotei.impact.rated_grounds import Ground, Grounds
from hyotei.impact.sheet_batches import About, Sheets, content_hash
from hyotei.impact.tallies import GroupTally, SheetTallies, Tally
from hyotei.impact.undone_edits import Edits
from hyotei.impact.years_in_force import notes_on_years
from hyotei.messages import Diagnostic, HyoteiError, phrase
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.sheet.models import LAST_YEAR

if TYPE_CHECKING:
    from hyotei.columnar.corpus_relations import Figures

Place = str | os.PathLike[str]


def impact(
    old: Rulebook | Place,
    new: Rulebook | Place,
    sheets: "Corpus | Place | Sheet | Iterable[Sheet]",
    *,
    at_once: int = AT_ONCE,
    grounds: Grounds | None = None,
    watch: Watch = lambda: None,
) -> Impact:
    """Rates sheets by two rulebooks and tells what moves, from where to where, and by which edit.

    Args:
        old: a rulebook, its id, its path, or a git revision: `git:HEAD~1` for the file of `new` in that revision.
        new: the same.
        sheets: a corpus, its folder, or sheets.
        at_once: about how many sheets of a corpus are held at once.
        grounds: what keeps sheets that were rated by the old rulebook for the next new one; without it nothing is kept.
        watch: called again and again while edits are tried; what it raises ends the work.

    Raises:
        HyoteiError: a rulebook or a corpus cannot be read, there is no sheet (HY992), or the two derive nothing that can be
            compared (HY994).
    """
    before = old if isinstance(old, Rulebook) else load_revision(old, new)
    after = new if isinstance(new, Rulebook) else load_revision(new, old)
    need("columnar")
    with ExitStack() as stack:
        kept = Grounds(at_once=at_once) if grounds is None else grounds
        return _impact(before, after, opened(sheets, stack), kept, watch)


def opened(sheets: "Corpus | Place | Sheet | Iterable[Sheet]", stack: ExitStack) -> Sheets:
    """The corpus, opened where its folder was given, or the sheets as a list."""
    if isinstance(sheets, Corpus):
        return sheets
    if isinstance(sheets, str | os.PathLike):
        return stack.enter_context(Corpus.open(Path(sheets)))
    return [sheets] if isinstance(sheets, Sheet) else list(sheets)


def _impact(old: Rulebook, new: Rulebook, sheets: Sheets, grounds: Grounds, watch: Watch) -> Impact:
    names = comparable(old, new)
    books = [book.toward(*names) for book in (old, new)]
    counting = _Counting(old, new, names, Edits(books[0], books[1], last_year(old, new)), watch)
    for ground in grounds.of(counting.edits.old, read_by(*books), sheets):
        counting.add(ground)
    return counting.impact(content_hash(sheets))


def read_by(*rulebooks: Rulebook) -> "Figures":
    """The figures that any of some rulebooks reads."""
    from hyotei.columnar.decision_reads import figures_read

    found: Figures = frozenset().union(*(figures_read(each) for each in rulebooks))
    # What a fact is called may differ between them; its column is one.
    return frozenset({(each.scope, each.name): each for each in sorted(found, key=lambda each: each.ja)}.values())


def last_year(*rulebooks: Rulebook) -> int:
    """The year as of which the values of dated parameters are told."""
    return min(each.last_year or LAST_YEAR for each in rulebooks)


def comparable(old: Rulebook, new: Rulebook) -> list[str]:
    """The results that both derive on scales with a value in common.

    Raises:
        HyoteiError: there is none, or a fact means different things in them (HY994).
    """
    refuse_other_facts(old, new)
    found = []
    reason = phrase("impact.cannot.no_common_result")
    for name in results_of(new):
        if name in old.by_name:
            scales = [_scale(book, name) for book in (old, new)]
            if not all(scales) or set(scales[0]) & set(scales[1]):
                found.append(name)
            else:
                told = [", ".join(scale) for scale in scales]
                reason = phrase("impact.cannot.no_common_value", output=name, old=told[0], new=told[1])
    if not found:
        raise HyoteiError(Diagnostic("HY994", params={"old": old.id, "new": new.id, "reason": reason}))
    return found


def _scale(rulebook: Rulebook, name: str) -> tuple[str, ...]:
    scale = rulebook.scales.get(name)
    return scale.values if scale is not None else ()


def shared_values(name: str, *rulebooks: Rulebook) -> tuple[Result, ...]:
    """The values of a result in the order of the scale; those of several rulebooks put together, the undetermined last."""
    found: dict[str, None] = {}
    for rulebook in reversed(rulebooks):
        found |= dict.fromkeys(_scale(rulebook, name))
    return (*found, None)


def way_of(before: Result, after: Result, values: Sequence[Result], is_ordered: bool) -> Way:
    """How a result moved."""
    if before is None:
        return "settled"
    if after is None:
        return "unsettled"
    if not is_ordered or before not in values or after not in values:
        return "other"
    return "better" if values.index(after) < values.index(before) else "worse"


@dataclass
class _Counting:
    """The counts of all batches so far."""

    old: Rulebook
    new: Rulebook
    names: list[str]
    edits: Edits
    watch: Watch
    all: Tally = field(default_factory=Tally)
    moved: Tally = field(default_factory=Tally)
    moves: list[Move] = field(default_factory=list)
    matrices: dict[str, dict[tuple[Result, Result], Tally]] = field(default_factory=dict)
    authorities: dict[str, GroupTally] = field(default_factory=dict)
    years: dict[int, GroupTally] = field(default_factory=dict)
    shares: list[tuple[Tally, Tally]] = field(default_factory=list)
    apart: int = 0

    def __post_init__(self) -> None:
        self.values = {name: shared_values(name, self.old, self.new) for name in self.names}
        self.is_ordered = {
            name: all((scale := book.scales.get(name)) is not None and scale.ordered for book in (self.old, self.new))
            for name in self.names
        }
        self.matrices = {name: {} for name in self.names}
        self.shares = [(Tally(), Tally()) for _ in self.edits.edits]

    def add(self, ground: Ground) -> None:
        self.watch()
        sheets, tallies = ground.sheets, ground.tallies
        self.apart += len(sheets.apart)
        before, after = sheets.results, sheets.under(self.edits.new, range(len(sheets.batch)))
        moved: list[Moved] = [
            (name, place)
            for name in self.names
            for place, (old, new) in enumerate(zip(before[name], after[name], strict=True))
            if old != new
        ]
        why = causes(sheets, self.edits, moved, self.watch)
        self._unmoved(tallies)
        for place in sorted({place for _, place in moved}):
            about = sheets.batch.about[place]
            changes = []
            for name in self.names:
                if (name, place) in why:
                    old, new = before[name][place], after[name][place]
                    self.matrices[name][old, old].add(about, -1)
                    self.matrices[name].setdefault((old, new), Tally()).add(about)
                    changes.append(self._change(name, old, new, why[name, place]))
            self._moved(about, tuple(changes))

    def _change(self, name: str, before: Result, after: Result, cause: Cause) -> Change:
        return Change(name, before, after, way_of(before, after, self.values[name], self.is_ordered[name]), cause)

    def _unmoved(self, sheets: SheetTallies) -> None:
        """Adds sheets as if none moved."""
        self.all.plus(sheets.all)
        for authority, tally in sheets.authorities.items():
            self.authorities.setdefault(authority, GroupTally()).all.plus(tally)
        for year, tally in sheets.years.items():
            self.years.setdefault(year, GroupTally()).all.plus(tally)
        for name in self.names:
            for value, tally in sheets.results[name].items():
                self.matrices[name].setdefault((value, value), Tally()).plus(tally)

    def _moved(self, about: About, changes: tuple[Change, ...]) -> None:
        """Counts a sheet that moved."""
        groups = self.authorities[about.authority], self.years[about.fiscal_year]
        for tally in (self.moved, *(group.moved for group in groups)):
            tally.add(about)
        for group in groups:
            group.ways.update((each.result, each.way) for each in changes)
        for at in {at for each in changes for at in each.cause.alone}:
            self.shares[at][0].add(about)
        for at in {at for each in changes for at in each.cause.together}:
            self.shares[at][1].add(about)
        self.moves.append(Move(about.key, about.title, about.authority, about.fiscal_year, about.money, changes))

    def impact(self, corpus_hash: str) -> Impact:
        years = {year: group.all.sheets for year, group in self.years.items()}
        return Impact(
            old=BookRef(self.old.id, self.old.title, self.old.hash),
            new=BookRef(self.new.id, self.new.title, self.new.hash),
            corpus_hash=corpus_hash,
            all=self.all.count(),
            moved=self.moved.count(),
            alone=self.apart,
            results=tuple(self._result(name) for name in self.names),
            edits=self.edits.edits,
            shares=tuple(Share(alone.count(), together.count()) for alone, together in self.shares),
            others=self.edits.others,
            by_authority=tuple(
                group.group(key)
                for key, group in sorted(self.authorities.items(), key=lambda each: (-each[1].all.sheets, each[0]))
            ),
            by_year=tuple(group.group(str(year)) for year, group in sorted(self.years.items())),
            moves=tuple(self.moves),
            notes=tuple(notes_on_years(years, self.old, self.new)),
            titles={**titles_of(self.old), **titles_of(self.new)},
        )

    def _result(self, name: str) -> ResultImpact:
        labels: dict[str, str] = {}
        for book in (self.old, self.new):
            if name in book.scales:
                labels |= book.scales[name].labels
        met = {pair: tally.count() for pair, tally in self.matrices[name].items() if tally.sheets}
        strange = {value for pair in met for value in pair if value is not None} - set(self.values[name])
        values = (*self.values[name][:-1], *sorted(strange), None)
        matrix = {pair: met[pair] for pair in product(values, values) if pair in met}
        return ResultImpact(name, values, labels, matrix)
