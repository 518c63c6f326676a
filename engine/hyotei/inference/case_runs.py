"""A case of a rulebook run: by durable-rules and by the reference, held against what it expects."""

from collections import Counter
from dataclasses import field

from hyotei.inference.cases import Expected, RulebookCase
from hyotei.inference.engine import derive
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import LANGUAGES, Diagnostic, InEach, Param, Text, phrase
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.value_words import ValueText
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet.unit_words import unit_words


@dataclass(slots=True)
class CaseResult:
    """How a case went: nothing in `problems` means that it holds."""

    name: str
    problems: list[Diagnostic] = field(default_factory=list)


def run_case(case: RulebookCase, rulebook: Rulebook) -> CaseResult:
    """Runs one case on durable-rules, holds it against the reference, and compares with what is expected."""
    result = CaseResult(case.name)
    derived = derive(rulebook, case.sheet, case.given)
    if derived != evaluate(rulebook, case.sheet, case.given):
        result.problems.append(Diagnostic("HY376", case.place, {"name": case.name}))
    for expected in case.expected:
        found = derived.value(expected.decision, expected.unit)
        if expected.fits(found):
            continue
        result.problems.append(_differs(case, rulebook, expected, found))
    if case.findings is not None:
        codes = finding_codes(rulebook, derived)
        if codes != sorted(case.findings):
            params: dict[str, Param] = {
                "name": case.name,
                "lacking": _codes(Counter(case.findings) - Counter(codes)),
                "more": _codes(Counter(codes) - Counter(case.findings)),
            }
            result.problems.append(Diagnostic("HY375", case.place, params))
    return result


def _differs(case: RulebookCase, rulebook: Rulebook, expected: Expected, found: Scalar | None) -> Diagnostic:
    of = rulebook.by_name[expected.decision].outputs[0].type
    said = "-" if found is None else ValueText(found, of)
    wanted = expected.value if expected.value is not None else Unknown("missing")
    wish = phrase("common.unknown") if expected.any_reason else ValueText(wanted, of)
    value = _value_words(rulebook, expected)
    return Diagnostic("HY374", expected.place, {"name": case.name, "value": value, "expected": wish, "found": said})


def _value_words(rulebook: Rulebook, expected: Expected) -> Text:
    """The decision by its title and, where it is not of the whole sheet, the unit."""
    title = InEach(rulebook.by_name[expected.decision].title or expected.decision, expected.decision)
    if expected.unit == "sheet":
        return title
    unit = InEach(*(unit_words(expected.unit, language) for language in LANGUAGES))
    return phrase("rulebook.case.of_unit", decision=title, unit=unit)


def _codes(codes: Counter[str]) -> str:
    return ", ".join(sorted(codes.elements())) or "-"


def finding_codes(rulebook: Rulebook, derived: Derivation) -> list[str]:
    """The codes of the findings that come out, as a case lists them, in alphabetical order."""
    audits = [step for step in derived.steps.values() if rulebook.by_name[step.decision].audit]
    return sorted(str(each[0]) for step in audits for each in step.outputs if isinstance(each, tuple))
