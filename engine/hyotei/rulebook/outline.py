"""The decisions of a document as written: heading, scope, table or formula, before any name is looked up."""

import re
from dataclasses import field
from typing import Final, get_args

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location
from hyotei.rulebook.blocks import CodeBlock, ProseBlock, TableBlock
from hyotei.rulebook.fallen_rows import FallenRows, holds_rules
from hyotei.rulebook.lexer import names_in
from hyotei.rulebook.model import HitPolicy, Standing
from hyotei.rulebook.rulebook_text import RulebookText, Section
from hyotei.rulebook.table_text import CellText, header_kind
from hyotei.rulebook.types import Scope

_SCOPES: Final[dict[str, Scope]] = {
    "for each measure": "measure",
    "for each indicator": "indicator",
    "for each objective": "objective",
    "for each year": "year",
    "for each budget year": "budget_year",
    "for the sheet": "sheet",
    "測定値ごと": "measure",
    "内訳ごと": "measure",
    "測定指標ごと": "indicator",
    "指標ごと": "indicator",
    "施策目標ごと": "objective",
    "年ごと": "year",
    "測定値の年ごと": "year",
    "予算年度ごと": "budget_year",
    "年度ごと": "budget_year",
    "評価書全体": "sheet",
    "評価書ごと": "sheet",
}
_FACT = re.compile(r"^[-*+]\s+(standing|source|位置づけ|出典)\s*[:：]\s*(.*)$", re.DOTALL)
_FACT_NAMES: Final = {"位置づけ": "standing", "出典": "source", "尋ねること": "question"}
STANDINGS: Final[dict[str, Standing]] = {
    **{standing: standing for standing in get_args(Standing)},
    "公表": "published",
    "推定": "inferred",
    "案": "draft",
}
_POLICIES: Final[dict[str, HitPolicy]] = {policy: policy for policy in get_args(HitPolicy)}
MOST_INPUTS: Final = 50
"""Input columns of one table; a wider one cannot be read by a person."""


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A column of a table: its place, and its expression or name as written."""

    index: int
    text: str
    cell: CellText


@dataclass(slots=True)
class DraftTable:
    """A decision table as written. `annotations` are columns of reasons; those of standing, source and question are kept apart."""

    block: TableBlock
    policy: HitPolicy
    inputs: list[DraftColumn] = field(default_factory=list)
    outputs: list[DraftColumn] = field(default_factory=list)
    annotations: list[DraftColumn] = field(default_factory=list)
    standing: DraftColumn | None = None
    source: DraftColumn | None = None
    question: DraftColumn | None = None


@dataclass(slots=True)
class Draft:
    """A decision as written."""

    name: str
    title: str
    scope: Scope
    line: int
    place: Location
    body: DraftTable | CodeBlock
    standing: Standing | None
    source: str

    def words(self) -> set[str]:
        """Every word of the rules that may be a name."""
        if isinstance(self.body, CodeBlock):
            return names_in(self.body.text)
        columns = [column.index for column in (*self.body.inputs, *self.body.outputs)]
        cells = [row.cells[index].text for row in self.body.block.rows for index in columns if index < len(row.cells)]
        return names_in(" ".join([*(column.text for column in self.body.inputs), *cells]))


def outline(document: RulebookText, problems: list[Diagnostic], fallen: FallenRows) -> list[Draft]:
    """All decisions of a document, in its order; what is wrong with one does not hide the others.

    Of what `fallen` has told nothing is told again.
    """
    drafts = []
    for section in document.sections:
        draft = _decision(document, section, problems, fallen)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _decision(document: RulebookText, section: Section, problems: list[Diagnostic], fallen: FallenRows) -> Draft | None:
    place = Location(document.file, section.heading_line or None, heading=section.heading.title.text or None)
    name = section.heading.code
    if name is None:
        nameless = [table for table in section.tables if holds_rules(table)]
        problems.extend(
            Diagnostic("HY320", Location(document.file, table.first_line, heading=place.heading)) for table in nameless
        )
        return None
    named = Location(document.file, section.heading_line, name.start, name.end, place.heading)
    if not name.text.isidentifier():
        problems.append(Diagnostic("HY321", named, {"name": name.text}))
        return None
    scope = _scope(section, named, problems)
    if section.heading_line in fallen.lost_tables:
        return None
    code = [block for block in section.code if not fallen.in_code & set(range(block.first_line, block.last_line + 1))]
    bodies: list[TableBlock | CodeBlock] = [*section.tables, *code]
    if len(bodies) != 1:
        problem = "HY323" if not bodies else "HY324"
        where = named if not bodies else Location(document.file, bodies[1].first_line, heading=place.heading)
        problems.append(Diagnostic(problem, where, {"name": name.text}))
        if not bodies:
            return None
    body = bodies[0]
    draft_body = body if isinstance(body, CodeBlock) else _table(body, place, problems)
    if scope is None or draft_body is None:
        return None
    standing, source = _facts(document, section, place, problems)
    title = section.heading.title.text or name.text
    return Draft(name.text, title, scope, section.heading_line, place, draft_body, standing, source)


def scope_of(written: str) -> Scope | None:
    """The unit for which a heading says that its decision is taken; None where it names none."""
    return _SCOPES.get(re.sub(r"\s+", " ", folded(written).strip().lower().replace("_", " ")))


def _scope(section: Section, named: Location, problems: list[Diagnostic]) -> Scope | None:
    tail = section.heading.tail
    scope = scope_of(tail.text if tail else "")
    if scope is not None:
        return scope
    where = Location(named.file, named.line, tail.start, tail.end, named.heading) if tail else named
    problems.append(Diagnostic("HY322", where, {"written": tail.text if tail else ""}))
    return None


def fact_of(block: ProseBlock) -> tuple[str, str] | None:
    """`standing` or `source` with what a list item below a heading says of it; None for any other text."""
    match = _FACT.match(block.text.strip()) if block.kind == "item" else None
    return None if match is None else (_FACT_NAMES.get(match[1], match[1]), match[2].strip())


def _facts(
    document: RulebookText, section: Section, place: Location, problems: list[Diagnostic]
) -> tuple[Standing | None, str]:
    """`- standing: inferred` and `- source: ...` below the heading."""
    standing: Standing | None = None
    source = ""
    for block in section.prose:
        fact = fact_of(block)
        if fact is None:
            continue
        name, value = fact
        if name == "source":
            source = f"{source}、{value}" if source else value
        elif folded(value) in STANDINGS:
            standing = STANDINGS[folded(value)]
        else:
            where = Location(document.file, block.first_line, heading=place.heading)
            problems.append(Diagnostic("HY325", where, {"written": value}))
    return standing, source


def _table(block: TableBlock, place: Location, problems: list[Diagnostic]) -> DraftTable | None:
    corner, *others = block.header.cells
    policy = _POLICIES.get(folded(corner.text).replace(" ", ""))
    if policy is None:
        where = Location(place.file, corner.line, corner.start, max(corner.end, corner.start + 1), place.heading)
        problems.append(Diagnostic("HY326", where, {"written": corner.text}))
        return None
    table = DraftTable(block, policy)
    for index, cell in enumerate(others, 1):
        kind = header_kind(cell.text, index)
        column = DraftColumn(index, kind.name, cell)
        where = Location(place.file, cell.line, cell.start, max(cell.end, cell.start + 1), place.heading)
        if kind.kind == "input":
            table.inputs.append(column)
        elif kind.kind == "output":
            if not kind.name.isidentifier():
                problems.append(Diagnostic("HY321", where, {"name": kind.name}))
            table.outputs.append(column)
        elif kind.kind == "annotation":
            special = _FACT_NAMES.get(kind.name, kind.name)
            if special == "standing":
                table.standing = column
            elif special == "source":
                table.source = column
            elif special == "question":
                table.question = column
            else:
                table.annotations.append(column)
        else:
            problems.append(Diagnostic("HY327", where, {"written": cell.text}))
    header = Location(place.file, block.first_line, heading=place.heading)
    if not table.outputs:
        problems.append(Diagnostic("HY328", header))
        return None
    if not block.rows:
        problems.append(Diagnostic("HY329", header))
    if len(table.inputs) > MOST_INPUTS:
        problems.append(Diagnostic("HY331", header, {"count": str(len(table.inputs)), "limit": str(MOST_INPUTS)}))
        return None
    written = [column.text for column in table.outputs]
    doubles = {name for name in written if written.count(name) > 1}
    problems.extend(Diagnostic("HY332", header, {"name": name}) for name in sorted(doubles))
    return table
