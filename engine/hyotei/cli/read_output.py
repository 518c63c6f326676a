"""Where `hyotei read` writes: one sheet as YAML, one or many as JSON, many as NDJSON, each sheet as soon as it is read."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from hyotei.base.atomic_write import draft_file
from hyotei.base.text_file import unwritable
from hyotei.messages import Diagnostic, HyoteiError, Location
from hyotei.sheet.models import Sheet

_SUFFIXES: Final = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson"}
Write = Callable[[Sheet], None]


@contextmanager
def writer_for(out: Path | None, as_json: bool) -> Iterator[Write | None]:
    """A function that writes a sheet, None where nothing is to be written; what is open is closed at the end, also early.

    Raises:
        HyoteiError: the name of `out` says no form of output (HY109), or it cannot be written (HY108, HY886).
    """
    if out is None:
        if not as_json:
            yield None
            return
        with _list(sys.stdout) as write:
            yield write
        return
    form = _SUFFIXES.get(out.suffix.lower())
    if form is None:
        raise HyoteiError(Diagnostic("HY109", params={"path": str(out), "formats": " ".join(_SUFFIXES)}))
    if form == "yaml":
        single = _Single(out)
        yield single.write
        single.close()
        return
    try:
        with draft_file(out) as draft, draft.open("w", encoding="utf-8", newline="\n") as file:
            if form == "json":
                with _list(file) as write:
                    yield write
            else:
                yield lambda sheet: _line(file, sheet)
    except OSError as error:
        raise unwritable(out, error) from None


def _line(file: TextIO, sheet: Sheet) -> None:
    file.write(sheet.model_dump_json(by_alias=True) + "\n")


class _Single:
    """Holds the one sheet of a YAML file, which is written when no second one has come; else the file stays as it was."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._held: Sheet | None = None

    def write(self, sheet: Sheet) -> None:
        if self._held is not None:
            raise HyoteiError(Diagnostic("HY703", Location(self._out.name)))
        self._held = sheet

    def close(self) -> None:
        from hyotei.base.text_file import write_text
        from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml

        if self._held is not None:
            write_text(self._out, sheet_to_yaml(self._held))


@contextmanager
def _list(file: TextIO) -> Iterator[Write]:
    """One sheet as a JSON object, several as a list under `sheets`; the first waits until it is known which."""
    held: list[Sheet] = []
    many = False

    def write(sheet: Sheet) -> None:
        nonlocal many
        if many:
            file.write(",\n" + sheet.model_dump_json(by_alias=True))
        elif held:
            first = held.pop().model_dump_json(by_alias=True)
            file.write(f'{{"schema": "hyotei.sheets/1", "sheets": [\n{first},\n{sheet.model_dump_json(by_alias=True)}')
            many = True
        else:
            held.append(sheet)

    try:
        yield write
    finally:
        if many:
            file.write("\n]}\n")
        elif held:
            file.write(held[0].model_dump_json(by_alias=True, indent=2) + "\n")
        else:
            file.write('{"schema": "hyotei.sheets/1", "sheets": []}\n')
