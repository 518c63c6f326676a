"""A case of a sheet: what comes out of it now is what the case expects, unconfirmed until a person says that it is right."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from hyotei.inference.case_runs import finding_codes
from hyotei.inference.cases import cases_in
from hyotei.inference.engine import derive
from hyotei.proof.results import Counterexample
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.rulebook.types import Scope, Type
from hyotei.rulebook.unit_tree import Supposed
from hyotei.rulebook.value_words import case_literal
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.vocabulary import LISTS
from hyotei.rulebook_workbook.document_edit import cases_tree
from hyotei.rulebook_workbook.yaml_edit import Tree, parsed
from hyotei.sheet import Sheet
from hyotei.sheet_writers.sheet_yaml_writer import sheet_to_yaml
from hyotei.sheet_writers.short_sheet import sketch
from hyotei.testing.generated_cases import cases_yaml

Place = tuple[str, str]
"""A decision and the unit at which it is made."""


def case_of(
    rulebook: Rulebook, sheet: Sheet, name: str, places: Iterable[Place] = (), given: Supposed | None = None
) -> Tree:
    """The case of a sheet, with the short form of the sheet where that says enough; None where no case can say it.

    Args:
        rulebook: the rulebook by which the results come out.
        sheet: the sheet.
        name: what the case is called.
        places: decisions whose values are expected, beside the rating and the budget recommendation. Where nothing comes out, the
            case expects `unknown`, which a person is to replace.
        given: values that take the place of what comes out.
    """
    supposed = given or {}
    derived = derive(rulebook, sheet, supposed)
    expect = _expected(rulebook, derived, places)
    stated = {f"{decision}@{unit}": _literal(rulebook, decision, value) for (decision, unit), value in supposed.items()}
    if not expect or None in stated.values():
        return None
    short: object = sketch(sheet)
    for written in (short, parsed(sheet_to_yaml(sheet))):
        data = {"name": name, "unconfirmed": True, "sheet": written, "given": stated, "expect": expect}
        text = cases_yaml([{key: value for key, value in data.items() if value}], "")
        cases, problems = cases_in(text, rulebook)
        if not problems and len(cases) == 1 and derive(rulebook, cases[0].sheet, supposed) == derived:
            (case,) = cases_tree(text)
            return case
    return None


def cases_of_counterexample(rulebook: Rulebook, example: Counterexample, name: str) -> list[Tree]:
    """The case of the sheet of a counterexample, and where another is held against it, that of the other."""
    places = [(each.decision, each.unit) for each in example.shown if each.decision in rulebook.by_name]
    if example.decision:
        places.append((example.decision, example.unit))
    before = {(each.name, each.unit): each.before for each in example.changed if each.before is not None}
    after = {(each.name, each.unit): each.after for each in example.changed if each.after is not None}
    made = [case_of(rulebook, example.sheet, name, places, before if example.supposed else None)]
    if example.changed and len(before) == len(after) == len(example.changed):
        made.append(case_of(rulebook, example.sheet, f"{name}（2）", places, after))
    return [each for each in made if each is not None]


def rerun(rulebook: Rulebook, text: str, number: int) -> Tree:
    """A case of a file of cases with what comes out now where it expects something else; None where it cannot be read."""
    listed = cases_tree(text)
    case = listed[number] if 0 <= number < len(listed) else None
    alone, problems = cases_in(cases_yaml([dict(case)], ""), rulebook) if isinstance(case, dict) else ([], [])
    if problems or not alone or not isinstance(case, dict):
        return None
    (read,) = alone
    derived = derive(rulebook, read.sheet, read.given)
    waiting = iter(read.expected)  # in the order in which they are written

    def now(written: Tree) -> Tree:
        each = next(waiting)
        found = derived.value(each.decision, each.unit)
        if each.fits(found):
            return written
        return (
            "unknown" if found is None else _tree(case_literal(found, rulebook.by_name[each.decision].outputs[0].type))
        )

    again = dict(case)
    expect = case.get("expect")
    if isinstance(expect, dict):
        again["expect"] = {
            key: [*map(now, said)] if isinstance(said, list) else now(said) for key, said in expect.items()
        }
    if read.findings is not None:
        again["findings"] = [*_in_order(read.findings, Counter(finding_codes(rulebook, derived)))]
    return again


def _in_order(written: Iterable[str], codes: Counter[str]) -> Iterator[str]:
    """Codes in the order in which a case has them, and behind these what it has not."""
    for code in written:
        if codes[code]:
            codes[code] -= 1
            yield code
    yield from codes.elements()


def _expected(rulebook: Rulebook, derived: Derivation, places: Iterable[Place]) -> Mapping[str, object]:
    wanted = [*places, *((name, "sheet") for name in RESULTS if name in rulebook.by_name)]
    expect: dict[str, object] = {}
    for decision, unit in dict.fromkeys(wanted):
        found = rulebook.by_name[decision]
        if found.audit or (decision in RESULTS and found.scope != "sheet" and unit == "sheet"):
            continue
        value = derived.value(decision, unit)
        asked = (decision, unit) in [*places]
        if value is not None or asked:
            key = decision if found.scope == "sheet" else f"{decision}@{unit}"
            expect[key] = "unknown" if value is None else case_literal(value, found.outputs[0].type)
    return expect


def _literal(rulebook: Rulebook, name: str, value: Scalar) -> object:
    of = _type(rulebook, name)
    return None if of is None else case_literal(value, of)


def _type(rulebook: Rulebook, name: str) -> Type | None:
    if name in rulebook.by_name:
        return rulebook.by_name[name].outputs[0].type
    scopes: tuple[Scope, ...] = ("sheet", *LISTS.values())
    found = next((found for scope in scopes if (found := rulebook.figure(scope, name)) is not None), None)
    return None if found is None else rulebook.figure_type(name, found.type)


def _tree(value: object) -> Tree:
    return str(value).lower() if isinstance(value, bool) else str(value)
