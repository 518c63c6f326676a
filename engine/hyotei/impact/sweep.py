"""`hyotei.sweep`: what sheets are rated as a threshold slides, with every value at which one of them moves."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import Field, PlainSerializer

from hyotei.base.extras import need
from hyotei.base.result_json import Unpublished
from hyotei.columnar.corpus_batches import AT_ONCE
from hyotei.columnar.engines import engine
from hyotei.compare.load_revision import load_revision
from hyotei.document.notebook import ShownInNotebooks
from hyotei.impact.affected_decisions import Result, results_of
from hyotei.impact.impact import Place, opened, read_by, shared_values
from hyotei.impact.model import BookRef, Count, Counts
from hyotei.impact.range_pieces import Cutting, Piece, Probing, exact_text
from hyotei.impact.rated_batch import RatedBatch
from hyotei.impact.sheet_batches import About, Batch, batches, content_hash
from hyotei.impact.sliding_value import Slide, cell_slide, parameter_slide
from hyotei.impact.tallies import Tally
from hyotei.impact.years_in_force import notes_on_years
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, phrase
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet

if TYPE_CHECKING:
    from hyotei.columnar.engines import Engine
    from hyotei.corpus.corpus import Corpus

Spot: TypeAlias = "tuple[Fraction, bool]"
"""A value, or just after it where true."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What holds from a spot up to the next one: at the value alone, or just after it, where `after`.

    `counts` has the sheets of each result and value; `changed` those that differ from the spot before in rating or budget, and
    `moved` those that differ from what the rulebook says as it stands.
    """

    at: Annotated[Fraction, PlainSerializer(exact_text), Field(serialization_alias="from")]
    after: bool
    changed: int
    moved: Count
    counts: Counts


@dataclass(frozen=True, slots=True)
class SweptResult:
    """A result: its values in the order of the scale, the undetermined last, as None, and what they are called."""

    name: str
    values: tuple[Result, ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sweep(ShownInNotebooks):
    """The stretches of the range in order, the first at its lower end. Each begins where some sheet moves, and only there."""

    document_builder = "hyotei.report.sweep_document:sweep_document"

    rulebook: BookRef
    corpus_hash: str
    slide: Slide
    all: Count
    alone: Annotated[int, Field(serialization_alias="singly")]
    results: Unpublished[tuple[SweptResult, ...]]
    stretches: tuple[Stretch, ...]
    notes: Unpublished[tuple[Diagnostic, ...]] = ()

    @property
    def steps(self) -> tuple[Fraction, ...]:
        """The values at which, or just after which, some sheet moves."""
        return tuple(dict.fromkeys(each.at for each in self.stretches[1:]))

    def at(self, value: Decimal | Fraction) -> Stretch:
        """What holds at a value.

        Raises:
            ValueError: the value lies outside the range.
        """
        wanted = Fraction(value)
        if not Fraction(self.slide.low) <= wanted <= Fraction(self.slide.high):
            raise ValueError("outside the range")
        return [each for each in self.stretches if (each.at, each.after) <= (wanted, False)][-1]


def sweep(
    rulebook: Rulebook | Place,
    sheets: "Corpus | Place | Sheet | Iterable[Sheet]",
    *,
    param: str | None = None,
    cell: str | None = None,
    at_once: int = AT_ONCE,
) -> Sweep:
    """Rates sheets for every value of a threshold within a range, exactly.

    Args:
        rulebook: a rulebook, its id, its path, or `git:REV:PATH`.
        sheets: a corpus, its folder, or sheets.
        param: the parameter and its range: `about=0%..30%`. A value by fiscal year is slid for all years alike.
        cell: or a cell: `rating:2:share_achieved=50%..90%`, the decision, the row, and the column by its text or number.
        at_once: about how many sheets of a corpus are held at once.

    Raises:
        HyoteiError: the range cannot be read (HY990), it cannot be slid (HY991), there is no sheet (HY992), or what is given
            cannot be read.
        ValueError: neither or both of `param` and `cell` are given.
    """
    if (param is None) == (cell is None):
        raise ValueError("one of param and cell")
    book = rulebook if isinstance(rulebook, Rulebook) else load_revision(rulebook, rulebook)
    if not results_of(book):
        reason = phrase("impact.cannot.no_result")
        raise HyoteiError(Diagnostic("HY994", params={"old": book.id, "new": book.id, "reason": reason}))
    slide = parameter_slide(book, param) if param is not None else cell_slide(book, cell or "")
    need("columnar")
    probing = Probing(slide)
    with ExitStack() as stack:
        given = opened(sheets, stack)
        counting = _Counting(book, slide)
        running = engine("duckdb")
        try:
            for batch in batches(given, read_by(book.toward(*results_of(book)), probing.rulebook), at_once):
                counting.add(batch, probing, running)
        finally:
            running.close()
        return counting.sweep(content_hash(given))


@dataclass
class _Counting:
    """What changes at each spot, over all batches so far."""

    rulebook: Rulebook
    slide: Slide
    all: Tally = field(default_factory=Tally)
    deltas: "dict[Spot, dict[tuple[str, Result], Tally]]" = field(default_factory=dict)
    moved: "dict[Spot, Tally]" = field(default_factory=dict)
    changed: "dict[Spot, int]" = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    apart: int = 0

    def __post_init__(self) -> None:
        self.names = results_of(self.slide.rulebook)

    def add(self, batch: Batch, probing: Probing, running: "Engine") -> None:
        ground = RatedBatch(batch, self.rulebook, running)
        self.apart += len(ground.apart)
        cutting = Cutting(ground, probing)
        for place, pieces in enumerate(cutting.pieces()):
            present = tuple(ground.results[name][place] for name in self.names)
            self._sheet(batch.about[place], pieces, present)

    def _sheet(
        self, about: About, pieces: "list[tuple[Piece, tuple[Result, ...]]]", present: "tuple[Result, ...]"
    ) -> None:
        self.all.add(about)
        self.years[about.fiscal_year] = self.years.get(about.fiscal_year, 0) + 1
        for number, (spot, results, before) in enumerate(_spots(pieces)):
            deltas = self.deltas.setdefault(spot, {})
            for at, name in enumerate(self.names):
                if before is None or before[at] != results[at]:
                    deltas.setdefault((name, results[at]), Tally()).add(about)
                    if before is not None:
                        deltas.setdefault((name, before[at]), Tally()).add(about, -1)
            was = before is not None and before != present
            if was != (results != present):
                self.moved.setdefault(spot, Tally()).add(about, -1 if was else 1)
            if number:
                self.changed[spot] = self.changed.get(spot, 0) + 1

    def sweep(self, corpus_hash: str) -> Sweep:
        counts: dict[tuple[str, Result], Tally] = {}
        moved = Tally()
        stretches = []
        for spot in sorted(self.deltas):
            for key, delta in self.deltas[spot].items():
                counts.setdefault(key, Tally()).plus(delta)
            if spot in self.moved:
                moved.plus(self.moved[spot])
            told = {key: tally.count() for key, tally in counts.items() if tally.sheets}
            stretches.append(Stretch(*spot, self.changed.get(spot, 0), moved.count(), told))
        results = []
        for name in self.names:
            values = shared_values(name, self.rulebook)
            scale = self.rulebook.scales.get(name)
            strange = {value for _, value in counts if _ == name and value is not None} - set(values)
            labels = dict(scale.labels) if scale is not None else {}
            results.append(SweptResult(name, (*values[:-1], *sorted(filter(None, strange)), None), labels))
        return Sweep(
            rulebook=BookRef(self.rulebook.id, self.rulebook.title, self.rulebook.hash),
            corpus_hash=corpus_hash,
            slide=self.slide,
            all=self.all.count(),
            alone=self.apart,
            results=tuple(results),
            stretches=tuple(stretches),
            notes=tuple(notes_on_years(self.years, self.rulebook)),
        )


def _spots(
    pieces: "list[tuple[Piece, tuple[Result, ...]]]",
) -> "Iterator[tuple[Spot, tuple[Result, ...], tuple[Result, ...] | None]]":
    """Where the results of a sheet change, the first at the lower end: the spot, the results from there on, and those before."""
    before: tuple[Result, ...] | None = None
    for part, results in pieces:
        if results != before:
            yield (part.low, not part.low_closed), results, before
            before = results
