"""The tables of an impact and of a sweep as rows of texts, shared by terminal and page."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hyotei.impact.model import Count, Impact, Move, ResultImpact
from hyotei.impact.sweep import Stretch, Sweep
from hyotei.report.audit_words import OUTPUTS, Say, hundred_millions
from hyotei.report.impact_words import (
    cause_words,
    count_words,
    edit_said,
    money_words,
    slide_name,
    spot_words,
    value_words,
    ways_words,
)

Rows = list[list[str]]
SHORT = {"rating": ("評価", "rating"), "budget": ("予算", "budget")}


def matrix(result: ResultImpact, say: Say) -> Rows:
    """From the rows to the columns; the diagonal is what stays. Values that no sheet has are left out."""
    met = {value for pair in result.matrix for value in pair}
    values = [value for value in result.values if value in met]
    head = [say("旧＼新", "old \\ new"), *(value_words(value, say) for value in values), say("計", "all")]
    rows = [head]
    for before in values:
        counts = [result.matrix.get((before, after), Count()) for after in values]
        told = [f"{count.sheets:,}" if count.sheets else "·" for count in counts]
        rows.append([value_words(before, say), *told, f"{sum(count.sheets for count in counts):,}"])
    sums = [sum(result.matrix.get((before, after), Count()).sheets for before in values) for after in values]
    rows.append([say("計", "all"), *(f"{each:,}" for each in sums), f"{sum(sums):,}"])
    return rows


def ways(result: ResultImpact, say: Say) -> Rows:
    """The moves of a result with their money, the most sheets first."""
    moved = [(pair, count) for pair, count in result.matrix.items() if pair[0] != pair[1]]
    rows = [[say("動き", "move"), say("評価書", "sheets"), say("予算額", "budget")]]
    for (before, after), count in sorted(moved, key=lambda each: -each[1].sheets):
        told = f"{value_words(before, say)} → {value_words(after, say)}"
        rows.append([told, count_words(count, say), money_words(count, say)])
    return rows


def edits(found: Impact, say: Say) -> Rows:
    """Each edit with what it moved."""
    rows = [
        [
            say("変更", "edit"),
            say("これだけ戻せば戻る", "undone alone takes back"),
            say("予算額", "budget"),
            say("ほかと合わせて", "with others"),
        ]
    ]
    for edit, share in zip(found.edits, found.shares, strict=True):
        rows.append(
            [
                edit_said(edit, found, say),
                count_words(share.alone, say),
                money_words(share.alone, say),
                count_words(share.together, say),
            ]
        )
    return rows


def groups(found: Impact, by: str, say: Say) -> Rows:
    """Ministries or years in which something moves."""
    rows = [
        [
            say("府省", "ministry") if by == "authority" else say("年度", "year"),
            say("評価書", "sheets"),
            say("動く", "moved"),
            say("予算額", "budget"),
            say("内訳", "how"),
        ]
    ]
    moved = [each for each in (found.by_authority if by == "authority" else found.by_year) if each.moved.sheets]
    rows += [
        [
            each.key,
            f"{each.all.sheets:,}",
            f"{each.moved.sheets:,}",
            money_words(each.moved, say),
            ways_words(each, say),
        ]
        for each in moved
    ]
    return rows


def by_money(moves: tuple[Move, ...]) -> list[Move]:
    """The moves with the most money first."""
    return sorted(moves, key=lambda move: (move.money is None, -(move.money or Decimal(0)), move.sheet))


def move_rows(found: Impact, most: int, say: Say) -> Rows:
    """The sheets that moved, a row a change."""
    rows = [
        [
            say("評価書", "sheet"),
            say("府省", "ministry"),
            say("年度", "year"),
            say("予算額", "budget"),
            say("動き", "move"),
            say("動かした変更", "moved by"),
        ]
    ]
    for move in by_money(found.moves)[:most]:
        for number, change in enumerate(move.changes):
            money = say("不明", "unknown") if move.money is None else hundred_millions(move.money, say)
            named = [f"{' '.join(move.title.split())}（{move.sheet}）", move.authority, str(move.fiscal_year), money]
            told = (
                f"{say.of(OUTPUTS, change.result)} {value_words(change.before, say)} → {value_words(change.after, say)}"
            )
            rows.append([*(named if number == 0 else [""] * 4), told, cause_words(change.cause, found, say)])
    return rows


# -- sweeps


def shown(found: Sweep, most: int) -> list[Stretch]:
    """Stretches for a short table: all, or those at which the most sheets move, in their order, with the first and the last."""
    if len(found.stretches) <= most:
        return list(found.stretches)
    kept = sorted(found.stretches[1:-1], key=lambda each: (-each.changed, each.at, each.after))[: most - 2]
    chosen = {(each.at, each.after) for each in (*kept, found.stretches[0], found.stretches[-1])}
    return [each for each in found.stretches if (each.at, each.after) in chosen]


def sweep_rows(found: Sweep, stretches: list[Stretch], say: Say) -> Rows:
    """Each stretch: from where on, how many sheets have which result, how many step there, and how many differ from now.

    Only results that some sheet gains or loses have a column.
    """
    columns = [(result, value) for result in found.results for value in met(found, result.name)]
    changing = [
        (result, value)
        for result, value in columns
        if len({each.counts.get((result.name, value), Count()).sheets for each in found.stretches}) > 1
    ]
    columns = changing or columns
    heads = [f"{say.of(SHORT, result.name)} {value_words(value, say)}" for result, value in columns]
    rows = [
        [
            slide_name(found.slide, say),
            *heads,
            say("ここで動く", "step here"),
            say("現在と違う", "differ from now"),
            say("その予算額", "their budget"),
        ]
    ]
    for each in stretches:
        counts = [each.counts.get((result.name, value), Count()).sheets for result, value in columns]
        rows.append(
            [
                spot_words(each, found.slide, say),
                *(f"{count:,}" for count in counts),
                f"{each.changed:,}",
                f"{each.moved.sheets:,}",
                money_words(each.moved, say),
            ]
        )
    return rows


def met(found: Sweep, name: str) -> Iterator[str | None]:
    """The values of a result that some sheet has somewhere in the range."""
    values = {value for each in found.stretches for result, value in each.counts if result == name}
    result = next(each for each in found.results if each.name == name)
    return (value for value in result.values if value in values)


def summary(found: Sweep, say: Say) -> str:
    """The sweep in one sentence."""
    steps = len(found.steps)
    if not steps:
        return say(
            f"この範囲のどこでも、{found.all.sheets:,}件の評価区分も予算の方向も変わらない。",
            f"Nowhere in the range does any of {found.all.sheets:,} sheets move in rating or budget.",
        )
    most = max(found.stretches, key=lambda each: each.moved.sheets)
    where, money = spot_words(most, found.slide, say), money_words(most.moved, say)
    count, of = most.moved.sheets, found.all.sheets
    return say(
        f"{of:,}件の評価書は {steps:,} の値で動く（すべて厳密）。現在との違いは {where} で最も多く、{count:,}件（{money}）。",
        f"{of:,} sheets move at {steps:,} values, all exact. The most differ from now at {where}: {count:,} ({money}).",
    )


def drawn(found: Sweep, name: str, points: int = 1_500) -> Iterator[tuple[float, str | None, int]]:
    """A result as steps for a picture: place, value, sheets; as many places as a picture can show."""
    low, high = Fraction(found.slide.low), Fraction(found.slide.high)
    last: dict[int, Stretch] = {}
    for each in found.stretches:
        last[int((each.at - low) / (high - low) * points)] = each
    kept = list(last.values())
    for each in kept:
        for value in met(found, name):
            yield float(each.at), value, each.counts.get((name, value), Count()).sheets
    for value in met(found, name):
        yield float(high), value, kept[-1].counts.get((name, value), Count()).sheets
