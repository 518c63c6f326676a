"""予算[] of a JUDGIT! record: millions of yen to yen, and 0.0 that may mean that nothing was entered.

The data set writes 0.0 for an empty cell, so a zero is never taken in silence:

- where total and parts of a year are all 0.0, nothing tells an empty year from one without money: unknown, `ambiguous`;
- where the parts add up to a total that is not 0.0, its zeros add nothing: 0, `inferred`;
- where they do not (sheets of 2015 and 2016 lost every negative part), a zero part is unknown, `ambiguous`;
- an execution of 0.0 against a budget is 0, but `ambiguous`.
"""

from collections.abc import Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Final

from hyotei.base import exact
from hyotei.messages import Diagnostic, Location
from hyotei.readers import unvalidated_models
from hyotei.readers.decimal_literals import Literal, Literals
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, MISSING, BudgetYear, Quantity, Reading
from hyotei.sheet.notes import Notes, reading_note
from hyotei.sheet.units import YEN, FigureUnit

_PARTS: Final = {
    "当初予算": "initial",
    "補正予算": "supplementary",
    "前年度から繰越し": "carried_over",
    "予備費等": "reserve",
    "翌年度へ繰越し": "carried_forward",
}
_TOTAL, _EXECUTED, _REQUEST, _YEAR, _FORWARD = "予算計", "執行額", "要求額", "年度", "翌年度へ繰越し"
_KEYS: Final = frozenset((*_PARTS, _TOTAL, _EXECUTED, _REQUEST, _YEAR))
_NAMES: Final = tuple(_PARTS.values())
_KEY_OF: Final = {name: key for key, name in _PARTS.items()}
UNREAD: Final = Quantity(unknown="unread")
"""An amount whose key is not in the record."""
_AMOUNTS: Final = itemgetter(_TOTAL, *_PARTS)
_MILLION: Final = FigureUnit(YEN, Decimal(1_000_000))
_LAST_WITHOUT_NEGATIVES: Final = 2016
_NOUGHT: Final = Decimal(0)
_NOTHING: Final[dict[str, object]] = {
    "fiscal_year": 0,
    **dict.fromkeys((*_PARTS.values(), "total", "executed", "request", "stated_rate"), MISSING),
    "basis": "net",
    **unvalidated_models.NO_FACTS,
}

_CANDIDATES: Final = ("0円", "記載なし")
_BLANK: Final = "reading_notes.all_zero"
_ADDS_UP: Final = "reading_notes.zero_adds_up"
_LOST: Final = "reading_notes.negative_lost"
_OPEN: Final = "reading_notes.zero_or_missing"
_NO_EXECUTION: Final = "reading_notes.execution_zero_or_missing"
_ALONE: Final = "reading_notes.zero_alone"
_TURNED: Final = "reading_notes.sign_turned"
_NOT_TURNED: Final = "reading_notes.carried_as_positive"
_NOT_OVER: Final = "reading_notes.year_not_over"


class BudgetReader:
    """Reads the budgets of the records of one file. All figures of a year have one place; their field says which they are."""

    def __init__(self, file: str, problems: list[Diagnostic]) -> None:
        self.file, self.problems = file, problems
        self.line: int | None = None
        self.lost = False
        self.amounts = Literals(_MILLION)
        self.places = {year: f"予算、{year}年度" for year in range(FIRST_YEAR, LAST_YEAR + 1)}

    def years(self, entries: object, published: int, line: int | None) -> tuple[BudgetYear, ...]:
        """The budget years of a record published in `published`, ascending. `lost` is then whether an entry could not be read."""
        self.line, self.lost = line, False
        if type(entries) is not list:
            if entries is not None:
                self.tell("HY812", "予算", key="予算")
                self.lost = True
            return ()
        found: dict[int, BudgetYear] = {}
        for entry in entries:
            year = entry.get(_YEAR) if type(entry) is dict else None
            if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
                self.tell("HY813", "予算", value=str(year)[:20])
                self.lost = True
            elif year in found:
                self.tell("HY814", "予算", year=str(year))
            else:
                found[year] = self.entry(entry, year, published)
        return tuple([found[year] for year in sorted(found)])

    def entry(self, entry: dict[str, object], year: int, published: int) -> BudgetYear:
        """One fiscal year in any of its three shapes: executed, current, requested."""
        values = _NOTHING.copy()
        values["fiscal_year"] = year
        if not _KEYS.issuperset(entry):
            keys = "、".join(sorted(map(str, entry.keys() - _KEYS)))
            self.tell("HY815", self.places[year], keys=keys[:80])
        if _REQUEST in entry:
            request = self.known(entry, _REQUEST, year)
            if request is not None:
                values["request"] = (
                    self.stated(request, year) if request[1] else self.unclear(request, year, reading_note(_ALONE))
                )
            else:
                values["request"] = self.not_found(entry, _REQUEST, year)
        elif year > published:
            values["request"] = UNREAD
        if _TOTAL in entry or _EXECUTED in entry or "当初予算" in entry:
            self.year(entry, year, published, values)
        return unvalidated_models.make(BudgetYear, values)

    def year(self, entry: dict[str, object], year: int, published: int, values: dict[str, object]) -> None:
        """The amounts of a year that has begun. One that stands there twice, such as 当初予算 and 予算計, is one figure."""
        amounts = self.amounts
        total: Literal | None
        found: Sequence[Literal | None]
        try:
            total, *found = map(amounts.__getitem__, _AMOUNTS(entry))
        except (KeyError, TypeError):
            total = self.known(entry, _TOTAL, year)
            found = [self.known(entry, key, year) for key in _PARTS]
        blank, complete, whole = total is None or not total[1], total is not None, 0
        for part in found:
            if part is None:
                complete = False
            elif part[1]:
                blank = False
                whole += part[2]
        # To the yen: finer differences are noise of the doubles upstream.
        complete = complete and not blank
        adds_up = complete and total is not None and whole == total[2]
        nought: Quantity | None = None  # one for all zeros of the year, which are read alike
        for name, part in zip(_NAMES, found, strict=True):
            if part is None:
                values[name] = self.not_found(entry, _KEY_OF[name], year)
                continue
            if part[1]:
                values[name] = self.forward(part, year) if name == "carried_forward" else self.stated(part, year)
                continue
            if nought is None:
                nought = self.nought(part, year, published, blank, adds_up)
            values[name] = nought
        if total is not None:
            if total is found[0] and total[1]:
                values["total"] = values["initial"]
            elif total[1]:
                values["total"] = self.stated(total, year)
            else:
                values["total"] = nought or self.nought(total, year, published, blank, adds_up)
            if complete and not adds_up:
                self.tell("HY816", self.places[year])
        else:
            values["total"] = self.not_found(entry, _TOTAL, year)
        if _EXECUTED in entry:
            executed = self.known(entry, _EXECUTED, year)
            if executed is None:
                values["executed"] = self.not_found(entry, _EXECUTED, year)
                return
            if executed[1]:
                values["executed"] = values["total"] if executed is total else self.stated(executed, year)
            elif total is not None and total[1]:
                values["executed"] = self.zero(executed, year, "ambiguous", reading_note(_NO_EXECUTION))
            else:
                values["executed"] = nought if blank and nought else self.unclear(executed, year, reading_note(_ALONE))
        elif year >= published:
            place = self.places[year]
            values["executed"] = unvalidated_models.figure(
                None, "unsettled", None, year, "", self.file, self.line, place, "inferred", reading_note(_NOT_OVER)
            )
        else:
            values["executed"] = UNREAD

    def nought(self, known: Literal, year: int, published: int, blank: bool, adds_up: bool) -> Quantity:
        """What a 0.0 among the parts and the total means."""
        if blank:
            return self.unclear(known, year, reading_note(_BLANK))
        if adds_up:
            return self.zero(known, year, "inferred", reading_note(_ADDS_UP))
        return self.unclear(
            known, year, reading_note(_LOST) if published <= _LAST_WITHOUT_NEGATIVES else reading_note(_OPEN)
        )

    def not_found(self, entry: dict[str, object], key: str, year: int) -> Quantity:
        """An amount that `known` did not find: the key is not there, nothing stands there, or something that is no amount."""
        if key not in entry:
            return UNREAD
        raw = entry[key]
        return MISSING if raw is None else unvalidated_models.unread(raw, year, self.file, self.line, self.places[year])

    def known(self, entry: dict[str, object], key: str, year: int) -> Literal | None:
        """The literal of an amount; None where nothing stands, or what stands is no amount, which is told."""
        raw = entry.get(key)
        if raw is None:
            return None
        found = self.amounts.find(raw)
        if found is None:
            self.tell("HY811", f"{self.places[year]}、{key}", text=str(raw)[:40])
        return found

    def stated(self, known: Literal, year: int) -> Quantity:
        return unvalidated_models.stated(known[1], YEN, year, known[0], self.file, self.line, self.places[year])

    def forward(self, known: Literal, year: int) -> Quantity:
        """What was carried to the next year; in all data sets it is positive, here it is written as a negative addend."""
        text, value, _ = known
        place = self.places[year]
        if value < _NOUGHT:
            turned = exact.subtract(_NOUGHT, value)
            return unvalidated_models.figure(
                turned, None, YEN, year, text, self.file, self.line, place, "stated", reading_note(_TURNED)
            )
        self.tell("HY817", place)
        candidates = (f"{exact.plain(value)}円", f"-{exact.plain(value)}円")
        return unvalidated_models.figure(
            value,
            None,
            YEN,
            year,
            text,
            self.file,
            self.line,
            place,
            "ambiguous",
            reading_note(_NOT_TURNED),
            candidates,
        )

    def zero(self, known: Literal, year: int, reading: Reading, notes: Notes) -> Quantity:
        return unvalidated_models.figure(
            _NOUGHT, None, YEN, year, known[0], self.file, self.line, self.places[year], reading, notes, _CANDIDATES
        )

    def unclear(self, known: Literal, year: int, notes: Notes) -> Quantity:
        return unvalidated_models.figure(
            None,
            "missing",
            None,
            year,
            known[0],
            self.file,
            self.line,
            self.places[year],
            "ambiguous",
            notes,
            _CANDIDATES,
        )

    def tell(self, code: str, place: str, **params: str) -> None:
        self.problems.append(Diagnostic(code, Location(self.file, self.line, heading=place), dict(params)))
