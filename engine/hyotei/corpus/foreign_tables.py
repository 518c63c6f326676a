"""Tables that people bring, as sheets: any of the tables and columns of a corpus, from Arrow, pandas or polars."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hyotei.base.causes import cause
from hyotei.base.exact import plain
from hyotei.corpus.flatten import Row
from hyotei.corpus.restore import restore
from hyotei.corpus.row_reading import READ
from hyotei.corpus.schema import TABLES, CorpusColumn, CorpusTable
from hyotei.messages import Diagnostic, HyoteiError, Location, Phrase, phrase, phrase_of
from hyotei.readers.reader import Found

if TYPE_CHECKING:
    import pyarrow as pa

_DEFAULTS: Final[dict[tuple[str, str], object]] = {
    ("budget_years", "basis"): "net",
    ("provenance", "reading"): "stated",
}


def sheets_of(tables: Mapping[str, object]) -> Iterator[Found]:
    """The sheets of tables by name; only `sheets` is needed, and columns that are not there are empty.

    `id` is the key where it is not given; a figure may come as `_value` (text) or as `_number` (a decimal or whole number). A
    figure with neither is unknown, `missing` unless `_unknown` says otherwise.

    Raises:
        HyoteiError: a table or column is not known, is missing, or is of a type that is not exact (HY965).
    """
    unknown = sorted(set(tables) - set(TABLES))
    if unknown or "sheets" not in tables:
        named = ", ".join(unknown) or "sheets"
        raise _refused(named, phrase("corpus.foreign.no_such_table" if unknown else "corpus.foreign.missing"))
    rows = {name: _by_sheet(name, _arrow(name, tables[name])) for name in READ if name in tables}
    for key in rows["sheets"]:
        stored = {name: rows.get(name, {}).get(key, []) for name in READ}
        try:
            yield Found(restore(stored))
        except ValueError as error:
            yield Found(None, (Diagnostic("HY968", params={"id": key[:60], "reason": _sentence(error)}),))
    for name, found in rows.items():
        lost = sorted(found.keys() - rows["sheets"].keys())
        if lost:
            lost_key = phrase("corpus.foreign.lost_key", key=lost[0])
            yield Found(None, (Diagnostic("HY968", params={"id": name, "reason": lost_key}),))


def _arrow(name: str, table: object) -> "pa.CorpusTable":
    """Arrow out of what was given."""
    import pyarrow as pa

    if isinstance(table, pa.RecordBatch):
        return pa.Table.from_batches([table])
    if isinstance(table, pa.Table):
        return table
    if hasattr(table, "to_arrow"):  # polars, DuckDB
        found = table.to_arrow()
        return found if isinstance(found, pa.Table) else found.read_all()
    try:
        return pa.Table.from_pandas(table, preserve_index=False)
    except (TypeError, AttributeError, pa.ArrowException) as error:
        kind = type(table).__name__
        raise _refused(name, phrase("corpus.foreign.no_table", kind=kind)) from error


def _by_sheet(name: str, given: "pa.CorpusTable") -> dict[str, list[Row]]:
    table = TABLES[name]
    for column in given.column_names:
        if column not in table.names:
            raise _refused(f"{name}.{column}", phrase("corpus.foreign.no_such_column"))
    columns = [_column(table, column, given) for column in table.columns if not column.derived]
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in zip(*columns, strict=True):
        found[row[0]].append(row)
    return dict(found)


def _column(table: CorpusTable, column: CorpusColumn, given: "pa.CorpusTable") -> list[Any]:
    """The cells of a column as they are stored."""
    name = column.name
    if name.endswith("_unknown"):
        figure = name.removesuffix("_unknown")
        values = _value(table, figure, given)
        stated = _cells(table, column, given)
        return [reason or ("missing" if value is None else None) for reason, value in zip(stated, values, strict=True)]
    if f"{name}_number" in table.names or name.endswith("_value"):
        return _value(table, name.removesuffix("_value"), given)
    cells = _cells(table, column, given)
    if (table.name, name) == ("sheets", "id"):
        keys = given["sheet"].to_pylist()
        return [key if cell is None else cell for key, cell in zip(keys, cells, strict=True)]
    default = _DEFAULTS.get((table.name, name))
    return cells if default is None else [default if cell is None else cell for cell in cells]


def _value(table: CorpusTable, name: str, given: "pa.CorpusTable") -> list[str | None]:
    """A figure, or an end of a range, as plain text: from the exact column, else from the number."""
    exact = f"{name}_value" if f"{name}_value" in table.names else name
    text = _cells(table, CorpusColumn(exact), given)
    number = f"{name}_number"
    if number not in given.column_names:
        return text
    import pyarrow as pa

    kind = given.schema.field(number).type
    if not (pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind)):
        raise _refused(f"{table.name}.{number}", phrase("corpus.foreign.no_exact_type", type=kind))
    numbers = given[number].to_pylist()
    return [
        plain(Decimal(each)) if own is None and each is not None else own
        for own, each in zip(text, numbers, strict=True)
    ]


def _cells(table: CorpusTable, column: CorpusColumn, given: "pa.CorpusTable") -> list[Any]:
    import pyarrow as pa

    if column.name not in given.column_names:
        if column.required and (table.name, column.name) not in {("sheets", "id"), *_DEFAULTS}:
            raise _refused(f"{table.name}.{column.name}", phrase("corpus.foreign.missing"))
        return [None] * given.num_rows
    wanted = {
        "text": pa.string(),
        "integer": pa.int64(),
        "truth": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "number": pa.string(),
    }[column.kind]
    cells = given[column.name]
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    if pa.types.is_floating(cells.type) and cells.null_count < len(cells) and column.kind != "integer":
        # pandas makes floats of whole numbers beside empty cells; anything else that is a float has lost something already.
        raise _refused(f"{table.name}.{column.name}", phrase("corpus.foreign.of_type", type=cells.type))
    try:
        found: list[Any] = cells.cast(wanted).to_pylist()
    except pa.ArrowException as error:
        bad = f"{_first_bad(cells, wanted)!r}"[:60]
        reason = phrase("corpus.foreign.wrong_value", kind=phrase_of("corpus.kind", column.kind), value=bad)
        raise _refused(f"{table.name}.{column.name}", reason) from error
    if column.required and None in found and (table.name, column.name) not in {("sheets", "id"), *_DEFAULTS}:
        raise _refused(f"{table.name}.{column.name}", phrase("corpus.foreign.empty_cell"))
    return found


def _first_bad(cells: "pa.ChunkedArray", wanted: "pa.DataType") -> object:
    """The first value of a column that is not of a type."""
    import pyarrow as pa

    for value in cells:
        try:
            value.cast(wanted)
        except pa.ArrowException:
            return value.as_py()
    return cells[0].as_py()


def _sentence(error: ValueError) -> Phrase:
    """Why a sheet is none: the field and the value that it cannot have, in place of a library's words."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return cause(error)
    first = error.errors(include_url=False)[0]
    place = ".".join(str(each) for each in first["loc"]) or "sheet"
    value = " ".join(repr(first["input"]).split())[:60]
    return phrase("corpus.foreign.not_allowed", place=place, value=value)


def _refused(name: str, reason: Phrase) -> HyoteiError:
    return HyoteiError(Diagnostic("HY965", Location(column=name), {"name": name, "reason": reason}))
