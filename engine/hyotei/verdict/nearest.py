"""Why not otherwise: the nearest row that would have given another value, and by how much it was missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hyotei.base import exact
from hyotei.messages import Language
from hyotei.rulebook import terms as t
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Decision, Input, Row, Table
from hyotei.rulebook.reference import stated_reasons
from hyotei.rulebook.types import COUNT, NumberType, ScaleType, Type
from hyotei.rulebook.units import Unit
from hyotei.rulebook.values import Scalar
from hyotei.rulebook.wording import amount, check_text, grouped, percent
from hyotei.verdict.case import Case
from hyotei.verdict.model import Alternative, Margin, Shortfall


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
    others = [value for value in of.values if value != step.outputs[0]]
    return tuple(_nearest(case, decision, decision.body, step, unit, value, language) for value in others)


def _nearest(
    case: Case, decision: Decision, table: Table, step: Step, unit: Unit, value: str, language: Language
) -> Alternative:
    candidates = [row for row in table.rows if row.outputs[0] == t.Constant(value)]
    judged = [(row, tuple(_failures(case, table, row, step, unit, language))) for row in candidates]
    if not judged:
        sentence = f"{value} を結論とする行はない" if language == "ja" else f"no row gives {value}"
        return Alternative(value, None, (), (), sentence)
    row, failed = min(judged, key=lambda each: (len(each[1]), sum(one.weight for one in each[1]), each[0].number))
    shortfalls = tuple(one.shortfall for one in failed)
    if failed:
        sentence = ("、" if language == "ja" else "; ").join(one.sentence for one in shortfalls)
        return Alternative(value, row.number, (), shortfalls, sentence)
    before = tuple(
        each for each in table.rows[: row.number - 1] if not list(_failures(case, table, each, step, unit, language))
    )
    ways = [_way_out(case, table, each, step, unit, language) for each in before]
    rows = ", ".join(str(each.number) for each in before)
    if language == "ja":
        sentence = f"この行も満たすが、先にある行{rows} が答える。" + "、".join(ways) if before else "この行も満たす"
    else:
        sentence = f"it holds too, but row {rows} answers first: " + "; ".join(ways) if before else "it holds too"
    return Alternative(value, row.number, tuple(each.number for each in before), (), sentence)


def _way_out(case: Case, table: Table, row: Row, step: Step, unit: Unit, language: Language) -> str:
    """The smallest change of a number with which a row that holds would cease to hold."""
    ways: list[tuple[Decimal, str]] = []
    for column, check, value in zip(table.inputs, row.checks, step.inputs, strict=True):
        if not isinstance(value, Decimal) or check.negated:
            continue
        for test in check.tests:
            if not isinstance(test, t.Range):
                continue
            for end, down in ((test.low, True), (test.high, False)):
                point = None if end is None else case.value(end, unit)
                if not isinstance(point, Decimal) or not _reachable(value, point, down, column.type):
                    continue
                gap = _step_to(value, point, down, test, column.type)
                title = case.title(column.term, language)
                distance = gap_text(gap, column.type, language)
                if language == "ja":
                    moved = f"{distance}{'を超えて' if gap and column.type != COUNT else ''}{'下がれば' if down else '上がれば'}"
                    ways.append(
                        (
                            _weight(gap, value),
                            f"行{row.number} は{title} {case.words(value, column.type, language)} が{moved}外れる",
                        )
                    )
                else:
                    moved = (
                        f"{'falls' if down else 'rises'} by {'more than ' if column.type != COUNT else ''}{distance}"
                    )
                    ways.append((_weight(gap, value), f"row {row.number} ceases to hold if {title} {moved}"))
    if ways:
        return min(ways)[1]
    return (
        f"行{row.number} は数値では外れない" if language == "ja" else f"no number makes row {row.number} cease to hold"
    )


def _reachable(value: Decimal, point: Decimal, down: bool, of: Type) -> bool:
    """A count is never negative."""
    return not (down and of == COUNT and point <= 0 and value >= 0)


def _step_to(value: Decimal, point: Decimal, down: bool, test: t.Range, of: Type) -> Decimal:
    """The distance to an end point; of a count the whole steps until the test fails."""
    gap = abs(exact.subtract(value, point))
    closed = test.low_closed if down else test.high_closed
    return exact.add(gap, Decimal(1)) if of == COUNT and closed else gap


@dataclass(frozen=True, slots=True)
class _Failure:
    shortfall: Shortfall
    weight: Decimal


def _failures(case: Case, table: Table, row: Row, step: Step, unit: Unit, language: Language) -> Iterator[_Failure]:
    """The tests of a row that did not hold, each with how far the value is from holding."""
    for index, (column, check, value) in enumerate(zip(table.inputs, row.checks, step.inputs, strict=True)):
        if case.holds(check, value, stated_reasons(table, index), unit) is True:
            continue
        gap, short = _gap(case, check, value, unit)
        title = case.title(column.term, language)
        text = case.words(value, column.type, language)
        asked = check_text(check, column.type, lambda term: case.value(term, unit), language)
        yield _Failure(
            Shortfall(
                title,
                text,
                asked,
                None if gap is None else exact.plain(gap),
                _sentence(title, text, asked, gap, short, column, language),
            ),
            Decimal(1) if gap is None else _weight(gap, value),
        )


def _weight(gap: Decimal, value: Scalar) -> Decimal:
    """How far a miss is in proportion to the value, between 0 and 1, so that different kinds of figures can be ranked."""
    size = abs(value) if isinstance(value, Decimal) else Decimal(0)
    return exact.divide(gap, exact.add(gap, size), 9) if gap else Decimal(0)


def _sentence(
    title: str, text: str, asked: str, gap: Decimal | None, short: bool, column: Input, language: Language
) -> str:
    if gap is None:
        return f"{title} は {text} で、{asked} ではない" if language == "ja" else f"{title} is {text}, not {asked}"
    distance = gap_text(gap, column.type, language)
    if language == "ja":
        if not gap:
            return f"{title} {text} は {asked} の境にあり、含まれない"
        return (
            f"{title} {text} は {asked} に {distance} 足りない"
            if short
            else f"{title} {text} は {asked} を {distance} 超えている"
        )
    if not gap:
        return f"{title} {text} lies on the edge of {asked} and does not belong to it"
    return f"{title} {text} is {distance} {'short of' if short else 'beyond'} {asked}"


def gap_text(gap: Decimal, of: Type, language: Language) -> str:
    """A distance in the unit of its kind: ratios in points, money in yen."""
    dimension = of.dimension if isinstance(of, NumberType) else "plain"
    if dimension == "ratio":
        points = percent(gap).removesuffix("%")
        return f"{points}ポイント" if language == "ja" else f"{points} points"
    return amount(gap) if dimension == "money" else grouped(gap)


def _gap(case: Case, check: t.Check, value: Scalar, unit: Unit) -> tuple[Decimal | None, bool]:
    """The way to the nearest value that would hold, and whether the value is too small; None where it is no distance."""
    if not isinstance(value, Decimal) or check.negated:
        return None, False
    best: tuple[Decimal, bool] | None = None
    for test in check.tests:
        if not isinstance(test, t.Range):
            continue
        low, high = (None if end is None else case.value(end, unit) for end in (test.low, test.high))
        if isinstance(low, Decimal) and (value < low or (value == low and not test.low_closed)):
            gap = exact.subtract(low, value), True
        elif isinstance(high, Decimal) and (value > high or (value == high and not test.high_closed)):
            gap = exact.subtract(value, high), False
        else:
            continue
        best = gap if best is None or gap[0] < best[0] else best
    return best if best is not None else (None, False)


def margins(case: Case, decision: Decision, unit: Unit, language: Language) -> Iterator[Margin]:
    """For every number a table looked at, how far it is from the nearest end point on either side."""
    step = case.step(decision.name, unit.key)
    if step is None or not isinstance(decision.body, Table) or step.outcome == "supposed":
        return
    for index, (column, value) in enumerate(zip(decision.body.inputs, step.inputs, strict=True)):
        if not isinstance(value, Decimal):
            continue
        below, above = _around(case, decision.body, index, value, unit)
        if below is None and above is None:
            continue
        title, text = case.title(column.term, language), case.words(value, column.type, language)
        yield Margin(
            decision.name,
            unit.key,
            title,
            text,
            None if below is None else exact.plain(below[0]),
            None if above is None else exact.plain(above[0]),
            _margin_sentence(case, title, text, below, above, column, language),
        )


_Edge = tuple[Decimal, Decimal]
"""Distance and end point."""


def _around(case: Case, table: Table, index: int, value: Decimal, unit: Unit) -> tuple[_Edge | None, _Edge | None]:
    """The nearest end points at which going down, and going up, some row begins or ceases to hold."""
    of = table.inputs[index].type
    down: list[_Edge] = []
    up: list[_Edge] = []
    for row in table.rows:
        for test in row.checks[index].tests:
            if not isinstance(test, t.Range):
                continue
            # At the end point itself, what holds there is lost on one side only.
            for end, at_goes_down in ((test.low, test.low_closed), (test.high, not test.high_closed)):
                point = None if end is None else case.value(end, unit)
                if not isinstance(point, Decimal):
                    continue
                goes_down = value > point or (value == point and at_goes_down)
                gap = abs(exact.subtract(value, point))
                if of == COUNT:
                    # A count moves by whole steps: it must pass the point where it belongs to its near side.
                    gap = exact.add(gap, Decimal(1)) if goes_down == at_goes_down else gap
                    if goes_down and gap > value:
                        continue
                (down if goes_down else up).append((gap, point))
    return min(down, default=None), min(up, default=None)


def _margin_sentence(
    case: Case, title: str, text: str, below: _Edge | None, above: _Edge | None, column: Input, language: Language
) -> str:
    said = []
    for edge, ja, en in ((below, "下", "above"), (above, "上", "below")):
        if edge is None:
            continue
        distance, point = gap_text(edge[0], column.type, language), case.words(edge[1], column.type, language)
        said.append(f"{ja}の境 {point} まで {distance}" if language == "ja" else f"{distance} {en} {point}")
    return f"{title} {text}：" + "、".join(said) if language == "ja" else f"{title} {text}: " + ", ".join(said)
