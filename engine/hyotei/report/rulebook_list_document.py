"""The rulebooks at hand as a document: one row each."""

from collections.abc import Sequence

from hyotei.document import Cell, Column, Document, Paragraph, Row, row, table
from hyotei.document.text import Tone
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, Wording, wording
from hyotei.rulebook.head import Head

TONES: dict[str, Tone] = {
    "proved": "good", "gaps_as_declared": "good", "refuted": "bad", "with_errors": "bad", "open": "plain", "not_proved": "faint",
}  # fmt: skip
"""How each state of a proof is shown."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A rulebook of the list: its head, what is known to be proved of it (`ProofState`, or `with_errors`), and where it is."""

    head: Head
    state: str
    origin: str
    folder: str = ""


def years_said(head: Head) -> str:
    """The fiscal years in force: `2011..2013`."""
    return f"{head.first_year or ''}..{head.last_year or ''}"


def rulebook_list_document(listed: Sequence[Listed], language: Language) -> Document:
    """The list, in the order given."""
    say = wording(language)
    columns = [
        Column(say("rulebook.list.id"), "code"),
        Column(say("rulebook.list.version")),
        Column(say("rulebook.list.years")),
        Column(say("rulebook.list.standing")),
        Column(say("rulebook.list.proof")),
        Column(say("rulebook.list.origin")),
    ]
    if not listed:
        return Document(say("rulebook.list.title"), language, (Paragraph(say("rulebook.list.none")),))
    found = table(columns, [_row(each, say) for each in listed], row_heads=1)
    return Document(
        say("rulebook.list.title"), language, (Paragraph(say("rulebook.list.count", count=len(listed))), found)
    )


def _row(each: Listed, say: Wording) -> Row:
    head = each.head
    told = [head.authority, head.title, *filter(None, [each.folder])]
    if head.forms:
        told.append(say("rulebook.list.forms", forms=say.listed(head.forms)))
    if head.supersedes:
        told.append(say("rulebook.list.supersedes", ids=say.listed(head.supersedes)))
    return row(
        head.id,
        head.version or "-",
        years_said(head),
        say.one_of("common.standing", head.standing),
        Cell(say.one_of("rulebook.proof_state", each.state), tone=TONES[each.state]),
        say.one_of("rulebook.origin", each.origin),
        # Names take more room than a terminal has left beside the other columns.
        below=(Paragraph(say("rulebook.list.separator").join(told)),),
    )
