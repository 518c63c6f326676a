"""What a sheet in YAML records besides its figures: its own conclusions, the outline of the programme, the logic model."""

from collections.abc import Iterator, Sequence
from typing import Any

from hyotei.base.yaml import YamlMap
from hyotei.readers import sheet_keys as keys
from hyotei.readers.facts_yaml import facts_of, named_facts
from hyotei.readers.figures_yaml import FigureReader
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import stray_records
from hyotei.readers.words_yaml import text_with_source, values_of
from hyotei.sheet.fields import RECORDED_SOURCES
from hyotei.sheet.models import EarlierFinding, LogicModel, Outline, Recorded, ReflectionAmount


def recorded_of(form: MappingReader, figures: FigureReader, unit: str | None, results: Sequence[str]) -> Recorded:
    """What the sheet concludes; `unit` is that of its amounts, `results` are the keys that are names of decisions."""
    words: dict[str, Any] = {}
    for name in RECORDED_SOURCES:
        words[name], words[f"{name}_source"] = text_with_source(form, name, figures.printed_in)
    return Recorded(
        **words,
        **values_of(form, Recorded, without=RECORDED_SOURCES),
        reflection_amounts=tuple(_amounts(form, figures, unit)),
        earlier_findings=tuple(
            EarlierFinding(**values_of(found, EarlierFinding))
            for found in (_part(form, node, keys.FINDING) for node in form.maps("earlier_findings"))
        ),
        results=(*facts_of(form, "results", figures), *named_facts(form, list(results), figures)),
    )


def _amounts(recorded: MappingReader, figures: FigureReader, unit: str | None) -> Iterator[ReflectionAmount]:
    for node in recorded.maps("reflection_amounts"):
        form = _part(recorded, node, keys.REFLECTION)
        amount = figures.one(form, "amount", None, unit)
        stray_records(form)
        account = form.text("account", required=True)
        if account is not None:
            yield ReflectionAmount(account=account, subaccount=form.text("subaccount"), amount=amount)


def outline_of(form: MappingReader) -> Outline:
    """The outline of the programme."""
    return Outline(**values_of(form, Outline))


def logic_model_of(form: MappingReader) -> LogicModel:
    """What leads from the money to its effect."""
    return LogicModel(**values_of(form, LogicModel))


def _part(form: MappingReader, node: YamlMap, known: keys.Part) -> MappingReader:
    return MappingReader(node, known, form.file, form.problems)
