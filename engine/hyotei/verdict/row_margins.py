"""Margins: how far each number is from where some row of a table begins or ceases to hold."""

from collections.abc import Iterator
from decimal import Decimal

from hyotei.base.exact import plain
from hyotei.messages import Language, wording
from hyotei.rulebook.model import Decision, Table
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_words import end_text
from hyotei.verdict.case import Case
from hyotei.verdict.model import Margin
from hyotei.verdict.table_view import TableView, distance_text
from hyotei.verdict.turning_points import Turn


def margins(case: Case, decision: Decision, unit: Unit, language: Language) -> Iterator[Margin]:
    """For every number a table looked at, the way to the nearest change below and above, all other values as they are."""
    step = case.step(decision.name, unit.key)
    if step is None or not isinstance(decision.body, Table) or step.outcome == "supposed":
        return
    view = TableView(case, decision, decision.body, step, unit)
    for index, value in enumerate(step.inputs):
        if not isinstance(value, Decimal):
            continue
        below, above = nearest(view, index)
        if below is not None or above is not None:
            yield Margin(
                decision.name,
                unit.key,
                index + 1,
                view.title(index, language),
                view.text(index, language),
                None if below is None else plain(below.shown),
                None if above is None else plain(above.shown),
                _sentence(view, index, below, above, language),
            )


def nearest(view: TableView, index: int) -> tuple[Turn | None, Turn | None]:
    """The nearest change below and above the value of a column, with its exact distance."""
    found = [turn for row in view.table.rows for turn in view.row_turns(row, index)]

    def first(up: bool) -> Turn | None:
        turns = (turn for turn in found if turn.up is up)
        return min(turns, key=lambda turn: (turn.distance, not turn.reached), default=None)

    return first(False), first(True)


def _sentence(view: TableView, index: int, below: Turn | None, above: Turn | None, language: Language) -> str:
    say = wording(language)
    of = view.table.inputs[index].type
    ways = []
    for turn in (below, above):
        if turn is None:
            continue
        distance = distance_text(turn, of, language)
        if view.whole(index):
            ways.append(say("verdict.margin.more" if turn.up else "verdict.margin.fewer", distance=distance))
        else:
            key = "verdict.margin.below" if turn.up else "verdict.margin.above"
            ways.append(say(key, distance=distance, point=end_text(turn.at, of, language)))
    title, text = view.title(index, language), view.text(index, language)
    return say("verdict.margin.sentence", title=title, text=text, ways=say.listed(ways))
