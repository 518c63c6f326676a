"""Laws in words: `rating never falls as attainment rises` as a sentence that people read."""

from hyotei.messages import InEach, Language
from hyotei.rulebook.check.laws import sentence_in
from hyotei.rulebook.load import names_of
from hyotei.rulebook.model import Rulebook


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
