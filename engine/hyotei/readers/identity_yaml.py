"""Where the names of a sheet in YAML were read: what the file keeps of them, with those that a person changed marked."""

from collections.abc import Callable, Mapping

from hyotei.base.yaml import YamlMap, YamlText
from hyotei.readers import sheet_keys as keys
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import record_of, source_of
from hyotei.sheet.correction import corrected_source
from hyotei.sheet.fields import IDENTITY_SOURCES
from hyotei.sheet.models import Identity, Source
from hyotei.sheet.quantity_words import PRINTED


def identity_of(
    form: MappingReader, printed_in: str | None, values: Mapping[str, object], meaning: Callable[[str, str], object]
) -> Identity:
    """The sources of the names.

    Args:
        form: the sheet.
        printed_in: the file of the original.
        values: what the names are now.
        meaning: what the text of a name stands for: `meaning("fiscal_year", "平成24年度")` is 2012.
    """
    kept = form.value("identity")
    if isinstance(kept, YamlMap):
        return _as_in_the_models(MappingReader(kept, IDENTITY_SOURCES, form.file, form.problems))
    sources: dict[str, Source | None] = {}
    for name in IDENTITY_SOURCES:
        record = record_of(form, name, printed_in)
        if record is None:
            continue
        read = record.read.text if isinstance(record.read, YamlText) else None
        if values[name] == (None if read is None else meaning(name, read)):
            sources[name] = record.source
        else:
            sources[name] = corrected_source(record.source, read or PRINTED["missing"])
    return Identity(**sources)


def _as_in_the_models(form: MappingReader) -> Identity:
    sources: dict[str, Source | None] = {}
    for name in IDENTITY_SOURCES:
        node = form.value(name)
        if isinstance(node, YamlMap):
            sources[name] = source_of(MappingReader(node, keys.SOURCE, form.file, form.problems))
        elif node is not None:
            form.wrong_kind(name, node, YamlMap)
    return Identity(**sources)
