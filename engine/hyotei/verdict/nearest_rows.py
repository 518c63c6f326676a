"""Why not otherwise: the nearest row that would have given another value, and by how much it was missed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Language, wording
from hyotei.rulebook.hit_policies import priority
from hyotei.rulebook.model import Decision, Row, Table
from hyotei.rulebook.types import ScaleType
from hyotei.rulebook.unit_tree import Unit
from hyotei.rulebook.value_words import check_text
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.verdict.case import Case
from hyotei.verdict.model import Alternative, Shortfall
from hyotei.verdict.table_view import TableView, distance_text
from hyotei.verdict.turning_points import Turn

_MOST_WAYS: Final = 3
"""Of how many rows that stand in the way it is told what would remove them; all are named."""


def alternatives(case: Case, decision: Decision, unit: Unit, language: Language) -> tuple[Alternative, ...]:
    """For every other value of the decision's scale, the nearest row that would have given it."""
    step = case.step(decision.name, unit.key)
    of = decision.outputs[0].type
    if (
        step is None
        or not isinstance(decision.body, Table)
        or not isinstance(of, ScaleType)
        or step.outcome == "supposed"
    ):
        return ()
    view = TableView(case, decision, decision.body, step, unit)
    return tuple(_nearest(view, value, language) for value in of.values if value != step.outputs[0])


@dataclass(frozen=True, slots=True)
class _Miss:
    """A cell that does not hold: its column, and the shortest way for the value to make it hold, if it is a number's."""

    index: int
    turn: Turn | None
    weight: Decimal


def _nearest(view: TableView, value: str, language: Language) -> Alternative:
    rows = [row for row in view.table.rows if view.gives(row) == value]
    judged = [(row, tuple(_misses(view, row))) for row in rows]
    if not judged:
        return Alternative(value, None, (), (), wording(language)("verdict.masked.no_row", value=value))
    row, misses = min(judged, key=lambda each: (len(each[1]), sum(miss.weight for miss in each[1]), each[0].number))
    if misses:
        failed = tuple(_shortfall(view, row, miss, language) for miss in misses)
        sentence = wording(language).listed((one.sentence for one in failed), "common.list.sentence")
        return Alternative(value, row.number, (), failed, sentence)
    before = [each for each in view.table.rows if each is not row and _stands_before(view, each, row)]
    masking = tuple(each.number for each in before if view.standings[each.number] is True)
    return Alternative(value, row.number, masking, (), _masked(view, before, masking, language))


def _misses(view: TableView, row: Row) -> Iterator[_Miss]:
    for index, value in enumerate(view.step.inputs):
        if view.holds(row, index, value) is True:
            continue
        turn = min(view.cell_turns(row, index), key=lambda each: (each.distance, not each.reached), default=None)
        yield _Miss(index, turn, Decimal(1) if turn is None else _weight(turn.distance, value))


def _weight(distance: Decimal, value: Scalar) -> Decimal:
    """How far a miss is in proportion to the value, between 0 and 1, so that different kinds of figures can be ranked."""
    size = abs(value) if isinstance(value, Decimal) else Decimal(0)
    return exact.divide(distance, exact.add(distance, size), 9) if distance else Decimal(0)


def _shortfall(view: TableView, row: Row, miss: _Miss, language: Language) -> Shortfall:
    column = view.table.inputs[miss.index]
    title, text = view.title(miss.index, language), view.text(miss.index, language)
    asked = check_text(row.checks[miss.index], column.type, lambda term: view.case.value(term, view.unit), language)
    gap = None if miss.turn is None else exact.plain(miss.turn.shown)
    return Shortfall(miss.index + 1, title, text, asked, gap, _said(view, row, miss, title, text, asked, language))


def _said(view: TableView, row: Row, miss: _Miss, title: str, text: str, asked: str, language: Language) -> str:
    """`達成率 75.0% は 90%以上 に 15.0ポイント足りない`"""
    say = wording(language)
    turn = miss.turn
    if turn is None:
        unknown = isinstance(view.step.inputs[miss.index], Unknown)
        return say(
            "verdict.not_met.unknown" if unknown else "verdict.not_met.other", title=title, text=text, asked=asked
        )
    distance = distance_text(turn, view.table.inputs[miss.index].type, language)
    excluded = row.checks[miss.index].negated
    if not turn.distance:
        key = "verdict.not_met.excluded_edge" if excluded else "verdict.not_met.on_edge"
        return say(key, title=title, text=text, asked=asked)
    if excluded:
        key = "verdict.not_met.excluded_rise" if turn.up else "verdict.not_met.excluded_fall"
    else:
        key = "verdict.not_met.too_low" if turn.up else "verdict.not_met.too_high"
    return say(key, title=title, text=text, asked=asked, distance=distance)


# -- rows that hold but do not answer


def _stands_before(view: TableView, other: Row, row: Row) -> bool:
    """Whether another row, by the hit policy, answers before this one or makes the two clash."""
    if view.standings[other.number] is False:
        return False
    match view.table.policy:
        case "F":
            return other.number < row.number
        case "P":
            ranks = [(priority(view.decision, view.table, each.number), each.number) for each in (other, row)]
            return ranks[0] < ranks[1]
        case _:
            return True


_MASKED: Final = {"F": "verdict.masked.first", "P": "verdict.masked.precedence"}
_WAYS_OUT: Final = {
    True: ("verdict.way_out.rise", "verdict.way_out.rise_beyond", "verdict.way_out.rise_at_all"),
    False: ("verdict.way_out.fall", "verdict.way_out.fall_beyond", "verdict.way_out.fall_at_all"),
}
"""For a number that rises or falls: by a distance, by more than it, by whatever little."""


def _masked(view: TableView, before: list[Row], masking: tuple[int, ...], language: Language) -> str:
    say = wording(language)
    undecided = [each.number for each in before if each.number not in masking]
    rows, open_rows = (", ".join(map(str, numbers)) for numbers in (masking, undecided))
    said = []
    if masking:
        key = _MASKED.get(view.table.policy, "verdict.masked.clash")
        said.append(say(key, rows=rows, count=len(masking)))
    if undecided:
        key = "verdict.masked.also_undecided" if said else "verdict.masked.undecided"
        said.append(say(key, rows=open_rows, count=len(undecided)))
    ways = [_way_out(view, each, language) for each in before if each.number in masking][:_MOST_WAYS]
    return say.listed([*said, *ways], "common.list.sentence") or say("verdict.masked.holds")


def _way_out(view: TableView, row: Row, language: Language) -> str:
    """The smallest change of one number with which a row that holds would cease to hold."""
    say = wording(language)
    ways = [
        (_weight(turn.distance, view.step.inputs[index]), index, turn)
        for index in range(len(view.step.inputs))
        for turn in view.cell_turns(row, index)
    ]
    if not ways:
        return say("verdict.way_out.none", row=row.number)
    _, index, turn = min(ways, key=lambda way: (way[0], way[1], way[2].up))
    title, text = view.title(index, language), view.text(index, language)
    by, beyond, at_all = _WAYS_OUT[turn.up]
    if not turn.distance:
        return say(at_all, row=row.number, title=title, text=text)
    distance = distance_text(turn, view.table.inputs[index].type, language)
    return say(by if turn.reached else beyond, row=row.number, title=title, text=text, distance=distance)
