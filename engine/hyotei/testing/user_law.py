"""Laws that users write as pytest tests: three lines, held against drawn sheets and their verdicts on durable-rules."""

import inspect
import os
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from hyotei.document import Tree
from hyotei.drawing.sheets import SheetShape
from hyotei.drawing.shrinking import simpler
from hyotei.drawing.value_pools import pool_of
from hyotei.inference.rate import rate
from hyotei.messages import Language, wording
from hyotei.report.derivation_tree import derivation_tree
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.sheet import Sheet
from hyotei.testing.drawn_sheets import Bounds, drawn, shape_of
from hyotei.testing.kept_sheets import keep as keep_sheet
from hyotei.testing.kept_sheets import kept
from hyotei.testing.sheet_text import sheet_tables
from hyotei.verdict.verdict import Verdict
from hyotei.writers.terminal import blocks_lines
from hyotei.writers.terminal_lines import plain

Test = Callable[..., Any]
_OURS = ("sheet", "verdict", "rulebook")
_SHRINKS = 100
"""How many more sheets Hypothesis tries to make one smaller; after that it is made smaller as people would."""


class _EnoughError(BaseException):  # no Exception, which Hypothesis would take for a failure of the test
    """There is nothing more to be gained; Hypothesis stops at once."""


def law(
    rulebook: "Rulebook | str | os.PathLike[str]",
    *,
    examples: int | None = None,
    keep: "str | os.PathLike[str] | None" = None,
    fiscal_years: int | Sequence[int] | None = None,
    objectives: Bounds = (0, 2),
    indicators: Bounds = (0, 2),
    measures: Bounds = (1, 10),
    budget_years: Bounds = (0, 4),
    unknown: bool = True,
) -> Callable[[Test], Test]:
    """Makes a pytest test of a law: it is called with drawn sheets and their verdicts, and must pass for each.

    The test takes any of `sheet`, `verdict` and `rulebook` by name; other arguments are fixtures, shared by all sheets. What
    fails is shrunk, and shown as a small sheet with the derivation of its verdict.

    Args:
        rulebook: a rulebook, its id, or its path, also relative to the test's file.
        examples: how many sheets; by default as many as the Hypothesis profile says.
        keep: a folder in which the smallest sheet that fails is kept, to be tried first from then on; by default that of
            the pytest option `--hyotei-keep`, if it is given.
        fiscal_years: as for `sheets`, and so the others.
        objectives: how many.
        indicators: how many in each objective.
        measures: how many in each indicator.
        budget_years: how many.
        unknown: whether figures may be unknown.

    Example:
        >>> @law("mic-2013", examples=5)
        ... def test_no_top_rating_without_measures(sheet, verdict):
        ...     assert verdict.rating != "A" or sheet.measures
        >>> test_no_top_rating_without_measures()
    """

    def decorate(test: Test) -> Test:
        asked = inspect.signature(test)
        ours = [name for name in _OURS if name in asked.parameters]
        shape = shape_of(objectives, indicators, measures, budget_years, unknown)
        folder = None if keep is None else _beside(test, keep)

        def once(sheet: Sheet, book: Rulebook, arguments: Sequence[Any], fixtures: dict[str, Any]) -> None:
            __tracebackhide__ = True
            verdict = rate(sheet, book)
            offered = {"sheet": sheet, "verdict": verdict, "rulebook": book}
            try:
                test(*arguments, **{name: offered[name] for name in ours}, **fixtures)
            except Exception as failure:  # whatever a user's test raises is told, and raised again
                failure.add_note("\n".join(_told(sheet, verdict)))
                raise

        @wraps(test)
        def run(*arguments: Any, **fixtures: Any) -> None:
            __tracebackhide__ = True  # pytest then shows the user's own test only
            book = _loaded(rulebook, test)
            name = f"{test.__module__}.{test.__qualname__}".replace("<locals>.", "")
            for sheet in kept(name, folder):
                once(sheet, book, arguments, fixtures)

            failed: list[Sheet] = []
            kinds: list[type[Exception]] = []
            further = 0

            def check(sheet: Sheet) -> None:
                nonlocal further
                further += bool(failed)
                if further > _SHRINKS:
                    raise _EnoughError
                try:
                    once(sheet, book, arguments, fixtures)
                except Exception as failure:  # whatever a user's test raises breaks the law
                    failed.append(sheet)
                    kinds.append(type(failure))
                    raise

            # Hypothesis keeps the examples that failed by the name of the function.
            check.__name__, check.__qualname__, check.__module__ = test.__name__, test.__qualname__, test.__module__
            years = (fiscal_years,) if isinstance(fiscal_years, int) else tuple(fiscal_years or ())
            chosen = settings(
                max_examples=settings().max_examples if examples is None else examples,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                report_multiple_bugs=False,
                phases=(Phase.reuse, Phase.generate),
            )
            try:
                chosen(given(drawn(pool_of(book, years), shape))(check))()
            except (Exception, _EnoughError):  # whatever a user's test raises is shown on the smallest sheet
                if not failed:
                    raise
            else:
                return
            smallest = _smallest(failed[-1], kinds[-1], lambda sheet: once(sheet, book, arguments, fixtures), shape)
            keep_sheet(name, folder, smallest)
            once(smallest, book, arguments, fixtures)

        del run.__wrapped__  # pytest would take the arguments of the test itself for fixtures
        others = [parameter for name, parameter in asked.parameters.items() if name not in _OURS]
        run.__signature__ = asked.replace(parameters=others)  # type: ignore[attr-defined]  # where inspect looks for it
        return run

    return decorate


def _smallest(sheet: Sheet, kind: type[Exception], once: Callable[[Sheet], None], shape: SheetShape) -> Sheet:
    """The smallest sheet of the shape, by leaving out one thing after the other, on which the test fails in the same way."""

    def fails(candidate: Sheet) -> bool:
        try:
            once(candidate)
        except Exception as failure:  # whatever a user's test raises: of the same kind, it is the same failure
            return type(failure) is kind
        return False

    found: Sheet | None = sheet
    while found is not None:
        sheet = found
        found = next((each for each in simpler(sheet) if shape.fits(each) and fails(each)), None)
    return sheet


def _language() -> Language:
    return "en" if os.environ.get("HYOTEI_LANG") == "en" else "ja"


def _told(sheet: Sheet, verdict: Verdict) -> list[str]:
    """The sheet, the verdict, and how it was derived."""
    language = _language()
    say = wording(language)
    results = {"rating": verdict.rating, "budget": verdict.budget}
    answers = [
        f"{say.one_of('common.result', name)} {value or say('common.undetermined')}" for name, value in results.items()
    ]
    lines = [say("testing.breaking_sheet")]
    lines += [f"  {line}" for line in sheet_tables(sheet, language)]
    lines.append(say("testing.its_verdict", answers=say.listed(answers)))
    lines += plain(blocks_lines([Tree(derivation_tree(verdict.data(language), language))], language)).splitlines()
    return lines


def _loaded(rulebook: "Rulebook | str | os.PathLike[str]", test: Test) -> Rulebook:
    if isinstance(rulebook, Rulebook):
        return rulebook
    near = _beside(test, rulebook)
    return load_rulebook(near if near.exists() else rulebook)


def _beside(test: Test, path: "str | os.PathLike[str]") -> Path:
    """A path as seen from the file of a test."""
    return Path(inspect.getfile(test)).parent / path
