"""What a written sheet keeps of the original beside its figures and words: what was read of them, and where it is printed."""

from typing import Final

from hyotei.base.yaml import YamlMap, YamlText, YamlValue
from hyotei.lazy_dataclass import dataclass
from hyotei.readers import sheet_keys as keys
from hyotei.readers.mapping_reader import MappingReader
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Reading, Source
from hyotei.sheet.notes import Note, Notes

READINGS: Final[dict[str, Reading]] = {
    "stated": "stated",
    "inferred": "inferred",
    "ambiguous": "ambiguous",
    "corrected": "corrected",
    "記載": "stated",
    "推定": "inferred",
    "不確か": "ambiguous",
    "訂正": "corrected",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What was read of one figure or word, as it was then written on the sheet, with the place where it is printed.

    `read` is None where nothing was read; `year` is the fiscal year of a figure whose text has none.
    """

    read: YamlText | YamlMap | None
    year: int | None
    source: Source | None


def record_of(form: MappingReader, key: str, printed_in: str | None) -> Record | None:
    """What the part at hand keeps of its `key`; None where it keeps nothing.

    Args:
        form: the part, of which `printed` holds the records.
        key: the figure or word.
        printed_in: the file of the original, where the record names none.
    """
    kept = form.value(keys.PRINTED)
    if kept is None:
        return None
    if not isinstance(kept, YamlMap):
        form.wrong_kind(keys.PRINTED, kept, YamlMap)
        return None
    node = kept.get(key)
    if node is None:
        return None
    if not isinstance(node, YamlMap):
        form.wrong_kind(key, node, YamlMap)
        return None
    inner = MappingReader(node, keys.RECORD, form.file, form.problems)
    read: YamlValue | None = inner.values.get("read", inner.values.get("text"))
    if not isinstance(read, YamlText | YamlMap) or (isinstance(read, YamlText) and read.blank):
        read = None
    year = inner.number("fiscal_year", FIRST_YEAR, LAST_YEAR)
    return Record(read, year, source_of(inner, printed_in) if "text" in inner.values else None)


def source_of(form: MappingReader, printed_in: str | None = None) -> Source:
    """A source whose parts are the keys of a mapping, each as it is written."""
    file = form.text("file") if "file" in form.values else printed_in
    candidates = form.texts("candidates")
    return Source(
        text=form.text("text") or "",
        file=file,
        page=form.number("page", 0),
        line=form.number("line", 0),
        cell=form.text("cell"),
        place=form.text("place"),
        reading=form.choice("reading", READINGS) or "stated",
        note=form.text("note"),
        notes=notes_of(form),
        candidates=candidates,
    )


def notes_of(form: MappingReader) -> Notes:
    """The notes of a reading, each with its code and the values of its text."""
    found: list[Note] = []
    for node in form.maps("notes"):
        inner = MappingReader(node, keys.NOTE, form.file, form.problems)
        code, values = inner.text("code", required=True), inner.value("values")
        if values is not None and not isinstance(values, YamlMap):
            inner.wrong_kind("values", values, YamlMap)
            continue
        told: dict[str, str] = {}
        for key, value in () if values is None else values.entries:
            if isinstance(value, YamlText):
                told[key.text] = value.text
            else:
                inner.wrong_kind(key.text, value, YamlText)
        if code:
            found.append(Note.of(code, told))
        elif code is not None:
            inner.wrong_kind("code", inner.values["code"], YamlText)
    return tuple(found)


def stray_records(form: MappingReader) -> None:
    """Tells of records that belong to no key of their part, as after a key was renamed."""
    kept = form.values.get(keys.PRINTED)
    if isinstance(kept, YamlMap):
        MappingReader(kept, [key for key in form.known if key != keys.PRINTED], form.file, form.problems)
