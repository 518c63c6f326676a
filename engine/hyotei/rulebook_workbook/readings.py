"""How people read what stands in a workbook: columns, laws and paths of cases in words, and what a column's cells may hold."""

import re
from dataclasses import field
from typing import Final

from hyotei.lazy_dataclass import dataclass
from hyotei.messages import InEach, Language, wording
from hyotei.rulebook.check.laws import sentence_in
from hyotei.rulebook.load import names_of
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_words import decision_title, term_title
from hyotei.rulebook.types import Type
from hyotei.rulebook_workbook.shown import ColumnKind
from hyotei.sheet.figures import FIGURES
from hyotei.sheet.scopes import LISTS

_BUDGET: Final = "budget"
"""The key of the budget years of a sheet, whose list is called otherwise in rules."""
_STEP: Final = re.compile(r'("(?:[^"\\]|\\.)*"|[^.\[]+)(?:\[(\d+)\])?')


@dataclass(slots=True)
class Readings:
    """What is said beside the cells of a rulebook; empty for one that is not written yet."""

    titles: dict[str, str] = field(default_factory=dict)
    """The decisions by their names."""
    columns: dict[tuple[str, ColumnKind, str], str] = field(default_factory=dict)
    types: dict[tuple[str, ColumnKind, str], Type] = field(default_factory=dict)
    laws: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    """Figures and declared facts by the keys of a sheet."""


def readings(rulebook: Rulebook, language: Language) -> Readings:
    """The words for a rulebook."""
    found = Readings()
    for decision in rulebook.decisions:
        title = found.titles[decision.name] = decision_title(decision, rulebook, language)
        if not isinstance(decision.body, Table):
            continue
        for column in decision.body.inputs:
            key: tuple[str, ColumnKind, str] = (decision.name, "input", column.text)
            found.columns[key] = term_title(column.term, rulebook, language)
            found.types[key] = column.type
        for number, output in enumerate(decision.outputs):
            key = (decision.name, "output", output.name)
            found.columns[key] = output.name if number else title
            found.types[key] = output.type
    names = names_of(rulebook)
    found.laws = {law.text: sentence_in(law.text, language, names) for law in rulebook.laws}
    found.figures = figure_words(language) | {
        name: InEach(fact.label or name, name).text(language) for name, fact in rulebook.facts.items()
    }
    return found


def figure_words(language: Language) -> dict[str, str]:
    """The figures of every sheet by the last word of their path."""
    return {row.path: row.name(language) for row in reversed(FIGURES)}


def case_heading(path: str, said: Readings, language: Language) -> str:
    """A column of the cases in words: `sheet.measures[1].target` is 測定値1 目標値."""
    say = wording(language)
    part, _, rest = path.partition(".")
    if part in ("name", "unconfirmed", "file", "findings", "rest"):
        return say.one_of("rulebook_workbook.case_column", part)
    if part in ("given", "expect"):
        name, at, unit = rest.strip('"').partition("@")
        title = said.titles.get(name) or said.figures.get(name, name)
        return say.one_of("rulebook_workbook.case_value", part, title=f"{title}{at}{unit}")
    words = ""
    for key, number in _STEP.findall(rest):
        units = "budget_years" if key == _BUDGET else key
        if key == "facts":
            continue
        known = units in LISTS and number
        word = say.one_of("sketch.unit", units, number=number) if known else said.figures.get(key, key)
        words = say("rulebook_workbook.case_input.inside", outer=words, inner=word) if words else word
    return words or say("rulebook_workbook.case_input.sheet")
