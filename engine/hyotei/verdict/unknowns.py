"""What was unknown, and whether it could have mattered: every band of each unknown value is tried.

Each unknown is tried by itself, with the others left unknown. A value that the rules calculate with further has no bands;
then it is said that not everything was tried.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hyotei.messages import Language
from hyotei.rulebook.load import RESULTS
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.types import BooleanType, NumberType, ScaleType, Type
from hyotei.rulebook.units import Unit
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.rulebook.vocabulary import figure
from hyotei.verdict.case import Case, StepKey, unknown_output
from hyotei.verdict.model import Possibility, UnknownRef
from hyotei.verdict.thresholds import Band, Thresholds, bands, joined, thresholds


@dataclass(frozen=True, slots=True)
class _Root:
    """An unknown value that does not come from another unknown value that could be tried."""

    name: str
    unit: Unit
    title: str
    type: Type
    unknown: Unknown
    figure: bool


def unknowns(case: Case, language: Language) -> tuple[UnknownRef, ...]:
    """The unknown values on which the rating or the recommendation rests, in the order of the derivation."""
    limits = thresholds(case.rulebook, case.sheet.fiscal_year)
    return tuple(_tried(case, root, limits, language) for root in _roots(case, limits, language))


def waits_for(case: Case) -> tuple[str, ...]:
    """The unknown values that keep the rating or the recommendation from being determined, as `name@unit`."""
    found: dict[str, None] = {}
    for name in RESULTS:
        step = case.step(name)
        if step is not None and unknown_output(step) is not None:
            _follow(case, (name, "sheet"), found, set())
    return tuple(found)


def _follow(case: Case, key: StepKey, found: dict[str, None], seen: set[StepKey]) -> None:
    if key in seen:
        return
    seen.add(key)
    steps, figures = case.used(case.derivation.steps[key])
    before = len(found)
    for each in steps:
        if unknown_output(case.derivation.steps[each]) is not None:
            _follow(case, each, found, seen)
    for name, unit in figures:
        if isinstance(unit.figure(name), Unknown):
            found[f"{name}@{unit.key}"] = None
    if len(found) == before and not any(each in seen and each != key for each in steps):
        found[f"{key[0]}@{key[1]}"] = None


def _relevant(case: Case) -> Iterator[StepKey]:
    """Every step that the results were derived from, each once, deepest first."""
    seen: set[StepKey] = set()

    def walk(key: StepKey) -> Iterator[StepKey]:
        if key in seen or key not in case.derivation.steps:
            return
        seen.add(key)
        for each in case.used(case.derivation.steps[key])[0]:
            yield from walk(each)
        yield key

    for name in RESULTS:
        yield from walk((name, "sheet"))


def _roots(case: Case, limits: Thresholds, language: Language) -> Iterator[_Root]:
    told: set[StepKey] = set()
    below: dict[StepKey, bool] = {}
    for key in _relevant(case):
        step = case.derivation.steps[key]
        decision = case.rulebook.by_name[key[0]]
        unknown = unknown_output(step)
        uses, figures = case.used(step)
        covered = any(below.get(each, False) for each in uses)
        tried = False
        if unknown is not None and not covered and step.outcome in ("computed", "supposed"):
            of = decision.outputs[0].type
            if limits.of((decision.scope, decision.name))[0] or isinstance(of, (ScaleType, BooleanType)):
                title = decision.title if language == "ja" else decision.name
                yield _Root(decision.name, case.units[key[1]], title, of, unknown, figure=False)
                tried = True
        below[key] = tried or (covered and unknown is not None)
        if tried or (step.outcome == "computed" and unknown is None):
            continue
        for name, unit in figures:
            value = unit.figure(name)
            if isinstance(value, Unknown) and (name, unit.key) not in told and not below[key]:
                told.add((name, unit.key))
                found = figure(unit.scope, name)
                assert found is not None
                yield _Root(name, unit, found.ja if language == "ja" else found.en, found.type, value, figure=True)


def _tried(case: Case, root: _Root, limits: Thresholds, language: Language) -> UnknownRef:
    samples, exhaustive = _samples(case, root, limits)
    outcomes: list[tuple[Band | Scalar, tuple[Scalar | None, ...]]] = []
    for sample in samples:
        value: Scalar = sample.sample if isinstance(sample, Band) else sample
        derived = evaluate(case.rulebook, case.sheet, {(root.name, root.unit.key): value})
        outcomes.append((sample, tuple(derived.value(name) for name in RESULTS)))
    now = tuple(case.derivation.value(name) for name in RESULTS)
    matters = any(outcome != now for _, outcome in outcomes)
    english = language == "en"
    return UnknownRef(
        id=f"{root.name}@{root.unit.key}",
        title=root.title,
        unit=root.unit.key,
        subject=case.subject(root.unit, language),
        reason=root.unknown.reason,
        could_matter=True if matters else (False if exhaustive else None),
        exhaustive=exhaustive,
        possibilities=tuple(_possibilities(outcomes, root.type, english)),
    )


def _samples(case: Case, root: _Root, limits: Thresholds) -> tuple[list[Band | Scalar], bool]:
    """One value of every band, and whether they stand for all possible values."""
    if isinstance(root.type, NumberType):
        ends, whole = limits.of((root.unit.scope, root.name))
        return list(bands(ends)), whole
    if isinstance(root.type, BooleanType):
        return [True, False], True
    if isinstance(root.type, ScaleType):
        return list(root.type.values), True
    return [], False


def _possibilities(
    outcomes: list[tuple[Band | Scalar, tuple[Scalar | None, ...]]], of: Type, english: bool
) -> Iterator[Possibility]:
    """Outcomes in the order in which they first appear, each with the ranges that lead to it."""
    by_outcome: dict[tuple[Scalar | None, ...], list[str]] = {}
    run: list[Band] = []
    for index, (sample, outcome) in enumerate(outcomes):
        texts = by_outcome.setdefault(outcome, [])
        if not isinstance(sample, Band):
            texts.append(
                str(sample)
                if isinstance(sample, str)
                else ("yes" if english else "はい")
                if sample
                else ("no" if english else "いいえ")
            )
            continue
        run.append(sample)
        if index + 1 == len(outcomes) or outcomes[index + 1][1] != outcome:
            texts.append(joined(run, of, english))
            run = []
    for outcome, texts in by_outcome.items():
        rating, budget = (value if isinstance(value, str) else None for value in outcome)
        yield Possibility(tuple(texts), rating, budget)
