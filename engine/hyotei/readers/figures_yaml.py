"""Figures of a sheet in YAML: a text, a mapping with its own place or its exact parts, or a list over several years.

Where the file keeps what is printed, a figure that is no longer the one that was read is marked as corrected.
"""

import re
from typing import Final

from hyotei.base.lazy_pattern import lazy_pattern
from hyotei.base.yaml import YamlList, YamlMap, YamlText, YamlValue
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Location
from hyotei.readers import sheet_keys as keys
from hyotei.readers.exact_figure import exact_figure, is_exact
from hyotei.readers.mapping_reader import MappingReader
from hyotei.readers.printed_record import READINGS, Record, notes_of, record_of
from hyotei.sheet.correction import before_correction, corrected
from hyotei.sheet.models import MISSING, Quantity, Reading, Source
from hyotei.sheet.notes import joined_notes
from hyotei.sheet.quantity import print_quantity, read_quantity
from hyotei.sheet.quantity_words import UNKNOWN_WORDS

_QUALITATIVE: Final = lazy_pattern(
    rf"\s*({'|'.join(UNKNOWN_WORDS['qualitative'])})\s*[（(].*[）)]\s*(【[^【】]*】)?\s*", re.DOTALL
)
"""「定性的（6件の構築を含む）【24年度】」."""


@dataclass(frozen=True, slots=True)
class FigureReader:
    """Reads figures in what is known around them: the evaluated year, the file, the file of the original."""

    year: int | None
    file: str | None
    problems: list[Diagnostic]
    printed_in: str | None = None

    def one(self, form: MappingReader, key: str, place: str | None, unit: str | None = None) -> Quantity:
        """The single figure at `key`; missing where nothing stands there."""
        told = len(self.problems)
        value = form.values.get(key)
        if isinstance(value, YamlList):
            form.wrong_kind(key, value, YamlText)
            value = None
        found = MISSING if value is None else self.figure(form, key, value, place, unit)
        return self.settled(form, key, found, told)

    def many(self, form: MappingReader, key: str, place: str | None) -> dict[int | None, Quantity]:
        """The figures at `key` by their fiscal year; of two for one year the first is kept and the other told."""
        value = form.values.get(key)
        if value is None:
            return {}
        items = value.items if isinstance(value, YamlList) else (value,)
        found: dict[int | None, Quantity] = {}
        lines: dict[int | None, int] = {}
        for item in items:
            if isinstance(item, YamlList):
                form.wrong_kind(key, item, YamlText)
                continue
            quantity = self.figure(form, key, item, place)
            # A figure without a year is of the evaluated year.
            year = quantity.fiscal_year if quantity.fiscal_year is not None or len(items) == 1 else self.year
            if year in found:
                form.tell("HY235", item, key=key, year=str(year), first=str(lines[year]))
                continue
            found[year], lines[year] = quantity, item.line
        return found

    def settled(self, form: MappingReader, key: str, found: Quantity, told: int) -> Quantity:
        """The figure with the source that the file keeps for it, and marked where it is not the one that was read.

        Args:
            form: the part of the sheet.
            key: which of its figures.
            found: what stands there now.
            told: the number of problems before it was read; of an unchanged figure all was told when it was read first.
        """
        of_figure = slice(told, len(self.problems))
        record = record_of(form, key, self.printed_in)
        if record is None:
            return found
        before = self.recorded(record)
        if found.fiscal_year is None and before.fiscal_year is not None:
            # Who types a figure without its year means another figure, not another year.
            found = found.model_copy(update={"fiscal_year": before.fiscal_year})
        if same_figure(found, before):
            del self.problems[of_figure]
            return found.model_copy(update={"source": record.source})
        written = record.read.text if isinstance(record.read, YamlText) else print_quantity(before)
        first = before_correction(record.source)
        original = None if first is None else self.plain(first, record.year)
        return by_a_person(found, record.source, written, original)

    def recorded(self, record: Record) -> Quantity:
        """The figure that a record says was read."""
        if isinstance(record.read, YamlMap):
            found = exact_figure(record.read, self.file, self.problems)
            return found if found.fiscal_year is not None else found.model_copy(update={"fiscal_year": record.year})
        return self.plain("" if record.read is None else record.read.text, record.year)

    def plain(self, text: str, year: int | None) -> Quantity:
        """The figure of a text with nothing around it."""
        found, _ = read_quantity(text, year_hint=self.year)
        return found if found.fiscal_year is not None else found.model_copy(update={"fiscal_year": year})

    def figure(
        self, form: MappingReader, key: str, value: YamlText | YamlMap, place: str | None, unit: str | None = None
    ) -> Quantity:
        if isinstance(value, YamlText):
            return self.read("" if value.blank else value.text, form.at(value), place, unit)
        if is_exact(value):
            return exact_figure(value, self.file, self.problems)
        inner = MappingReader(value, keys.FIGURE, self.file, self.problems)
        written: YamlValue | None = inner.values.get("text")
        if written is None:
            inner.value("text", required=True)
            return MISSING
        if not isinstance(written, YamlText):
            inner.wrong_kind("text", written, YamlText)
            return MISSING
        text = "" if written.blank else written.text
        quantity = self.read(text, inner.at(written), inner.text("at") or place, unit)
        return annotated(quantity, inner)

    def read(self, text: str, at: Location, place: str | None, unit: str | None) -> Quantity:
        # A person may say that words are no figure although a number stands in them; elsewhere that number is told (HY214).
        stated = _QUALITATIVE.fullmatch(text)
        bare = text if stated is None else f"{stated[1]}{stated[2] or ''}"
        quantity, problems = read_quantity(bare, year_hint=self.year, default_unit=unit, location=at, place=place)
        if quantity.source is not None and bare is not text:
            quantity = quantity.model_copy(update={"source": quantity.source.model_copy(update={"text": text})})
        # Without the evaluated year no era can be found; that the year is missing is told already.
        self.problems.extend(each for each in problems if self.year is not None or each.code != "HY203")
        return quantity


def by_a_person(found: Quantity, source: Source | None, before: str, original: Quantity | None) -> Quantity:
    """The figure that a person put in place of another.

    Args:
        found: what stands there now.
        source: where the figure was read.
        before: what stood there, as it is written on a sheet.
        original: what was read of the document, where `before` is a correction already.
    """
    if source is not None and original is not None and same_figure(found, original):
        # The correction was taken back.
        restored = source.model_copy(update={"reading": "stated", "candidates": source.candidates[1:]})
        return found.model_copy(update={"source": restored})
    return corrected(found, source, " ".join(before.split()))


def same_figure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures say the same, wherever they were read."""
    return one.model_copy(update={"source": None}) == other.model_copy(update={"source": None})


def annotated(quantity: Quantity, form: MappingReader) -> Quantity:
    """The quantity with what the mapping says of its reading."""
    source = quantity.source
    assert source is not None, "a quantity that was read has its source"
    reading = form.choice("reading", READINGS)
    note = form.text("note")
    changed = Source(
        text=source.text,
        file=source.file,
        page=form.number("page", 1),
        line=source.line,
        place=source.place,
        reading=_least_sure(source.reading, reading),
        note=note,
        notes=joined_notes(source.notes, notes_of(form)),
        candidates=source.candidates,
    )
    return quantity.model_copy(update={"source": changed})


def _least_sure(found: Reading, said: Reading | None) -> Reading:
    """A writer may call a reading less sure than it looks, not more."""
    order: tuple[Reading, ...] = ("stated", "corrected", "inferred", "ambiguous")
    return found if said is None else max(found, said, key=order.index)
