"""The rating and the recommendation: what is marked, or what alone is printed, never what is merely listed."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import Diagnostic, Param, Phrase, phrase
from hyotei.readers.evaluation_text import form_words as words
from hyotei.readers.evaluation_text.form_parts import FormPart
from hyotei.readers.evaluation_text.form_words import Section
from hyotei.readers.evaluation_text.text_lines import SheetText, TextLine
from hyotei.sheet.models import Recorded, Source

_MARK: Final = rf"[{re.escape(words.MARKS)}]"
_EMPTY: Final = rf"[{re.escape(words.EMPTY_MARKS)}]"
_FRAME: Final = r"[(\[]?{}[)\]]?"
_BEFORE: Final = rf"(?:(?P<mark>{_FRAME.format(_MARK)})|{_FRAME.format(_EMPTY)})? ?"
_AFTER: Final = rf"(?: (?P<after>{_FRAME.format(_MARK)}))?"
_ROW: Final = rf"(?:{_MARK}|[ ・･、,/|]|{{}})+"
"""A line of choices, their marks and what stands between them."""
_MARKS_OF_A_ROW: Final = frozenset(words.MARKS)
_CIRCLED: Final = re.compile("[Ⓐ-Ⓩ]|[SA-EＳＡ-ＥⅠ-Ⅹ]\u20dd")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One scale of choices: its letters, the words that follow them anywhere, and under which headings they stand."""

    name: Phrase
    choice: re.Pattern[str]
    letter: re.Pattern[str]
    row: re.Pattern[str]
    wording: re.Pattern[str]
    sections: frozenset[Section]


_RATING: Final = _Kind(
    phrase("evaluation_text.part.rating"),
    re.compile(rf"{_BEFORE}(?P<value>[SA-E])(?:{_AFTER}(?: |$)(?P<words>.*))$"),
    re.compile("[SA-E]"),
    re.compile(_ROW.format("[SA-E]")),
    re.compile("基本目標の達成に向けて|目標の?達成に向けて|目標(?:を|が)?達成|進展"),
    frozenset({"rating", "summary"}),
)
_BUDGET: Final = _Kind(
    phrase("evaluation_text.part.recommendation"),
    re.compile(rf"{_BEFORE}(?P<value>[Ⅰ-Ⅹ])(?:{_AFTER}(?: |$)(?P<words>.*))$"),
    re.compile("[Ⅰ-Ⅹ]"),
    re.compile(_ROW.format("[Ⅰ-Ⅹ]")),
    re.compile("^予算の|拡充|継続|縮減|廃止|現状維持"),
    frozenset({"result", "request"}),
)


@dataclass(frozen=True, slots=True)
class _Choice:
    value: str
    marked: bool
    line: TextLine


def recorded_of(document: SheetText, parts: Iterable[FormPart]) -> tuple[Recorded, list[Diagnostic]]:
    """What the sheet concludes."""
    listed = list(parts)
    problems: list[Diagnostic] = []
    rating, rating_source = _marked(_RATING, document, listed, problems)
    budget, budget_source = _marked(_BUDGET, document, listed, problems)
    recorded = Recorded(rating=rating, rating_source=rating_source, budget=budget, budget_source=budget_source)
    return recorded, problems


def _marked(
    kind: _Kind, document: SheetText, parts: list[FormPart], problems: list[Diagnostic]
) -> tuple[str | None, Source | None]:
    choices = [choice for part in parts for choice in _choices(kind, part)]
    if not choices:
        problems.append(Diagnostic("HY257", document.at(None), {"part": kind.name}))
        return None, None
    values = list(dict.fromkeys(choice.value for choice in choices))
    marked = list(dict.fromkeys(choice.value for choice in choices if choice.marked))
    taken = marked or values
    if len(taken) != 1:
        params: dict[str, Param] = {"what": kind.name, "choices": "、".join(values)}
        problems.append(Diagnostic("HY255" if not marked else "HY256", document.at(choices[0].line.number), params))
        return None, None
    choice = next(each for each in choices if each.value == taken[0] and (each.marked or not marked))
    return choice.value, document.source(choice.line.text, choice.line.number, place=kind.name.text("ja"))


def _row(kind: _Kind, line: TextLine) -> list[_Choice]:
    """The choices of a line that holds nothing but choices: Ａ・○Ｂ・Ｃ, Ⓐ Ｂ Ｃ, Ａ／Ｂ○／Ｃ; none where it is anything else.

    A mark belongs to the letter it touches. One that touches two, or none, could be of either, and is of neither.
    """
    plain = folded(_CIRCLED.sub(lambda match: f"○{_letter(match[0])}", line.text)).strip()
    if kind.row.fullmatch(plain) is None:
        return []
    found: list[_Choice] = []
    for match in kind.letter.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :]
        marked = (before[-1:] in _MARKS_OF_A_ROW and not _touches(before[:-1], kind)) or (
            after[:1] in _MARKS_OF_A_ROW and not _touches(after[:0:-1], kind)
        )
        found.append(_Choice(match[0], marked, line))
    return found if len(found) > 1 else []


def _touches(text: str, kind: _Kind) -> bool:
    """Whether a text ends in a letter of the scale, so that a mark after it is that letter's as much as the next one's."""
    return kind.letter.fullmatch(text[-1:]) is not None


def _letter(circled: str) -> str:
    """Ⓐ or A⃝ as A."""
    return unicodedata.normalize("NFKC", circled[0])


def _choices(kind: _Kind, part: FormPart) -> list[_Choice]:
    """The lines of a part that are choices: under their heading by their letter, elsewhere only with the words of the form."""
    found: list[_Choice] = []
    under = part.section in kind.sections
    lines = [line for line in part.lines if not line.blank]
    if part.rest:
        lines.insert(0, TextLine(part.line, part.rest, part.rest.strip(" :")))
    for index, line in enumerate(lines):
        if under and (row := _row(kind, line)):
            found += row
            continue
        match = kind.choice.match(line.plain)
        if match is None:
            continue
        wording = match["words"] or ""
        if not wording and index + 1 < len(lines):
            wording = lines[index + 1].plain
        worded = kind.wording.search(wording) is not None and "。" not in wording
        if worded or (under and not match["words"]):
            found.append(_Choice(match["value"], bool(match["mark"] or match["after"]), line))
    return found
