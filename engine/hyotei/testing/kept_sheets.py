"""Where the sheets that broke a law are kept, and how they come back: they are tried first from then on."""

from collections.abc import Iterator
from pathlib import Path

from hyotei.sheet import Sheet

folder: Path | None = None
"""Set by the pytest option `--hyotei-keep`."""


def kept(name: str, chosen: Path | None) -> Iterator[Sheet]:
    """The sheet kept of a test, if there is one."""
    file = _file(name, chosen)
    if file is not None and file.is_file():
        from hyotei.readers import read_sheet

        yield read_sheet(file)


def keep(name: str, chosen: Path | None, sheet: Sheet) -> Path | None:
    """Keeps a sheet as YAML, instead of the one that was kept before; tells where."""
    file = _file(name, chosen)
    if file is not None:
        from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml

        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(sheet_to_yaml(sheet), encoding="utf-8")
    return file


def _file(name: str, chosen: Path | None) -> Path | None:
    where = chosen if chosen is not None else folder
    return None if where is None else where / f"{name}.yaml"
