"""What a draft moves, against what it began as: among the sheets that were read in, or those of a corpus of this workbench."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final
from uuid import UUID

from hyotei.base.extras import need
from hyotei.corpus.manifest import read_manifest
from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.sheet import Sheet
from hyotei.workbench.impact_requests import Asked, ImpactRequests, Over
from hyotei.workbench.models import Account, Revision

HERE: Final = ""
"""The name of the sheets that were read in, among the names of corpora."""
REQUESTS: Final = ImpactRequests()
"""Those of this server."""
_WAIT: Final = 0.5
"""Seconds that a page waits before it tells that the impact is being worked out."""
_PAGES: Final = BoundedSemaphore(3)
"""Held by the pages that wait; more of them would keep threads of the server from other pages."""
_PROGRAMS: Final = BoundedSemaphore(3)
"""Held by the programs that wait, as long as it takes."""


def impact_page(
    key: UUID, texts: tuple[str, str], corpus: Path | None, account: Account, language: Language, lines: int
) -> Asked:
    """What moves from one text of a rulebook to another, as a document with so many lines of each list; it may still be worked out.

    Args:
        key: what is compared: a draft, whose requests of an earlier text are ended, or what was submitted.
        texts: the documents before and now.
        corpus: the folder of a corpus; None for the sheets that were read in.
        account: who asks.
        language: the language of the document.
        lines: how many lines.

    Raises:
        HyoteiError: there is no sheet (HY992), or the corpus cannot be read.
    """
    asked = REQUESTS.ask(key, texts, _over(corpus), account.pk, language, lines)
    if not asked.ended.is_set() and _PAGES.acquire(blocking=False):
        try:
            asked.ended.wait(_WAIT)
        finally:
            _PAGES.release()
    return asked


def impact_data_of(
    key: UUID, texts: Callable[[], tuple[str, str]], corpus: Path | None, account: Account, language: Language
) -> dict[str, Any]:
    """The same as data, when it is worked out.

    Args:
        key: what is compared.
        texts: gives the documents before and now; it is asked again where a draft changes meanwhile.
        corpus: the folder of a corpus; None for the sheets that were read in.
        account: who asks.
        language: the language of the data.

    Raises:
        HyoteiError: either rulebook has errors, they cannot be compared (HY994), there is no sheet (HY992), too many programs wait
            (HY036), or it took too long (HY037).
    """
    if not _PROGRAMS.acquire(blocking=False):
        raise HyoteiError(Diagnostic("HY036"))
    try:
        while True:
            asked = REQUESTS.ask(key, texts(), _over(corpus), account.pk, language, None)
            asked.ended.wait()
            if asked.told:
                raise HyoteiError(*asked.told)
            if asked.data is not None:
                return asked.data
            if not asked.cancelled:
                raise HyoteiError(Diagnostic("HY037"))
    finally:
        _PROGRAMS.release()


def sheets_read() -> list[Sheet]:
    """The sheets that were read in, each in its present state; of several readings of one sheet the last.

    Raises:
        HyoteiError: there is none (HY992).
    """
    return [Sheet.model_validate_json(each) for each in _read_here().members()["sheets"]]


def _over(folder: Path | None) -> Over:
    """The sheets of a corpus, or those that were read in."""
    need("columnar")
    if folder is None:
        return _read_here()
    manifest = read_manifest(folder)
    return Over((str(folder), manifest.generation, manifest.hash), lambda: {"corpus": str(folder)})


def _read_here() -> Over:
    """The sheets that were read in, each in its present state; of several readings of one sheet the last."""
    last = dict(Revision.objects.order_by("number").values_list("record_id", "pk").iterator())
    records = Revision.objects.filter(number=1).order_by("record__at", "record__key")
    found = {identity: last[key] for key, identity in records.values_list("record_id", "record__sheet_id").iterator()}
    if not found:
        raise HyoteiError(Diagnostic("HY992"))
    return Over(tuple(found.values()), lambda: {"corpus": None, "sheets": _texts(found.values())})


def _texts(keys: Iterable[int]) -> list[str]:
    wanted = set(keys)
    texts = {key: text for key, text in Revision.objects.values_list("pk", "sheet").iterator() if key in wanted}
    return [texts[key] for key in keys]
