"""The rows of a budget table as printed: their labels, the unit that is stated for them, and amounts."""

import re
from functools import lru_cache
from typing import Final

from hyotei.forms.model import Form
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.budget_meaning import MEANINGS, PART, partial, unread
from hyotei.readers.evaluation_text.text_lines import SheetText
from hyotei.readers.evaluation_text.year_heading import Word, word_of
from hyotei.readers.words_of_forms import budget_rows
from hyotei.sheet.figures import AMOUNTS
from hyotei.sheet.models import Quantity
from hyotei.sheet.notes import reading_note
from hyotei.sheet.quantity import read_quantity
from hyotei.sheet.units import YEN, read_unit

# 翌年度への繰越し before 繰越し, with which its label ends.
ROWS: Final = tuple(row.field for row in sorted(AMOUNTS, key=lambda row: row.field != "carried_forward"))
_STATES: Final = "集計中|未定|未確定|決算前|未決算|調整中"
_PART: Final = r"[〈《<] ?[0-9][0-9,]* ?[〉》>]|[0-9][0-9,]* ?(?:の|\()?(?:内数|うち数)\)?"
_NUMBER: Final = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_AMOUNT: Final = re.compile(rf"{_PART}|[△▲] ?{_NUMBER}|-{_NUMBER}|{_NUMBER}|-(?= |$)|…|{_STATES}")
_AMOUNTS: Final = re.compile(rf"(?:(?:{_AMOUNT.pattern})(?: |$))+")
_NOTE: Final = r"(?: ?\([^()]{1,16}\))*"
_MORE: Final = "(?: ?(?:の?(?:見込み?|予定|見通し|概算|速報)(?:額|値)?|案))?"

_UNIT: Final = re.compile(
    r"[(\[](?:単位 ?[::] ?)?((?:千|百万|億|十億|万)?円)(?:[、,] ?[a-zA-Z]{1,2})?[)\]]|単位 ?[::] ?((?:千|百万|億|十億|万)?円)"
)


@lru_cache(64)
def _label(form: Form) -> re.Pattern[str]:
    """The label of a row as it begins."""
    return re.compile(
        rf"(?:予算の ?)?(?:状況 ?)?(?:\([^()]*円\) ?)?(?:{budget_rows(form)})(?P<more>{_MORE}{_NOTE})(?= |$)"
    )


@lru_cache(64)
def row_like(form: Form) -> re.Pattern[str]:
    """A line that looks like a row of the table."""
    return re.compile(
        rf"(?:[^0-9。、△▲]{{2,30}}? (?:{_AMOUNTS.pattern})|(?:{_label(form).pattern}) [^。]*[0-9][^。]*|執行率.*[0-9].*)"
    )


@dataclass(frozen=True, slots=True)
class RowLabel:
    """The label of a row: the field that it names, the word beside it, the rest of its line, and its unit."""

    name: str
    word: Word
    rest: str
    unit: str | None

    @property
    def key(self) -> str:
        """What tells its row from others: 執行額 and 執行額（見込） are two."""
        return self.name if self.word in ("plain", self.name) else f"{self.name}:{self.word}"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as printed; a dash and a word such as 集計中 are amounts without a value."""

    text: str
    line: int
    quantity: Quantity

    @property
    def known(self) -> bool:
        return self.quantity.value is not None


def amounts_of(text: str, line: int, document: SheetText, unit: str | None, hint: int) -> list[Amount]:
    """The amounts of a text that holds nothing else; none where it holds anything else."""
    if not _AMOUNTS.fullmatch(text):
        return []
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text):
        quantity, _ = read_quantity(
            match.group(), year_hint=hint, default_unit=unit, location=document.at(line), place="予算の状況"
        )
        found.append(
            Amount(match.group(), line, unread(quantity, reading_note(PART)) if partial(match.group()) else quantity)
        )
    return found


def is_amount(text: str) -> bool:
    """Whether a folded text is amounts and nothing else."""
    return _AMOUNTS.fullmatch(text) is not None


def row_label(text: str, form: Form) -> RowLabel | None:
    """The label of a row that a folded text begins with; None where it begins with none, or goes on with no amounts."""
    match = _label(form).match(text)
    if match is None:
        return None
    name = next(name for name, found in match.groupdict().items() if found is not None and name != "more")
    rest = text[match.end() :].strip()
    if rest and not _AMOUNTS.fullmatch(rest):
        return None
    unit = _UNIT.search(match.group())
    more = re.sub(r"\s", "", match["more"])
    word = word_of(f"予算{more}" if more[:1] == "案" else f"{'決算' if name == 'executed' else ''}{more}", form)
    kind: Word = word if word and word in MEANINGS and word != name else "plain"
    return RowLabel(name, kind, rest, None if unit is None else unit[1] or unit[2])


def unit_in(text: str) -> str | None:
    """The unit of amounts that a folded text states in brackets, after 「単位」, or as all that it says."""
    match = _UNIT.search(text) or re.fullmatch(r"[(\[]?()((?:千|百万|億|十億|万)?円)[)\]]?", text)
    if match is None:
        return None
    written: str = match[1] or match[2]
    unit = read_unit(written)
    return written if unit is not None and unit.name == YEN else None
