"""Reads a PDF in a process of its own, which may be stopped: from standard input to lines of JSON on standard output.

Each line is `{"block": ...}`, `{"problem": [code, params]}`, or `{"end": true}` as the last. Nothing of a PDF is executed:
scripts, attachments and actions are never looked at.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

from hyotei.readers.pdf import limits
from hyotei.readers.pdf.block_of_item import block_of
from hyotei.readers.pdf.continued_tables import continued
from hyotei.readers.pdf.page_items import PageTable
from hyotei.readers.pdf.pages import BLANK, PageProblems, Unopened, pages_of
from hyotei.readers.pdf.processor_time import Watch
from hyotei.readers.printed.blocks_json import block_data
from hyotei.readers.printed.form_blocks import Block

Problem = tuple[str, dict[str, str]]


def main() -> None:
    """Reads standard input."""
    import logging

    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    _bound(len(content))
    for thing in read(io.BytesIO(content), Watch(interrupts=True)):
        if isinstance(thing, tuple):
            message: dict[str, object] = {"problem": thing}
        else:
            message = block_data(thing)
        _send(message)
    _send({"end": True})


def _send(message: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def _bound(size: int) -> None:
    """Holds the process to its memory, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = limits.MEMORY + 2 * size
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def read(stream: BinaryIO, watch: Watch) -> Iterator[Block | Problem]:
    """The blocks of a file page by page, then what is to be said of it."""
    told = PageProblems()
    number = 0
    try:
        for item in continued(pages_of(stream, told, watch)):
            number += isinstance(item, PageTable)
            yield block_of(item, number)
    except Unopened as error:
        yield ("HY861", {}) if error.reason is None else ("HY862", {"reason": error.reason})
        return
    yield from _problems(told)


def _problems(told: PageProblems) -> Iterator[Problem]:
    pages = told.pages
    if not told.printed and "HY864" in pages:
        yield "HY863", {}
    elif not told.printed and not pages and told.stopped is None:
        yield "HY862", {"reason": BLANK}
    for code in ("HY864", "HY865", "HY866", "HY867", "HY869", "HY870", "HY872", "HY874", "HY898"):
        if code not in pages or (code == "HY864" and not told.printed):
            continue
        params: dict[str, str] = {"pages": listed(pages[code])}
        if code == "HY867":
            params["count"] = f"{told.unknown:,}"
        if told.reason is not None and code == "HY874":
            params["reason"] = told.reason
        yield code, params
    if told.stopped is not None:
        yield "HY868", {"page": str(told.stopped)}
    if told.more:
        yield "HY871", {"limit": f"{limits.MOST_PAGES:,}"}


def listed(pages: list[int]) -> str:
    """Page numbers for a sentence: 1, 3-5, and so many more."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and runs[-1][1] + 1 == page:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    words = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return ", ".join(words[:8]) + (" ..." if len(words) > 8 else "")


if __name__ == "__main__":
    main()
