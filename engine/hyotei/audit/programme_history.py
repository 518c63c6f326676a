"""A programme over the years: what each of its sheets says of measures, budget and results, and the findings between them."""

from collections.abc import Iterable

from hyotei.audit.model import Finding
from hyotei.audit.programme_year import programme_of, same_name
from hyotei.audit.year_changes import Years
from hyotei.base.exact import plain
from hyotei.base.printable import one_line
from hyotei.document.notebook import ShownInNotebooks
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.readers.review_facts import OPINION, REFLECTION
from hyotei.rulebook.model import RESULTS
from hyotei.sheet import Quantity, Sheet
from hyotei.verdict.steps import printed


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure as one sheet tells it: the sheet's evaluated year, the text as printed, and the exact value where it is known."""

    told_in: int
    text: str
    value: str | None


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """A measure over the fiscal years; each year has what every sheet says of it, in the order of the sheets."""

    subject: str
    targets: dict[int, tuple[ToldFigure, ...]]
    actuals: dict[int, tuple[ToldFigure, ...]]
    final_targets: tuple[ToldFigure, ...]


@dataclass(frozen=True, slots=True)
class BudgetHistory:
    """The budget of a fiscal year as the latest sheet that tells it has it: amounts as printed, empty where not told."""

    fiscal_year: int
    told_in: int
    initial: str
    total: str
    executed: str
    request: str


@dataclass(frozen=True, slots=True)
class SheetOfProgramme:
    """One sheet of the programme with what it records."""

    id: str
    fiscal_year: int
    recorded: dict[str, str]


@dataclass(frozen=True, slots=True)
class History(ShownInNotebooks):
    """A programme over the years."""

    document_builder = "hyotei.report.history_document:history_document"

    authority: str
    title: str
    sheets: tuple[SheetOfProgramme, ...]
    measures: tuple[MeasureHistory, ...]
    budgets: tuple[BudgetHistory, ...]
    findings: tuple[Finding, ...]


def meant(sheet: Sheet, key: str) -> bool:
    """Whether a key names a sheet: its identifier, the end of it after a slash, its number, or its title."""
    return key in (sheet.id, sheet.number) or sheet.id.endswith(f"/{key}") or same_name(sheet.title) == same_name(key)


def history(sheets: Iterable[Sheet], language: Language = "ja") -> History:
    """The history of one programme.

    Args:
        sheets: all of one authority and title.
        language: of amounts and findings.
    """
    ordered = sorted(sheets, key=lambda sheet: sheet.fiscal_year)
    years = Years(language)
    for sheet in ordered:
        years.add(sheet)
    latest = ordered[-1]
    return History(
        latest.authority,
        one_line(latest.title),
        tuple(SheetOfProgramme(each.id, each.fiscal_year, _recorded(each)) for each in ordered),
        tuple(_measures(ordered, language)),
        tuple(_budgets(ordered, language)),
        tuple(years.findings()),
    )


def programmes(sheets: Iterable[Sheet]) -> dict[tuple[str, str], list[Sheet]]:
    """The sheets by programme."""
    found: dict[tuple[str, str], list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(programme_of(sheet.authority, sheet.title), []).append(sheet)
    return found


def _recorded(sheet: Sheet) -> dict[str, str]:
    found = {name: getattr(sheet.recorded, name) for name in RESULTS}
    found |= {fact.name: fact.text for fact in sheet.facts if fact.name in (OPINION, REFLECTION)}
    return {name: value for name, value in found.items() if value}


def _measures(sheets: list[Sheet], language: Language) -> Iterable[MeasureHistory]:
    """Measures of one name, in the order in which they are met; those that one sheet tells twice stand together."""
    found: dict[tuple[str, str, str], MeasureHistory] = {}
    finals: dict[tuple[str, str, str], list[ToldFigure]] = {}
    for sheet in sheets:
        for objective in sheet.objectives:
            for indicator in objective.indicators:
                for measure in indicator.measures:
                    label = measure.label or ""
                    key = same_name(objective.name), same_name(indicator.name), same_name(label)
                    name = one_line(indicator.name)
                    said = wording(language)("verdict.labelled", name=name, label=one_line(label)) if label else name
                    of = found.setdefault(key, MeasureHistory(said, {}, {}, ()))
                    _tell(of.targets, measure.target, sheet.fiscal_year, sheet, language)
                    _tell(of.actuals, measure.actual, sheet.fiscal_year, sheet, language)
                    for point in measure.series:
                        _tell(of.targets, point.target, point.fiscal_year, sheet, language)
                        _tell(of.actuals, point.actual, point.fiscal_year, sheet, language)
                    if _says(measure.final_target):
                        finals.setdefault(key, []).append(_told(measure.final_target, sheet, language))
    for key, of in found.items():
        targets, actuals = (dict(sorted(each.items())) for each in (of.targets, of.actuals))
        yield MeasureHistory(of.subject, targets, actuals, tuple(finals.get(key, ())))


def _tell(
    into: dict[int, tuple[ToldFigure, ...]], quantity: Quantity, year: int, sheet: Sheet, language: Language
) -> None:
    if _says(quantity):
        at = quantity.fiscal_year or year
        # The year is that of the column.
        without = quantity.model_copy(update={"fiscal_year": None})
        into[at] = (*into.get(at, ()), _told(without, sheet, language))


def _says(quantity: Quantity) -> bool:
    return quantity.unknown != "missing"


def _told(quantity: Quantity, sheet: Sheet, language: Language) -> ToldFigure:
    value = None if quantity.value is None else plain(quantity.value)
    return ToldFigure(sheet.fiscal_year, printed(quantity, language), value)


def _budgets(sheets: list[Sheet], language: Language) -> Iterable[BudgetHistory]:
    found: dict[int, BudgetHistory] = {}
    for sheet in sheets:
        for year in sheet.budget_years:
            amounts = (year.initial, year.total, year.executed, year.request)
            before = found.get(year.fiscal_year)
            told = [printed(each, language) if _says(each) else "" for each in amounts]
            if before is not None:
                earlier = (before.initial, before.total, before.executed, before.request)
                told = [now or then for now, then in zip(told, earlier, strict=True)]
            found[year.fiscal_year] = BudgetHistory(year.fiscal_year, sheet.fiscal_year, *told)
    return (found[year] for year in sorted(found))
