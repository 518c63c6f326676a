"""The manifest of a corpus: which generation of files is the corpus, of what sources, with what hash. One small JSON file."""

import json
import os
from dataclasses import asdict, field
from pathlib import Path
from typing import Final

from hyotei.base.causes import cause
from hyotei.corpus.part import File, Part, synced
from hyotei.corpus.schema import TABLES, VERSION
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, HyoteiError, Location, Param, phrase

NAME: Final = "corpus.json"


@dataclass(frozen=True, slots=True)
class CorpusSource:
    """What the corpus was built from: a file, or the files of a format that spreads its sheets over several.

    Attributes:
        path: where it lay, absolute; for several files their common folder.
        sha256: hash of its content; empty where it changed while it was read, so that it is read again.
        format: the format that was asked for with `--as`, if one was.
        hyotei: the version that read it; another may read better.
        sheets: how many sheets it gave, copies included.
        failed: how many records or files in it could not be read.
        given: the identity that the user gave its sheets, by the names of the fields.
    """

    path: str
    sha256: str
    bytes: int
    format: str | None
    hyotei: str
    sheets: int
    failed: int
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a corpus consists of.

    Attributes:
        generation: the folder that holds the tables.
        hash: SHA-256 over the sorted hashes of the sheets.
    """

    generation: str
    hash: str
    parts: tuple[Part, ...]
    sources: tuple[CorpusSource, ...]

    def rows(self, table: str) -> int:
        return sum(part.files[table].rows for part in self.parts)

    @property
    def sheets(self) -> int:
        return self.rows("sheets")

    @property
    def bytes(self) -> int:
        return sum(file.bytes for part in self.parts for file in part.files.values())

    def text(self) -> str:
        """The manifest as JSON."""
        data = {"schema": VERSION, "sheets": self.sheets, **asdict(self)}
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the corpus in a folder.

    Raises:
        HyoteiError: there is no corpus (HY956), its manifest is damaged (HY959), or it is of another version (HY958).
    """
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise HyoteiError(Diagnostic("HY956", params={"folder": str(folder)})) from None
    except OSError as error:
        params: dict[str, Param] = {"path": str(path), "reason": cause(error)}
        raise HyoteiError(Diagnostic("HY103", Location(NAME), params)) from None
    except (ValueError, RecursionError):
        raise _damaged(folder) from None
    version = data.get("schema") if isinstance(data, dict) else None
    if not isinstance(version, str) or not version.startswith("hyotei.corpus/"):
        raise _damaged(folder)
    if version != VERSION:
        params = {"corpus": folder.resolve().name, "found": version[:40], "wanted": VERSION}
        raise HyoteiError(Diagnostic("HY958", params=params))
    try:
        return _manifest(data)
    except (KeyError, TypeError, ValueError):
        raise _damaged(folder) from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Puts a manifest in the place of the one before, by one rename: readers see the old one or the new one."""
    new = folder / f"{NAME}.new"
    with new.open("w", encoding="utf-8") as stream:
        stream.write(manifest.text())
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(folder / NAME)
    synced(folder)


def _damaged(folder: Path) -> HyoteiError:
    reason = phrase("corpus.damage.no_manifest")
    return HyoteiError(Diagnostic("HY959", Location(str(folder)), {"file": NAME, "reason": reason}))


def _manifest(data: dict[str, object]) -> Manifest:
    parts, sources = data["parts"], data["sources"]
    generation = str(data["generation"])
    if not isinstance(parts, list) or not isinstance(sources, list) or Path(generation).name != generation:
        raise ValueError("not a manifest")
    found = []
    for part in parts:
        files = {table: File(**part["files"][table]) for table in TABLES}
        if Path(part["name"]).name != part["name"] or not all(isinstance(file.rows, int) for file in files.values()):
            raise ValueError("not a part")
        found.append(Part(part["name"], files))
    return Manifest(generation, str(data["hash"]), tuple(found), tuple(CorpusSource(**source) for source in sources))
