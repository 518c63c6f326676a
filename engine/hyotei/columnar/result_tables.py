"""What is kept of a run: verdicts, one row a sheet; findings, one row each; steps, one row a decision and unit.

Both ways to these tables give the same: from the tables of an engine, column by column, and from a derivation, for the sheets
that are rated apart.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from hyotei.base.exact import DIGITS, plain
from hyotei.columnar.column_value import ColumnValue, reason_of
from hyotei.columnar.decision_tables import OUTCOMES, DecidedColumns
from hyotei.columnar.layout import NUMBER
from hyotei.columnar.program import Program
from hyotei.columnar.step_reading import PLURAL, masks_of, rows_in
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import RESULTS, Decision, Rulebook, Table
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import REASONS, Scalar, Unknown

TEXTS: Final = pa.list_(pa.string())
ROWS: Final = pa.list_(pa.int16())

FINDINGS: Final = pa.schema(
    [
        ("place", pa.int64()),
        ("sheet", pa.string()),
        ("unit", pa.string()),
        ("decision", pa.string()),
        ("row", pa.int16()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("values", TEXTS),
        ("reasons", TEXTS),
    ]
)
STEPS: Final = pa.schema(
    [
        ("place", pa.int64()),
        ("sheet", pa.string()),
        ("decision", pa.string()),
        ("unit", pa.string()),
        ("outcome", pa.string()),
        ("rows", ROWS),
        ("values", TEXTS),
        ("reasons", TEXTS),
    ]
)
"""`values` and `reasons` have one entry an output; one of the two is null. `place` is the place of the sheet in the corpus."""


@dataclass(slots=True)
class Results:
    """The tables of a run, or of a part of it. `steps` is None where they were not asked for."""

    verdicts: pa.Table
    findings: pa.Table
    steps: pa.Table | None


def verdict_schema(rulebook: Rulebook) -> pa.Schema:
    """The columns of verdicts: with the rows that answered of every table for the sheet."""
    fields = [
        ("place", pa.int64()),
        ("sheet", pa.string()),
        ("rating", pa.string()),
        ("rating_reason", pa.string()),
        ("budget", pa.string()),
        ("budget_reason", pa.string()),
        ("status", pa.string()),
        ("findings", pa.int32()),
        ("engine", pa.string()),
    ]
    fields += [(f"{decision.name}.rows", ROWS) for decision in _sheet_tables(rulebook)]
    return pa.schema(fields)


def _sheet_tables(rulebook: Rulebook) -> list[Decision]:
    return [each for each in rulebook.decisions if each.scope == "sheet" and isinstance(each.body, Table)]


# -- from the tables of an engine


def results(
    program: Program, tables: dict[Scope, pa.Table], sheets: pa.Table, engine: str, with_steps: bool
) -> Results:
    """The results of all sheets of `sheets`, which has `sheet_id`, `key` and `place`."""
    rulebook = program.rulebook
    views = {scope: _View(scope, table, sheets) for scope, table in tables.items()}
    found = [_findings(program.decided[each.name], views[each.scope]) for each in rulebook.decisions if each.audit]
    findings = pa.concat_tables([FINDINGS.empty_table(), *found])
    columns: dict[str, Any] = {"place": sheets["place"], "sheet": sheets["key"]}
    sheet_view = views.get("sheet")
    settled = None
    for name in RESULTS:
        if name in rulebook.by_name:
            assert sheet_view is not None, "results are of the sheet"
            value = program.decided[name].outputs[0]
            columns[name], columns[f"{name}_reason"] = sheet_view.texts(value)
            here = pc.is_valid(columns[name])
            settled = here if settled is None else pc.and_(settled, here)
    count = sheets.num_rows
    # A rulebook of findings only decides no result.
    columns["status"] = (
        pa.array(["not_rated"] * count, pa.string())
        if settled is None
        else _words(settled, "determined", "undetermined")
    )
    counted = findings.group_by("place").aggregate([("place", "count")])
    places = pc.index_in(sheets["place"], value_set=counted["place"].combine_chunks())
    columns["findings"] = pc.cast(pc.fill_null(pc.take(counted["place_count"].combine_chunks(), places), 0), pa.int32())
    columns["engine"] = pa.array([engine] * count, pa.string())
    for decision in _sheet_tables(rulebook):
        assert sheet_view is not None, "a table for the sheet has a view"
        columns[f"{decision.name}.rows"] = sheet_view.rows(program.decided[decision.name])
    schema = verdict_schema(rulebook)
    verdicts = pa.table([_column(columns.get(field.name), field, count) for field in schema], schema=schema)
    steps = None
    if with_steps:
        parts = [_steps(program.decided[each.name], views[each.scope]) for each in rulebook.decisions]
        steps = pa.concat_tables([STEPS.empty_table(), *parts])
    return Results(verdicts, findings, steps)


def _column(column: Any, field: pa.Field, count: int) -> Any:
    if column is None:
        return pa.nulls(count, field.type)
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return column if column.type == field.type else pc.cast(column, field.type)


class _View:
    """The table of a scope with what all its decisions share."""

    def __init__(self, scope: Scope, table: pa.Table, sheets: pa.Table) -> None:
        self.scope, self.table = scope, table
        at = pc.index_in(_one(table["sheet_id"]), value_set=_one(sheets["sheet_id"]))
        self.place, self.key = pc.take(_one(sheets["place"]), at), pc.take(_one(sheets["key"]), at)
        self.count = table.num_rows
        if scope == "sheet":
            self.unit = pa.array(["sheet"] * self.count, pa.string())
        else:
            number = pc.cast(_one(table[NUMBER]), pa.string())
            self.unit = pc.binary_join_element_wise(f"{PLURAL[scope]}[", number, "]", "")

    def texts(self, value: ColumnValue) -> tuple[pa.Array, pa.Array]:
        """A value in words where it is known, and the reason where it is not."""
        if value.constant is not None:
            known = None if isinstance(value.constant, Unknown) else text_of(value.constant)
            reason = value.constant.reason if isinstance(value.constant, Unknown) else None
            return self.same(known), self.same(reason)
        known = self.same(None)
        if value.known is not None:
            column = _one(self.table[value.known])
            known = column
            if value.kind == "number":
                cut = value.spread is not None and not value.mixed and value.shape.scale > DIGITS
                known = cut_numbers(column, value.shape.scale) if cut else plain_numbers(column, value.shape.scale)
            if value.kind == "truth":
                known = _words(column, "true", "false")
        if value.reason is None:
            return known, self.same(None)
        if isinstance(value.reason, int):
            return known, self.same(reason_of(value.reason).reason)
        return known, _named(_one(self.table[value.reason]), (None, *REASONS))

    def same(self, text: str | None) -> pa.Array:
        return pa.array([text] * self.count, pa.string())

    def rows(self, found: DecidedColumns) -> pa.Array:
        """The rows told, as lists."""
        if not found.rows:
            return pa.array([[]] * self.count, ROWS)
        if found.single and found.rows[0].constant is None:
            column = _one(self.table[found.rows[0].known])
            return _lists(column, lambda row: [row] if row else [])
        masks = masks_of(found, self.table)
        if len(masks) == 1:
            return _lists(masks[0], lambda mask: list(rows_in((mask,))))
        return pa.array([list(rows_in(each)) for each in zip(*(mask.to_pylist() for mask in masks), strict=True)], ROWS)

    def held(self, found: DecidedColumns, row: int) -> pa.Array:
        """Whether a row of a table of hit policy C holds."""
        return masks_of(found, self.table, row)[0]


def _lists(column: pa.Array, to_rows: Any) -> pa.Array:
    """Lists of rows for a column that has few different values."""
    coded = column.dictionary_encode()
    lists = pa.array([to_rows(each) for each in coded.dictionary.to_pylist()], ROWS)
    return pc.take(lists, coded.indices)


def _steps(found: DecidedColumns, view: _View) -> pa.Table:
    outputs = [view.texts(value) for value in found.outputs]
    outcome = (
        view.same(OUTCOMES[int(found.outcome.constant)])
        if isinstance(found.outcome.constant, Decimal)
        else _named(_one(view.table[found.outcome.known]), OUTCOMES)
    )
    return pa.table(
        [
            view.place,
            view.key,
            view.same(found.decision.name),
            view.unit,
            outcome,
            view.rows(found),
            _beside([known for known, _reason in outputs], view.count),
            _beside([reason for _known, reason in outputs], view.count),
        ],
        schema=STEPS,
    )


def _findings(found: DecidedColumns, view: _View) -> pa.Table:
    """The findings of an audit table, unit by unit, row by row of the table."""
    parts = list(_findings_by_row(found, view))
    units = pa.concat_arrays([units for units, _part in parts])
    table = pa.concat_tables([part for _units, part in parts])
    order = pc.sort_indices(
        pa.table({"unit": units, "row": table["row"]}), sort_keys=[("unit", "ascending"), ("row", "ascending")]
    )
    return table.take(order)


def _findings_by_row(found: DecidedColumns, view: _View) -> Iterable[tuple[pa.Array, pa.Table]]:
    body, names = found.decision.body, [output.name for output in found.decision.outputs]
    assert isinstance(body, Table), "audits are tables"
    for row, values in zip(body.rows, found.collected, strict=True):
        held = view.held(found, row.number)
        outputs = [view.texts(value) for value in values]
        severity = outputs[names.index("severity")][0] if "severity" in names else view.same("")
        code, reason = outputs[0]
        table = pa.table(
            [
                view.place,
                view.key,
                view.unit,
                view.same(found.decision.name),
                pa.array([row.number] * view.count, pa.int16()),
                pc.coalesce(code, reason),
                pc.fill_null(severity, ""),
                view.same(row.annotation),
                _beside([known for known, _reason in outputs], view.count),
                _beside([reason for _known, reason in outputs], view.count),
            ],
            schema=FINDINGS,
        )
        yield pc.filter(pa.array(range(view.count), pa.int64()), held), table.filter(held)


def _one(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _words(truths: Any, yes: str, no: str) -> pa.Array:
    return pc.if_else(truths, yes, no)


def _named(codes: pa.Array, names: Sequence[str | None]) -> pa.Array:
    return pc.take(pa.array(names, pa.string()), pc.cast(codes, pa.int32()))


def _beside(columns: list[pa.Array], count: int) -> pa.Array:
    """Several columns as one of lists."""
    width = len(columns)
    if not width:
        return pa.array([[]] * count, TEXTS)
    offsets = pa.array(range(0, width * count + 1, width), pa.int32())
    if width == 1:
        return pa.ListArray.from_arrays(offsets, columns[0])
    order = pa.array([place + count * column for place in range(count) for column in range(width)], pa.int64())
    return pa.ListArray.from_arrays(offsets, pc.take(pa.concat_arrays(columns), order))


def plain_numbers(whole: pa.Array, scale: int) -> pa.Array:
    """Whole numbers of a scale as plain decimals in words: no trailing zeros."""
    text = pc.cast(whole, pa.string())
    if scale <= 0:
        return (
            text
            if not scale
            else pc.if_else(pc.equal(text, "0"), text, pc.binary_join_element_wise(text, "0" * -scale, ""))
        )
    minus = pc.starts_with(text, "-")
    digits = pc.utf8_lpad(pc.if_else(minus, pc.utf8_slice_codeunits(text, 1), text), scale + 1, "0")
    before = pc.utf8_slice_codeunits(digits, 0, -scale)
    after = pc.utf8_rtrim(pc.utf8_slice_codeunits(digits, -scale), "0")
    number = pc.if_else(pc.equal(after, ""), before, pc.binary_join_element_wise(before, after, "."))
    return pc.if_else(minus, pc.binary_join_element_wise("-", number, ""), number)


def cut_numbers(whole: pa.Array, scale: int) -> pa.Array:
    """The same with the decimals that quotients are shown with, rounded down."""
    step = 10 ** (scale - DIGITS)
    cut = [None if each is None else int(each) // step for each in whole.to_pylist()]
    return plain_numbers(pa.array(cut, pa.decimal128(38, 0)), DIGITS)


def text_of(value: Scalar) -> str | None:
    """A value in words; None where it is unknown."""
    if isinstance(value, Unknown):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else value


# -- from derivations


def results_of(
    rulebook: Rulebook, derivations: Iterable[tuple[int, str, Derivation]], engine: str, with_steps: bool
) -> Results:
    """The results of sheets that were rated one by one, each with its place and key."""
    verdicts: list[dict[str, object]] = []
    findings: list[dict[str, object]] = []
    steps: list[dict[str, object]] = []
    for place, key, derivation in derivations:
        found = list(_findings_of(rulebook, place, key, derivation))
        findings += found
        verdicts.append(_verdict_of(rulebook, place, key, derivation, len(found), engine))
        if with_steps:
            steps += _steps_of(rulebook, place, key, derivation)
    return Results(
        pa.Table.from_pylist(verdicts, schema=verdict_schema(rulebook)),
        pa.Table.from_pylist(findings, schema=FINDINGS),
        pa.Table.from_pylist(steps, schema=STEPS) if with_steps else None,
    )


def _outputs(values: Sequence[Scalar]) -> dict[str, object]:
    return {
        "values": [text_of(value) for value in values],
        "reasons": [value.reason if isinstance(value, Unknown) else None for value in values],
    }


def _verdict_of(
    rulebook: Rulebook, place: int, key: str, derivation: Derivation, findings: int, engine: str
) -> dict[str, object]:
    row: dict[str, object] = {"place": place, "sheet": key, "findings": findings, "engine": engine}
    decided = [name for name in RESULTS if name in rulebook.by_name]
    settled = True
    for name in RESULTS:
        if name in decided:
            value = derivation.value(name)
            row[name] = value if isinstance(value, str) else None
            row[f"{name}_reason"] = value.reason if isinstance(value, Unknown) else None
            settled = settled and isinstance(value, str)
    row["status"] = "not_rated" if not decided else "determined" if settled else "undetermined"
    for decision in _sheet_tables(rulebook):
        row[f"{decision.name}.rows"] = list(derivation.steps[decision.name, "sheet"].rows)
    return row


def _findings_of(rulebook: Rulebook, place: int, key: str, derivation: Derivation) -> Iterable[dict[str, object]]:
    for step in derivation.steps.values():
        decision = rulebook.by_name[step.decision]
        if not decision.audit or not isinstance(decision.body, Table):
            continue
        names = [output.name for output in decision.outputs]
        for number, outputs in zip(step.rows, step.outputs, strict=True):
            assert isinstance(outputs, tuple), "a table of hit policy C collects rows"
            words = _outputs(outputs)
            first = outputs[0]
            severity = text_of(outputs[names.index("severity")]) if "severity" in names else ""
            yield {
                "place": place,
                "sheet": key,
                "unit": step.unit,
                "decision": step.decision,
                "row": number,
                "code": first.reason if isinstance(first, Unknown) else text_of(first),
                "severity": severity or "",
                "message": decision.body.rows[number - 1].annotation,
                **words,
            }


def _steps_of(rulebook: Rulebook, place: int, key: str, derivation: Derivation) -> Iterable[dict[str, object]]:
    for step in derivation.steps.values():
        decision = rulebook.by_name[step.decision]
        collects = isinstance(decision.body, Table) and decision.body.policy == "C"
        values: Sequence[Any] = () if collects else step.outputs
        yield {
            "place": place,
            "sheet": key,
            "decision": step.decision,
            "unit": step.unit,
            "outcome": step.outcome,
            "rows": list(step.rows),
            **_outputs(values),
        }


def together(parts: Sequence[Results]) -> Results:
    """Results of several parts as one, in the order of the corpus; within a sheet, in the order in which they are made."""
    steps = [part.steps for part in parts if part.steps is not None]
    return Results(
        _ordered(pa.concat_tables([part.verdicts for part in parts])),
        _ordered(pa.concat_tables([part.findings for part in parts])),
        _ordered(pa.concat_tables(steps)) if steps else None,
    )


def _ordered(table: pa.Table) -> pa.Table:
    """Rows by the place of their sheet, those of one sheet as they came."""
    beside = table.append_column("_row", pa.array(range(table.num_rows), pa.int64()))
    order = pc.sort_indices(beside, sort_keys=[("place", "ascending"), ("_row", "ascending")])
    return table.take(order)
