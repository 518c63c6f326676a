"""The amounts of a budget table as the fields of its years, each under the one that row and column together make it."""

from collections.abc import Iterable
from typing import Final

from hyotei.messages import Diagnostic, Param, phrase, phrase_of
from hyotei.readers.evaluation_text.budget_meaning import MEANINGS, PART, meaning, opened, unread
from hyotei.readers.evaluation_text.budget_table import BudgetText
from hyotei.readers.evaluation_text.text_lines import SheetText
from hyotei.readers.evaluation_text.year_heading import Word, YearHeading
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.models import MISSING, BudgetYear, Quantity
from hyotei.sheet.notes import reading_note

NAMES: Final = {
    "initial": "当初予算",
    "supplementary": "補正予算",
    "carried_over": "繰越し等",
    "reserve": "予備費等",
    "carried_forward": "翌年度への繰越し",
    "total": "合計",
    "executed": "執行額",
    "request": "要求額",
}
_SEVERAL: Final = "reading_notes.several_figures_fit"
_STRANGE: Final = "reading_notes.column_without_year"


class Fields:
    """Collects the amounts of all columns, then gives the years."""

    def __init__(self, document: SheetText, printed: BudgetText, problems: list[Diagnostic]) -> None:
        self.document, self.printed, self.problems = document, printed, problems
        self.of: dict[tuple[int, str], list[tuple[bool, Quantity]]] = {}
        self.told: dict[tuple[str, Word], list[str]] = {}

    def take(self, key: str, heading: YearHeading, quantity: Quantity) -> None:
        """One amount: the row it stands in, its column, and what was read."""
        if quantity is MISSING:
            return
        row = self.printed.rows[key]
        # A year beside which something stands that is not understood is told as such (HY268).
        supplemented = "supplementary" in self.printed.rows
        name, sure, word = meaning(row.name, row.word, heading.word or "plain", supplemented=supplemented)
        if not _printed(quantity):
            # A blank or a dash stays one, whatever the column is called.
            self.put(heading.year, row.name, quantity, fact=False)
            return
        if sure == "fact":
            self.put(heading.year, name, quantity, fact=True)
            return
        said = phrase_of("evaluation_text.amount", word) if word in MEANINGS else ""
        if sure == "open":
            notes = reading_note("reading_notes.not_settled", amount=said)
            self.put(heading.year, name, opened(quantity, notes), fact=False)
        elif sure == "part":
            self.put(heading.year, name, unread(quantity, reading_note(PART)), fact=False)
        elif quantity.value == 0:
            return
        text = quantity.source.text if quantity.source is not None else ""
        amount = said if isinstance(said, str) else said.text("ja")
        place = heading.text if heading.word == word else f"{NAMES[row.name]}（{amount}）"
        self.told.setdefault((" ".join(place.split()), word), []).append(f"{NAMES[row.name]} {text.strip()}")

    def put(self, year: int, name: str, quantity: Quantity, *, fact: bool) -> None:
        self.of.setdefault((year, name), []).append((fact, quantity))

    def years(self) -> tuple[BudgetYear, ...]:
        """The years in ascending order; what was not used is told."""
        for (place, word), amounts in self.told.items():
            params: dict[str, Param] = {
                "text": f"{place}：{'、'.join(dict.fromkeys(amounts))}",
                "why": phrase("evaluation_text.amount_is", amount=phrase_of("evaluation_text.amount", word)),
            }
            self.problems.append(Diagnostic("HY267", self.document.at(self.printed.line), params))
        found: list[BudgetYear] = []
        for year in sorted({each.year for each in self.printed.years}):
            fields = {name: self.one(year, name, each) for (of, name), each in self.of.items() if of == year}
            found.append(BudgetYear(fiscal_year=year).model_copy(update=fields))
        return tuple(found)

    def one(self, year: int, name: str, given: list[tuple[bool, Quantity]]) -> Quantity:
        """One field of one year: what its columns agree on; facts count before what is open or blank."""
        facts = [quantity for fact, quantity in given if fact]
        known = (
            facts or [quantity for _, quantity in given if _printed(quantity)] or [quantity for _, quantity in given]
        )
        first = known[0]
        if any((each.value, each.unknown) != (first.value, first.unknown) for each in known):
            texts = tuple(dict.fromkeys(_texts(known)))
            line = next(row.line for row in self.printed.rows.values())
            params = {"row": NAMES[name], "year": print_fiscal_year(year), "candidates": "、".join(texts)}
            self.problems.append(Diagnostic("HY262", self.document.at(line), dict(params)))
            source = self.document.source("", line, reading="ambiguous", notes=reading_note(_SEVERAL))
            first = Quantity(unknown="missing", source=source.model_copy(update={"candidates": texts}))
        if self.printed.strange and _printed(first):
            return unread(first, reading_note(_STRANGE))
        return first


def _printed(quantity: Quantity) -> bool:
    """Whether a figure is printed, known or not; a blank, a dash and a word in its place are none."""
    if quantity.value is not None or quantity.unknown not in ("missing", "unsettled", "unmeasured"):
        return True
    source = quantity.source
    return source is not None and any(
        character.isdigit() for text in (source.text, *source.candidates) for character in text
    )


def _texts(known: Iterable[Quantity]) -> Iterable[str]:
    for each in known:
        if each.source is not None:
            yield from each.source.candidates or (each.source.text,)
