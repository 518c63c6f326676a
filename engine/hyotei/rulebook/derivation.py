"""What a reading of a rulebook over one sheet leaves behind: for every decision and unit, which rows, on which values."""

from typing import Literal, NamedTuple

from hyotei.lazy_dataclass import dataclass
from hyotei.rulebook.values import Scalar

Outcome = Literal["fired", "computed", "undecided", "gap", "conflict", "supposed"]
"""
`fired`: rows of a table answered. `computed`: a formula. `undecided`: an unknown value stands before the answer, in a
column that does not say what happens to unknown. `gap`: no row answers. `conflict`: rows that exclude each other
answer differently. `supposed`: a value set from outside, to try it.
"""


class Step(NamedTuple):
    """One decision for one unit.

    `rows` are the rows that answered, or that clash, or that could not be decided; `inputs` the values of the table's input
    columns; `outputs` one value for each output, or for hit policy C the list of rows' outputs.
    """

    decision: str
    unit: str
    outcome: Outcome
    rows: tuple[int, ...]
    inputs: tuple[Scalar, ...]
    outputs: tuple[Scalar, ...] | tuple[tuple[Scalar, ...], ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """All steps, in the order of the rulebook's decisions and of the sheet's units."""

    steps: dict[tuple[str, str], Step]

    def value(self, decision: str, unit: str = "sheet", output: int = 0) -> Scalar | None:
        """The output of a decision at a unit; None where it was not decided there or collects a list."""
        step = self.steps.get((decision, unit))
        if step is None or len(step.outputs) <= output:
            return None
        found = step.outputs[output]
        return None if isinstance(found, tuple) else found
