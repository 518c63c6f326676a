"""The sheets that a counterexample stands for: the one that is shown, and for a law of comparison the one it is compared with."""

from hyotei.proof.results import Counterexample
from hyotei.rulebook.changed_sheets import STATED, keys_without, with_figures, without
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.law_meaning import LawSide
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Scalar


def sides(example: Counterexample) -> tuple[LawSide, ...]:
    """One sheet with what is taken as given on it, or two, before and after the change."""
    if not example.changed:
        return (LawSide(example.sheet),)
    added = _added(example)
    if added is not None:
        return LawSide(without(example.sheet, added)), LawSide(example.sheet)
    after = {(each.name, each.unit): each.after for each in example.changed if each.after is not None}
    stated = {key: value for key, value in after.items() if is_stated(*key)}
    before = {(each.name, each.unit): each.before for each in example.changed if each.before is not None}
    given: dict[tuple[str, str], Scalar] = {key: value for key, value in before.items() if not is_stated(*key)}
    return (
        LawSide(example.sheet, given if example.supposed else {}),
        LawSide(with_figures(example.sheet, stated), {key: value for key, value in after.items() if key not in stated}),
    )


def derived(example: Counterexample, rulebook: Rulebook) -> tuple[Derivation, ...]:
    """What the reference derives on each side, with units under the names that they have on the sheet that is shown."""
    found = tuple(evaluate(rulebook, side.sheet, side.given) for side in sides(example))
    added = _added(example)
    if added is None:
        return found
    # Where a unit is added, those behind it have another number on the sheet without it.
    names = {fewer: shown for shown, fewer in keys_without(example.sheet, added).items()}
    steps = {(name, names[unit]): step for (name, unit), step in found[0].steps.items()}
    return Derivation(steps), found[1]


def _added(example: Counterexample) -> str | None:
    """The unit that the sheet shown has more than the one it is compared with."""
    return next((change.unit for change in example.changed if change.before is None), None)


def is_stated(name: str, unit: str) -> bool:
    """Whether a sheet itself states it, and has another figure after the change; all else is taken as given."""
    return any((unit == scope or unit.startswith(f"{scope}s[")) and name in names for scope, names in STATED.items())
