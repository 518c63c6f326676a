"""Facts and recorded results of single measures, from the columns and rows of a table of measures that a form says state them."""

from collections.abc import Sequence
from dataclasses import dataclass

from hyotei.forms.items import FACT
from hyotei.forms.model import Form
from hyotei.messages import Diagnostic
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_facts import Stated, stated_fact
from hyotei.readers.printed.form_text import at
from hyotei.readers.printed.grid import plain
from hyotei.readers.printed.measured_indicators import Indicated, StatedCell
from hyotei.sheet.models import Fact, Indicator, Measure


@dataclass
class MeasureFacts:
    """Puts what cells state into their indicators.

    Attributes:
        evaluated: the year of what states none.
        problems: gets what is not put anywhere: no choice of the form (HY691), a cell beside several indicators, or of a year
            of which the sheet holds nothing (HY842).
    """

    form: Form
    file: str | None
    evaluated: int
    problems: list[Diagnostic]

    def put(self, indicator: Indicator, read: Indicated, others: Sequence[Indicated]) -> Indicator:
        """The indicator with what its cells state: in its measure, or, where it has several, in itself.

        `others` are all indicators of the table: a cell that stands beside more than one is of none of them.
        """
        measure = indicator.measures[0] if len(indicator.measures) == 1 else None
        unit: Measure | Indicator = measure if measure is not None else indicator
        for each in read.stated:
            rows = range(each.cell.row, each.cell.row + each.cell.rows)
            if any(other is not read and other.cell.row in rows for other in others):
                self.unread(each.cell)
                continue
            stated = Stated(each.item, each.cell.text, each.cell.place, each.words, each.unit)
            fact = stated_fact(stated, self.form, self.file, self.problems)
            if fact is not None:
                unit = self.stated(unit, each, fact)
        if isinstance(unit, Measure):
            return indicator.model_copy(update={"measures": (unit,)})
        return unit

    def stated(self, unit: Measure | Indicator, read: StatedCell, fact: Fact) -> Measure | Indicator:
        """The unit with the fact; one of another year stands in that year of the measure."""
        field = "facts" if read.item.startswith(FACT) else "recorded"
        if read.year in (None, self.evaluated):
            known = unit.facts if field == "facts" else unit.recorded
            if any(each.name == fact.name for each in known):
                self.unread(read.cell)
                return unit
            return unit.model_copy(update={field: (*known, fact)})
        points = unit.series if isinstance(unit, Measure) else ()
        position = next((at for at, point in enumerate(points) if point.fiscal_year == read.year), None)
        if not isinstance(unit, Measure) or position is None:
            self.unread(read.cell)
            return unit
        point = points[position]
        before = point.facts if field == "facts" else point.recorded
        if any(each.name == fact.name for each in before):
            self.unread(read.cell)
            return unit
        dated = point.model_copy(update={field: (*before, fact)})
        return unit.model_copy(update={"series": (*points[:position], dated, *points[position + 1 :])})

    def unread(self, cell: FormCell) -> None:
        self.problems.append(Diagnostic("HY842", at(self.file, cell.place), {"text": plain(cell)[:40]}))
