"""An engine for tables held against the reference, for those who write one.

Engines differ in what a quotient, an overflow or a null is, and a wrong answer looks like a right one.
"""

import os

from hyotei.columnar.decision_reads import figures_read
from hyotei.columnar.engines import Engine
from hyotei.columnar.program import compiled
from hyotei.columnar.relations import relations_of
from hyotei.columnar.step_reading import agrees, derivations
from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.library import load_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.sheet import Sheet
from hyotei.testing.seeded_sheets import some_sheets


@dataclass(frozen=True, slots=True)
class EngineTrial:
    """What a trial came to."""

    compared: int
    """Sheets of which every step was compared."""
    apart: int
    """Sheets that the engine is not asked for, because a number of theirs fits no column."""
    wrong: tuple[Sheet, ...]
    """Those on which the engine took another step than the reference."""


def try_engine(engine: Engine, rulebook: "Rulebook | str | os.PathLike[str]", count: int = 200) -> EngineTrial:
    """Rates drawn sheets, with figures at and beside the boundaries of the rulebook, and compares every step.

    Args:
        engine: the engine, ready to run.
        rulebook: a loaded rulebook, its id, or its path; one that reads and divides much tries much.
        count: how many sheets are drawn, the same ones each time.

    Raises:
        HyoteiError: the rulebook cannot be read, or the engine stops on the way (HY976).
    """
    book = rulebook if isinstance(rulebook, Rulebook) else load_rulebook(rulebook)
    sheets = list(some_sheets(book, False, count))
    relations = relations_of(sheets, figures_read(book))
    program = compiled(book, relations.layout, keep="inputs")
    found = derivations(program, engine.run(program, relations.tables), len(sheets))
    pairs = [
        (sheet, each)
        for number, (sheet, each) in enumerate(zip(sheets, found, strict=True))
        if each is not None and number not in relations.apart
    ]
    wrong = tuple(sheet for sheet, each in pairs if not _agree(each, evaluate(book, sheet)))
    return EngineTrial(len(pairs), len(sheets) - len(pairs), wrong)


def _agree(told: Derivation, right: Derivation) -> bool:
    return told.steps.keys() == right.steps.keys() and all(
        (step.outcome, step.rows) == (right.steps[key].outcome, right.steps[key].rows)
        and agrees(step.outputs, right.steps[key].outputs)
        for key, step in told.steps.items()
    )
