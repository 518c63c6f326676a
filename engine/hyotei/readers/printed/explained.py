"""How a document is read, cell by cell: the form it is taken for and why, whose words claim which cell, and what is unread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from hyotei.forms.items import TableKind
from hyotei.forms.model import Form, Row
from hyotei.forms.recognition import Score, scores
from hyotei.intake.given_identity import NOTHING, GivenIdentity
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.evaluation_text.year_heading import year_heading
from hyotei.readers.printed.form_blocks import Block, FormLine, FormPlace
from hyotei.readers.printed.form_sheets import form_for, read_by, texts_of
from hyotei.readers.reader import Found
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES, YEARLY
from hyotei.sheet.models import Quantity, Sheet, Source

_KINDS: Final[tuple[TableKind, ...]] = ("list", "labels", "budget", "measures", "parts", "choices", "claims")
_REMARK: Final = re.compile(r"\(?※[0-9a-z]*\)?|\(?注[0-9]*\)|\*[0-9]*|[(\[][^()\[\]]*[)\]]$")
_LONGEST: Final = 60
_NEAR: Final = 2020
Taken = Literal["words", "year", "value", "unread", "text"]
"""What became of a cell: words of a form, a year, a value of the sheet, a figure that nothing was made of, or other text."""


class Claim(NamedTuple):
    """One cell or line: where, what it prints, what became of it, and the words or the value that it was taken for."""

    place: FormPlace
    text: str
    taken: Taken
    form: str = ""
    kind: str = ""
    item: str = ""


class Explanation(NamedTuple):
    """The forms that a document may be of, the one by which it was read, each cell, and what was read."""

    scores: tuple[Score, ...]
    form: Form
    claims: tuple[Claim, ...]
    found: tuple[Found, ...]


def explain(blocks: Sequence[Block], file: str | None, given: GivenIdentity = NOTHING) -> Explanation:
    """How a document is read by the form that it is taken for."""
    form, _ = form_for(blocks, file, given)
    found = tuple(read_by(form, blocks, file, given))
    values = dict(_values(each.sheet for each in found if each.sheet is not None))
    claims = tuple(_claim(text, place, form, values) for text, place in _pieces(blocks))
    return Explanation(tuple(scores(texts_of(blocks))), form, claims, found)


def _pieces(blocks: Iterable[Block]) -> Iterator[tuple[str, FormPlace]]:
    for block in blocks:
        if isinstance(block, FormLine):
            yield block.text, block.place
        else:
            yield from ((cell.text, cell.place) for cell in block.cells if cell.text.strip())


def _claim(text: str, place: FormPlace, form: Form, values: dict[tuple[str, str], str]) -> Claim:
    shown = " ".join(text.split())[:_LONGEST]
    value = values.get((place.cell or f"line {place.line}", " ".join(text.split())))
    if value is not None:
        return Claim(place, shown, "value", form.id, "", value)
    plain = bare(text)
    for each in dict.fromkeys((plain, _REMARK.sub("", plain))):
        found = _row(each, form) if each and len(each) <= _LONGEST else None
        if found is not None:
            kind, row = found
            same = [each.item for each in form.rows(kind) if each.pattern == row.pattern] if row.heading else [row.item]
            return Claim(place, shown, "words", row.form, kind, "・".join(dict.fromkeys(same)))
    if year_heading(text, FormWords(form, _NEAR)) is not None:
        return Claim(place, shown, "year", form.id)
    return Claim(place, shown, "unread" if any(map(str.isdigit, plain)) and len(plain) <= _LONGEST else "text")


def _row(text: str, form: Form) -> tuple[TableKind, Row] | None:
    for kind in _KINDS:
        for row in form.rows(kind):
            if re.fullmatch(row.pattern, text) is not None:
                return kind, row
    return None


def _values(sheets: Iterable[Sheet]) -> Iterator[tuple[tuple[str, str], str]]:
    """The names of the values that were read, by the cell and text of their sources."""
    for sheet in sheets:
        for name, source in dict(sheet.identity).items():
            yield from _of_source(source, name)
        for year in sheet.budget_years:
            for row in OF_BUDGET_YEARS:
                if row.quantity:
                    yield from _of_quantity(getattr(year, row.field), f"{row.field} {year.fiscal_year}")
        for indicator in (*sheet.indicators, *sheet.outputs):
            for measure in indicator.measures:
                for fact in (*measure.facts, *measure.recorded):
                    yield from _of_quantity(fact.figure, f"{indicator.name[:20]} {fact.name}")
                for row in OF_MEASURES:
                    if row.quantity:
                        yield from _of_quantity(getattr(measure, row.field), f"{indicator.name[:20]} {row.field}")
                for point in measure.series:
                    for row in YEARLY:
                        name = f"{indicator.name[:20]} {row.field} {point.fiscal_year}"
                        yield from _of_quantity(getattr(point, row.field), name)
        for fact in (*sheet.facts, *sheet.recorded.results):
            yield from _of_quantity(fact.figure, fact.name)
        for name in ("rating_source", "budget_source"):
            yield from _of_source(getattr(sheet.recorded, name), f"recorded.{name.removesuffix('_source')}")


def _of_quantity(quantity: Quantity, name: str) -> Iterator[tuple[tuple[str, str], str]]:
    yield from _of_source(quantity.source, name)


def _of_source(source: Source | None, name: str) -> Iterator[tuple[tuple[str, str], str]]:
    if source is not None and source.text:
        yield (source.cell or f"line {source.line}", " ".join(source.text.split())), name
