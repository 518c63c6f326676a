"""Laws and units of a sheet in words: `rating never falls as attainment rises` as a sentence that people read."""

import re
from typing import Final

from hyotei.messages import Language
from hyotei.rulebook.model import Law, Rulebook
from hyotei.rulebook.term_words import term_text
from hyotei.rulebook.vocabulary import BY_NAME

_UNITS: Final = {
    "measures": "測定値",
    "indicators": "測定指標",
    "objectives": "施策目標",
    "budget_years": "予算の年度",
}
_SCOPES: Final = {"measure": "測定値", "indicator": "測定指標", "objective": "施策目標", "budget_year": "予算の年度"}
_KEY: Final = re.compile(r"([a-z_]+)\[([0-9]+)\]")


def unit_words(key: str, language: Language) -> str:
    """A unit for a person: `measures[2]` is 測定値2."""
    match = _KEY.fullmatch(key)
    return f"{_UNITS[match[1]]}{match[2]}" if language == "ja" and match is not None and match[1] in _UNITS else key


def name_words(name: str, rulebook: Rulebook, language: Language) -> str:
    """A decision, parameter or figure by its title; in English, and where it has none, by its name."""
    if language == "en":
        return name
    decision = rulebook.by_name.get(name)
    if decision is not None:
        return decision.title
    parameter = rulebook.parameters.get(name)
    if parameter is not None:
        return parameter.label or name
    return next((figure.ja for (_, each), figure in BY_NAME.items() if each == name), name)


def law_words(law: Law, rulebook: Rulebook, language: Language) -> str:
    """A law as a sentence; in English it is one already."""
    if language == "en":
        return law.text
    output, given = name_words(law.output, rulebook, "ja"), name_words(law.input, rulebook, "ja")
    match law.kind:
        case "answers":
            return "どの判断も必ず答えを出す"
        case "consistent":
            return "二つの行が矛盾しない"
        case "monotone":
            change = "上がって" if law.input_rises else "下がって"
            return f"{given}が{change}も、{output}は{'下がらない' if law.falls else '上がらない'}"
        case "reachable":
            return f"{output}のどの値も、出ることがある"
        case "unknown_never_beats":
            return "不明な値が、分かっている値より良い結果になることはない"
        case "one_more":
            label = next(
                (scale.labels[law.input] for scale in rulebook.scales.values() if law.input in scale.labels), ""
            )
            label = label or law.input
            return f"{label}の{_SCOPES.get(law.scope or '', '')}が一つ増えても、{output}は下がらない"
        case _:
            assert law.condition is not None
            assert law.consequence is not None
            return f"{term_text(law.condition, rulebook)} のとき、{term_text(law.consequence, rulebook)}"
