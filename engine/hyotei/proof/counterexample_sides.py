"""The sheets that a counterexample stands for: the one that is shown, and for a law of comparison the one it is compared with."""

from functools import reduce

from hyotei.proof.results import Counterexample
from hyotei.rulebook.changed_sheets import STATED, with_figures, without
from hyotei.rulebook.law_meaning import Side
from hyotei.rulebook.values import Scalar


def sides(example: Counterexample) -> tuple[Side, ...]:
    """One sheet with what is taken as given on it, or two, before and after the change."""
    if not example.changed:
        return (Side(example.sheet),)
    added = [change.unit for change in example.changed if change.before is None]
    if added:
        return Side(reduce(without, reversed(added), example.sheet)), Side(example.sheet)
    after = {(each.name, each.unit): each.after for each in example.changed if each.after is not None}
    stated = {key: value for key, value in after.items() if is_stated(*key)}
    before = {(each.name, each.unit): each.before for each in example.changed if each.before is not None}
    given: dict[tuple[str, str], Scalar] = {key: value for key, value in before.items() if not is_stated(*key)}
    return (
        Side(example.sheet, given if example.supposed else {}),
        Side(with_figures(example.sheet, stated), {key: value for key, value in after.items() if key not in stated}),
    )


def is_stated(name: str, unit: str) -> bool:
    """Whether a sheet itself states it, and has another figure after the change; all else is taken as given."""
    return any((unit == scope or unit.startswith(f"{scope}s[")) and name in names for scope, names in STATED.items())
