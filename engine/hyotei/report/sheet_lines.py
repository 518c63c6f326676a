"""A small sheet in a few lines, for people: its measures, its budget years, and what it records."""

from collections.abc import Iterator

from hyotei.messages import Language
from hyotei.report.law_words import unit_words
from hyotei.rulebook.vocabulary import BUILT_IN_LABELS
from hyotei.rulebook.wording import REASON_WORDS, amount
from hyotei.sheet import BudgetYear, Measure, Quantity, Sheet
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.sheet.quantity_print import print_quantity

_AMOUNTS = (
    ("initial", "当初", "initial"),
    ("supplementary", "補正", "supplementary"),
    ("carried_over", "繰越し等", "carried over"),
    ("reserve", "予備費", "reserve"),
    ("carried_forward", "翌年度へ", "carried forward"),
    ("total", "合計", "total"),
    ("executed", "執行額", "executed"),
    ("request", "要求額", "request"),
)


def sheet_lines(sheet: Sheet, language: Language) -> Iterator[str]:
    """The lines of a sheet; what it does not state is left out."""
    ja = language == "ja"
    yield print_fiscal_year(sheet.fiscal_year, language) + ("（評価対象年度）" if ja else " (evaluated)")
    number = 0
    for objective in sheet.objectives:
        claim = objective.claim
        if claim is not None or len(sheet.objectives) > 1:
            said = BUILT_IN_LABELS["claim"][claim] if claim is not None and ja else claim
            told = f"（記載：{said}）" if ja else f" (claimed: {said})"
            yield objective.name + (told if claim is not None else "")
        for indicator in objective.indicators:
            for measure in indicator.measures:
                number += 1
                yield f"{unit_words(f'measures[{number}]', language)}  {_measure(measure, language)}"
    for year in sheet.budget_years:
        yield f"{print_fiscal_year(year.fiscal_year, language)}  {_budget(year, language)}"
    for name, title, value in (
        ("recorded.rating", "記載された評価区分", sheet.recorded.rating),
        ("recorded.budget", "記載された予算の方向", sheet.recorded.budget),
    ):
        if value is not None:
            yield f"{title if ja else name}  {value}"


def _measure(measure: Measure, language: Language) -> str:
    ja = language == "ja"
    parts = []
    for quantity, words in (
        (measure.baseline, ("基準値", "baseline")),
        (measure.target, ("目標値", "target")),
        (measure.actual, ("実績値", "actual")),
    ):
        if quantity.unknown != "missing":
            parts.append(f"{words[0 if ja else 1]} {_quantity(quantity, language)}")
    if measure.label:
        parts.insert(0, measure.label)
    if measure.direction is not None:
        parts.append(BUILT_IN_LABELS["direction"][measure.direction] if ja else measure.direction)
    return "  ".join(parts) or ("（値の記載なし）" if ja else "(nothing stated)")


def _budget(year: BudgetYear, language: Language) -> str:
    ja = language == "ja"
    parts = []
    for name, japanese, english in _AMOUNTS:
        quantity: Quantity = getattr(year, name)
        if quantity.unknown != "missing":
            value = _quantity(quantity, language) if quantity.value is None else amount(quantity.value, language)
            parts.append(f"{japanese if ja else english} {value}")
    return "  ".join(parts) or ("（金額の記載なし）" if ja else "(no amounts stated)")


def _quantity(quantity: Quantity, language: Language) -> str:
    if quantity.value is None and quantity.low is None and quantity.unknown is not None:
        return REASON_WORDS[quantity.unknown][0 if language == "ja" else 1]
    return print_quantity(quantity)
