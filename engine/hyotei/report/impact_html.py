"""An impact or a sweep as one page that needs nothing else, and prints on A4."""

from collections.abc import Iterator

from hyotei.impact.model import Impact
from hyotei.impact.sweep import Sweep
from hyotei.messages import Language
from hyotei.report.audit_words import OUTPUTS, Say
from hyotei.report.charts import Chart
from hyotei.report.diff_html import STYLE
from hyotei.report.impact_tables import (
    Rows,
    edits,
    groups,
    matrix,
    move_rows,
    shown,
    summary,
    sweep_rows,
    ways,
)
from hyotei.report.impact_text import footer, rulebooks
from hyotei.report.impact_words import headline, slide_title, two_books
from hyotei.report.markup import Head, Html, Kind, element, join, table
from hyotei.report.sweep_charts import sweep_charts

_MOVES = 1_000
_STEPS = 200
_MORE_STYLE = """
caption { break-after: avoid; text-align: left; font-weight: 600; padding: .3rem 0; }
.wide { overflow-x: auto; } td.n, th.n { text-align: right; white-space: nowrap; } td.nowrap { white-space: nowrap; }
th { text-align: left; } thead th { white-space: nowrap; } thead th.n { text-align: right; }
td.stays { background: #f1f3f6; } figure { margin: .6rem 0 1rem; } figure svg { width: 100%; height: auto; }
figcaption { font-size: .9rem; color: #5a6472; }
table { width: auto; min-width: 40%; }
"""


def impact_html(found: Impact, language: Language) -> str:
    """The page of an impact."""
    say = Say(language)
    title = say(f"{two_books(found)} の影響", f"Impact of {two_books(found)}")
    books = rulebooks(found, say)
    return _page(
        title, headline(found, say), not found.moved.sheets, _impact(found, say), books, found.corpus_hash, say
    )


def _impact(found: Impact, say: Say) -> Iterator[Html]:
    for note in found.notes:
        yield element("p", note.message(say.language), class_="faint")
    for result in found.results:
        name = say.of(OUTPUTS, result.name)
        yield element("h2", name)
        told = ", ".join(f"{value}: {label}" for value, label in result.labels.items() if label)
        if told:
            yield element("p", told, class_="faint")
        yield _matrix(
            matrix(result, say),
            say(
                f"{name}：旧（行）から新（列）へ、評価書の数",
                f"{name}: sheets, from the old (rows) to the new (columns)",
            ),
        )
        if result.moved:
            yield _table(ways(result, say), say("動きと予算額", "Moves and budgets"))
    if found.edits:
        yield element("h2", say("変更", "Edits"))
        yield _table(edits(found, say), say("変更ごとの、動かした評価書", "What each edit moved"))
    if found.others:
        yield element(
            "p",
            say(
                f"ほかに {found.others} の判断が変更されたが、評価区分にも予算の方向にも関わらない。",
                f"{found.others} more decisions were edited; neither rating nor budget rests on them.",
            ),
            class_="faint",
        )
    if found.moved.sheets:
        yield element("h2", say("府省別・年度別", "By ministry and year"))
        yield _table(
            groups(found, "authority", say), say("府省別（動くところだけ）", "By ministry, where something moves")
        )
        yield _table(
            groups(found, "fiscal_year", say), say("年度別（動くところだけ）", "By year, where something moves")
        )
        yield element("h2", say("動く評価書", "Sheets that move"))
        rest = len(found.moves) - _MOVES
        caption = say("予算額の多い順", "The most money first")
        if rest > 0:
            caption += say(
                f"。{_MOVES:,}件まで（ほか {rest:,}件は --xlsx と --json に）", f"; {rest:,} more in --xlsx and --json"
            )
        yield _table(move_rows(found, _MOVES, say), caption)


def sweep_html(found: Sweep, language: Language) -> str:
    """The page of a sweep, with its charts.

    Raises:
        HyoteiError: what draws charts is not installed (HY902).
    """
    say = Say(language)
    title = slide_title(found.slide, say)
    books = {found.rulebook.id: found.rulebook.hash}
    return _page(title, summary(found, say), not found.steps, _sweep(found, say), books, found.corpus_hash, say)


def _sweep(found: Sweep, say: Say) -> Iterator[Html]:
    for note in found.notes:
        yield element("p", note.message(say.language), class_="faint")
    for number, chart in enumerate(sweep_charts(found, say), 1):
        yield _figure(chart, number)
    stretches = shown(found, _STEPS)
    left = len(found.stretches) - len(stretches)
    caption = say("すべての段", "All steps")
    if left:
        caption = say(
            f"動きの大きい段（ほか {left:,} は --xlsx と --json に）",
            f"The largest steps; {left:,} more in --xlsx and --json",
        )
    yield element("h2", say("段", "Steps"))
    says = say(
        "各行は、その値（「超」はそれを超えたところ）から次の行まで成り立つ。値は評価書の数値から厳密に求めた。",
        "Each row holds from its value (or just above it) up to the next. The values follow exactly from the sheets.",
    )
    if not left:
        says += say("間では何も動かない。", " Between them nothing moves.")
    says += say("数の変わらない結果の列は除いた。", " Results whose number never changes have no column.")
    yield element("p", says, class_="faint")
    yield _table(sweep_rows(found, stretches, say), caption)


def _figure(chart: Chart, number: int) -> Html:
    heading = element("h2", chart.title, id=f"chart-{number}")
    return element("figure", heading, element("figcaption", chart.says), Html(chart.svg))


def _page(
    title: str, lead: str, same: bool, parts: Iterator[Html], books: dict[str, str], corpus_hash: str, say: Say
) -> str:
    head = element(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        Html(f"<style>{STYLE}{_MORE_STYLE}</style>"),
    )
    foot = [element("div", text) for _, text in footer(books, corpus_hash, say)]
    body = element(
        "body",
        element("h1", title),
        element("p", lead, class_="lead same" if same else "lead"),
        join(parts),
        element("p", *foot, class_="faint"),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=say.language)}\n"


def _kinds(rows: Rows) -> list[Kind]:
    """Columns of numbers stand to the right."""
    kinds: list[Kind] = []
    for at in range(len(rows[0])):
        cells = [row[at] for row in rows[1:] if row[at]]
        number = at > 0 and bool(cells) and all(cell[0].isdigit() or cell == "·" for cell in cells)
        kinds.append("n" if number else "")
    return kinds


def _table(rows: Rows, caption: str) -> Html:
    return table(caption, [Head(text, kind) for text, kind in zip(rows[0], _kinds(rows), strict=True)], rows[1:])


def _matrix(rows: Rows, caption: str) -> Html:
    """The diagonal, which stays, is shaded."""
    told: list[list[object]] = []
    for number, row in enumerate(rows[1:]):
        cells: list[object] = list(row)
        if number + 1 < len(rows) - 1:
            cells[number + 1] = element("td", row[number + 1], class_="n stays")
        told.append(cells)
    return table(caption, [Head(text, "n" if at else "") for at, text in enumerate(rows[0])], told)
