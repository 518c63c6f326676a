"""Several years of one programme: what later sheets changed of what earlier ones said, and targets missed year after year.

Sheets are of one programme where ministry and title are the same and no other sheet of that ministry and year has the title;
programmes that are only similar are not joined. A measure is the same where objective, indicator, label and unit are.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from hyotei.audit.findings import money_of
from hyotei.audit.model import Finding, ShownFigure
from hyotei.base.exact import plain
from hyotei.base.fold import folded as _fold
from hyotei.messages import Language
from hyotei.sheet import Measure, Quantity, Sheet
from hyotei.sheet.direction import direction_of, measured_name
from hyotei.sheet.fiscal_year import print_fiscal_year

if TYPE_CHECKING:
    from hyotei.corpus.corpus import Corpus

RUNNING: Final = 3
"""From how many years in a row a missed target is a finding."""
UNCHANGED: Final = Decimal("0.05")
"""Within which part of itself an initial budget counts as unchanged."""

Kind = Literal["target_removed", "target_lowered", "target_replaced", "actual_rewritten", "missed_running"]
_WORDS: Final[dict[Kind, tuple[str, str, str, str, str]]] = {
    "target_removed": (
        "notice", "先の評価書にあった目標が、後の評価書にない", "a target of an earlier sheet is gone from the later one",
        "目標をなくした理由は何か", "why was the target given up?",
    ),
    "target_lowered": (
        "serious", "同じ年度の目標が、達しやすいほうへ変えられている", "the target for the same year was made easier",
        "目標を変えた理由と、変えた時期はいつか", "why, and when, was the target changed?",
    ),
    "target_replaced": (
        "notice", "同じ年度の目標が変えられている", "the target for the same year was changed",
        "目標を変えた理由は何か", "why was the target changed?",
    ),
    "actual_rewritten": (
        "notice", "同じ年度の実績が、後の評価書で変わっている", "the actual of the same year differs in the later sheet",
        "実績を改めた理由は何か（確定値への置き換えか）", "why was the actual revised (a final figure)?",
    ),
    "missed_running": (
        "serious", "同じ目標が何年も続けて未達なのに、予算はほとんど同じである",
        "the same target was missed year after year while the budget stayed the same",
        "手段を変えずに続ける理由は何か", "why go on without changing the means?",
    ),
}  # fmt: skip


folded = lru_cache(maxsize=1 << 15)(_fold)  # names and titles come again year after year


class _Name(NamedTuple):
    objective: str
    indicator: str
    label: str
    unit: str


@dataclass(slots=True)
class _Told:
    """What one sheet says of one measure: targets and actuals by fiscal year, which way is better, and whether that is sure."""

    decrease: bool | None
    sure: bool
    targets: dict[int, Decimal] = field(default_factory=dict)
    actuals: dict[int, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class _Year:
    """What is kept of one sheet."""

    id: str
    title: str
    authority: str
    fiscal_year: int
    money: Decimal | None
    measures: dict[_Name, _Told]
    budgets: dict[int, Decimal]


def changes(sheets: Iterable[Sheet], language: Language = "ja") -> Iterator[Finding]:
    """Findings on programmes of which there are several sheets, programme by programme, year by year.

    Args:
        sheets: in any order; of each only figures are kept.
        language: of the sentences.

    Returns:
        Codes `MY-target_removed`, `MY-target_lowered`, `MY-target_replaced`, `MY-actual_rewritten`, `MY-missed_running`;
        each is a finding on the later sheet.
    """
    years = Years(language)
    for sheet in sheets:
        years.add(sheet)
    yield from years.findings()


class Years:
    """The same for sheets that are added one by one; the findings come when all are there."""

    def __init__(self, language: Language = "ja") -> None:
        self.language: Language = language
        # A year is kept as bytes, a quarter of what its objects take; of most programmes there is but one, never looked at.
        self._programmes: dict[tuple[str, str], dict[int, list[bytes]]] = {}

    def add(self, sheet: Sheet) -> None:
        """One more sheet, in any order; only its figures are kept."""
        key = sheet.authority, folded(sheet.title)
        told = pickle.dumps(_year(sheet), pickle.HIGHEST_PROTOCOL)
        self._programmes.setdefault(key, {}).setdefault(sheet.fiscal_year, []).append(zlib.compress(told, 1))

    def findings(self) -> Iterator[Finding]:
        """Programme by programme in the order of their first sheets, year by year."""
        for years in self._programmes.values():
            if len(years) < 2:
                continue
            told = [_unpacked(entries[0]) for _, entries in sorted(years.items()) if len(entries) == 1]
            for earlier, later in pairwise(told):
                yield from _revised(earlier, later, self.language)
            yield from _running(told, self.language)

    def add_corpus(self, corpus: "Corpus") -> None:
        """All sheets of a corpus; of these only the programmes are looked at whose figures can have changed."""
        from hyotei.columnar.histories import changed_programmes
        from hyotei.corpus.lazy import Stored

        numbers: dict[tuple[str, str], int] = {}
        sheets: dict[str, tuple[int, int]] = {}
        years: dict[int, set[int]] = {}
        for part in corpus.parts:
            stored = Stored(corpus, [part])
            columns = (stored.cells("sheets", name) for name in ("authority", "title", "fiscal_year"))
            for key, authority, title, year in zip(stored.keys, *columns, strict=True):
                number = numbers.setdefault((authority, folded(title)), len(numbers))
                sheets[key] = number, year
                years.setdefault(number, set()).add(year)
        several = {key: each for key, each in sheets.items() if len(years[each[0]]) > 1}
        wanted = changed_programmes(corpus, several) if several else set()
        for part in corpus.parts:
            stored = Stored(corpus, [part])
            for number, key in enumerate(stored.keys):
                if sheets[key][0] in wanted:
                    self.add(stored.sheet(number))


def _unpacked(kept: bytes) -> "_Year":
    found = pickle.loads(zlib.decompress(kept))  # what this process packed itself
    assert isinstance(found, _Year)
    return found


def _year(sheet: Sheet) -> _Year:
    measures: dict[_Name, _Told] = {}
    for objective in sheet.objectives:
        for indicator in objective.indicators:
            for measure in indicator.measures:
                name = _Name(
                    folded(objective.name), folded(indicator.name), folded(measure.label or ""), _unit(measure)
                )
                direction = direction_of(measure, measured_name(indicator.name, measure.label))
                decrease = None if direction.direction is None else direction.direction == "decrease"
                told = _Told(decrease, direction.reason != "assumed")
                _note(told.targets, measure.target, sheet.fiscal_year)
                _note(told.actuals, measure.actual, sheet.fiscal_year)
                for point in measure.series:
                    _note(told.targets, point.target, point.fiscal_year)
                    _note(told.actuals, point.actual, point.fiscal_year)
                measures[name] = told
    budgets = {year.fiscal_year: year.initial.value for year in sheet.budget_years if year.initial.value is not None}
    return _Year(sheet.id, sheet.title, sheet.authority, sheet.fiscal_year, money_of(sheet), measures, budgets)


def _unit(measure: Measure) -> str:
    """The unit of the first figure that has one."""
    figures = [measure.target, measure.actual]
    figures += [each for point in measure.series for each in (point.target, point.actual)]
    return next((each.unit for each in figures if each.unit is not None), "")


def _note(into: dict[int, Decimal], quantity: Quantity, year: int) -> None:
    if quantity.value is not None:
        into.setdefault(quantity.fiscal_year or year, quantity.value)


def _revised(earlier: _Year, later: _Year, language: Language) -> Iterator[Finding]:
    for name, before in earlier.measures.items():
        after = later.measures.get(name)
        if after is None:
            ahead = [year for year in before.targets if year >= later.fiscal_year]
            if ahead and later.measures:
                yield _finding("target_removed", later, name, min(ahead), before.targets, None, earlier, language)
            continue
        for year, target in sorted(before.targets.items()):
            if year not in after.targets:
                if year >= later.fiscal_year:
                    yield _finding("target_removed", later, name, year, before.targets, None, earlier, language)
            elif after.targets[year] != target:
                # What is only assumed does not tell which change makes a target easier.
                easier = after.sure and after.decrease is not None and (after.targets[year] > target) == after.decrease
                kind: Kind = "target_lowered" if easier else "target_replaced"
                yield _finding(kind, later, name, year, before.targets, after.targets, earlier, language)
        for year, actual in sorted(before.actuals.items()):
            if after.actuals.get(year, actual) != actual:
                yield _finding("actual_rewritten", later, name, year, before.actuals, after.actuals, earlier, language)


def _running(told: list[_Year], language: Language) -> Iterator[Finding]:
    """The same target missed in the evaluated year of sheet after sheet, and the budget about the same throughout."""
    runs: dict[_Name, list[tuple[_Year, Decimal, Decimal]]] = {}
    for year in told:
        for name in list(runs):
            if name not in year.measures:
                del runs[name]
        for name, measure in year.measures.items():
            target, actual = measure.targets.get(year.fiscal_year), measure.actuals.get(year.fiscal_year)
            before = runs.get(name, [])
            missed = (
                target is not None
                and actual is not None
                and measure.decrease is not None
                and (actual > target if measure.decrease else actual < target)
            )
            if not missed or target is None or actual is None:
                runs.pop(name, None)
                continue
            if before and (before[-1][1] != target or before[-1][0].fiscal_year != year.fiscal_year - 1):
                before = []
            run = runs[name] = [*before, (year, target, actual)]
            if len(run) == RUNNING and _same_budget([each for each, _, _ in run]):
                targets = {each.fiscal_year: target for each, target, _ in run}
                actuals = {each.fiscal_year: actual for each, _, actual in run}
                yield _finding("missed_running", year, name, year.fiscal_year, targets, actuals, None, language)


def _same_budget(run: list[_Year]) -> bool:
    budgets = [year.budgets.get(year.fiscal_year) for year in run]
    known = [budget for budget in budgets if budget is not None]
    return len(known) == len(run) and all(
        abs(later - earlier) <= UNCHANGED * abs(earlier) for earlier, later in pairwise(known)
    )


def _finding(
    kind: Kind,
    later: _Year,
    name: _Name,
    year: int,
    before: Mapping[int, Decimal],
    after: Mapping[int, Decimal] | None,
    earlier: _Year | None,
    language: Language,
) -> Finding:
    severity, ja, en, ask_ja, ask_en = _WORDS[kind]
    english = language == "en"
    if kind == "missed_running" and not later.measures[name].sure:
        severity = "notice"
        ja, en = (
            f"{ja}（改善の向きは記載がなく、増加とみなした）",
            f"{en} (no direction is stated; more is taken to be better)",
        )
    figures: list[ShownFigure] = []
    if kind == "missed_running":
        assert after is not None, "a run has its actuals"
        for each, target in sorted(before.items()):
            said = print_fiscal_year(each, language)
            what = ("target", "actual") if english else ("目標", "実績")
            for word, value in zip(what, (target, after[each]), strict=True):
                shown = f"{said} {word}" if english else f"{said}の{word}"
                figures.append(ShownFigure(shown, f"{plain(value)}{name.unit}", "", plain(value)))
    else:
        said = print_fiscal_year(year, language)
        what = ("actual", "実績") if kind == "actual_rewritten" else ("target", "目標")
        title = f"{said} {what[0]}" if english else f"{said}の{what[1]}"
        figures.append(
            ShownFigure(title, f"{plain(before[year])}{name.unit}", earlier.id if earlier else "", plain(before[year]))
        )
        gone = "none" if english else "記載なし"
        if after is None:
            figures.append(ShownFigure(title, gone, later.id))
        else:
            figures.append(ShownFigure(title, f"{plain(after[year])}{name.unit}", later.id, plain(after[year])))
    return Finding(
        code=f"MY-{kind}",
        severity=severity,
        sheet=later.id,
        title=later.title,
        authority=later.authority,
        fiscal_year=later.fiscal_year,
        unit="measure",
        subject=f"{name.indicator}（{name.label}）" if name.label else name.indicator,
        message=en if english else ja,
        question=ask_en if english else ask_ja,
        figures=tuple(figures),
        rule=None,
        money=None if later.money is None else plain(later.money),
    )
