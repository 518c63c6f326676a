"""Laws and units of a sheet in words: `rating never falls as attainment rises` as a sentence that people read."""

import re
from typing import Final

from hyotei.messages import InEach, Language, wording
from hyotei.rulebook.check.laws import sentence_in
from hyotei.rulebook.load import names_of
from hyotei.rulebook.model import Rulebook

_KEY: Final = re.compile(r"(measures|indicators|objectives|budget_years|years)\[(?:([0-9]+)-)?([0-9]+)\]")


def unit_words(key: str, language: Language) -> str:
    """A unit for a person: `measures[2]` is 測定値2, `years[2-2012]` 測定値2の2012年度."""
    match = _KEY.fullmatch(key)
    if match is None:
        return key
    if match[2]:
        return wording(language)("sketch.year_of_measure", measure=match[2], number=match[3])
    return wording(language).one_of("sketch.unit", match[1], number=match[3])


def name_words(name: str, rulebook: Rulebook, language: Language) -> str:
    """A decision, parameter or figure by its title; in English, and where it has none, by its name."""
    return InEach(_title(name, rulebook) or name, name).text(language)


def _title(name: str, rulebook: Rulebook) -> str:
    decision = rulebook.by_name.get(name)
    if decision is not None:
        return decision.title
    parameter = rulebook.parameters.get(name)
    if parameter is not None:
        return parameter.label
    return next((figure.ja for figure in rulebook.figures if figure.name == name), "")


def law_words(text: str, rulebook: Rulebook, language: Language) -> str:
    """The sentence of a law in a language, whichever it was written in; `hyotei prove --law` takes it back."""
    return sentence_in(text, language, names_of(rulebook))
