"""What a sheet in YAML records besides its figures: its own conclusions, and the outline of the programme."""

from collections.abc import Sequence
from typing import Any

from hyotei.base.yaml import YamlMap
from hyotei.readers import sheet_keys as keys
from hyotei.readers.facts_yaml import facts_of, named_facts
from hyotei.readers.figures_yaml import FigureReader
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.words_yaml import text_with_source, values_of
from hyotei.sheet.fields import RECORDED_SOURCES
from hyotei.sheet.models import EarlierFinding, Outline, Recorded


def recorded_of(form: MappingReader, figures: FigureReader, results: Sequence[str]) -> Recorded:
    """What the sheet concludes; `results` are the keys that are names of decisions."""
    words: dict[str, Any] = {}
    for name in RECORDED_SOURCES:
        words[name], words[f"{name}_source"] = text_with_source(form, name, figures.printed_in)
    return Recorded(
        **words,
        **values_of(form, Recorded, without=RECORDED_SOURCES),
        earlier_findings=tuple(
            EarlierFinding(**values_of(found, EarlierFinding))
            for found in (_part(form, node, keys.FINDING) for node in form.maps("earlier_findings"))
        ),
        results=(*facts_of(form, "results", figures), *named_facts(form, list(results), figures)),
    )


def outline_of(form: MappingReader) -> Outline:
    """The outline of the programme."""
    return Outline(**values_of(form, Outline))


def _part(form: MappingReader, node: YamlMap, known: keys.Part) -> MappingReader:
    return MappingReader(node, known, form.file, form.problems)
