"""An impact or a sweep as a workbook: every sheet that moves, every step."""

from decimal import Decimal
from pathlib import Path

from hyotei.base.exact import plain
from hyotei.impact.model import Count, Impact
from hyotei.impact.range_pieces import decimal_of, exact_text
from hyotei.impact.sweep import Sweep
from hyotei.messages import Language
from hyotei.report.audit_words import OUTPUTS, Say
from hyotei.report.impact_tables import by_money, met
from hyotei.report.impact_text import rulebooks
from hyotei.report.impact_words import WAYS, cause_words, edit_said, slide_name, value_words
from hyotei.report.workbook import Column, Value, Workbook
from hyotei.rulebook.canonical import shown_hash


def write_impact(found: Impact, path: Path, language: Language) -> None:
    """Tables: sheets that move, the matrices, edits, ministries and years, and what was rated by what.

    Raises:
        HyoteiError: openpyxl is not installed (HY902).
        OSError: the file cannot be written.
    """
    say, book = Say(language), Workbook()
    moves = book.table(
        say("動く評価書", "moves"),
        [
            Column(say("評価書", "sheet"), 22), Column(say("名称", "title"), 40, True), Column(say("府省", "ministry"), 16, True),
            Column(say("年度", "year"), 8), Column(say("予算額（円）", "budget (yen)"), 20), Column(say("結果", "result"), 12),
            Column(say("旧", "old"), 10), Column(say("新", "new"), 10), Column(say("動き", "way"), 16),
            Column(say("動かした変更", "moved by"), 60, True),
        ],
    )  # fmt: skip
    for move in by_money(found.moves):
        for each in move.changes:
            moves.row(
                [
                    move.sheet, move.title, move.authority, move.fiscal_year, move.money, say.of(OUTPUTS, each.result),
                    value_words(each.before, say), value_words(each.after, say), say.pair(WAYS[each.way]),
                    cause_words(each.cause, found, say),
                ],
                money=frozenset({4}),
            )  # fmt: skip
    matrices = book.table(
        say("行列", "matrix"),
        [Column(say("結果", "result"), 12), Column(say("旧", "old"), 12), Column(say("新", "new"), 12), *_counts(say)],
    )
    for result in found.results:
        for before in result.values:
            for after in result.values:
                if (before, after) in result.matrix:
                    told: list[Value] = [
                        say.of(OUTPUTS, result.name),
                        value_words(before, say),
                        value_words(after, say),
                    ]
                    matrices.row([*told, *_count(result.matrix[before, after])], money=frozenset({4}))
    changes = book.table(
        say("変更", "edits"),
        [
            Column(say("変更", "edit"), 60, True),
            *_counts(say, say("戻せば戻る：", "undone alone: ")),
            *_counts(say, say("ほかと合わせて：", "with others: ")),
        ],
    )
    for edit, share in zip(found.edits, found.shares, strict=True):
        changes.row(
            [edit_said(edit, found, say), *_count(share.alone), *_count(share.together)], money=frozenset({2, 5})
        )
    for title, groups in ((say("府省別", "ministries"), found.by_authority), (say("年度別", "years"), found.by_year)):
        part = book.table(
            title,
            [Column(title, 24, True), *_counts(say, say("すべて：", "all: ")), *_counts(say, say("動く：", "moved: "))],
        )
        for group in groups:
            part.row([group.key, *_count(group.all), *_count(group.moved)], money=frozenset({2, 5}))
    _about(book, say, rulebooks(found, say), found.corpus_hash, ())
    book.save(path)


def write_sweep(found: Sweep, path: Path, language: Language) -> None:
    """Tables: every step with the sheets and money of every result, and what was rated by what.

    Raises:
        HyoteiError: openpyxl is not installed (HY902).
        OSError: the file cannot be written.
    """
    say, book = Say(language), Workbook()
    columns = [(result.name, value) for result in found.results for value in met(found, result.name)]
    names = [f"{say.of(OUTPUTS, name)} {value_words(value, say)}" for name, value in columns]
    heads = [
        Column(slide_name(found.slide, say), 26),
        Column(say("範囲", "place"), 10),
        Column(say("ここで動く", "step here"), 12),
    ]
    heads += [Column(name, 14) for name in names]
    heads += _counts(say, say("現在と違う：", "differ from now: "))
    printed = len(heads)
    heads += [Column(say(f"{name}（円）", f"{name} (yen)"), 22) for name in names]
    money = frozenset({4 + len(columns), *range(printed, len(heads))})
    steps = book.table(say("段", "steps"), heads, printed)
    for each in found.stretches:
        exact = decimal_of(each.at)
        place = say("超", "above") if each.after else say("から", "from")
        counts = [each.counts.get(key, Count()) for key in columns]
        row: list[Value] = [exact if exact is not None else exact_text(each.at), place, each.changed]
        row += [*(count.sheets for count in counts), *_count(each.moved), *(_money(count) for count in counts)]
        steps.row(row, money=money)
    slide = found.slide
    about = (
        (say("動かしたもの", "slid"), f"{slide_name(slide, say)} ({slide.name})"),
        (say("現在", "now"), slide.present[0 if language == "ja" else 1]),
        (say("範囲", "range"), f"{slide.low}..{slide.high}"),
    )
    _about(book, say, {found.rulebook.id: found.rulebook.hash}, found.corpus_hash, about)
    book.save(path)


def _counts(say: Say, of: str = "") -> list[Column]:
    return [
        Column(of + say("評価書", "sheets"), 14),
        Column(of + say("予算額（円）", "budget (yen)"), 22),
        Column(of + say("予算額不明", "budget unknown"), 16),
    ]


def _count(count: Count) -> list[Value]:
    return [count.sheets, _money(count), count.unpriced]


def _money(count: Count) -> Decimal:
    """The money without trailing zeros, which would take digits that a spreadsheet lacks."""
    return Decimal(plain(count.money))


def _about(
    book: Workbook, say: Say, books: dict[str, str], corpus_hash: str, more: tuple[tuple[str, str], ...]
) -> None:
    table = book.table(
        say("この表について", "about"), [Column(say("項目", "what"), 28), Column(say("値", "value"), 70, True)]
    )
    for what, value in more:
        table.row([what, value])
    for name, value in books.items():
        table.row([say(f"評価基準書 {name}", f"rulebook {name}"), shown_hash(value, None)])
    table.row([say("評価書（コーパス）", "sheets (corpus)"), corpus_hash])
