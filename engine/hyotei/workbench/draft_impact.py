"""What a draft moves, against what it began as: among the sheets that were read in, or those of a corpus of this workbench."""

from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Final

from hyotei.corpus.corpus import Corpus
from hyotei.impact.impact import impact
from hyotei.impact.model import Impact
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Sheet
from hyotei.workbench.draft_models import Draft, DraftRevision
from hyotei.workbench.models import Revision
from hyotei.workbench.sheet_store import sheet_of

HERE: Final = ""
"""The name of the sheets that were read in, among the names of corpora."""
_ONE_AT_A_TIME: Final = Lock()
"""One takes all cores: several at once would be slower, and take the memory of several."""


def impact_of(draft: Draft, now: DraftRevision, corpus: Path | None) -> Impact:
    """What a state of a draft moves, against what the draft began as.

    Args:
        draft: the draft.
        now: the state.
        corpus: the folder of a corpus; None for the sheets that were read in.

    Raises:
        HyoteiError: either has errors, they cannot be compared (HY994), there is no sheet (HY992), or the extra is not installed.
    """
    first = draft.revisions.select_related("text").get(number=1)
    return impact_between(first.text.text, now.text.text, corpus)


def impact_between(before: str, after: str, corpus: Path | None) -> Impact:
    """What one document moves against another, likewise."""
    old, new = parse_rulebook(before), parse_rulebook(after)
    with _ONE_AT_A_TIME, ExitStack() as stack:
        return impact(old, new, sheets_read() if corpus is None else stack.enter_context(Corpus.open(corpus)))


def sheets_read() -> list[Sheet]:
    """The sheets that were read in, each in its present state; of several readings of one sheet the last."""
    states = {each.record_id: each for each in Revision.objects.order_by("number").iterator()}
    records = Revision.objects.filter(number=1).select_related("record").order_by("record__at", "record__key")
    found = {each.record.sheet_id: states[each.record_id] for each in records}
    if not found:
        raise HyoteiError(Diagnostic("HY992"))
    return [sheet_of(each) for each in found.values()]
