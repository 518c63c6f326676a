"""(b) Sheets a second and memory over 200,000 random sheets, in one process and in two."""

import os
import time
from itertools import islice
from multiprocessing import get_context

from measure import Goal, Report, megabytes
from sheets import random_sheets

import hyotei
from hyotei.rulebook.reference import evaluate

SHEETS = int(os.environ.get("HYOTEI_BENCH_SHEETS", "200000"))
CHUNK = 1_000
CHECKED_EVERY = 500
"""Every such sheet is evaluated by the reference, too."""
WARM_UP = 5_000
"""Sheets after which memory is first looked at: by then every cache is filled."""
GROWTH = "memory at the end / after the first sheets"


class Rated:
    """What one process found out."""

    def __init__(self) -> None:
        self.sheets = self.checked = 0
        self.rating = self.making = self.on_the_clock = 0.0
        self.ratings: dict[str | None, int] = {}
        self.memory: list[float] = []


def rate_many(count: int, seed: int) -> Rated:
    """Rates random sheets in chunks; making them and checking them is timed apart."""
    rulebook = hyotei.load_rulebook("mic-2013")
    found = Rated()
    source = random_sheets(count, seed)
    while found.sheets < count:
        making = time.process_time()
        sheets = list(islice(source, CHUNK))
        begun, rating = time.perf_counter(), time.process_time()
        verdicts = [hyotei.rate(sheet, rulebook) for sheet in sheets]
        found.making += rating - making
        found.rating += time.process_time() - rating
        found.on_the_clock += time.perf_counter() - begun
        for number, (sheet, verdict) in enumerate(zip(sheets, verdicts, strict=True), found.sheets):
            found.ratings[verdict.rating] = found.ratings.get(verdict.rating, 0) + 1
            if number % CHECKED_EVERY == 0:
                if verdict.derivation != evaluate(rulebook, sheet):
                    raise SystemExit(f"{sheet.id}: the engine and the reference differ")
                found.checked += 1
        found.sheets += len(sheets)
        del sheets, verdicts
        if found.sheets >= min(WARM_UP, count):
            found.memory.append(megabytes())
    return found


def run() -> Report:
    fresh = get_context("spawn")  # a process of its own, so that memory is that of this work alone
    with fresh.Pool(1) as pool:
        alone = pool.apply(rate_many, (SHEETS, 2))
    with fresh.Pool(2) as pool:
        pool.starmap(rate_many, [(CHUNK, 0), (CHUNK, 1)], chunksize=1)  # both have imported and registered
        both = pool.starmap(rate_many, [(SHEETS // 2, 3), (SHEETS // 2, 4)], chunksize=1)
    report = Report(f"b. {SHEETS:,} random sheets", goal=Goal(GROWTH, 1.05))
    on_the_clock = alone.sheets / alone.on_the_clock
    two_on_the_clock = sum(each.sheets / each.on_the_clock for each in both)
    report.add("sheets a second of processor time", alone.sheets / alone.rating, "/s")
    report.add("sheets a second on the clock, one process", on_the_clock, "/s")
    report.add("sheets a second on the clock, two processes", two_on_the_clock, "/s")
    report.add("two processes / one, on the clock", two_on_the_clock / on_the_clock, "×")
    report.add("making the sheets, not counted above", 1e6 * alone.making / alone.sheets, "µs each")
    report.add(f"memory after {min(WARM_UP, SHEETS):,} sheets", alone.memory[0], "MB")
    report.add("memory at most", max(alone.memory), "MB")
    report.add("memory at the end", alone.memory[-1], "MB")
    report.add(GROWTH, alone.memory[-1] / alone.memory[0], "×")
    report.add("sheets on which the reference agreed", alone.checked + sum(each.checked for each in both))
    shares = sorted(alone.ratings.items(), key=lambda item: str(item[0]))
    report.add(
        "ratings", ", ".join(f"{name or 'undetermined'} {100 * count / alone.sheets:.0f} %" for name, count in shares)
    )
    return report
