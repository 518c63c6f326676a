"""A sheet as YAML that people read and correct, and back without any loss.

Figures stand as they are printed; what is printed, and where, is kept beside them, so that a corrected figure is known as one. A
sheet that this layout cannot hold exactly is written in the layout of the models (`hyotei sheet schema`).
"""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from hyotei.base.yaml import parse_yaml
from hyotei.messages import Language, wording
from hyotei.readers import sheet_keys as keys
from hyotei.readers.sheet_yaml import sheet_of
from hyotei.readers.words_yaml import CLAIMS, DIRECTIONS, TRUTHS
from hyotei.sheet.fields import IDENTITY_SOURCES, RECORDED_SOURCES, plain_fields
from hyotei.sheet.figures import OF_BUDGET_YEARS, YEARLY
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import (
    BudgetYear,
    Indicator,
    Measure,
    Objective,
    Quantity,
    Recorded,
    Sheet,
    Source,
    YearPoint,
)
from hyotei.sheet.sheet_data import sheet_data
from hyotei.sheet_writers.figure_yaml_writer import Data, FigureWriter
from hyotei.sheet_writers.yaml_lines import yaml_lines, yaml_text


def sheet_to_yaml(sheet: Sheet, language: Language = "ja") -> str:
    """The YAML of a sheet, with comments in a language; `parse_sheet` gives the same sheet back."""
    lines = [
        wording(language)("sheet_files.written_head"),
        *yaml_lines(_Writer(sheet).sheet(), PARTS, "sheet", language),
    ]
    text = "\n".join(lines) + "\n"
    return text if _reads_back(text, sheet) else yaml_text(sheet_data(sheet))


def _reads_back(text: str, sheet: Sheet) -> bool:
    tree, problems = parse_yaml(text)
    if tree is None or problems:
        return False
    again, problems = sheet_of(tree)
    return again == sheet and all(problem.severity != "error" for problem in problems)


PARTS: Mapping[str, keys.Part] = {
    "sheet": keys.SHEET,
    "objectives": keys.OBJECTIVE,
    "indicators": keys.INDICATOR,
    "outputs": keys.INDICATOR,
    "measures": keys.MEASURE,
    "series": keys.YEAR,
    "budget": keys.BUDGET_YEAR,
    "facts": {keys.PRINTED: keys.SHEET[keys.PRINTED]},
    "recorded": keys.RECORDED,
    "earlier_findings": keys.FINDING,
    "outline": keys.OUTLINE,
}
"""The part that stands under a key, for its comments."""


class _Writer:
    """The data of one sheet, in the order of its keys."""

    def __init__(self, sheet: Sheet) -> None:
        self.whole = sheet
        files = [source.file for source in _sources(sheet) if source.file is not None]
        self.printed_in = max(set(files), key=lambda file: (files.count(file), file), default=None)
        self.write = FigureWriter(sheet, self.printed_in)

    def sheet(self) -> Data:
        sheet = self.whole
        data: Data = {
            "schema": sheet.schema_,
            **_texts(sheet, ("id", "title", "authority", "number", "policy", "field", "scheme")),
            "fiscal_year": print_fiscal_year(sheet.fiscal_year),
            "document": sheet.document,
            "printed_in": self.printed_in,
            "goal": sheet.goal,
            "objectives": [self.objective(each) for each in sheet.objectives],
            "outputs": [self.indicator(each) for each in sheet.outputs],
            "budget": [self.budget_year(each) for each in sheet.budget_years],
            "facts": self.write.facts(sheet.facts),
            "recorded": self.recorded(sheet.recorded),
            "outline": _texts(sheet.outline, keys.OUTLINE),
        }
        data = _kept(data)
        if sheet.unread:
            data["unread"] = list(sheet.unread)
        printed = {}
        for name in IDENTITY_SOURCES:
            source: Source | None = getattr(sheet.identity, name)
            if source is not None:
                printed[name] = self.write.record(data.get(name), source, None)
        return {**data, **({keys.PRINTED: printed} if printed else {})}

    def objective(self, objective: Objective) -> Data:
        claim = _word(objective.claim, CLAIMS)
        data = self.write.words({"name": objective.name}, {"claim": (claim, objective.claim_source)})
        indicators = [self.indicator(each) for each in objective.indicators]
        return _kept({**data, "indicators": indicators, **self.own(objective)})

    def own(self, unit: Objective | Indicator | Measure | YearPoint | BudgetYear) -> Data:
        """The facts and the recorded results of a unit."""
        return {"facts": self.write.facts(unit.facts), "recorded": self.write.facts(unit.recorded)}

    def indicator(self, indicator: Indicator) -> Data:
        data = _texts(indicator, (key for key in keys.INDICATOR if key in plain_fields(Indicator)))
        own = _kept(self.own(indicator))
        (first, *further) = indicator.measures
        alone = self.measure(first)
        plain = first.label is None and not first.facts and not first.recorded
        if not further and plain and any(key in alone for key in (*keys.MEASURE_FIGURES, "series")):
            return {**_kept(data), **alone, **own}
        return {**_kept(data), "measures": [alone, *map(self.measure, further)], **own}

    def measure(self, measure: Measure) -> Data:
        data = _kept({"label": measure.label, "direction": _word(measure.direction, DIRECTIONS)})
        written = self.write.figures(data, {key: getattr(measure, key) for key in keys.MEASURE_FIGURES})
        series = [self.year_point(each) for each in measure.series]
        return _kept({**written, "series": series, **self.own(measure)})

    def year_point(self, point: YearPoint) -> Data:
        figures: dict[str, Quantity] = {row.field: getattr(point, row.field) for row in YEARLY}
        data = self.write.figures({"fiscal_year": print_fiscal_year(point.fiscal_year)}, figures)
        return _kept({**data, **self.own(point)})

    def budget_year(self, year: BudgetYear) -> Data:
        figures: dict[str, Quantity] = {row.field: getattr(year, row.field) for row in OF_BUDGET_YEARS}
        data = self.write.figures({"fiscal_year": print_fiscal_year(year.fiscal_year)}, figures)
        basis = {} if year.basis == "net" else {"basis": year.basis}
        return _kept({**data, **basis, **self.own(year)})

    def recorded(self, recorded: Recorded) -> Data:
        words: dict[str, tuple[str | None, Source | None]] = {
            key: (getattr(recorded, key), getattr(recorded, keys.WORD_SOURCES[key])) for key in RECORDED_SOURCES
        }
        findings = [_texts(each, keys.FINDING) for each in recorded.earlier_findings]
        texts = [key for key in keys.RECORDED if key not in words and isinstance(getattr(recorded, key, None), str)]
        data = self.write.words(_texts(recorded, texts), words)
        results = self.write.facts(recorded.results)
        printed: Data = {**data.pop(keys.PRINTED, {}), **results.pop(keys.PRINTED, {})}  # type: ignore[dict-item]  # records
        whole = {**data, **results, "earlier_findings": findings, keys.PRINTED: printed}
        return _kept(whole)


def _texts(model: object, names: Iterable[str]) -> Data:
    """Fields of a model as texts and lists of texts, without those that state nothing."""
    return _kept({name: _plain(getattr(model, name)) for name in names})


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return _word(value, TRUTHS)
    return list(value) if isinstance(value, tuple) else value


def _kept(data: Data) -> Data:
    return {key: value for key, value in data.items() if value is not None and value != [] and value != {}}


def _word(value: object, words: Mapping[str, object]) -> str | None:
    """The Japanese word that the reader takes for a value."""
    return next((word for word, means in words.items() if means == value and not word.isascii()), None)


def _sources(part: object) -> Iterator[Source]:
    """Every source of a sheet."""
    if isinstance(part, Source):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _sources(each)
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _sources(getattr(part, name))
