"""Impact and sweeps on a corpus: what edits cost where rated sheets are kept, and what sliding costs beside rating everything anew.

python benchmarks/impact.py CORPUS

All in one run. After each edit of a draft its impact is worked out twice: by a fresh `hyotei.impact`, and where the sheets are kept
from one edit to the next, as the process of the workbench does; what both tell is compared.
"""

import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from draft_edits import drafts, published

from hyotei.columnar.engines import engine
from hyotei.columnar.rate_corpus import Runner
from hyotei.corpus.corpus import Corpus
from hyotei.impact.impact import impact, read_by
from hyotei.impact.range_pieces import Cutting, Probing
from hyotei.impact.rated_batch import RatedBatch
from hyotei.impact.rated_grounds import Grounds
from hyotei.impact.sheet_batches import batches
from hyotei.impact.sliding_value import cell_slide, parameter_slide
from hyotei.rulebook.load import parse_rulebook

T = TypeVar("T")


def timed(name: str, what: Callable[[], T]) -> tuple[T, float]:
    """What comes out, and the seconds of processor time of all threads."""
    start = time.process_time()
    found = what()
    took = time.process_time() - start
    print(f"{name:<58} {took:7.2f} s")
    return found, took


def edits(corpus: Corpus) -> None:
    """The edits of a draft one after the other, and then a ninth at the place of the first."""
    old, grounds = parse_rulebook(published(), "old"), Grounds(len(corpus))
    timed("a first impact, whose sheets are kept", lambda: impact(old, old, corpus, grounds=grounds))
    for number, text in enumerate(drafts(), 1):
        new = parse_rulebook(text, "new")
        begun = time.perf_counter()
        found, kept = timed(f"{number} edits, sheets kept", partial(impact, old, new, corpus, grounds=grounds))
        clock = time.perf_counter() - begun
        anew, fresh = timed(f"{number} edits, hyotei.impact", partial(impact, old, new, corpus))
        assert found == anew
        print(f"    {found.moved.sheets:,} sheets moved; {clock:.2f} s on the clock; {fresh / kept:.1f} × quicker")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB")


def sweeps(corpus: Corpus) -> None:
    """Thresholds that slide."""
    old = parse_rulebook(published(), "old")
    slides = {
        "share_achieved (rating:2) 0%..100%": cell_slide(old, "rating:2:share_achieved=0%..100%"),
        "half 0%..100%": parameter_slide(old, "half=0%..100%"),
        "execution (budget:4) 0%..100%": cell_slide(old, "budget:4:execution=0%..100%"),
        "budget_change (budget:2) -100%..100%": cell_slide(old, "budget:2:budget_change=-100%..100%"),
    }
    running = engine("duckdb")
    _, whole = timed(
        "all verdicts, findings too (hyotei rate)", lambda: Runner(old, running).rate(corpus, corpus.parts, 0)
    )
    (batch,), _ = timed("loading", lambda: list(batches(corpus, read_by(old.toward("rating", "budget")), len(corpus))))
    ground, _ = timed("rating by the rulebook", lambda: RatedBatch(batch, old, running))
    for name, slide in slides.items():
        pieces, took = timed(f"sweep {name}", Cutting(ground, Probing(slide)).pieces)
        steps = {part.low for each in pieces for (part, a), (_, b) in zip(each[1:], each, strict=False) if a != b}
        rated = sum(map(len, pieces))
        anew = len(steps) * whole / took
        print(f"    {len(steps):,} steps, {rated:,} ratings; rating everything anew at each step: {anew:,.0f} ×")
    running.close()


def main(folder: str) -> None:
    with Corpus.open(Path(folder)) as corpus:
        edits(corpus)
        sweeps(corpus)


if __name__ == "__main__":
    main(sys.argv[1])
