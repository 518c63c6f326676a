"""Counterexamples as cases of a rulebook: appended to its cases.yaml, without touching what stands there.

A case promises what comes out now. When the rulebook has been mended the case fails, and the analyst says what should come out.
"""

import json
from pathlib import Path

from hyotei.base.exact import plain
from hyotei.base.text_file import read_text
from hyotei.messages import Diagnostic, Location
from hyotei.proof.results import Counterexample, ProofReport
from hyotei.rulebook.changed_sheets import STATED, with_figures
from hyotei.rulebook.library import CASES, folder_of
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import BudgetYear, Measure, Quantity, Sheet
from hyotei.sheet.quantity_print import print_quantity

_AMOUNTS = (
    "initial", "supplementary", "carried_over", "reserve", "carried_forward", "total", "executed", "request",
)  # fmt: skip


def keep_counterexamples(report: ProofReport, rulebook: Rulebook, name: str) -> list[Diagnostic]:
    """Appends every counterexample of the report that is not there yet, and tells what was done."""
    file = folder_of(name) / CASES
    before = read_text(file) if file.exists() else "cases:\n"
    added = 0
    text = before if before.endswith("\n") else before + "\n"
    for title, example in _examples(report):
        for case in _cases(title, example, rulebook):
            if case.splitlines()[0] not in text:
                text += "\n" + case
                added += 1
    if added:
        _write(file, text)
    return [Diagnostic("HY906", Location(file.name), {"count": str(added)})]


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _examples(report: ProofReport) -> list[tuple[str, Counterexample]]:
    found = [(law.text, law.counterexample) for law in report.laws if law.counterexample is not None]
    for check in report.checks:
        if check.counterexample is not None:
            rows = "と".join(f"行{row}" for row in check.rows)
            words = {"gap": "穴", "overlap": "矛盾"}.get(check.name, check.name)
            found.append((f"{check.decision} の{words}{' ' if rows else ''}{rows}", check.counterexample))
    return found


def _cases(title: str, example: Counterexample, rulebook: Rulebook) -> list[str]:
    """The case of the sheet, and for a law of comparison that of the changed one."""
    sheet = example.sheet
    if example.decision:
        # What a gap or a conflict comes out as now.
        return [_case(f"反例：{title}", sheet, {}, {f"{example.decision}@{example.unit}": Unknown("undefined")})]
    first = {_at(shown.decision, shown.unit): shown.before for shown in example.shown}
    changed = [change for change in example.changed if change.before is not None]
    supposed = {f"{each.name}@{each.unit}": each.before for each in changed if each.before is not None}
    given = supposed if example.supposed else {}
    cases = [_case(f"反例：{title}", sheet, given, first)] if not _added(example) else []
    after = {_at(shown.decision, shown.unit): shown.after for shown in example.shown if shown.after is not None}
    if after:
        changes = [(change.name, change.unit, change.after) for change in changed]
        stated = {(name, unit): value for name, unit, value in changes if value is not None and _stated(name, unit)}
        given = {
            f"{name}@{unit}": value for name, unit, value in changes if value is not None and not _stated(name, unit)
        }
        cases.append(_case(f"反例：{title}（変更後）", with_figures(sheet, stated), given, after))
    return cases


def _stated(name: str, unit: str) -> bool:
    """Whether the sheet itself states it, and has another figure after the change."""
    return any((unit == scope or unit.startswith(f"{scope}s[")) and name in names for scope, names in STATED.items())


def _added(example: Counterexample) -> bool:
    """Whether the sheet shown is already the second one, with a unit more than the first."""
    return any(change.before is None for change in example.changed)


def _at(decision: str, unit: str) -> str:
    return decision if unit == "sheet" else f"{decision}@{unit}"


def _case(name: str, sheet: Sheet, given: "dict[str, Scalar]", expect: "dict[str, Scalar]") -> str:
    lines = [f"  - name: {_text(name)}", "    sheet:", *(f"      {line}" for line in _sheet(sheet))]
    if given:
        lines.append(f"    given: {{{', '.join(f'{_text(key)}: {_scalar(value)}' for key, value in given.items())}}}")
    lines.append(f"    expect: {{{', '.join(f'{_text(key)}: {_scalar(value)}' for key, value in expect.items())}}}")
    return "\n".join(lines) + "\n"


def _sheet(sheet: Sheet) -> list[str]:
    """A sheet as people write it by hand."""
    lines = [f"fiscal_year: {sheet.fiscal_year}"]
    if sheet.objectives:
        lines.append("objectives:")
    for objective in sheet.objectives:
        lines.append(f"  - name: {_text(objective.name)}")
        if objective.claim is not None:
            lines.append(f"    claim: {objective.claim}")
        if objective.indicators:
            lines.append("    indicators:")
        for indicator in objective.indicators:
            main = "" if indicator.main is None else f", main: {str(indicator.main).lower()}"
            lines.append(f"      - name: {_text(indicator.name)}")
            if main:
                lines.append(f"        {main.removeprefix(', ')}")
            lines.append("        measures:")
            lines += [f"          - {{{_measure(measure)}}}" for measure in indicator.measures]
    if sheet.budget_years:
        lines.append("budget:")
        lines += [f"  - {{{_budget(year)}}}" for year in sheet.budget_years]
    recorded = {"rating": sheet.recorded.rating, "budget": sheet.recorded.budget}
    stated = ", ".join(f"{name}: {_text(value)}" for name, value in recorded.items() if value is not None)
    return [*lines, f"recorded: {{{stated}}}"] if stated else lines


def _measure(measure: Measure) -> str:
    parts = [f"label: {_text(measure.label)}"] if measure.label else []
    for name in ("baseline", "target", "actual"):
        quantity: Quantity = getattr(measure, name)
        if quantity.unknown != "missing" or quantity.qualifier:
            parts.append(f"{name}: {_text(print_quantity(quantity))}")
    if measure.direction is not None:
        parts.append(f"direction: {measure.direction}")
    return ", ".join(parts) or "actual: 記載なし"


def _budget(year: BudgetYear) -> str:
    parts = [f"fiscal_year: {year.fiscal_year}"]
    for name in _AMOUNTS:
        quantity: Quantity = getattr(year, name)
        if quantity.unknown != "missing":
            parts.append(f"{name}: {_text(print_quantity(quantity))}")
    return ", ".join([*parts, *([f"basis: {year.basis}"] if year.basis != "net" else [])])


def _text(text: str) -> str:
    # JSON strings are YAML strings; quotes keep 「100」 a text whatever it looks like.
    return json.dumps(text, ensure_ascii=False)


def _scalar(value: Scalar | None) -> str:
    if isinstance(value, Unknown):
        return f"unknown({value.reason})"
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else plain(value) if value is not None else "unknown"
