"""The keys of sheets: their identifiers, made unique without depending on the order in which sheets came.

A sheet whose identifier no other has is called by it. Where several different sheets share one, each is called by it and by the
beginning of its hash (`1#3fb0a2c4`), none by the identifier alone. The very same sheet out of several sources is kept once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hyotei.corpus.rewritten_parts import PartEdit, groups
from hyotei.corpus.schema import arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

_SHORTEST = 8


class KeyEntry(NamedTuple):
    """A sheet as it stands in a part."""

    part: str
    key: str
    id: str
    source: str
    sha256: str


class KeyOutcome(NamedTuple):
    """What has to change in which part, and what is to be said of it.

    Attributes:
        shared: identifiers of several sheets, with how many and the sources.
        copied: how many sheets stood in more than one source.
    """

    edits: dict[str, PartEdit]
    shared: dict[str, tuple[int, tuple[str, ...]]]
    copied: int


def settle(folder: Path, parts: Sequence[str]) -> KeyOutcome:
    """Finds out what the keys of all sheets must be, reading four columns only."""
    entries, identifiers = _doubtful(folder, parts)
    edits: defaultdict[str, PartEdit] = defaultdict(PartEdit)
    shared: dict[str, tuple[int, tuple[str, ...]]] = {}
    copied = 0
    by_id: defaultdict[str, list[KeyEntry]] = defaultdict(list)
    for entry in entries:
        by_id[entry.id].append(entry)
    for identifier, same in by_id.items():
        kept: dict[str, KeyEntry] = {}
        for entry in same:
            first = kept.setdefault(entry.sha256, entry)
            if first is not entry:
                copied += 1
                edits[entry.part].drop.add(entry.key)
        names = _names(identifier, kept, identifiers)
        for digest, entry in kept.items():
            if names[digest] != entry.key:
                edits[entry.part].rename[entry.key] = names[digest]
        for entry in same:
            first = kept[entry.sha256]
            if first is not entry and first.source != entry.source:
                edits[first.part].copies.append((names[entry.sha256], entry.source))
        if len(kept) > 1:
            shared[identifier] = (len(kept), tuple(sorted({entry.source for entry in kept.values()})))
    return KeyOutcome({part: edit for part, edit in edits.items() if edit}, shared, copied)


def _names(identifier: str, kept: Iterable[str], identifiers: "pa.ChunkedArray") -> dict[str, str]:
    """The key of each of the different sheets with one identifier, by their hashes."""
    import pyarrow as pa
    import pyarrow.compute as pc

    digests = list(kept)
    if len(digests) == 1:
        return {digests[0]: identifier}
    length = _SHORTEST
    while True:
        # Beyond the hash only a sheet that is called by the hash of another is left; it gets out of the way.
        names = [f"{identifier}#{digest[:length]}{'#' * (length - len(digest))}" for digest in digests]
        taken = pc.any(pc.is_in(identifiers, pa.array(names))).as_py()
        if len(set(names)) == len(names) and not taken:
            return dict(zip(digests, names, strict=True))
        length += 1


def _doubtful(folder: Path, parts: Sequence[str]) -> "tuple[list[KeyEntry], pa.ChunkedArray]":
    """The sheets that share an identifier with others, or are not called by theirs; and the identifiers of all."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = ("sheet", "id", "source", "sha256")
    tables = [rows for part in parts for rows in groups(folder, part, "sheets", ("sheet", "id"))]
    every = pa.concat_tables([arrow_schema("sheets").empty_table().select(["sheet", "id"]), *tables])
    counts = pc.value_counts(every["id"])
    often = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    other = every["id"].filter(pc.not_equal(every["sheet"], every["id"])).combine_chunks()
    wanted = pa.concat_arrays([often, other])
    found: list[KeyEntry] = []
    if not len(wanted):
        return found, every["id"]
    for part in parts:
        for rows in groups(folder, part, "sheets", columns):
            picked = rows.filter(pc.is_in(rows["id"], wanted))
            cells = (picked[name].to_pylist() for name in columns)
            found += [KeyEntry(part, *entry) for entry in zip(*cells, strict=True)]
    return found, every["id"]
