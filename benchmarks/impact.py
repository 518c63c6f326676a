"""Impact and sweeps on a corpus: what undoing and sliding cost beside rating everything anew, in one run.

python benchmarks/impact.py CORPUS [RULEBOOK]
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from hyotei.columnar.engines import engine
from hyotei.columnar.rate_corpus import Runner
from hyotei.corpus.corpus import Corpus
from hyotei.impact.impact import read_by
from hyotei.impact.range_pieces import Cutting, Probing
from hyotei.impact.rated_batch import RatedBatch
from hyotei.impact.sheet_batches import batches
from hyotei.impact.sliding_value import cell_slide, parameter_slide
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.library import folder_of
from hyotei.rulebook.load import parse_rulebook

T = TypeVar("T")
EDIT = ("|  2  | 70%以上          | 0", "|  2  | 60%以上          | 0")


def timed(name: str, what: Callable[[], T]) -> tuple[T, float]:
    """What comes out, and the seconds of processor time of all threads."""
    start = time.process_time()
    found = what()
    took = time.process_time() - start
    print(f"{name:<58} {took:7.2f} s")
    return found, took


def main(folder: str) -> None:
    text = (folder_of("mic-2013") / FILE).read_text(encoding="utf-8")
    old, new = parse_rulebook(text, "old"), parse_rulebook(text.replace(*EDIT), "new")
    assert old.hash != new.hash, "the edit is in the rulebook"
    short = [book.toward("rating", "budget") for book in (old, new)]
    slides = {
        "share_achieved (rating:2) 0%..100%": cell_slide(old, "rating:2:share_achieved=0%..100%"),
        "half 0%..100%": parameter_slide(old, "half=0%..100%"),
        "execution (budget:4) 0%..100%": cell_slide(old, "budget:4:execution=0%..100%"),
        "budget_change (budget:2) -100%..100%": cell_slide(old, "budget:2:budget_change=-100%..100%"),
    }
    with Corpus.open(Path(folder)) as corpus:
        running = engine("duckdb")
        _, whole = timed(
            "all verdicts, findings too (hyotei rate)", lambda: Runner(old, running).rate(corpus, corpus.parts, 0)
        )
        batch, _ = timed("loading", lambda: next(batches(corpus, read_by(*short), len(corpus))))
        ground, _ = timed("rating by the old rulebook", lambda: RatedBatch(batch, old, running))
        _, edit = timed("impact of one edited cell", lambda: ground.under(short[1], range(len(batch))))
        for name, slide in slides.items():
            pieces, took = timed(f"sweep {name}", Cutting(ground, Probing(slide)).pieces)
            steps = {part.low for each in pieces for (part, a), (_, b) in zip(each[1:], each, strict=False) if a != b}
            rated = sum(map(len, pieces))
            anew = len(steps) * whole / took
            print(f"    {len(steps):,} steps, {rated:,} ratings; rating everything anew at each step: {anew:,.0f} ×")
        print(f"one edited cell beside rating everything: {edit / whole:.2f} ×")
        running.close()


if __name__ == "__main__":
    main(sys.argv[1])
