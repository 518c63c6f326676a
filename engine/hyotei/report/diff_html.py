"""A comparison of two rulebooks as one page that needs nothing else, and prints on A4."""

from collections.abc import Iterator
from typing import Final

from hyotei.compare.model import ChangedRegion, DecisionChange, Difference, RulebookDiff
from hyotei.messages import Language
from hyotei.report.diff_words import DiffWords
from hyotei.report.markup import text as escape
from hyotei.report.sheet_lines import sheet_lines

STYLE: Final = """
:root { color-scheme: light; }
body { font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; color: #1c2430;
  background: #fff; margin: 0 auto; padding: 2rem 1.5rem; max-width: 60rem; line-height: 1.6; font-size: 15px; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; border-bottom: 2px solid #1c2430; padding-bottom: .2rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
.lead { padding: .7rem 1rem; border-left: 5px solid #b3261e; background: #fbf1f0; margin: 0 0 1rem; }
.lead.same { border-color: #1b6b3a; background: #eff7f1; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 .8rem; }
th, td { border: 1px solid #c3c9d2; padding: .3rem .55rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eef1f5; font-weight: 600; }
td.answer { min-width: 8rem; } td.effect { white-space: nowrap; }
td.number { text-align: right; width: 2rem; }
.before { color: #6b2a25; } .after { color: #14532d; font-weight: 700; }
.none { color: #1b6b3a; } .changes { color: #b3261e; } .faint { color: #5a6472; font-size: .88rem; }
code { font-family: "Noto Sans Mono CJK JP", ui-monospace, monospace; font-size: .93em; }
pre { margin: .2rem 0 0; padding: .5rem .7rem; background: #f6f7f9; white-space: pre-wrap; font-family: inherit; font-size: .9rem; }
details > summary { cursor: pointer; }
ul { padding-left: 1.3rem; margin: .3rem 0; }
@page { size: A4; margin: 16mm 14mm; }
@media print { body { padding: 0; max-width: none; font-size: 10.5pt; } h2, h3 { break-after: avoid; }
  tr, pre, .lead { break-inside: avoid; } }
"""


def diff_html(diff: RulebookDiff, language: Language) -> str:
    """The page."""
    return "\n".join(_Page(diff, language).lines()) + "\n"


class _Page:
    def __init__(self, diff: RulebookDiff, language: Language) -> None:
        self.diff, self.language = diff, language
        self.words = DiffWords(diff, language)

    def lines(self) -> Iterator[str]:
        diff, words = self.diff, self.words
        yield f'<!DOCTYPE html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(words.title())}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
        yield f"<h1>{escape(words.title())}</h1>"
        kind = "lead same" if diff.status == "same" else "lead"
        yield f'<p class="{kind}">{escape(words.conclusion())}</p>'
        if diff.results and diff.status != "same":
            yield f"<h2>{words.say('評価区分と予算', 'Rating and budget')}</h2>\n<ul>"
            for result in diff.results:
                mark = "none" if result.outcome == "same" else "changes"
                yield f'<li class="{mark}">{escape(words.result(result))}</li>'
            yield "</ul>"
        if diff.decisions:
            yield f"<h2>{words.say('判断', 'Decisions')}</h2>"
            for change in diff.decisions:
                yield from self.decision(change)
        if diff.edits:
            yield from self.edits()
        if diff.notes:
            yield f"<h2>{words.say('そのほか', 'Apart from that')}</h2>\n<ul>"
            for note in diff.notes:
                yield f"<li>{escape(words.note(note))}</li>"
            yield "</ul>"
        yield f'<p class="faint">{escape(words.solver())}</p>\n</body>\n</html>'

    def decision(self, change: DecisionChange) -> Iterator[str]:
        words = self.words
        title = f"{escape(change.title)} <code>{escape(change.name)}</code>"
        mark = "none" if change.outcome == "same" else "changes"
        yield f'<h3>{title}</h3>\n<p class="{mark}">{escape(words.outcome(change))}</p>'
        if change.regions:
            yield from self.regions(change)
        if change.outcome != "same" and change.results:
            yield "<ul>"
            for result in change.results:
                yield f"<li>{escape(words.alone(change, result))}"
                if result.example is not None and words.fresh(change, result):
                    yield self.sheet(result.example)
                yield "</li>"
            yield "</ul>"

    def regions(self, change: DecisionChange) -> Iterator[str]:
        words = self.words
        used = [
            at
            for at in range(len(change.columns))
            if any(region.cells.ja[at] != "-" for region in change.regions if region.cells.ja)
        ]
        heads = [words.column(change.columns[at]) for at in used]
        heads += [words.say("答え", "answer"), words.say("原因", "because of")]
        yield '<div class="scroll"><table>\n<thead><tr><th></th>'
        yield "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr></thead>\n<tbody>"
        for number, region in enumerate(change.regions, 1):
            cells = region.cells.ja if self.language == "ja" else region.cells.en
            row = [f'<td class="number">{number}</td>', *(f"<td>{escape(cells[at])}</td>" for at in used)]
            row.append(f'<td class="answer">{self.answers(change, region)}</td>')
            row.append(f"<td>{'<br>'.join(map(escape, words.causes(region)))}</td>")
            yield f"<tr>{''.join(row)}</tr>"
            told = (
                self.sheet(region.example)
                if region.example
                else f'<span class="faint">{escape(words.reach(region))}</span>'
            )
            if region.example is not None or words.reach(region):
                yield f'<tr><td></td><td colspan="{len(heads)}">{told}</td></tr>'
        yield "</tbody>\n</table></div>"

    def answers(self, change: DecisionChange, region: ChangedRegion) -> str:
        parts = []
        for name, before, after in self.words.answers(change, region):
            lead = f"<code>{escape(name)}</code> " if name and len(change.outputs) > 1 else ""
            told = f'<span class="before">{escape(before)}</span> → <span class="after">{escape(after)}</span>'
            parts.append(lead + told)
        rows = self.words.rows(region)
        if rows:
            parts.append(f'<span class="faint">{escape(rows)}</span>')
        return "<br>".join(parts)

    def sheet(self, example: Difference) -> str:
        words = self.words
        lines = [*sheet_lines(example.sheet, self.language)]
        lines += [f"{name}: {before} → {after}" for name, before, after in words.results_of(example)]
        lead = words.sheet_lead(example)
        return f'<span class="faint">{escape(lead)}</span><pre>{escape(chr(10).join(lines))}</pre>'

    def edits(self) -> Iterator[str]:
        words = self.words
        yield f"<h2>{words.say('変更とその影響', 'Edits and what each does')}</h2>"
        heads = words.say("変更", "edit"), words.say("影響", "effect")
        yield f"<table>\n<thead><tr><th>{heads[0]}</th><th>{heads[1]}</th></tr></thead>\n<tbody>"
        for edit in self.diff.edits:
            effect = escape(words.effect(edit))
            yield f'<tr><td>{escape(words.edit(edit))}</td><td class="effect {edit.effect}">{effect}</td></tr>'
        yield "</tbody>\n</table>"
