"""What was unknown, and whether it could have mattered: every band of each unknown value is tried.

Each unknown is tried by itself, with the others left unknown. A value that the rules calculate with further has no bands;
then it is said that not everything was tried.
"""

from collections.abc import Callable, Iterator

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language
from hyotei.rulebook.model import RESULTS
from hyotei.rulebook.term_words import decision_title, figure_title
from hyotei.rulebook.types import YEAR, BooleanType, NumberType, ScaleType, Type
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.verdict.case import Case, StepKey, uncertain, unknown_output
from hyotei.verdict.model import Possibility, UnknownRef, WaitsForRef
from hyotei.verdict.supposed_values import Outcome, Trials, results
from hyotei.verdict.thresholds import Band, Thresholds, bands, joined


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
    limits = case.common.thresholds
    trials = Trials(case)
    return tuple(_tried(case, trials, root, limits, language) for root in _roots(case, limits, language))


def waits_for(case: Case, language: Language) -> tuple[WaitsForRef, ...]:
    """The unknown values that keep the rating or the recommendation from being determined."""
    found: dict[str, WaitsForRef] = {}
    seen: set[StepKey] = set()
    for name in RESULTS:
        step = case.step(name)
        if step is not None and uncertain(step):
            for key in _deepest_first((name, "sheet"), lambda key: _below(case, key), seen):
                _tell(case, key, language, found)
    return tuple(found.values())


def _below(case: Case, key: StepKey) -> list[StepKey]:
    return [each for each in case.used(case.derivation.steps[key])[0] if uncertain(case.derivation.steps[each])]


def _tell(case: Case, key: StepKey, language: Language, found: dict[str, WaitsForRef]) -> None:
    """The figures that are unknown in a step; one that is unknown with everything below it known is told itself."""
    step = case.derivation.steps[key]
    figures = case.used(step)[1]
    below = _below(case, key)
    open_figures = [(name, unit, value) for name, unit in figures if isinstance(value := unit.figure(name), Unknown)]
    for name, unit, value in open_figures:
        title = figure_title(unit.scope, name, case.rulebook, language)
        _wait(case, name, unit, title, value, language, found)
    if not below and not open_figures:
        decision = case.rulebook.by_name[step.decision]
        title = decision_title(decision, case.rulebook, language)
        value = next(output for output in step.outputs if isinstance(output, Unknown))
        _wait(case, step.decision, case.units[step.unit], title, value, language, found)


def _wait(
    case: Case, name: str, unit: Unit, title: str, value: Unknown, language: Language, found: dict[str, WaitsForRef]
) -> None:
    subject = "" if unit.scope == "sheet" else case.subject(unit, language)
    identity = f"{name}@{unit.key}"
    found.setdefault(identity, WaitsForRef(identity, title, unit.key, subject, value.reason))


def _relevant(case: Case) -> Iterator[StepKey]:
    """Every step that the results were derived from, each once, deepest first."""
    seen: set[StepKey] = set()
    for name in RESULTS:
        if (name, "sheet") in case.derivation.steps:
            yield from _deepest_first((name, "sheet"), lambda key: _used(case, key), seen)


def _used(case: Case, key: StepKey) -> list[StepKey]:
    return [each for each in case.used(case.derivation.steps[key])[0] if each in case.derivation.steps]


def _deepest_first(key: StepKey, below: Callable[[StepKey], list[StepKey]], seen: set[StepKey]) -> Iterator[StepKey]:
    """A step after all below it that were not seen yet. A chain of decisions may be longer than calls can nest."""
    waiting = [(key, False)]
    while waiting:
        here, entered = waiting.pop()
        if entered:
            yield here
        elif here not in seen:
            seen.add(here)
            waiting.append((here, True))
            waiting.extend((each, False) for each in reversed(below(here)))


def _roots(case: Case, limits: Thresholds, language: Language) -> Iterator[_Root]:
    """As near to the results as a number is compared, and no nearer: an attainment, say, instead of its two figures."""
    told: set[StepKey] = set()
    covered: dict[StepKey, bool] = {}
    for key in _relevant(case):
        step = case.derivation.steps[key]
        decision = case.rulebook.by_name[key[0]]
        unknown = unknown_output(step)
        uses, figures = case.used(step)
        covered[key] = unknown is not None and any(covered.get(each, False) for each in uses)
        if unknown is not None and not covered[key] and step.outcome in ("computed", "supposed"):
            of = decision.outputs[0].type
            if limits.of((decision.scope, decision.name))[0] or isinstance(of, (ScaleType, BooleanType)):
                covered[key] = True
                title = decision_title(decision, case.rulebook, language)
                yield _Root(decision.name, case.units[key[1]], title, of, unknown, figure=False)
                continue
        for name, unit in figures:
            value = unit.figure(name)
            if isinstance(value, Unknown) and (name, unit.key) not in told:
                told.add((name, unit.key))
                found = case.rulebook.read(unit.scope, name)
                title = figure_title(unit.scope, name, case.rulebook, language)
                yield _Root(name, unit, title, found.type, value, figure=True)


def _tried(case: Case, trials: Trials, root: _Root, limits: Thresholds, language: Language) -> UnknownRef:
    samples, exhaustive = _samples(root, limits)
    outcomes: list[tuple[Band | Scalar, Outcome]] = []
    for sample in samples:
        value: Scalar = sample.sample if isinstance(sample, Band) else sample
        outcomes.append((sample, trials.outcome(root.name, root.unit, value, root.figure)))
    now = results(case.derivation.steps)
    matters = any(outcome != now for _, outcome in outcomes)
    return UnknownRef(
        id=f"{root.name}@{root.unit.key}",
        title=root.title,
        unit=root.unit.key,
        subject="" if root.unit.scope == "sheet" else case.subject(root.unit, language),
        reason=root.unknown.reason,
        could_matter=True if matters else (False if exhaustive else None),
        exhaustive=exhaustive,
        possibilities=tuple(_possibilities(case, outcomes, root.type, exhaustive, language)),
    )


def _samples(root: _Root, limits: Thresholds) -> tuple[list[Band | Scalar], bool]:
    """One value of every band, and whether they stand for all possible values."""
    if isinstance(root.type, NumberType):
        ends, all_told = limits.of((root.unit.scope, root.name))
        # A year of the sheet is a whole number; a year or a count that is calculated need not be.
        return list(bands(ends, whole=root.figure and root.type == YEAR)), all_told
    if isinstance(root.type, BooleanType):
        return [True, False], True
    if isinstance(root.type, ScaleType):
        return list(root.type.values), True
    return [], False


def _possibilities(
    case: Case, outcomes: list[tuple[Band | Scalar, Outcome]], of: Type, exhaustive: bool, language: Language
) -> Iterator[Possibility]:
    """Outcomes in the order in which they first appear, each with the ranges that lead to it.

    Where the bands do not tell all, a value that was tried speaks for itself only.
    """
    by_outcome: dict[Outcome, list[str]] = {}
    run: list[Band] = []
    for index, (sample, outcome) in enumerate(outcomes):
        texts = by_outcome.setdefault(outcome, [])
        if not isinstance(sample, Band):
            texts.append(case.words(sample, of, language))
        elif not exhaustive:
            texts.append(case.words(sample.sample, of, language))
        else:
            run.append(sample)
            if index + 1 == len(outcomes) or outcomes[index + 1][1] != outcome:
                texts.append(joined(run, of, language))
                run = []
    for (rating, budget), texts in by_outcome.items():
        yield Possibility(tuple(texts), rating, budget)
