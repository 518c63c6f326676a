"""The measures of a row: its figures by column, several measures of one cell paired by their labels."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Param
from hyotei.readers.evaluation_text.budget_meaning import PART, partial
from hyotei.readers.evaluation_text.cell_placement import ROLES, Role, Slot, is_word
from hyotei.readers.evaluation_text.doubtful_names import unpaired
from hyotei.readers.evaluation_text.prose_figures import broken_in, figures_in, one_unit
from hyotei.readers.evaluation_text.text_cells import Item, TextCell, figure_of, same_label
from hyotei.readers.evaluation_text.text_lines import SheetText, bare
from hyotei.readers.sheet_keys import figure_name
from hyotei.sheet.models import MISSING, Measure, Quantity, Reading, Source, YearPoint
from hyotei.sheet.notes import Notes, joined_notes, reading_note
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.same_unit import in_one_unit
from hyotei.sheet.units import known

Key = TypeVar("Key", bound=Hashable)
Params = dict[str, Param]
_SEVERAL = "reading_notes.several_fit_column"
_CUT = "reading_notes.brackets_cut"
_REMAINING = "reading_notes.remaining_pair"


@dataclass(slots=True)
class MeasureReader:
    """Reads the slots of rows into measures, and tells what is not certain."""

    document: SheetText
    problems: list[Diagnostic]
    evaluated: int | None = None
    """The evaluated year, where one cell may print several."""

    def measures(self, name: str, line: int, slots: dict[Role, Slot]) -> tuple[Measure, ...]:
        """The measures of one row, at least one."""
        for role, slot in slots.items():
            if slot.candidates:
                self.tell_several(name, role, slot, line)
        slots = without_remarks(slots)
        labels = self.labels(slots)
        if not labels:
            units = self.units(slots)
            figures = {role: self.single(role, slots[role], units, line) for role in ROLES}
            return (_measure(None, figures, self.series(slots)),)
        return tuple(
            _measure(label, {role: self.of_label(label, labels, role, slots[role], name, line) for role in ROLES})
            for label in labels
        )

    def tell_several(self, name: str, role: Role, slot: Slot, line: int) -> None:
        texts = "、".join(_short(each.text) for each in slot.candidates)
        params: Params = {"name": _short(name), "column": figure_name(role), "candidates": texts}
        self.problems.append(Diagnostic("HY271", self.document.at(line), params))

    def series(self, slots: dict[Role, Slot]) -> tuple[YearPoint, ...]:
        """Targets and actuals of the years besides the evaluated one, from cells that print several."""
        points: dict[int, dict[str, Quantity]] = {}
        for role in ("target", "actual"):
            slot = slots[role]
            if slot.cell is None:
                continue
            for year, item in slot.cell.series.items():
                if year != self.evaluated:
                    quantity = self.figure(role, slot.cell, item, slot.notes)
                    points.setdefault(year, {})[role] = quantity.model_copy(update={"fiscal_year": year})
        return tuple(YearPoint.model_validate({"fiscal_year": year, **points[year]}) for year in sorted(points))

    def labels(self, slots: Mapping[Key, Slot]) -> list[str]:
        """The labels of the row's measures, from the column that has the most of them."""
        lists = [
            [item.label or "" for item in slot.cell.items]
            for slot in slots.values()
            if slot.cell is not None and slot.cell.labelled
        ]
        return max(lists, key=len, default=[])

    def units(self, slots: Mapping[Key, Slot]) -> frozenset[str]:
        """The units of the row's figures; of texts alone, the unit that at least two of them bring to a point."""
        found: set[str] = set()
        chief: list[str] = []
        for slot in slots.values():
            if slot.cell is None:
                continue
            for item in slot.cell.items:
                quantity = figure_of(item.text)
                if quantity is not None and quantity.unit is not None:
                    found.add(one_unit(quantity.unit))
            if not slot.cell.figure:
                chief += {each.unit for each in figures_in(slot.cell.text) if each.chief}
        return frozenset(found or {unit for unit in chief if chief.count(unit) > 1})

    def of_label(self, label: str, labels: Sequence[str], role: Role, slot: Slot, name: str, line: int) -> Quantity:
        """The figure of one measure in one column."""
        cell = slot.cell
        if cell is None or not cell.labelled:
            if cell is not None and cell.figure and figure_of(cell.items[0].text) is not None:
                quantity = figure_of(cell.items[0].text)
                if quantity is not None and quantity.value is None and quantity.low is None:
                    # 「集計中」 in place of all of them.
                    return self.figure(role, cell, cell.items[0], slot.notes)
                self.unpaired(label, role, name, cell.line)
                return self.doubtful(role, line, (cell,))
            return self.single(role, slot, frozenset(), line)
        item = next((each for each in cell.items if same_label(each.label or "", label)), None)
        if item is not None:
            return self.figure(role, cell, item, slot.notes)
        others = [each for each in cell.items if not any(same_label(each.label or "", known) for known in labels)]
        lacking = [known for known in labels if not any(same_label(each.label or "", known) for each in cell.items)]
        if len(others) == len(lacking) == 1:
            return self.figure(role, cell, others[0], joined_notes(slot.notes, reading_note(_REMAINING)))
        self.unpaired(label, role, name, cell.line)
        return self.doubtful(role, line, (cell,)) if others else MISSING

    def unpaired(self, label: str, role: Role, name: str, line: int) -> None:
        params: Params = {"label": _short(label), "column": figure_name(role), "name": _short(name)}
        self.problems.append(Diagnostic("HY276", self.document.at(line), params))

    def single(self, role: Role, slot: Slot, units: frozenset[str], line: int) -> Quantity:
        """The figure of a column with one measure."""
        if slot.candidates:
            return self.doubtful(role, line, slot.candidates)
        cell = slot.cell
        if cell is None:
            if not slot.notes:
                return MISSING
            place = f"測定指標の表、{figure_name(role).text('ja')}の欄"
            source = self.document.source("", line, place=place, reading="inferred", notes=slot.notes)
            return Quantity(unknown="missing", source=source)
        if cell.figure:
            if len(cell.items) > 1 or (cell.series and cell.year != self.evaluated and role != "baseline"):
                # Of several years none is the evaluated one: the reader of the sheet must say which counts.
                return self.doubtful(role, line, (cell,))
            return self.figure(role, cell, cell.items[0], slot.notes)
        cut = unpaired(bare(cell.text)) and any(sign.isdigit() for sign in cell.text)
        if cut or partial(cell.text):
            self.problems.append(Diagnostic("HY213", self.document.at(cell.line), {"text": _short(cell.text)}))
            source = self.source(
                role, cell, cell.text, cell.line, joined_notes(slot.notes, reading_note(_CUT if cut else PART))
            )
            return Quantity(unknown="unread", fiscal_year=cell.year, source=source)
        return self.text(role, cell, units, slot.notes)

    def figure(self, role: Role, cell: TextCell, item: Item, notes: Notes) -> Quantity:
        quantity = figure_of(item.text)
        assert quantity is not None, "only what reads as a figure is a figure of a cell"
        printed = self.printed(cell, item)
        if item.label is None and item.behind is not None:
            printed = f"{item.text}{item.behind}"
            quantity, problems = read_quantity(printed, location=self.document.at(item.line))
            self.problems += [each for each in problems if each not in self.problems]
        read = quantity.source.notes if quantity.source is not None else ()
        source = self.source(role, cell, printed, item.line, joined_notes(read, notes))
        return quantity.model_copy(update={"fiscal_year": cell.year, "source": source})

    def text(self, role: Role, cell: TextCell, units: frozenset[str], notes: Notes) -> Quantity:
        """Words: the one figure in them that is in the unit of the row's figures, or all of the text as one figure.

        A text with numbers of which none can be taken is unread, and told; only words without a number are qualitative.
        """
        quantity, problems = read_quantity(cell.text, year_hint=cell.year, location=self.document.at(cell.line))
        # What stands behind 「集計中」 is when or why: 「集計中（調査は3年に1回）」.
        reason = quantity.low is None and quantity.unknown in ("unsettled", "unmeasured", "missing", "undefined")
        figures = [] if reason else [each for each in figures_in(cell.text) if each.unit in units]
        chief = [each for each in figures if each.chief]
        chosen = chief if len(chief) == 1 else figures
        if len(chosen) == 1 and (chief or not broken_in(cell.text)):
            phrase = chosen[0].text
            figure = figure_of(phrase)
            if figure is not None:
                line = next((n for n in cell.lines if phrase in bare(self.document.lines[n - 1].text)), cell.line)
                how = figure.source.notes if figure.source is not None else ()
                notes = joined_notes(reading_note("reading_notes.read_in_text", text=phrase), how, notes)
                source = self.source(role, cell, phrase, line, notes)
                return figure.model_copy(update={"fiscal_year": cell.year, "source": source})
        read = quantity.source
        assert read is not None, "a quantity that was read has its source"
        if quantity.value is not None or quantity.low is not None:
            if quantity.unit is None or known(quantity.unit):
                self.problems.extend(problems)
                source = self.source(role, cell, cell.text, cell.line, joined_notes(read.notes, notes))
                return quantity.model_copy(update={"fiscal_year": cell.year or quantity.fiscal_year, "source": source})
            quantity = quantity.model_copy(update={"value": None, "unknown": "unread"})
        if chosen or quantity.unknown == "unread":
            if not any(each.code in ("HY210", "HY213", "HY217") for each in problems):
                problems = (*problems, Diagnostic("HY213", self.document.at(cell.line), {"text": _short(cell.text)}))
            self.problems.extend(problems)
            why = reading_note("reading_notes.text_figure_not_clear")
            source = self.source(role, cell, cell.text, cell.line, joined_notes(why, notes), "ambiguous")
            candidates = tuple(each.text for each in chosen) or read.candidates
            source = source.model_copy(update={"candidates": candidates})
            return Quantity(unknown="unread", fiscal_year=cell.year, source=source)
        self.problems.extend(problems)
        source = self.source(role, cell, cell.text, cell.line, notes)
        return Quantity(unknown=quantity.unknown, fiscal_year=cell.year, source=source)

    def doubtful(self, role: Role, line: int, cells: Sequence[TextCell]) -> Quantity:
        """No value, with what it could be."""
        candidates: list[str] = []
        for cell in cells:
            text = cell.text if cell.year is None else f"{cell.text}【{cell.year}年度】"
            candidates += [text] if text not in candidates else []
        place = f"測定指標の表、{figure_name(role).text('ja')}の欄"
        source = self.document.source("", line, place=place, reading="ambiguous", notes=reading_note(_SEVERAL))
        return Quantity(unknown="missing", source=source.model_copy(update={"candidates": tuple(candidates)}))

    def source(
        self, role: Role, cell: TextCell, text: str, line: int, notes: Notes, reading: Reading | None = None
    ) -> Source:
        notes = joined_notes(notes, cell.tag_notes)
        place = f"測定指標の表、{figure_name(role).text('ja')}の欄"
        how: Reading = reading or ("inferred" if notes else "stated")
        return self.document.source(text, line, place=place, reading=how, notes=notes)

    def printed(self, cell: TextCell, item: Item) -> str:
        """The figure as printed where it has its line to itself, with its year tag if that stands there too."""
        line = self.document.lines[item.line - 1].text.lstrip("・ \u3000")
        if item.label is not None:
            line = re.split(r"[(（]", line)[0].strip()
            return line if bare(line) == bare(item.text) else item.text
        return line if bare(line).partition("【")[0] == bare(item.text) and line.count("【") <= 1 else item.text


def without_remarks(slots: Mapping[Key, Slot]) -> dict[Key, Slot]:
    """The slots of a row, without the labels that are remarks: 「集計中（8月公表）」, if no other cell of the row has that label.

    Whoever writes several measures in a cell says which one has no figure; a word alone in its cell is followed by when or why.
    """
    found: dict[Key, Slot] = {}
    for key, slot in slots.items():
        cell = slot.cell
        found[key] = slot
        if cell is None or len(cell.items) != 1 or cell.items[0].behind is None or not is_word(cell):
            continue
        (item,) = cell.items
        others = [each for name, other in slots.items() if name != key and other.cell for each in other.cell.items]
        if not any(same_label(each.label or "", item.label or "") for each in others):
            found[key] = replace(slot, cell=replace(cell, items=(replace(item, label=None),)))
    return found


def _measure(label: str | None, figures: dict[Role, Quantity], series: tuple[YearPoint, ...] = ()) -> Measure:
    return in_one_unit(
        Measure(
            label=label, baseline=figures["baseline"], target=figures["target"], actual=figures["actual"], series=series
        )
    )


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
