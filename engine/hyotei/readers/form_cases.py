"""The cases beside a form: documents, drawn or as files, and the sheets that must be read of them, figure by figure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue, parse_yaml, place, read_yaml
from hyotei.forms.library import CASES, folder_of, load_form
from hyotei.forms.model import Form
from hyotei.messages import Diagnostic, HyoteiError, Location, Param
from hyotei.readers.drawn_documents import blocks_of
from hyotei.readers.printed import read_form
from hyotei.readers.sheets_of_paths import read_sheets
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES, YEARLY
from hyotei.sheet.models import Indicator, Measure, Quantity, Sheet
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.quantity_print import print_quantity

_TOLD: Final = ("HY680", "HY694")
"""The notes that say which form a document was taken for."""
_KEYS: Final = ("name", "document", "file", "expect")
_OF_SHEET: Final = ("title", "authority", "number", "policy", "fiscal_year", "goal", "field", "scheme")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one sheet must say: texts of its fields, figures by their names, records and facts; each with its place."""

    texts: dict[str, tuple[str, Location]]
    figures: dict[str, tuple[str, Location]]
    recorded: dict[str, tuple[str, Location]]
    facts: dict[str, tuple[str, Location]]
    place: Location


@dataclass(frozen=True, slots=True)
class FormCase:
    """A document, and the sheets that it prints."""

    name: str
    drawn: str | None
    file: Path | None
    expected: tuple[Expectation, ...]
    place: Location


@dataclass(slots=True)
class FormCaseResult:
    """How a case went: nothing in `problems` means that it holds."""

    name: str
    problems: list[Diagnostic] = field(default_factory=list)
    figures: int = 0
    """How many figures were compared."""


def read_form_cases(path: Path) -> tuple[list[FormCase], list[Diagnostic]]:
    """The cases of a file, and what is wrong with the file; a wrong case is left out and told.

    Raises:
        HyoteiError: the file cannot be read at all.
    """
    tree, problems = read_yaml(path)
    listed = tree.get("cases") if isinstance(tree, YamlMap) else tree
    if not isinstance(listed, YamlList):
        return [], [*problems, Diagnostic("HY687", Location(path.name), {"keys": ", ".join(_KEYS)})]
    cases = []
    for item in listed.items:
        case = _case(item, path)
        if isinstance(case, Diagnostic):
            problems.append(case)
        else:
            cases.append(case)
    return cases, problems


def _case(item: YamlValue, path: Path) -> FormCase | Diagnostic:
    at = place(item, path.name)
    wrong = Diagnostic("HY687", at, {"keys": ", ".join(_KEYS)})
    if not isinstance(item, YamlMap) or any(key.text not in _KEYS for key, _ in item.entries):
        return wrong
    name, drawn, file, expect = (item.get(key) for key in ("name", "document", "file", "expect"))
    if not isinstance(name, YamlText) or not isinstance(expect, YamlList) or (drawn is None) == (file is None):
        return wrong
    expected = _expectations(expect, path.name)
    if len(expected) != len(expect.items):
        return wrong
    return FormCase(
        name.text,
        drawn.text if isinstance(drawn, YamlText) else None,
        path.parent / file.text if isinstance(file, YamlText) else None,
        expected,
        at,
    )


def expectations_of(text: str) -> tuple[Expectation, ...]:
    """The expectations that a text in YAML lists."""
    tree, _ = parse_yaml(text)
    return _expectations(tree, None) if isinstance(tree, YamlList) else ()


def _expectations(listed: YamlList, file: str | None) -> tuple[Expectation, ...]:
    return tuple(_expectation(each, file) for each in listed.items if isinstance(each, YamlMap))


def _expectation(item: YamlMap, file: str | None) -> Expectation:
    def texts(value: YamlValue | None) -> dict[str, tuple[str, Location]]:
        entries = value.entries if isinstance(value, YamlMap) else ()
        return {key.text: (each.text, place(key, file)) for key, each in entries if isinstance(each, YamlText)}

    own = {name: each for name, each in texts(item).items() if name in _OF_SHEET}
    figures, recorded, facts = (texts(item.get(name)) for name in ("figures", "recorded", "facts"))
    return Expectation(own, figures, recorded, facts, place(item, file))


def run_form_case(case: FormCase, form: Form, name: str) -> FormCaseResult:
    """Reads the document of a case, by recognition as a user would, and compares all that was read."""
    result = FormCaseResult(case.name)
    if case.drawn is not None:
        found = list(read_form(blocks_of(case.drawn), "document"))
    else:
        assert case.file is not None, "a case has a document or a file"
        found = list(read_sheets([case.file]))
    known = [problem.params.get("form") for each in found for problem in each.problems if problem.code in _TOLD]
    if form.id not in known:
        result.problems.append(Diagnostic("HY688", case.place, {"case": case.name, "form": name}))
    sheets = [each.sheet for each in found if each.sheet is not None]
    if len(sheets) != len(case.expected):
        params: dict[str, Param] = {"case": case.name, "found": len(sheets), "expected": len(case.expected)}
        result.problems.append(Diagnostic("HY689", case.place, params))
    for sheet, expected in zip(sheets, case.expected, strict=False):
        result.problems += differences(case.name, sheet, expected)
        result.figures += len(expected.figures)
    return result


def differences(case: str, sheet: Sheet, expected: Expectation) -> Iterator[Diagnostic]:
    """What was read of a sheet otherwise than a case says, figures that it does not name included."""
    for name, (text, at) in expected.texts.items():
        yield from _difference(
            case, name, text, str(getattr(sheet, name) if getattr(sheet, name) is not None else "-"), at
        )
    records = {name: value for name, value in dict(sheet.recorded).items() if isinstance(value, str)}
    records |= {fact.name: fact.text for fact in sheet.recorded.results}
    facts = {fact.name: fact.text for fact in sheet.facts}
    of_measures: dict[str, dict[str, str]] = {"fact": {}, "recorded": {}}
    for kind, name, text in stated_of_measures(sheet):
        of_measures[kind][name] = text
    facts |= of_measures["fact"]
    for name, (text, at) in expected.facts.items():
        yield from _difference(case, f"fact {name}", text, facts.get(name, "-"), at)
    for name in facts.keys() - expected.facts.keys():
        yield from _difference(case, f"fact {name}", "-", facts[name], expected.place)
    for name in of_measures["recorded"].keys() - expected.recorded.keys():
        yield from _difference(case, f"recorded.{name}", "-", of_measures["recorded"][name], expected.place)
    records |= of_measures["recorded"]
    for name, (text, at) in expected.recorded.items():
        yield from _difference(case, f"recorded.{name}", text, records.get(name, "-"), at)
    read = dict(named_figures(sheet))
    for name, (text, at) in expected.figures.items():
        wanted, _ = read_quantity(text)
        if name not in read or _meaning(read[name]) != _meaning(wanted):
            yield from _difference(case, name, text, _shown(read[name]) if name in read else "-", at)
    for name, quantity in read.items():
        if name not in expected.figures and quantity.value is not None:
            yield from _difference(case, name, "-", _shown(quantity), expected.place)


def _meaning(quantity: Quantity) -> tuple[object, ...]:
    """What two spellings of one figure have in common: 1,000千円 and 100万円."""
    return quantity.value, quantity.unit, quantity.qualifier, quantity.unknown, quantity.low, quantity.high


def _shown(quantity: Quantity) -> str:
    """A figure as a person reads it."""
    return print_quantity(quantity.model_copy(update={"fiscal_year": None}))


def _difference(case: str, name: str, expected: str, found: str, at: Location) -> Iterator[Diagnostic]:
    if expected != found:
        params = {"case": case, "name": name, "expected": expected, "found": found}
        yield Diagnostic("HY686", at, dict(params))


def named_figures(sheet: Sheet) -> Iterator[tuple[str, Quantity]]:
    """All figures of a sheet that are printed, by names that people can write: `budget 2012 initial`, `利用者数 target 2012`."""
    for year in sheet.budget_years:
        for row in OF_BUDGET_YEARS:
            if row.quantity:
                yield from _printed(f"budget {year.fiscal_year} {row.field}", getattr(year, row.field))
    for indicator in (*sheet.indicators, *sheet.outputs):
        yield from _of_indicator(indicator)


def stated_of_measures(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Facts and results of indicators and measures: `fact` or `recorded`, a name, a text.

    A name is `利用者数 mark`, of another year `利用者数 mark 2022`.
    """
    for indicator in (*sheet.indicators, *sheet.outputs):
        units: tuple[Indicator | Measure, ...] = (indicator, *indicator.measures)
        for unit in units:
            for fact in unit.facts:
                yield "fact", f"{indicator.name} {fact.name}", fact.text
            for fact in unit.recorded:
                yield "recorded", f"{indicator.name} {fact.name}", fact.text
        for measure in indicator.measures:
            for point in measure.series:
                for fact in point.facts:
                    yield "fact", f"{indicator.name} {fact.name} {point.fiscal_year}", fact.text
                for fact in point.recorded:
                    yield "recorded", f"{indicator.name} {fact.name} {point.fiscal_year}", fact.text


def _of_indicator(indicator: Indicator) -> Iterator[tuple[str, Quantity]]:
    for measure in indicator.measures:
        name = f"{indicator.name} {measure.label}" if measure.label else indicator.name
        for row in OF_MEASURES:
            if row.quantity:
                yield from _printed(f"{name} {row.field}", getattr(measure, row.field))
        for point in measure.series:
            for row in YEARLY:
                yield from _printed(f"{name} {row.field} {point.fiscal_year}", getattr(point, row.field))


def _printed(name: str, quantity: Quantity) -> Iterator[tuple[str, Quantity]]:
    if quantity.source is not None:
        yield name, quantity


def cases_of(name: str) -> tuple[Form, list[FormCase], list[Diagnostic]]:
    """A form with the cases beside it.

    Raises:
        HyoteiError: there is no such form, it has errors, or no cases (HY690).
    """
    form = load_form(name)
    file = folder_of(name) / CASES
    cases, problems = read_form_cases(file) if file.is_file() else ([], [])
    if not cases and not problems:
        raise HyoteiError(Diagnostic("HY690", Location(CASES), {"form": form.id}))
    return form, cases, problems
