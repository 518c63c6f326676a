"""Words of a sheet in YAML that stand for something: claims, directions, truths, and what is recorded, with their sources."""

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from hyotei.base.yaml import YamlMap, YamlText
from hyotei.readers import sheet_keys as keys
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import record_of, source_of
from hyotei.sheet.correction import corrected_source
from hyotei.sheet.fields import fields_of
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Basis, Claim, Direction, Source
from hyotei.sheet.quantity_words import PRINTED

T = TypeVar("T")

CLAIMS: Final[dict[str, Claim]] = {
    "achieved": "achieved",
    "partly_achieved": "partly_achieved",
    "not_achieved": "not_achieved",
    "達成": "achieved",
    "一部達成": "partly_achieved",
    "未達成": "not_achieved",
}
DIRECTIONS: Final[dict[str, Direction]] = {
    "increase": "increase",
    "decrease": "decrease",
    "maintain": "maintain",
    "増加": "increase",
    "減少": "decrease",
    "維持": "maintain",
}
BASES: Final[dict[str, Basis]] = {"gross": "gross", "net": "net"}
TRUTHS: Final = {"true": True, "false": False, "yes": True, "no": False, "はい": True, "いいえ": False}
_NARROW: Final = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def choice_with_source(
    form: MappingReader, key: str, choices: Mapping[str, T], printed_in: str | None
) -> tuple[T | None, Source | None]:
    """What the word at `key` stands for, and where it was read; marked where it is not the word that was read."""
    found = form.choice(key, choices)
    record = record_of(form, key, printed_in)
    if record is None:
        return found, _source(form, key)
    read = record.read.text if isinstance(record.read, YamlText) else None
    if found == (None if read is None else choices.get(read)):
        return found, record.source
    return found, corrected_source(record.source, read or PRINTED["missing"])


def text_with_source(form: MappingReader, key: str, printed_in: str | None) -> tuple[str | None, Source | None]:
    """The same of a word of the document's own, such as a rating, of which wide letters are narrowed: `Ａ` is `A`."""
    written = form.text(key)
    if not written and not form.exact:
        written = None
    found = None if written is None else written if form.exact else written.translate(_NARROW)
    record = record_of(form, key, printed_in)
    if record is None:
        return found, _source(form, key)
    read = record.read.text if isinstance(record.read, YamlText) else None
    if written == read:
        return written, record.source
    return found, corrected_source(record.source, read or PRINTED["missing"])


def _source(form: MappingReader, key: str) -> Source | None:
    """Where a word was read that a person wrote, or that the layout of the models has; None where none stands."""
    node = form.value(keys.WORD_SOURCES[key])
    if isinstance(node, YamlMap):
        return source_of(MappingReader(node, keys.SOURCE, form.file, form.problems))
    value = form.value(key)
    if not isinstance(value, YamlText) or form.exact:
        return None
    place = form.text(f"{key}_at") if f"{key}_at" in form.known else None
    return Source(text=value.text.strip(), file=form.file, line=value.line, place=place)


def values_of(form: MappingReader, model: type[BaseModel], without: Collection[str] = ()) -> dict[str, Any]:
    """The values of a model that are no quantities, each at the key of its name; whole numbers of a sheet are fiscal years."""
    found: dict[str, Any] = {}
    for field in fields_of(model):
        if field.name in without or field.kind == "quantity":
            continue
        match field.kind:
            case "text":
                found[field.name] = form.text(field.name)
            case "texts":
                found[field.name] = form.texts(field.name)
            case "integer":
                found[field.name] = form.number(field.name, FIRST_YEAR, LAST_YEAR)
            case "truth":
                found[field.name] = form.choice(field.name, TRUTHS)
    return found
