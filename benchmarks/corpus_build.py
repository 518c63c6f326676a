"""What a corpus costs beside reading the same files, and how large it is: `python benchmarks/corpus_build.py FILE...`.

Reading alone and building are run one after the other in one process; times are processor times, the ratio is what carries over to
another machine. Building contains reading. Then all sheets are read back out of the corpus.
"""

import gc
import resource
import sys
import tempfile
import time
from pathlib import Path

import hyotei


def main() -> None:
    gc.set_threshold(200_000, 10, 10)  # as the command has it
    files = [Path(each) for each in sys.argv[1:]]
    started = time.process_time()
    sheets = sum(found.sheet is not None for found in hyotei.read_sheets(files))
    reading = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        started, clock = time.process_time(), time.perf_counter()
        corpus = hyotei.Corpus.build(files, folder)
        building, clock = time.process_time() - started, time.perf_counter() - clock
        started = time.process_time()
        back = sum(1 for _ in corpus.sheets())
        restoring = time.process_time() - started
        size, rows = corpus.manifest.bytes, corpus.manifest.rows("provenance")
        corpus.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{sheets:,} sheets read: {reading:,.1f} s, {sheets / reading:,.0f} a second")
    print(f"corpus built: {building:,.1f} s ({clock:,.1f} s on the clock), {building / reading:.2f} x reading")
    print(f"{back:,} sheets out of the corpus: {restoring:,.1f} s, {restoring / reading:.2f} x reading")
    print(
        f"size {size / 1e6:,.1f} MB, {size / sheets:,.0f} bytes a sheet; {rows:,} rows of provenance; memory {memory:,.0f} MB"
    )


if __name__ == "__main__":
    main()
