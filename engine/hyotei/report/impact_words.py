"""The words that all views of an impact and of a sweep share."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from hyotei.compare.model import Edit
from hyotei.impact.causes import Cause
from hyotei.impact.model import Count, Group, Impact
from hyotei.impact.range_pieces import decimal_of
from hyotei.impact.sliding_value import Slide
from hyotei.impact.sweep import Stretch
from hyotei.report.audit_words import Say, hundred_millions
from hyotei.report.diff_words import edit_words
from hyotei.report.law_words import name_words
from hyotei.rulebook.model import Table
from hyotei.rulebook.value_words import end_text

WAYS: Final = {
    "better": ("上がる", "better"),
    "worse": ("下がる", "worse"),
    "settled": ("未確定から確定", "settled"),
    "unsettled": ("確定から未確定", "unsettled"),
    "other": ("変わる", "other"),
}

_SHORT_HASH: Final = 12


def value_words(value: str | None, say: Say) -> str:
    """A result; the undetermined is a value of its own."""
    return say("未確定", "undetermined") if value is None else value


def money_words(count: Count, say: Say) -> str:
    """The money of some sheets, and how many of them have none that is known."""
    if not count.sheets:
        return "·"
    told = hundred_millions(count.money, say)
    if not count.unpriced:
        return told
    return told + say(f"（ほか{count.unpriced:,}件は不明）", f" (unknown for {count.unpriced:,})")


def count_words(count: Count, say: Say) -> str:
    """A number of sheets."""
    return say(f"{count.sheets:,}件", f"{count.sheets:,}")


def edit_said(edit: Edit, found: Impact, say: Say) -> str:
    """An edit; in Japanese with what decisions and columns are called."""
    return edit_words(edit, say.language, str if say.english else lambda name: found.titles.get(name, name))


def cause_words(cause: Cause, found: Impact, say: Say) -> str:
    """Which edits moved a sheet, and what is known of it."""
    between = say("、", "; ")
    if cause.alone:
        told = between.join(edit_said(found.edits[at], found, say) for at in cause.alone)
        if len(cause.alone) == 1:
            return told
        return say(f"次のどれが欠けても動かない：{told}", f"all of these were needed: {told}")
    told = between.join(edit_said(found.edits[at], found, say) for at in cause.together)
    if cause.fewest:
        return say(f"次のどれか一つでも動く（合わせて戻せば戻る）：{told}", f"undone only together: {told}")
    return say(f"次の中の複数（絞り込めていない）：{told}", f"several among these, not narrowed down: {told}")


def ways_words(group: Group, say: Say) -> str:
    """How the sheets of a group moved."""
    names = {"rating": say("評価", "rating"), "budget": say("予算", "budget")}
    return say("、", ", ").join(
        f"{names.get(result, result)} {say.pair(WAYS[way])} {number:,}"
        for (result, way), number in sorted(group.ways.items())
    )


def headline(found: Impact, say: Say) -> str:
    """The whole in one sentence."""
    if not found.moved.sheets:
        return say(
            f"{found.all.sheets:,}件のうち、評価区分や予算の方向が変わる評価書はない。",
            f"None of {found.all.sheets:,} sheets moves in rating or budget.",
        )
    count, of, money = found.moved.sheets, found.all.sheets, money_words(found.moved, say)
    return say(
        f"{of:,}件のうち {count:,}件（予算額 {money}）の評価区分か予算の方向が変わる。",
        f"{count:,} of {of:,} sheets ({money}) move in rating or budget.",
    )


# -- sweeps


def number_words(value: Fraction, slide: Slide, say: Say) -> str:
    """A value of the range, exactly: as a decimal, or as a fraction where it has no end."""
    exact = decimal_of(value)
    if exact is None:
        near = Decimal(value.numerator * 10**6 // value.denominator).scaleb(-6)
        return f"{value.numerator}/{value.denominator} (≈{end_text(near, slide.type, say.language)})"
    return end_text(exact, slide.type, say.language)


def spot_words(stretch: Stretch, slide: Slide, say: Say) -> str:
    """From where on a stretch holds."""
    told = number_words(stretch.at, slide, say)
    return say(f"{told} 超", f"above {told}") if stretch.after else told


def two_books(found: Impact) -> str:
    """`旧 → 新`: the ids of both rulebooks; of an edited copy that kept its id, with the beginning of each hash."""
    if found.old.id != found.new.id:
        return f"{found.old.id} → {found.new.id}"
    old, new = found.old.hash[:_SHORT_HASH], found.new.hash[:_SHORT_HASH]
    return f"{found.old.id}: {old} → {new}"


def slide_name(slide: Slide, say: Say) -> str:
    """What slides, for a person: a parameter by its label, a cell as `評価区分 2行 達成した割合`; in English by its names."""
    path, _, rest = slide.name.partition(":")
    if not rest:
        return slide.label or slide.name if say.language == "ja" else slide.name
    row, _, column = rest.partition(":")
    column, _, end = column.partition(":")
    decision = slide.rulebook.by_name[path]
    if column.isdecimal() and isinstance(decision.body, Table):
        columns = [each.text for each in decision.body.inputs] + [each.name for each in decision.outputs]
        column = columns[int(column) - 1]
    sides = {"": ("", ""), "low": ("（下の端）", " (low end)"), "high": ("（上の端）", " (high end)")}
    ja, en = sides.get(end, ("", ""))
    return say(
        f"{decision.title} {row}行 {name_words(column, slide.rulebook, 'ja')}{ja}", f"{path} row {row} {column}{en}"
    )


def slide_title(slide: Slide, say: Say) -> str:
    """What slides, from where to where."""
    low, high = (end_text(end, slide.type, say.language) for end in (slide.low, slide.high))
    return say(
        f"{slide_name(slide, say)} を {low} から {high} まで動かす（現在 {slide.present[0]}）",
        f"{slide_name(slide, say)} from {low} to {high} (now {slide.present[1]})",
    )
