"""What an edit moves among many sheets, as data."""

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, SerializerFunctionWrapHandler, model_serializer

from hyotei.base.exact import plain
from hyotei.base.result_json import Unpublished, result_data
from hyotei.compare.model import Edit
from hyotei.document.notebook import ShownInNotebooks
from hyotei.impact.affected_decisions import Result
from hyotei.impact.causes import Cause
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic
from hyotei.rulebook.canonical import HASH_FORMAT, HashFormat

Way = Literal["better", "worse", "settled", "unsettled", "other"]
"""
How a result moved: to a better or a worse value of its scale; `settled` from undetermined to a value, `unsettled` back;
`other` where the scale has no order that both rulebooks share.
"""


Yen = Annotated[Decimal, PlainSerializer(plain)]
Counts = Annotated[
    Mapping[tuple[str, Result], "Count"],
    PlainSerializer(
        lambda counts: [{"result": of[0], "value": of[1], **result_data(each)} for of, each in counts.items()]
    ),
]
"""Sheets by result and value."""


@dataclass(frozen=True, slots=True)
class Count:
    """Sheets and their budgets of the evaluated year in yen; `unpriced` of them have none that is known, and add nothing."""

    sheets: int = 0
    money: Yen = Decimal(0)
    unpriced: Annotated[int, Field(serialization_alias="money_unknown")] = 0


@dataclass(frozen=True, slots=True)
class BookRef:
    """A rulebook by its name and the hash of its meaning."""

    id: str
    title: str
    hash: str
    hash_format: HashFormat = HASH_FORMAT


@dataclass(frozen=True, slots=True)
class Change:
    """A result of a sheet that moved, and why."""

    result: str
    before: Annotated[Result, Field(serialization_alias="from")]
    after: Annotated[Result, Field(serialization_alias="to")]
    way: Way
    cause: Cause

    @model_serializer(mode="wrap")
    def _with_cause(self, fields: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The cause is told beside the move, not below it."""
        data: dict[str, Any] = fields(self)
        cause = data.pop("cause")
        return {**data, **cause}


@dataclass(frozen=True, slots=True)
class Move:
    """A sheet that moved."""

    sheet: str
    title: str
    authority: str
    fiscal_year: int
    money: Yen | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ResultImpact:
    """From which value to which the sheets went. `values` are in the order of the scale, the undetermined last, as None."""

    name: str
    values: tuple[Result, ...]
    labels: Unpublished[Mapping[str, str]]
    matrix: Annotated[
        Mapping[tuple[Result, Result], Count],
        PlainSerializer(
            lambda matrix: [{"from": pair[0], "to": pair[1], **result_data(count)} for pair, count in matrix.items()]
        ),
    ]

    @property
    def moved(self) -> int:
        """The sheets that are not on the diagonal."""
        return sum(count.sheets for (before, after), count in self.matrix.items() if before != after)


@dataclass(frozen=True, slots=True)
class Group:
    """The sheets of one ministry or one evaluated year: all, those that moved, and how, by result and way."""

    key: str
    all: Count
    moved: Count
    ways: Annotated[
        Mapping[tuple[str, Way], int],
        PlainSerializer(
            lambda ways: [{"result": each[0], "way": each[1], "sheets": sheets} for each, sheets in ways.items()]
        ),
    ]


@dataclass(frozen=True, slots=True)
class Share:
    """What an edit has a part in: moves that undoing it alone takes back, and moves that it makes together with others."""

    alone: Count
    together: Count


@dataclass(frozen=True, slots=True)
class Impact(ShownInNotebooks):
    """What the new rulebook moves among the sheets, rated by both, whether in force for them or not."""

    document_builder = "hyotei.report.impact_document:impact_document"

    old: BookRef
    new: BookRef
    corpus_hash: str
    all: Count
    moved: Count
    alone: Annotated[int, Field(serialization_alias="singly")]
    """Sheets of a corpus read one by one, because a number of theirs fits no column."""
    results: tuple[ResultImpact, ...]
    edits: Annotated[tuple[Edit, ...], PlainSerializer(lambda _: [])]
    """Whoever writes them as data adds what they are called in a language."""
    shares: Unpublished[tuple[Share, ...]]
    """One for each edit."""
    others: Annotated[int, Field(serialization_alias="other_decisions_edited")]
    """Decisions that were edited, on which neither rating nor budget rests."""
    by_authority: tuple[Group, ...]
    by_year: Annotated[tuple[Group, ...], Field(serialization_alias="by_fiscal_year")]
    moves: tuple[Move, ...]
    notes: Unpublished[tuple[Diagnostic, ...]] = ()
    titles: Unpublished[Mapping[str, str]] = field(default_factory=dict)
    """What decisions, columns and parameters are called."""
