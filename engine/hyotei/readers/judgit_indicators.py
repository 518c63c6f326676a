"""アウトカム[] and アウトプット[] of a JUDGIT! record: indicators with one measure each, over the years that the sheet tells.

Target and actual of a measure are those of the latest year that has both; where no year has both, those of the latest year
that has either. All other years are its series, and the target of 目標最終年度 is its final target.
"""

from decimal import Decimal
from typing import Final, NamedTuple

from hyotei.base import exact
from hyotei.base.text_folding import DASHES, folded
from hyotei.messages import Diagnostic, Location
from hyotei.readers import unvalidated_models
from hyotei.readers.decimal_literals import Literals, literal
from hyotei.readers.judgit_years import YearReading, final_year
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, MISSING, Indicator, Measure, Objective, Quantity, YearPoint
from hyotei.sheet.notes import joined_notes, reading_note
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import PERCENT, FigureUnit, read_unit

_MOST_UNITS: Final = 5_000
_MOST_PLACES: Final = 50
_NOUGHT = Decimal(0)
_HUNDREDTH, _FIFTH, _TWENTY, _TEN_THOUSAND = Decimal("0.01"), Decimal("0.2"), Decimal(20), Decimal(10_000)
_SHARE: Final = "reading_notes.percent_or_ratio"
_MIXED: Final = "reading_notes.percent_far_from_others"
_EMPTY: Final = frozenset(("", "-", "ー", "ｰ"))


class _Kind(NamedTuple):
    """The words of the data set for one kind of indicator."""

    list: str
    keys: frozenset[str]
    name: str
    actual: str
    target: str
    points: str


_OUTCOME_KEYS: Final = frozenset(("成果目標", "成果指標", "単位", "目標値", "目標最終年度", "成果実績"))
_OUTPUT_KEYS: Final = frozenset(("活動指標", "単位", "活動実績"))
_OUTCOME: Final = _Kind("アウトカム", _OUTCOME_KEYS, "成果指標", "成果実績", "目標値", "成果実績")
_OUTPUT: Final = _Kind("アウトプット", _OUTPUT_KEYS, "活動指標", "活動実績", "当初見込み", "活動実績")
UNREAD: Final = Quantity(unknown="unread")
_LOST: Final = frozenset(("HY812", "HY813"))
"""What is told of points that are no list, or of no year."""
_Point = tuple[int, Quantity, Quantity]


class IndicatorReader:
    """Reads the indicators of the records of one file."""

    def __init__(self, file: str, problems: list[Diagnostic]) -> None:
        self.file, self.problems = file, problems
        self.line: int | None = None
        self.lost = False
        self._places: dict[tuple[str, int], dict[int, tuple[str, str]]] = {}
        self._literals: dict[Decimal, Literals] = {}
        self._units: dict[object, tuple[str | None, Literals]] = {}

    def objectives(self, entries: object, published: int, line: int | None) -> tuple[Objective, ...]:
        """One objective for each outcome, named by its 成果目標. `lost` is then whether an entry could not be read."""
        found: list[Objective] = []
        self.lost = False
        for number, entry in self.entries(entries, _OUTCOME, line):
            goal = entry.get("成果目標")
            fields: dict[str, object] = {
                "name": goal if type(goal) is str else "", "claim": None, "claim_source": None,
                "indicators": (self.indicator(entry, number, _OUTCOME, published),), **unvalidated_models.NO_FACTS,
            }  # fmt: skip
            found.append(unvalidated_models.make(Objective, fields))
        return tuple(found)

    def outputs(self, entries: object, published: int, line: int | None) -> tuple[Indicator, ...]:
        """The activity indicators."""
        return tuple(
            [
                self.indicator(entry, number, _OUTPUT, published)
                for number, entry in self.entries(entries, _OUTPUT, line)
            ]
        )

    def entries(self, entries: object, kind: _Kind, line: int | None) -> list[tuple[int, dict[str, object]]]:
        self.line = line
        if type(entries) is not list:
            if entries is not None:
                self.tell("HY812", kind.list, key=kind.list)
                self.lost = self.lost or kind is _OUTCOME
            return []
        found: list[tuple[int, dict[str, object]]] = []
        for number, entry in enumerate(entries, 1):
            if type(entry) is not dict:
                self.tell("HY812", f"{kind.list}{number}", key=kind.list)
                self.lost = self.lost or kind is _OUTCOME
                continue
            if not kind.keys.issuperset(entry):
                keys = "、".join(sorted(map(str, entry.keys() - kind.keys)))
                self.tell("HY815", f"{kind.list}{number}", keys=keys[:80])
            found.append((number, entry))
        return found

    def indicator(self, entry: dict[str, object], number: int, kind: _Kind, published: int) -> Indicator:
        name = entry.get(kind.name)
        unit, literals = self.unit(entry.get("単位"))
        told = len(self.problems)
        points = self.points(entry.get(kind.points), number, kind, unit, literals)
        target = actual = MISSING
        if kind.points not in entry or any(each.code in _LOST for each in self.problems[told:]):
            # A point that was lost may be the one of the evaluated year, so none is taken in its place.
            points, target, actual = [], UNREAD, UNREAD
        if points:
            chosen = len(points) - 1
            for position in range(chosen, -1, -1):
                if points[position][1] is not MISSING and points[position][2] is not MISSING:
                    chosen = position
                    break
            _, target, actual = points.pop(chosen)
        series: tuple[YearPoint, ...] = ()
        if points:
            series = tuple(
                [
                    unvalidated_models.make(
                        YearPoint,
                        {"fiscal_year": year, "target": aim, "actual": reached, **unvalidated_models.NO_FACTS},
                    )
                    for year, aim, reached in points
                ]
            )
        final = MISSING
        if kind is _OUTCOME and (entry.get("目標値") is not None or entry.get("目標最終年度") is not None):
            final = self.final_target(entry, number, unit, literals, published)
        fields: dict[str, object] = {
            "label": None, "baseline": MISSING, "target": target, "actual": actual, "direction": None, "series": series,
            "final_target": final, **unvalidated_models.NO_FACTS,
        }  # fmt: skip
        measures = (unvalidated_models.make(Measure, fields),)
        fields = {
            "number": str(number), "name": name if type(name) is str else "", "main": None, "term": None,
            "measures": measures, **unvalidated_models.NO_FACTS,
        }  # fmt: skip
        return unvalidated_models.make(Indicator, fields)

    def points(self, points: object, number: int, kind: _Kind, unit: str | None, literals: Literals) -> list[_Point]:
        """Year, target and actual of the years that have one of them, ascending."""
        found: list[_Point] = []
        if type(points) is not list:
            if points is not None:
                self.tell("HY812", f"{kind.list}{number}", key=kind.points)
            return found
        file, line = self.file, self.line
        ascends, latest = True, 0
        places = self._places.setdefault((kind.list, number), {}) if number <= _MOST_PLACES else {}
        for point in points:
            year = point.get("年度") if type(point) is dict else None
            if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
                self.tell("HY813", f"{kind.list}{number}", value=str(year)[:20])
                continue
            raw_target, raw_actual = point.get(kind.target), point.get(kind.actual)
            if raw_target is None and raw_actual is None and kind.target in point and kind.actual in point:
                continue
            place_of_target, place_of_actual = places.get(year) or self.places(places, kind, number, year)
            target = actual = MISSING
            if raw_target is not None:
                try:
                    known = literals[raw_target]
                    target = unvalidated_models.stated(known[1], unit, year, known[0], file, line, place_of_target)
                except (KeyError, TypeError):
                    target = unvalidated_models.unread(raw_target, year, file, line, place_of_target)
                    self.tell("HY811", place_of_target, text=str(raw_target)[:40])
            elif kind.target not in point:
                target = UNREAD
            if raw_actual is not None:
                try:
                    known = literals[raw_actual]
                    actual = unvalidated_models.stated(known[1], unit, year, known[0], file, line, place_of_actual)
                except (KeyError, TypeError):
                    actual = unvalidated_models.unread(raw_actual, year, file, line, place_of_actual)
                    self.tell("HY811", place_of_actual, text=str(raw_actual)[:40])
            elif kind.actual not in point:
                actual = UNREAD
            if target is not MISSING or actual is not MISSING:
                found.append((year, target, actual))
                ascends = ascends and latest < year
                latest = year
        if not ascends:
            found = self.ascending(found, f"{kind.list}{number}")
        if unit == PERCENT and found:
            self.mark_shares(found)
        return found

    def ascending(self, points: list[_Point], place: str) -> list[_Point]:
        """The points in order, of two for one year the first."""
        kept: dict[int, _Point] = {}
        for point in points:
            if point[0] in kept:
                self.tell("HY814", place, year=str(point[0]))
            else:
                kept[point[0]] = point
        return [kept[year] for year in sorted(kept)]

    def mark_shares(self, found: list[_Point]) -> None:
        """Marks percentages that look like ratios: 0.8 where 80 may be meant. Their value stays what the unit says."""
        values = [each.value for point in found for each in point[1:] if each.value is not None]
        for value in values:
            if value <= _HUNDREDTH and value > _NOUGHT:
                break
        else:
            return
        greatest = max(values)
        for position, (year, target, actual) in enumerate(found):
            found[position] = year, self.marked(target, greatest), self.marked(actual, greatest)

    def marked(self, figure: Quantity, greatest: Decimal) -> Quantity:
        if figure.value is None or figure.source is None or not 0 < figure.value <= _HUNDREDTH:
            return figure
        alone = greatest <= _HUNDREDTH
        if not alone and greatest < max(exact.multiply(figure.value, _TWENTY), _FIFTH):
            return figure
        text = figure.source.text
        other = f"{exact.plain(exact.multiply(figure.value, _TEN_THOUSAND))}%"
        return unvalidated_models.figure(
            figure.value, None, figure.unit, figure.fiscal_year, text, self.file, self.line, figure.source.place or "",
            "ambiguous", reading_note(_SHARE) if alone else reading_note(_MIXED), (f"{text}%", other),
        )  # fmt: skip

    def final_target(
        self, entry: dict[str, object], number: int, unit: str | None, literals: Literals, published: int
    ) -> Quantity:
        """The target of the last year, a text in the data set: mostly a literal, sometimes a range or words."""
        written, raw_year = entry.get("目標値"), entry.get("目標最終年度")
        year = YearReading(None)
        place = f"アウトカム{number}、目標最終年度の目標値"
        if type(raw_year) is int:
            year = final_year(raw_year, published)
        if raw_year is not None and year.year is None:
            self.tell("HY813", place, value=str(raw_year)[:20])
        text = "" if written is None else literal(written)
        if text is None:
            self.tell("HY811", place, text=str(written)[:40])
            return unvalidated_models.unread(written, year.year, self.file, self.line, place)
        known = literals.find(text)
        if known is not None and not year.notes:
            return unvalidated_models.stated(known[1], unit, year.year, text, self.file, self.line, place)
        if known is not None or not text.strip():
            return unvalidated_models.figure(
                known[1] if known else None, None if known else "missing", unit if known else None, year.year, text, self.file,
                self.line, place, year.reading, year.notes, year.candidates,
            )  # fmt: skip
        at = Location(self.file, self.line, heading=place)
        # The year of the target is told in a field of its own, so none is looked for in the text.
        spelled = entry.get("単位")
        default = spelled if isinstance(spelled, str) and read_unit(spelled) is not None else None
        found, problems = read_quantity(text, year_hint=published, default_unit=default, location=at, place=place)
        self.problems.extend(problems)
        source = found.source
        assert source is not None, "a quantity that was read has its source"
        if year.notes:
            source = source.model_copy(
                update={
                    "reading": "ambiguous" if "ambiguous" in (source.reading, year.reading) else "inferred",
                    "notes": joined_notes(source.notes, year.notes),
                    "candidates": source.candidates + year.candidates,
                }
            )
        return found.model_copy(update={"fiscal_year": year.year or found.fiscal_year, "source": source})

    def unit(self, raw: object) -> tuple[str | None, Literals]:
        """The unit in its canonical name, and the literals in it."""
        key = raw if type(raw) is str else ""
        try:
            return self._units[key]
        except KeyError:
            if len(self._units) >= _MOST_UNITS:
                self._units.clear()
            plain = " ".join(folded(key).split())
            if plain in _EMPTY or all(sign in DASHES for sign in plain):
                unit, name = FigureUnit(""), None
            else:
                unit = read_unit(key) or FigureUnit(plain)
                name = unit.name
            # Units of one factor share what is known of their literals.
            made = name, self._literals.setdefault(unit.factor, Literals(unit))
            self._units[key] = made
            return made

    def places(self, known: dict[int, tuple[str, str]], kind: _Kind, number: int, year: int) -> tuple[str, str]:
        """The places of a target and an actual in words; the same few stand in every record."""
        start = f"{kind.list}{number}、{year}年度、"
        made = start + kind.target, start + kind.actual
        if number <= _MOST_PLACES:
            known[year] = made
        return made

    def tell(self, code: str, place: str, **params: str) -> None:
        self.problems.append(Diagnostic(code, Location(self.file, self.line, heading=place), dict(params)))
