"""What a sheet in YAML records besides its figures: its own conclusions, the outline of the programme, the logic model."""

from collections.abc import Iterator

from hyotei.base.yaml import YamlMap
from hyotei.readers import sheet_keys as keys
from hyotei.readers.figures_yaml import FigureReader
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import stray_records
from hyotei.readers.words_yaml import TRUTHS, text_with_source
from hyotei.sheet.models import (
    FIRST_YEAR,
    LAST_YEAR,
    EarlierFinding,
    LogicModel,
    Outline,
    Recorded,
    ReflectionAmount,
)


def recorded_of(form: MappingReader, figures: FigureReader, unit: str | None) -> Recorded:
    """What the sheet concludes; `unit` is that of its amounts."""
    rating, rating_source = text_with_source(form, "rating", figures.printed_in)
    budget, budget_source = text_with_source(form, "budget", figures.printed_in)
    opinion, opinion_source = text_with_source(form, "opinion", figures.printed_in)
    reflection, reflection_source = text_with_source(form, "reflection", figures.printed_in)
    stray_records(form)
    return Recorded(
        rating=rating,
        rating_source=rating_source,
        budget=budget,
        budget_source=budget_source,
        inspection=form.text("inspection"),
        improvement=form.text("improvement"),
        effect=form.text("effect"),
        external_kind=form.text("external_kind"),
        external_opinion=form.text("external_opinion"),
        public_process=form.text("public_process"),
        opinion=opinion,
        opinion_detail=form.text("opinion_detail"),
        opinion_source=opinion_source,
        reflection=reflection,
        reflection_detail=form.text("reflection_detail"),
        reflection_source=reflection_source,
        reflection_amounts=tuple(_amounts(form, figures, unit)),
        earlier_findings=tuple(
            EarlierFinding(**{key: found.text(key) for key in keys.FINDING})
            for found in (_part(form, node, keys.FINDING) for node in form.maps("earlier_findings"))
        ),
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
    return Outline(
        kind=form.text("kind"),
        issues=form.text("issues"),
        summary=form.text("summary"),
        ministry=form.text("ministry"),
        units=form.texts("units"),
        start_year=form.number("start_year", FIRST_YEAR, LAST_YEAR),
        end_year=form.number("end_year", FIRST_YEAR, LAST_YEAR),
        open_ended=form.choice("open_ended", TRUTHS),
        accounts=form.texts("accounts"),
        expenses=form.texts("expenses"),
        methods=form.texts("methods"),
        policies=form.texts("policies"),
        no_target_reason=form.text("no_target_reason"),
        former_numbers=form.texts("former_numbers"),
        url=form.text("url"),
        remarks=form.text("remarks"),
    )


def logic_model_of(form: MappingReader) -> LogicModel:
    """What leads from the money to its effect."""
    return LogicModel(**{key: form.texts(key) for key in keys.LOGIC_MODEL})


def _part(form: MappingReader, node: YamlMap, known: keys.Part) -> MappingReader:
    return MappingReader(node, known, form.file, form.problems)
