"""An impact and a sweep in the terminal."""

from collections.abc import Iterator

from hyotei.base.display_width import display_width
from hyotei.base.printable import printable
from hyotei.impact.model import Impact
from hyotei.impact.sweep import Sweep
from hyotei.messages import Language
from hyotei.report.audit_words import OUTPUTS, Say
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
from hyotei.report.impact_words import headline, slide_title, two_books
from hyotei.rulebook.canonical import shown_hash

Line = tuple[str, str]
_MOVES = 20
_GROUPS = 15
_STEPS = 24
_WIDEST = 64


def impact_text(found: Impact, language: Language) -> Iterator[Line]:
    """The impact, with the sheets of the most money."""
    say = Say(language)
    yield "title", two_books(found)
    yield ("good" if not found.moved.sheets else "bad"), headline(found, say)
    for result in found.results:
        yield "plain", ""
        yield "strong", say.of(OUTPUTS, result.name)
        yield from table(matrix(result, say))
        if result.moved:
            yield "plain", ""
            yield from table(ways(result, say))
    if found.edits:
        yield "plain", ""
        yield "strong", say("変更", "Edits")
        yield from table(edits(found, say))
    if found.moved.sheets:
        for by, title in (("authority", say("府省別", "By ministry")), ("fiscal_year", say("年度別", "By year"))):
            rows = groups(found, by, say)
            yield "plain", ""
            yield "strong", title
            yield from table(rows[: _GROUPS + 1])
            if len(rows) > _GROUPS + 1:
                yield "faint", say(f"ほか {len(rows) - 1 - _GROUPS}", f"{len(rows) - 1 - _GROUPS} more")
        yield "plain", ""
        yield "strong", say("動く評価書（予算額の多い順）", "Sheets that move, the most money first")
        yield from table(move_rows(found, _MOVES, say))
        if len(found.moves) > _MOVES:
            more = len(found.moves) - _MOVES
            yield (
                "faint",
                say(f"ほか {more:,}件（--html、--xlsx、--json にすべて）", f"{more:,} more: --html, --xlsx, --json"),
            )
    yield "plain", ""
    yield from footer(rulebooks(found, say), found.corpus_hash, say)


def sweep_text(found: Sweep, language: Language) -> Iterator[Line]:
    """The sweep as a table: every step, or those at which the most sheets move."""
    say = Say(language)
    yield "title", f"{found.rulebook.id}  {slide_title(found.slide, say)}"
    yield "plain", summary(found, say)
    yield "plain", ""
    stretches = shown(found, _STEPS)
    yield from table(sweep_rows(found, stretches, say))
    left = len(found.stretches) - len(stretches)
    if found.steps:
        told = "数の変わらない結果の列は除いた", "results whose number never changes have no column"
        yield "faint", say(*told)
    if left:
        yield (
            "faint",
            say(
                f"動きの大きいものだけ。ほかの {left:,}（--xlsx、--json にすべて）",
                f"only the largest steps; {left:,} more: --xlsx, --json",
            ),
        )
    yield "plain", ""
    yield from footer({found.rulebook.id: found.rulebook.hash}, found.corpus_hash, say)


def rulebooks(found: Impact, say: Say) -> dict[str, str]:
    """The hashes of both rulebooks by their names."""
    return {
        say(f"（旧）{found.old.id}", f"{found.old.id} (old)"): found.old.hash,
        say(f"（新）{found.new.id}", f"{found.new.id} (new)"): found.new.hash,
    }


def footer(books: dict[str, str], corpus_hash: str, say: Say) -> Iterator[Line]:
    """The hashes of what was rated by what."""
    for name, value in books.items():
        yield "faint", say(f"評価基準書 {name} {shown_hash(value, None)}", f"rulebook {name} {shown_hash(value, None)}")
    yield "faint", say(f"評価書（コーパス） {corpus_hash}", f"sheets (corpus) {corpus_hash}")


def table(rows: Rows) -> Iterator[Line]:
    """Rows in columns; numbers to the right, texts to the left, and long ones cut."""
    cells = [[_cut(printable(cell), last=at == len(row) - 1) for at, cell in enumerate(row)] for row in rows]
    widths = [max(display_width(row[at]) for row in cells) for at in range(len(rows[0]))]
    right = [at > 0 and all(_is_number(row[at]) for row in cells[1:]) for at in range(len(rows[0]))]
    for number, row in enumerate(cells):
        told = []
        for at, cell in enumerate(row):
            space = " " * (widths[at] - display_width(cell))
            told.append(space + cell if right[at] else cell + space)
        yield ("faint" if number == 0 else "plain"), "  " + "  ".join(told).rstrip()


def _cut(text: str, last: bool) -> str:
    if last or display_width(text) <= _WIDEST:
        return text
    while display_width(text) > _WIDEST - 1:
        text = text[:-1]
    return text + "…"


def _is_number(text: str) -> bool:
    return not text or text == "·" or text[0].isdigit()
