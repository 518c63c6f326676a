"""A sweep as a document: how many sheets have which result at each value of a threshold, in charts and step by step."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hyotei.base.quotient import finite_decimal
from hyotei.document import Block, Column, Document, Paragraph, Section, Table, row, table
from hyotei.impact.model import Count
from hyotei.impact.sliding_value import Slide
from hyotei.impact.sweep import Stretch, Sweep, SweptResult
from hyotei.messages import Language, Wording, wording
from hyotei.report.impact_document import count_cells, count_columns, money_said
from hyotei.report.law_words import name_words
from hyotei.report.rated_words import rated_section, value_said
from hyotei.report.sweep_charts import sweep_charts
from hyotei.rulebook.model import Table as DecisionTable
from hyotei.rulebook.value_words import end_text


def sweep_document(found: Sweep, language: Language, rows: int | None = None, charts: bool = True) -> Document:
    """The sweep; at most so many `rows` of steps, those at which the most sheets move, or all; with `charts` or without."""
    say, slide = wording(language), found.slide
    low, high = (end_text(end, slide.type, language) for end in (slide.low, slide.high))
    title = say("sweep.title", name=slide_said(slide, say), low=low, high=high, present=present_said(slide, say))
    return Document(title, language, tuple(_blocks(found, say, rows, charts)), found.rulebook.title)


def _blocks(found: Sweep, say: Wording, rows: int | None, charts: bool) -> Iterator[Block]:
    yield Paragraph(_headline(found, say), lead=True)
    yield from (Paragraph(note.message(say.language), "faint") for note in found.notes)
    if charts:
        yield from sweep_charts(found, say, slide_said(found.slide, say), present_said(found.slide, say))
    stretches = shown(found, rows)
    steps: list[Block] = [Paragraph(say("sweep.steps.says"), "faint"), _steps(found, stretches, say)]
    if len(stretches) < len(found.stretches):
        steps.append(Paragraph(say("sweep.steps.more", count=len(found.stretches) - len(stretches)), "faint"))
    yield Section(say("sweep.steps.title"), tuple(steps))
    book = {say("impact.rated.rulebook", id=found.rulebook.id): found.rulebook.hash}
    yield rated_section(book, found.corpus_hash, found.alone, say)


def _headline(found: Sweep, say: Wording) -> str:
    if not found.steps:
        return say("sweep.headline.none", all=found.all.sheets)
    most = max(found.stretches, key=lambda each: each.moved.sheets)
    return say(
        "sweep.headline.some",
        all=found.all.sheets,
        steps=len(found.steps),
        where=_spot(most, found.slide, say),
        count=most.moved.sheets,
        money=money_said(most.moved, say),
    )


# -- steps


def shown(found: Sweep, most: int | None) -> list[Stretch]:
    """Stretches for a short table: all, or those at which the most sheets move, in their order, with the first and the last."""
    if most is None or len(found.stretches) <= most:
        return list(found.stretches)
    kept = sorted(found.stretches[1:-1], key=lambda each: (-each.changed, each.at, each.after))[: most - 2]
    chosen = {(each.at, each.after) for each in (*kept, found.stretches[0], found.stretches[-1])}
    return [each for each in found.stretches if (each.at, each.after) in chosen]


def _steps(found: Sweep, stretches: list[Stretch], say: Wording) -> Table:
    """Each stretch: from where on, how many sheets have which result, how many step there, and how many differ from now.

    Only results that some sheet gains or loses have a column.
    """
    counted = [(result, value) for result in found.results for value in met(found, result)]
    changing = [
        (result, value)
        for result, value in counted
        if len({each.counts.get((result.name, value), Count()).sheets for each in found.stretches}) > 1
    ]
    counted = changing or counted
    counted_money = [each.moved for each in stretches]
    columns = [Column(say("sweep.column.value"), "grade")]
    for result, value in counted:
        short = say.one_of("impact.short", result.name)
        columns.append(Column(say("sweep.column.result", result=short, value=value_said(value, say)), "number"))
    columns += [
        Column(say("sweep.column.step"), "number"),
        Column(say("sweep.column.differ"), "number"),
        *count_columns(say, counted_money)[1:],
    ]
    rows = []
    for each in stretches:
        counts = [each.counts.get((result.name, value), Count()).sheets for result, value in counted]
        cells = count_cells(each.moved, say, counted_money)
        rows.append(row(_spot(each, found.slide, say), *counts, each.changed, *cells))
    return table(columns, rows, say("sweep.steps.caption"))


def met(found: Sweep, result: SweptResult) -> list[str | None]:
    """The values of a result that some sheet has somewhere in the range."""
    values = {value for each in found.stretches for name, value in each.counts if name == result.name}
    return [value for value in result.values if value in values]


# -- words


def slide_said(slide: Slide, say: Wording) -> str:
    """What slides, for a person: a parameter by its label, a cell as `評価区分 2行 達成した割合`; in English by its names."""
    path, _, rest = slide.name.partition(":")
    labels = {"ja": slide.label}
    if not rest:
        return labels.get(say.language) or slide.name
    row, _, column = rest.partition(":")
    column, _, end = column.partition(":")
    decision = slide.rulebook.by_name[path]
    if column.isdecimal() and isinstance(decision.body, DecisionTable):
        columns = [each.text for each in decision.body.inputs] + [each.name for each in decision.outputs]
        column = columns[int(column) - 1]
    titles = {"ja": decision.title}
    named = {"ja": name_words(column, slide.rulebook, "ja")}
    told = say(
        "sweep.slid.cell",
        decision=titles.get(say.language, path),
        row=row,
        column=named.get(say.language, column),
    )
    return say("sweep.slid.low" if end == "low" else "sweep.slid.high", name=told) if end else told


def present_said(slide: Slide, say: Wording) -> str:
    """The value that slides as it is at present."""
    return dict(zip(("ja", "en"), slide.present, strict=True))[say.language]


def _spot(stretch: Stretch, slide: Slide, say: Wording) -> str:
    """From where on a stretch holds."""
    told = _number(stretch.at, slide, say)
    return say("sweep.steps.above", value=told) if stretch.after else told


def _number(value: Fraction, slide: Slide, say: Wording) -> str:
    """A value of the range, exactly: as a decimal, or as a fraction where it has no end."""
    exact = finite_decimal(value)
    if exact is None:
        near = Decimal(value.numerator * 10**6 // value.denominator).scaleb(-6)
        return f"{value.numerator}/{value.denominator} (≈{end_text(near, slide.type, say.language)})"
    return end_text(exact, slide.type, say.language)
