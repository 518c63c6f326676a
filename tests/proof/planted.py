"""Small clean decision tables, the defects that are planted in them, and a plain enumeration that knows what is there.

A clean table comes from cutting the whole input space again and again, so its rows leave nothing out and never meet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Any, Final, Literal

from hypothesis import strategies as st

from hyotei.rulebook.hit_policies import answer
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.reference import Reading
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import Sheet

Draw = Callable[[Any], Any]
Defect = Literal["none", "removed", "contradicted", "masked", "changed"]

HEAD: Final = (
    "---\nrulebook: planted\ntitle: 仕込み\nauthority: 総務省\nstanding: draft\nfiscal_years: 2011..2013\n"
    "scales:\n  result: {A: 良, B: 可, C: 否}\n---\n# 判定 `judged` — for each measure\n\n"
)

# Each column: its expression, and for each piece of it the cell and samples of every elementary value in it.
ACTUAL: Final = (
    ("< 10", (Decimal(0),)),
    ("[10..20)", (Decimal(10), Decimal(15))),
    (">= 20", (Decimal(20), Decimal(99))),
    ("unknown", (Unknown("missing"), Unknown("unsettled"))),
)
DIRECTION: Final = (
    ("increase", ("increase",)),
    ("decrease", ("decrease",)),
    ("maintain", ("maintain",)),
    ("unknown", (Unknown("missing"), Unknown("qualitative"))),
)
QUALIFIER: Final = (
    ("以上, 以下", ("以上", "以下")),
    ("程度, 約", ("程度", "約")),
    ("超, 未満, なし", ("超", "なし")),
)
COLUMNS: Final[dict[str, tuple[tuple[str, tuple[Scalar, ...]], ...]]] = {
    "actual": ACTUAL,
    "direction": DIRECTION,
    "target.qualifier": QUALIFIER,
}
Cells = tuple[tuple[int, ...], ...]
"""For each column the pieces that a row takes."""


@dataclass(frozen=True)
class Planted:
    """A table, and the defect in it: `where` is the region of the row that was touched."""

    policy: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cells, str], ...]
    defect: Defect
    where: Cells | None = None

    def text(self) -> str:
        """The document."""
        header = [self.policy, *(f"`{column}`" for column in self.columns), "**result**"]
        lines = [header, ["---"] * len(header)]
        for number, (cells, output) in enumerate(self.rows, 1):
            written = [_cell(column, pieces) for column, pieces in zip(self.columns, cells, strict=True)]
            lines.append([str(number), *written, output])
        return HEAD + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"

    def rulebook(self) -> Rulebook:
        return parse_rulebook(self.text())

    def inputs(self) -> Iterator[tuple[Scalar, ...]]:
        """A sample of every elementary input."""
        values = [[sample for _, samples in COLUMNS[column] for sample in samples] for column in self.columns]
        yield from product(*values)

    def inside(self, inputs: tuple[Scalar, ...]) -> bool:
        """Whether an input lies in the region of the defect."""
        assert self.where is not None
        return all(
            any(_fits(value, COLUMNS[column][piece]) for piece in pieces)
            for value, column, pieces in zip(inputs, self.columns, self.where, strict=True)
        )


def admissible(planted: Planted, inputs: tuple[Scalar, ...]) -> bool:
    """Whether a sheet can have these inputs: a direction is never unknown beside a qualifier that tells it."""
    found = dict(zip(planted.columns, inputs, strict=True))
    return not (
        isinstance(found.get("direction"), Unknown) and found.get("target.qualifier") in ("以上", "以下", "超", "未満")
    )


def _fits(value: Scalar, piece: tuple[str, tuple[Scalar, ...]]) -> bool:
    text, samples = piece
    if isinstance(value, Unknown):
        return text == "unknown"
    if isinstance(value, Decimal):
        return {"< 10": value < 10, "[10..20)": 10 <= value < 20, ">= 20": value >= 20}.get(text, False)
    return value in samples or str(value) in text.split(", ")


def _cell(column: str, pieces: tuple[int, ...]) -> str:
    if len(pieces) == len(COLUMNS[column]):
        return "-"
    return ", ".join(COLUMNS[column][piece][0] for piece in pieces)


@st.composite
def clean_tables(draw: Draw, policies: tuple[str, ...] = ("U", "A", "F")) -> Planted:
    """Tables whose rows leave nothing out and never meet."""
    columns = tuple(draw(st.permutations(list(COLUMNS))))[: draw(st.integers(1, 3))]
    boxes: list[Cells] = [tuple(tuple(range(len(COLUMNS[column]))) for column in columns)]
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(boxes) - 1))
        box = boxes[at]
        free = [place for place, pieces in enumerate(box) if len(pieces) > 1]
        if not free:
            continue
        place = draw(st.sampled_from(free))
        cut = draw(st.integers(1, len(box[place]) - 1))
        halves = box[place][:cut], box[place][cut:]
        boxes[at : at + 1] = [(*box[:place], half, *box[place + 1 :]) for half in halves]
    # Neighbours differ in their output, so that two rows that meet contradict each other.
    rows = tuple((box, "ABC"[number % 3]) for number, box in enumerate(boxes))
    return Planted(draw(st.sampled_from(policies)), columns, rows, "none")


@st.composite
def planted_tables(draw: Draw) -> Planted:
    """Tables with one defect of a known kind, and clean ones."""
    table: Planted = draw(clean_tables())
    defect: Defect = draw(st.sampled_from(("removed", "contradicted", "masked", "changed", "none")))
    at = draw(st.integers(0, len(table.rows) - 1))
    cells, output = table.rows[at]
    rest = (*table.rows[:at], *table.rows[at + 1 :])
    match defect:
        case "removed" if rest:
            return replace(table, rows=rest, defect=defect, where=cells)
        case "contradicted":
            other = "ABC"[("ABC".index(output) + 1) % 3]
            return replace(
                table,
                policy=draw(st.sampled_from(("U", "A"))),
                rows=(*table.rows, (cells, other)),
                defect=defect,
                where=cells,
            )
        case "masked":
            return replace(table, policy="F", rows=(*table.rows, (cells, output)), defect=defect, where=cells)
        case "changed":
            place = draw(st.integers(0, len(cells) - 1))
            every = list(range(len(COLUMNS[table.columns[place]])))
            pieces = tuple(sorted(draw(st.sets(st.sampled_from(every), min_size=1))))
            changed = (*cells[:place], pieces, *cells[place + 1 :])
            rows = (*table.rows[:at], (changed, output), *table.rows[at + 1 :])
            return replace(table, rows=rows, defect=defect, where=cells)
        case _:
            return table


@dataclass
class Known:
    """What the enumeration found."""

    gaps: list[tuple[Scalar, ...]]
    clashes: set[tuple[int, int]]
    fires: set[int]


def enumerated(planted: Planted, rulebook: Rulebook) -> Known:
    """Every elementary input, put to the reference."""
    decision = rulebook.by_name["judged"]
    table = decision.body
    assert isinstance(table, Table)
    reading = Reading(rulebook, Sheet(id="x", title="x", authority="x", fiscal_year=2012))
    found = Known([], set(), set())
    for inputs in planted.inputs():
        standings = reading.standings(table, inputs, reading.root)
        step = answer(decision, table, standings)
        if step.outcome == "gap":
            found.gaps.append(inputs)
        elif step.outcome == "fired":
            found.fires |= set(step.rows)
        elif step.outcome == "conflict":
            for at, one in enumerate(step.rows):
                for other in step.rows[at + 1 :]:
                    same = table.rows[one - 1].outputs == table.rows[other - 1].outputs
                    if table.policy == "U" or not same:
                        found.clashes.add((one, other))
    return found
