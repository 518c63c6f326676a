"""The child process that tells what drafts move: `python -m hyotei.workbench.impact_process`.

It stays as long as it is wanted, because what takes long is done once: corpora stay open, and their sheets, rated by what a draft
began as, are kept for its next state. Lines of JSON come by the standard input. A request has its `number`, the documents `old` and
`new`, the folder of a `corpus` or `sheets` as JSON, and the `language`; `lines` is how many lines each list of the document has,
null asks for data. `{"cancel": number}` ends a request. To each request goes a line of JSON with its `number` and `markup` with
`moves`, the sheets that moved; or `data`; or `told` (told_problems.py); or, where it was ended, nothing else.
"""

import gc
import json
import os
import sys
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

from pydantic_core import to_jsonable_python

from hyotei.corpus.corpus import Corpus
from hyotei.corpus.manifest import read_manifest
from hyotei.impact.impact import impact
from hyotei.impact.model import Impact, Move
from hyotei.impact.rated_grounds import Grounds
from hyotei.messages import HyoteiError
from hyotei.report.impact_data import impact_data
from hyotei.report.impact_document import impact_document
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Sheet
from hyotei.workbench.reading_process import bound
from hyotei.workbench.told_problems import packed
from hyotei.writers.html import markup

SHEETS: Final = 60_000
"""Sheets that are kept rated, those of a corpus once for each rulebook; 26,091 of them take some 550 MB with all else."""
_IMPACTS: Final = 4
"""Impacts that are kept, to be told in another form or language."""


_parsed = lru_cache(16)(parse_rulebook)
"""What drafts began as is asked for again and again."""


class _Ended(Exception):
    """The request is not wanted any more."""


class Comparing:
    """What is kept from one request to the next."""

    def __init__(self) -> None:
        self.grounds = Grounds(SHEETS)
        self.cancelled: set[int] = set()
        self._corpora: dict[str, Corpus] = {}
        self._impacts: dict[tuple[object, ...], Impact] = {}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request."""
        number = request["number"]
        try:
            found, language = self._impact(request), request["language"]
            if request["lines"] is None:
                return {"number": number, "data": to_jsonable_python(impact_data(found, language))}
            document = impact_document(found, language, request["lines"])
            moves = [_named(each) for each in found.moves[: request["lines"]]]
            return {"number": number, "markup": markup(document.blocks), "moves": moves}
        except HyoteiError as error:
            return {"number": number, "told": packed(error.diagnostics)}
        except _Ended:
            return {"number": number}
        finally:
            self.cancelled.discard(number)

    def _impact(self, request: dict[str, Any]) -> Impact:
        def watch() -> None:
            if request["number"] in self.cancelled:
                raise _Ended

        watch()
        old, new = (_parsed(request[name]) for name in ("old", "new"))
        sheets: Corpus | list[Sheet]
        if request["corpus"] is None:
            sheets = [Sheet.model_validate_json(each) for each in request["sheets"]]
            digest = sha256("\n".join(request["sheets"]).encode()).hexdigest()
            key: tuple[object, ...] = (request["old"], request["new"], digest)
        else:
            sheets = self._corpus(request["corpus"])
            key = request["old"], request["new"], sheets
        found = self._impacts.pop(key, None)
        if found is None:
            found = impact(old, new, sheets, grounds=self.grounds, watch=watch)
        self._impacts[key] = found
        while len(self._impacts) > _IMPACTS:
            del self._impacts[next(iter(self._impacts))]
        return found

    def _corpus(self, folder: str) -> Corpus:
        """The corpus as it is now, open; what was kept of an earlier state of it goes."""
        known = self._corpora.get(folder)
        if known is not None and known.manifest == read_manifest(Path(folder)):
            return known
        if known is not None:
            self.grounds.forget(known)
            self._impacts = {key: each for key, each in self._impacts.items() if key[2] is not known}
            del self._corpora[folder]
            known.close()
        self._corpora[folder] = Corpus.open(folder)
        return self._corpora[folder]


def _named(move: Move) -> dict[str, Any]:
    """A sheet that moved, by its names."""
    return {name: getattr(move, name) for name in ("sheet", "title", "fiscal_year")}


def main() -> None:
    """Answers until nobody asks any more."""
    bound()
    # Nearly all that is made here stays; looking through it for what can go takes a third of the time.
    gc.set_threshold(100_000, 20, 10)
    comparing, requests = Comparing(), SimpleQueue[dict[str, Any]]()
    Thread(target=_listen, args=(comparing, requests), daemon=True).start()
    while True:
        print(json.dumps(comparing.answer(requests.get())), flush=True)  # noqa: T201  # the parent reads it


def _listen(comparing: Comparing, requests: "SimpleQueue[dict[str, Any]]") -> None:
    with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stream:
        for line in stream:
            said = json.loads(line)
            if "cancel" in said:
                comparing.cancelled.add(said["cancel"])
            else:
                requests.put(said)
    os._exit(0)  # whoever asked is no more


if __name__ == "__main__":
    main()
