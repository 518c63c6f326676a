"""Counterexamples as cases of a rulebook: appended to its cases.yaml, without touching what stands there.

A case promises what comes out now. When the rulebook has been mended the case fails, and the analyst says what should come out.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from hyotei.base.text_file import read_bytes, write_bytes, write_text
from hyotei.base.yaml import parse_yaml
from hyotei.messages import Diagnostic, Location, wording
from hyotei.proof.counterexample_sheets import sides
from hyotei.proof.results import Counterexample, ProofReport
from hyotei.readers.sheet_yaml import sheet_of
from hyotei.rulebook.document_formats import other_format
from hyotei.rulebook.library import cases_file_of, cases_text
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import ANY, Type
from hyotei.rulebook.value_words import case_literal
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import LISTS
from hyotei.sheet import Sheet
from hyotei.sheet.sheet_data import sheet_data
from hyotei.sheet_writers.short_sheet import sketch


def keep_counterexamples(report: ProofReport, rulebook: Rulebook, name: str) -> list[Diagnostic]:
    """Appends every counterexample of the report that is not there yet, and tells what was done."""
    file = cases_file_of(name)
    before = cases_text(name) or "cases:\n"
    added = 0
    text = before if before.endswith("\n") else before + "\n"
    for title, example in _examples(report):
        for case in _cases(title, example, rulebook):
            head, _, body = case.partition("\n")
            # A law and the table that breaks it are shown by one sheet, which is one case.
            if head not in text and body not in text:
                text += "\n" + case
                added += 1
    if added:
        _write(file, text)
    return [Diagnostic("HY906", Location(file.name), {"count": str(added)})]


def _write(file: Path, text: str) -> None:
    if other_format(file):
        from hyotei.rulebook_workbook.add_cases import with_more_cases

        write_bytes(file, with_more_cases(read_bytes(file), file.name, text))
    else:
        write_text(file, text)


def _examples(report: ProofReport) -> list[tuple[str, Counterexample]]:
    say = wording("ja")
    found = [(law.text, law.counterexample) for law in report.laws if law.counterexample is not None]
    for check in report.checks:
        if check.counterexample is not None:
            what = say.one_of("proof.kept", check.name) if check.name in ("gap", "overlap") else check.name
            rows = say.listed((say("proof.kept_row", row=row) for row in check.rows), "common.list.and")
            title = say("proof.kept_case", decision=check.decision, what=what, rows=f" {rows}" if rows else "")
            found.append((title, check.counterexample))
    return found


def _cases(title: str, example: Counterexample, rulebook: Rulebook) -> list[str]:
    """The case of the sheet, and for a law of comparison that of the changed one."""
    sheet = example.sheet
    if example.decision:
        # What a gap or a conflict comes out as now.
        expect = {f"{example.decision}@{example.unit}": Unknown("undefined")}
        return [_case(wording("ja")("proof.kept_counterexample", title=title), sheet, {}, expect, rulebook)]
    shown = [{_at(each.decision, each.unit): each.before for each in example.shown}]
    shown.append({_at(each.decision, each.unit): each.after for each in example.shown if each.after is not None})
    both = sides(example)
    added = any(change.before is None for change in example.changed)
    cases = []
    for number, (side, values) in enumerate(zip(both, shown, strict=False)):
        # Of a sheet with a unit more the first is that sheet without it, which says nothing by itself.
        if values and not (added and number == 0):
            given = {f"{name}@{unit}": value for (name, unit), value in side.given.items()}
            key = "proof.kept_changed" if number else "proof.kept_counterexample"
            name = wording("ja")(key, title=title)
            cases.append(_case(name, side.sheet, given, values, rulebook))
    return cases


def _at(decision: str, unit: str) -> str:
    return decision if unit == "sheet" else f"{decision}@{unit}"


def _case(
    name: str, sheet: Sheet, given: "Mapping[str, Scalar]", expect: "Mapping[str, Scalar | None]", rulebook: Rulebook
) -> str:
    lines = [f"  - name: {_text(name)}", "    sheet:", *(f"      {line}" for line in _sheet(sheet, rulebook))]
    if given:
        lines.append(f"    given: {_values(given, rulebook)}")
    lines.append(f"    expect: {_values(expect, rulebook)}")
    return "\n".join(lines) + "\n"


def _values(values: "Mapping[str, Scalar | None]", rulebook: Rulebook) -> str:
    """Values of decisions and figures by their names in a case, each as its type is written there."""
    written = []
    for key, value in values.items():
        name, _, unit = key.partition("@")
        found = "unknown" if value is None else case_literal(value, _type(name, unit, rulebook))
        written.append(f"{_text(key)}: {str(found).lower() if isinstance(found, bool) else _text(str(found))}")
    return f"{{{', '.join(written)}}}"


def _type(name: str, unit: str, rulebook: Rulebook) -> Type:
    """The type of a decision, or of a figure of a unit such as `measures[2]`."""
    decision = rulebook.by_name.get(name)
    if decision is not None:
        return decision.outputs[0].type
    known = rulebook.figure(LISTS.get(unit.partition("[")[0], "sheet"), name)
    return ANY if known is None else rulebook.figure_type(name, known.type)


def _sheet(sheet: Sheet, rulebook: Rulebook) -> list[str]:
    """A sheet as people write it by hand where that says all that counts, otherwise in the layout that leaves nothing out."""
    short = _yaml(sketch(sheet))
    tree, _ = parse_yaml(short)
    defaults = {"id": "case", "title": "case", "authority": rulebook.authority}
    found, problems = sheet_of(tree, defaults=defaults) if tree is not None else (None, [])
    if found is None or problems or evaluate(rulebook, found) != evaluate(rulebook, sheet):
        short = _yaml(sheet_data(sheet))
    return short.splitlines()


def _yaml(data: "dict[str, object]") -> str:
    # Parts without parts of their own stand in one line.
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=None)


def _text(text: str) -> str:
    # JSON strings are YAML strings; quotes keep 「100」 a text whatever it looks like.
    return json.dumps(text, ensure_ascii=False)
