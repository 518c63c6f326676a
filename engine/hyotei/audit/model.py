"""What an audit gives, as data: findings, comparisons of recorded and derived, and both together for one sheet.

Reports and the command line are views of it. Numbers are decimal texts; sentences are in the language asked for.
"""

from typing import Final, Literal

from hyotei.base.result_json import Unpublished
from hyotei.document.notebook import ShownInNotebooks
from hyotei.lazy_dataclass import dataclass
from hyotei.sheet.unread_parts import Part
from hyotei.verdict.finding_figures import FigureKind
from hyotei.verdict.model import DoubtRef, SheetRef, Status

SCHEMA: Final[Literal["hyotei.audit/1"]] = "hyotei.audit/1"

State = Literal["", "new", "continuing"]
Agreement = Literal[
    "agrees", "rules_differ", "data_missing", "undetermined", "not_in_force", "other_scale", "not_recorded"
]
"""How a recorded result stands to the derived one.

`agrees`: they are the same. `rules_differ`: both are known and differ, so the sheet follows other rules than these.
`data_missing`: nothing was derived because figures are unknown. `undetermined`: nothing was derived although the figures are
known, as in a gap. `not_in_force`: they differ or nothing was derived, and the rulebook is not made for that fiscal year.
`other_scale`: what is recorded is no value of the rulebook's scale. `not_recorded`: the sheet records none.
"""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure that decided, as a person reads it, and where it was read; of a derived one, where the figures it rests on were.

    `place` is empty where that is not known. `value` is the exact number as a decimal text, null where it is none. `kind` tells
    how a table shows it, and is no part of what is published as data.
    """

    title: str
    text: str
    place: str = ""
    value: str | None = None
    kind: Unpublished[FigureKind] = "other"


@dataclass(frozen=True, slots=True)
class RuleRef:
    """The row that states something: of which decision of which rulebook, and how the rule itself is known."""

    rulebook: str
    hash: str
    decision: str
    row: int
    standing: str

    def __str__(self) -> str:
        return f"{self.rulebook}/{self.decision}/{self.row}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an auditor wants to see: what, which figures, from where, by which rule, what to ask.

    `code` ends in the kind (`RS-F01`). `money` is the budget of the evaluated year in yen, as a decimal text, null where it
    is not known. `doubts` say why the severity is lower than its rule states. `also` are the codes of findings
    that state the same fact and are not shown beside this one. `state` is how it stands to an earlier report, empty without one.
    """

    code: str
    severity: str
    sheet: str
    title: str
    authority: str
    fiscal_year: int
    unit: str
    subject: str
    message: str
    question: str
    figures: tuple[ShownFigure, ...]
    rule: RuleRef | None
    money: str | None
    doubts: tuple[DoubtRef, ...] = ()
    also: tuple[str, ...] = ()
    state: State = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A recorded result beside the derived one.

    `steps` is by how many places of the scale the recorded one is better (+) or worse (-) than the derived one; null unless
    both are on an ordered scale. `why` tells what the derived one rests on, `why_not` what stood in the way of the
    recorded one. `unit` is of which unit it is recorded, and `subject` what people call that; empty of the sheet as a whole.
    `title` is what the rulebook calls the result; empty where the rulebook has no name for it in the language.
    """

    output: str
    recorded: str | None
    derived: str | None
    agreement: Agreement
    steps: int | None
    why: str
    why_not: str
    unit: str = "sheet"
    subject: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        """What tells it apart from the other comparisons of its sheet."""
        return f"{self.output}@{self.unit}"


@dataclass(frozen=True, slots=True)
class SheetAudit(ShownInNotebooks):
    """One sheet after its audit: the rulebook that rated it, if one did, its comparisons and its findings.

    `unread` are the parts of the sheet that what was read does not carry, on which nothing is found.
    """

    document_builder = "hyotei.report.audit_document:audit_document"

    sheet: SheetRef
    field: str
    money: str | None
    rulebook: str | None
    rulebook_hash: str | None
    rating: str | None
    budget: str | None
    status: Status
    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Part, ...] = ()
