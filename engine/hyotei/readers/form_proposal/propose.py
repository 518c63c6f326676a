"""A form for the documents of an authority that nobody knows yet, from one of them and, where there is one, its right reading.

What is proposed is tried: a row stays in the form only if more figures are read rightly with it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from hyotei.base.text_folding import folded
from hyotei.forms.library import base_form, find_form
from hyotei.forms.load import parse_form
from hyotei.intake.given_identity import GivenIdentity
from hyotei.messages import HyoteiError
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.form_proposal.figures import right, wanted
from hyotei.readers.form_proposal.form_text import ProposedForm, ProposedRow
from hyotei.readers.form_proposal.lists import propose_list
from hyotei.readers.form_proposal.printed_forms import candidates, labels_of, names_of, recorded_of
from hyotei.readers.form_proposal.without_reading import list_by_headings, unknown_headings
from hyotei.readers.printed.form_blocks import Block, FormCell, FormLine
from hyotei.readers.printed.form_sheets import read_by
from hyotei.readers.printed.form_text import is_heading
from hyotei.readers.printed.grid import Grid, close, grid_of
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.models import Sheet

_TITLE: Final = re.compile(r"(?:令和|平成|昭和)?[0-9元]{1,4}年度?|[(（].*?[)）]|[0-9]+")
_LONGEST: Final = 30
_EVALUATED: Final = ("title", "before title", "latest executed", "latest actual")
_MOST_WORDS: Final = 6


class Proposal(NamedTuple):
    """The text of a form, and how many figures of the right reading it reads: rightly, of how many, and besides."""

    text: str
    right: int = 0
    whole: int = 0
    besides: int = 0


def propose(
    blocks: Sequence[Block], form_id: str, sheets: Sequence[Sheet] = (), authority: str | None = None
) -> Proposal:
    """A form by which a document reads.

    Args:
        blocks: what the document prints.
        form_id: id of the new form.
        sheets: the right reading, in the order of the document; without one the headings that are known are proposed.
        authority: the authority, where no right reading says it.
    """
    grids = [grid_of(block) for block in blocks if not isinstance(block, FormLine)]
    name = sheets[0].authority if sheets else authority or "府省庁不明"
    form = ProposedForm(form_id, _title(blocks) or form_id, name)
    form.every, form.some = _recognition(blocks, grids, sheets)
    best = _as_list(form, grids, blocks, sheets)
    if best is None:
        best = _as_printed(form, grids, blocks, sheets)
    else:
        # Below its headings a list prints values only.
        headings = {row.printed for row in best.rows} | set(best.unknown)
        best = replace(best, some=[word for word in best.some if word in headings])
    if not sheets:
        return Proposal(best.text())
    read = _read(best, blocks, _given(sheets))
    hits, whole, besides = right(_of_examples(read, sheets) if best.line_is is not None else read, sheets)
    return Proposal(best.text(), hits, whole, besides)


def _read(form: ProposedForm, blocks: Sequence[Block], given: GivenIdentity | None = None) -> list[Sheet]:
    """The sheets that a form as far as it is proposed reads."""
    try:
        made = parse_form(form.text(), find_form).form
    except HyoteiError:
        return []
    found = read_by(made, blocks, None, given or GivenIdentity())
    return [each.sheet for each in found if each.sheet is not None]


def _score(form: ProposedForm, blocks: Sequence[Block], sheets: Sequence[Sheet]) -> tuple[int, int]:
    """How well a form reads: figures that are right, less those that the right reading has not."""
    hits, _, besides = right(_read(form, blocks, _given(sheets)), sheets)
    return hits - besides, hits


def _given(sheets: Sequence[Sheet]) -> GivenIdentity | None:
    """The evaluated year, while the way in which the form finds it is not known yet."""
    years = {sheet.fiscal_year for sheet in sheets}
    return GivenIdentity(fiscal_year=next(iter(years))) if len(years) == 1 else None


def _whole(sheets: Sequence[Sheet]) -> int:
    return sum(len(wanted(sheet)) for sheet in sheets)


def _as_list(
    form: ProposedForm, grids: Sequence[Grid], blocks: Sequence[Block], sheets: Sequence[Sheet]
) -> ProposedForm | None:
    """The form as a list, where that reads more than half of the figures; without a reading, where its headings are known.

    An example that is unlike the others (an indicator left out in the middle) spoils columns of all, so it is tried with fewer
    examples too, and what reads most of all of them is taken.
    """
    best: tuple[int, ProposedForm] | None = None
    counts = dict.fromkeys([len(sheets) >> halved for halved in range(len(sheets).bit_length())] or [0])
    for grid in grids:
        for count in counts:
            found = propose_list(grid, sheets[:count]) if sheets else list_by_headings(grid)
            if found is None:
                continue
            proposed = replace(form, line_is=found.line_is, rows=found.rows, unknown=found.unknown)
            if not sheets:
                return proposed
            hits, whole, besides = right(_of_examples(_read(proposed, blocks, _given(sheets)), sheets), sheets)
            if whole and 2 * hits > whole and (best is None or hits - besides > best[0]):
                best = hits - besides, proposed
                if best[0] == whole:
                    return proposed
    return None if best is None else best[1]


def _of_examples(read: Iterable[Sheet], sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that were read, in the order of the right reading, by their titles."""
    by_title: dict[str, list[Sheet]] = {}
    for sheet in read:
        by_title.setdefault(bare(sheet.title), []).append(sheet)
    found: list[Sheet] = []
    for sheet in sheets:
        same = by_title.get(bare(sheet.title), [])
        found.append(
            same.pop(0) if same else sheet.model_copy(update={"objectives": (), "outputs": (), "budget_years": ()})
        )
    return found


def _as_printed(
    form: ProposedForm, grids: Sequence[Grid], blocks: Sequence[Block], sheets: Sequence[Sheet]
) -> ProposedForm:
    """The form with the rows that make more of the figures right, tried one after the other."""
    base = base_form()
    form = replace(form, unknown=unknown_headings(grids, base))
    if not sheets:
        return form
    sheet = sheets[0]
    read = next(iter(_read(form, blocks, _given(sheets))), None)
    others = {} if read is None else names_of(read)
    misread = [name for name, text in names_of(sheet).items() if name in others and others[name] != text]
    labels = [*labels_of(grids, sheet, base, misread), *recorded_of(grids, sheet, base)]
    found = candidates(grids, sheet, FormWords(base, sheet.fiscal_year))
    likeliest = list({row.printed: row for row in reversed(found)}.values())[::-1]
    # Some rows read nothing without each other, so the likeliest are tried together, then one by one without each, then the others.
    form = max(
        (replace(form, rows=labels), replace(form, rows=[*labels, *likeliest])),
        key=lambda each: _score(each, blocks, sheets),
    )
    best = _score(form, blocks, sheets)
    for row in reversed(form.rows[len(labels) :]):
        tried = replace(form, rows=_without(form.rows, row))
        score = _score(tried, blocks, sheets)
        if score >= best:
            form, best = tried, score
    for row in found:
        if best[1] == _whole(sheets) or row in form.rows:
            continue
        tried = replace(form, rows=[*_without(form.rows, row), row])
        score = _score(tried, blocks, sheets)
        if score > best:
            form, best = tried, score
    form = _evaluated(form, blocks, sheets)
    known = {row.printed for row in form.rows}
    known |= {bare(text) for text in _own_words(sheet)}
    return replace(form, unknown=[each for each in form.unknown if each not in known])


def _without(rows: Iterable[ProposedRow], row: ProposedRow) -> list[ProposedRow]:
    return [each for each in rows if (each.kind, each.printed) != (row.kind, row.printed)]


def _evaluated(form: ProposedForm, blocks: Sequence[Block], sheets: Sequence[Sheet]) -> ProposedForm:
    """The way in which the evaluated year of the right reading is found."""
    years = [sheet.fiscal_year for sheet in sheets]
    for way in (None, *_EVALUATED):
        tried = replace(form, evaluated=way)
        if [sheet.fiscal_year for sheet in _read(tried, blocks)] == years:
            return tried
    return replace(form, years=f"{min(years) - 3}..{max(years) + 3}")


def _texts(blocks: Iterable[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        found += [block.text] if isinstance(block, FormLine) else [cell.text for cell in block.cells]
    return found


def _title(blocks: Iterable[Block]) -> str | None:
    """The first text of a document, without its year."""
    for text in _texts(blocks)[:5]:
        plain = _TITLE.sub("", " ".join(folded(text).split())).strip()
        if 3 < len(plain) <= 60:
            return plain
    return None


def _recognition(
    blocks: Sequence[Block], grids: Sequence[Grid], sheets: Sequence[Sheet]
) -> tuple[list[str], list[str]]:
    """Words by which documents of the form are known: its title, and headings that other documents of it print as well."""
    own = {bare(text) for sheet in sheets for text in _own_words(sheet)}
    texts = [bare(text) for text in _texts(blocks)]
    words = [
        text
        for text in dict.fromkeys(texts)
        if 3 < len(text) <= _LONGEST and text not in own and not any(map(str.isdigit, text)) and "。" not in text
    ]
    title = bare(_title(blocks) or "")
    every = [title] if title and any(title in text for text in texts) and title not in own else words[:1]
    labels = {close(cell) for grid in grids for cell in grid.cells if _may_be_heading(grid, cell)}
    some = [word for word in words if word in labels and word not in every]
    return every, some[:_MOST_WORDS]


def _may_be_heading(grid: Grid, cell: FormCell) -> bool:
    """Whether a cell holds what other documents of the form print as well, and no value.

    It is a word of all forms, or the first text of its row with a text behind it: a name stands before figures.
    """
    base, text = base_form(), close(cell)
    if any(base.item(kind, text) is not None for kind in ("labels", "budget", "measures")) or is_heading(cell, base):
        return True
    row = grid.starting(cell.row)
    return row[0] is cell and len(row) > 1 and not any(map(str.isdigit, row[1].text))


def _own_words(sheet: Sheet) -> Iterable[str]:
    """The texts of a sheet that other sheets of its form do not have."""
    yield from filter(None, (sheet.title, sheet.number, sheet.policy, sheet.field, sheet.goal, sheet.document))
    for objective in sheet.objectives:
        yield objective.name
        yield from (indicator.name for indicator in objective.indicators)
    yield from (indicator.name for indicator in sheet.outputs)
