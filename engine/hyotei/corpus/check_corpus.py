"""Whether a corpus is what its manifest says: files, rows, keys and content, each from the files themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path

from hyotei.corpus.content_hash import corpus_hash, sheet_hash
from hyotei.corpus.corpus import Corpus
from hyotei.corpus.part import Part, file_name
from hyotei.corpus.rewritten_parts import damaged, groups
from hyotei.corpus.schema import TABLES, arrow_schema
from hyotei.corpus.unique_keys import settle
from hyotei.corpus.verified_files import as_written, disagrees
from hyotei.messages import Diagnostic, HyoteiError, phrase


def check_corpus(
    corpus: Corpus, *, quick: bool = False, watch: Callable[[int], None] | None = None
) -> Iterator[Diagnostic]:
    """Everything that is wrong with a corpus, as it is found.

    Args:
        corpus: an open corpus.
        quick: leave it at files, rows and keys; otherwise each sheet is made again and its hash taken, which takes about as long as
            reading the sources.
        watch: is told of every number of sheets that were checked.
    """
    whole = True
    for part in corpus.parts:
        for table in TABLES:
            for problem in _file(corpus.place, part, table):
                whole = False
                yield problem
    if not whole:
        return  # What follows would only repeat it.
    try:
        outcome = settle(corpus.place, [part.name for part in corpus.parts])
    except HyoteiError as error:
        yield from error.diagnostics
        return
    for name, edit in outcome.edits.items():
        keys = sorted({*edit.drop, *edit.rename})[:3]
        yield disagrees(phrase("corpus.disagrees.keys", part=name, keys=", ".join(keys)))
    hashes: dict[str, str] = {}
    for part in corpus.parts:
        for rows in groups(corpus.place, part.name, "sheets", ("sheet", "sha256")):
            hashes.update(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    if corpus_hash(hashes.values()) != corpus.hash:
        yield disagrees(phrase("corpus.disagrees.hash"))
    if not quick:
        yield from _content(corpus, hashes, watch)


def _file(place: Path, part: Part, table: str) -> Iterator[Diagnostic]:
    import pyarrow.parquet as pq
    from pyarrow import ArrowException

    path = place / table / file_name(part.name)
    file = part.files[table]
    where = f"{table}/{path.name}"
    try:
        as_written(place, part, table)
        with pq.ParquetFile(path) as parquet:
            if parquet.metadata.num_rows != file.rows or not parquet.schema_arrow.equals(arrow_schema(table)):
                yield disagrees(phrase("corpus.disagrees.rows", file=where))
    except HyoteiError as error:
        yield from error.diagnostics
    except (OSError, ArrowException) as error:
        yield from damaged(path, error).diagnostics


def _content(corpus: Corpus, hashes: dict[str, str], watch: Callable[[int], None] | None) -> Iterator[Diagnostic]:
    for part in corpus.parts:
        try:
            for key, sheet in corpus.sheets([part]):
                if sheet_hash(sheet) != hashes.get(key):
                    yield disagrees(phrase("corpus.disagrees.content", key=key))
                if watch is not None:
                    watch(1)
        except HyoteiError as error:
            yield from error.diagnostics
