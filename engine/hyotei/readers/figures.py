"""Figures of a hand-written sheet: a text, a mapping with its own place, or a list over several years."""

from dataclasses import dataclass

from hyotei.base.yaml import YamlList, YamlMap, YamlText
from hyotei.messages import Diagnostic, Location
from hyotei.readers.form import Form
from hyotei.sheet.models import Quantity, Reading, Source
from hyotei.sheet.quantity import read_quantity

_KEYS = ("text", "at", "page", "reading", "note")
_READINGS: dict[str, Reading] = {
    "stated": "stated",
    "inferred": "inferred",
    "ambiguous": "ambiguous",
    "記載": "stated",
    "推定": "inferred",
    "不確か": "ambiguous",
}


@dataclass(frozen=True, slots=True)
class FigureReader:
    """Reads figures in what is known around them: the evaluated year, the unit of their table, the file."""

    year: int | None
    file: str | None
    problems: list[Diagnostic]

    def one(self, form: Form, key: str, place: str | None, unit: str | None = None) -> Quantity:
        """The single figure at `key`; missing where nothing stands there."""
        value = form.values.get(key)
        if value is None:
            return Quantity(unknown="missing")
        if isinstance(value, YamlList):
            form.wrong_kind(key, value, YamlText)
            return Quantity(unknown="missing")
        return self.figure(form, key, value, place, unit)

    def many(self, form: Form, key: str, place: str | None) -> dict[int | None, Quantity]:
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

    def figure(
        self, form: Form, key: str, value: YamlText | YamlMap, place: str | None, unit: str | None = None
    ) -> Quantity:
        if isinstance(value, YamlText):
            return self.read("" if value.blank else value.text, form.at(value), place, unit)
        inner = Form(value, _KEYS, self.file, self.problems)
        written = inner.values.get("text")
        if written is None:
            inner.value("text", required=True)
            return Quantity(unknown="missing")
        if not isinstance(written, YamlText):
            inner.wrong_kind("text", written, YamlText)
            return Quantity(unknown="missing")
        text = "" if written.blank else written.text
        quantity = self.read(text, inner.at(written), inner.text("at") or place, unit)
        return _annotated(quantity, inner)

    def read(self, text: str, at: Location, place: str | None, unit: str | None) -> Quantity:
        quantity, problems = read_quantity(text, year_hint=self.year, default_unit=unit, location=at, place=place)
        # Without the evaluated year no era can be found; that the year is missing is told already.
        self.problems.extend(each for each in problems if self.year is not None or each.code != "HY203")
        return quantity


def _annotated(quantity: Quantity, form: Form) -> Quantity:
    """The quantity with what the mapping says of its reading."""
    source = quantity.source
    assert source is not None, "a quantity that was read has its source"
    reading = form.choice("reading", _READINGS)
    note = form.text("note")
    page = form.text("page")
    number = int(page) if page is not None and page.isascii() and page.isdigit() and len(page) < 7 else None
    if page is not None and number is None:
        form.tell("HY234", form.values["page"], key="page", value=page[:40], choices="1、2、3…")
    changed = Source(
        text=source.text,
        file=source.file,
        page=number,
        line=source.line,
        place=source.place,
        reading=_least_sure(source.reading, reading),
        note="；".join(filter(None, (source.note, note))) or None,
        candidates=source.candidates,
    )
    return quantity.model_copy(update={"source": changed})


def _least_sure(found: Reading, said: Reading | None) -> Reading:
    """A writer may call a reading less sure than it looks, not more."""
    order: tuple[Reading, ...] = ("stated", "inferred", "ambiguous")
    return found if said is None else max(found, said, key=order.index)
