"""Coverage as a table for a terminal with what is lacking below it, and as JSON data."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.base.exact import plain
from hyotei.base.line_breaking import fold
from hyotei.messages import Language, wording
from hyotei.rulebook.model import Table
from hyotei.rulebook.term_words import term_title
from hyotei.rulebook.value_words import end_text
from hyotei.rulebook.values import Reason
from hyotei.testing.rulebook_coverage import KINDS, SIDES, Coverage, CoveragePoint
from hyotei.testing.styled_lines import Line
from hyotei.testing.text_tables import table

_HEADER: Final = ("decision", "rows", "cells", "sides", "reasons", "times")
_WIDTH: Final = 100


def coverage_lines(found: Coverage, language: Language) -> Iterator[Line]:
    """The table, and below it what no case and no sheet exercises."""
    say = wording(language)
    rows = []
    for name in dict.fromkeys(point.decision for point in found.points):
        titled = say("testing.decision_in_table", name=name, title=found.rulebook.by_name[name].title)
        times = sum(count for (decision, _), count in found.steps.items() if decision == name)
        rows.append([titled, *_counts(found, name), str(times)])
    total = sum(found.steps.values())
    rows.append([say("testing.coverage.total"), *_counts(found, None), str(total)])
    header = [say.one_of("testing.coverage_column", name) for name in _HEADER]
    lines = list(table(header, rows, right=frozenset(range(1, len(_HEADER)))))
    yield "faint", f"  {lines[0]}"
    yield from (("plain", f"  {line}") for line in lines[1:-1])
    yield "strong" if not found.gaps else "title", f"  {lines[-1]}"
    if found.moving:
        at = say.listed(f"{name}「{_column(found, name, column, language)}」" for name, column in found.moving)
        yield "faint", say("testing.coverage.moving", boundaries=at)
    yield from _lacking(found, language)


def _counts(found: Coverage, decision: str | None) -> Iterator[str]:
    for kind in KINDS:
        shown, not_shown = found.of(kind, decision)
        every = len(shown) + len(not_shown)
        yield f"{len(shown)}/{every}" if every else "-"


def _lacking(found: Coverage, language: Language) -> Iterator[Line]:
    say = wording(language)
    if not found.gaps:
        return
    yield "plain", ""
    yield "title", say("testing.lacking.title")
    for name in dict.fromkeys(point.decision for point in found.gaps):
        yield "plain", say("testing.lacking.decision", name=name, title=found.rulebook.by_name[name].title)
        for text in _sentences(found, name, language):
            for line in fold(text, _WIDTH - 6):
                yield "plain", f"    {line}"


def _sentences(found: Coverage, name: str, language: Language) -> Iterator[str]:
    """What lacks of one table, what belongs together in one sentence."""
    say = wording(language)
    lacking = [point for point in found.gaps if point.decision == name]
    silent = [point.row for point in lacking if point.kind == "row"]
    if silent:
        yield say("testing.lacking.rows", rows=say.listed(map(str, silent)))
    cells: dict[int, list[str]] = {}
    for point in lacking:
        if point.kind == "cell" and point.row not in silent:
            cells.setdefault(point.row, []).append(f"「{_column(found, name, point.column, language)}」")
    for row, columns in cells.items():
        yield say("testing.lacking.cells", row=row, columns=say.listed(columns, "testing.lacking.between_columns"))
    sides: dict[tuple[int, object], list[CoveragePoint]] = {}
    for point in lacking:
        if point.kind == "side":
            sides.setdefault((point.column, point.at), []).append(point)
    body = found.rulebook.by_name[name].body
    assert isinstance(body, Table), "points are of tables"
    for (column, _), points in sides.items():
        at = points[0].at
        assert at is not None, "a side is of a boundary"
        end = end_text(at, body.inputs[column].type, language)
        listed = say.listed(say.one_of("testing.side", point.what) for point in points)
        title = _column(found, name, column, language)
        yield say("testing.lacking.sides", title=title, end=end, sides=listed)
    reasons: dict[int, list[Reason]] = {}
    for point in lacking:
        if point.kind == "unknown":
            reasons.setdefault(point.column, []).append(point.what)  # type: ignore[arg-type]  # of this kind it is a reason
    for column, found_reasons in reasons.items():
        listed = say.listed(say.one_of("common.reason", reason) for reason in found_reasons)
        yield say("testing.lacking.reasons", title=_column(found, name, column, language), reasons=listed)


def _column(found: Coverage, decision: str, column: int, language: Language) -> str:
    body = found.rulebook.by_name[decision].body
    assert isinstance(body, Table), "points are of tables"
    return term_title(body.inputs[column].term, found.rulebook, language)


def coverage_data(found: Coverage) -> dict[str, object]:
    """The same as JSON data, with how often each point was exercised."""
    return {
        "totals": {kind: _total(found, kind, None) for kind in KINDS},
        "tables": [_table_data(found, name) for name in dict.fromkeys(point.decision for point in found.points)],
        "moving": [{"decision": name, "column": column + 1} for name, column in found.moving],
    }


def _total(found: Coverage, kind: str, decision: str | None) -> dict[str, int]:
    shown, not_shown = found.of(kind, decision)  # type: ignore[arg-type]  # one of KINDS
    return {"exercised": len(shown), "all": len(shown) + len(not_shown)}


def _table_data(found: Coverage, name: str) -> dict[str, object]:
    body = found.rulebook.by_name[name].body
    assert isinstance(body, Table), "points are of tables"
    own = [point for point in found.points if point.decision == name]
    boundaries: dict[tuple[int, object], dict[str, object]] = {}
    unknown: dict[int, dict[str, int]] = {}
    for point in own:
        count = found.seen.get(point, 0)
        if point.kind == "side":
            entry = boundaries.setdefault((point.column, point.at), dict.fromkeys(SIDES))
            entry |= {"column": point.column + 1, "at": plain(point.at or Decimal(0)), point.what: count}
        elif point.kind == "unknown":
            unknown.setdefault(point.column, {})[point.what] = count
    return {
        "decision": name,
        "inputs": [column.text for column in body.inputs],
        "steps": {outcome: count for (decision, outcome), count in sorted(found.steps.items()) if decision == name},
        "totals": {kind: _total(found, kind, name) for kind in KINDS},
        "rows": [{"row": point.row, "answered": found.seen.get(point, 0)} for point in own if point.kind == "row"],
        "cells": [
            {
                "row": point.row,
                "column": point.column + 1,
                "failed_alone": found.seen.get(point, 0),
                "shown": found.shown(point),
            }
            for point in own
            if point.kind == "cell"
        ],
        "boundaries": list(boundaries.values()),
        "unknown": [{"column": column + 1, **counts} for column, counts in unknown.items()],
    }
