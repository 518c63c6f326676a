"""What a person has corrected on a sheet, in words: the value that counts, what was read before, and what the original prints."""

from collections.abc import Iterator

from hyotei.messages import Language
from hyotei.readers.sheet_keys import AMOUNTS, MEASURE_FIGURES, RECORDED, SHEET, WORD_SOURCES
from hyotei.rulebook.wording import amount
from hyotei.sheet import Indicator, Quantity, Sheet, Source
from hyotei.sheet.correction import before_correction
from hyotei.sheet.fiscal_year import print_fiscal_year
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.units import YEN

_Labels = dict[str, tuple[str, str]]
_WORDS = {"claim": ("目標の達成状況", "claim")}


def correction_words(source: Source | None, language: Language) -> str:
    """What is said behind a corrected value: `訂正。印字は「計43回」`; empty where nobody has corrected it."""
    before = before_correction(source)
    if source is None or before is None:
        return ""
    printed = " ".join(source.text.split())
    parts = [("印字は「{}」", "printed: {}", printed)] if printed else []
    if before != printed:
        parts.insert(0, ("訂正前は「{}」", "before: {}", before))
    if language == "ja":
        return "訂正。" + "、".join(ja.format(text) for ja, _, text in parts)
    return "corrected; " + ", ".join(en.format(text) for _, en, text in parts)


def with_correction(text: str, source: Source | None, language: Language) -> str:
    """A value in words, with what is said behind it if it was corrected."""
    said = correction_words(source, language)
    if not said:
        return text
    return f"{text}（{said}）" if language == "ja" else f"{text} ({said})"


def shown_figure(quantity: Quantity, language: Language) -> str:
    """A figure by its value, without its year."""
    if quantity.unit == YEN and quantity.value is not None and quantity.qualifier is None:
        return amount(quantity.value, language)
    return print_quantity(quantity.model_copy(update={"fiscal_year": None}))


def corrections(sheet: Sheet, language: Language) -> Iterator[str]:
    """A sentence for each figure and word of a sheet that was corrected, in the order of the sheet."""
    for name, text, source in _parts(sheet, language):
        said = correction_words(source, language)
        if said:
            yield f"{name}は{text}（{said}）" if language == "ja" else f"{name} is {text} ({said})"


def _parts(sheet: Sheet, language: Language) -> Iterator[tuple[str, str, Source | None]]:
    for name in type(sheet.identity).model_fields:
        value = getattr(sheet, name)
        text = print_fiscal_year(value, language) if isinstance(value, int) else value or "―"
        yield _word(dict(SHEET), name, language), text, getattr(sheet.identity, name)
    for objective in sheet.objectives:
        name = _joined(objective.name, _word(_WORDS, "claim", language), language)
        yield name, objective.claim or "―", objective.claim_source
        for indicator in objective.indicators:
            yield from _indicator(indicator, language)
    for indicator in sheet.outputs:
        yield from _indicator(indicator, language)
    rate = {"stated_rate": ("執行率（記載）", "stated execution rate")}
    for year in sheet.budget_years:
        subject = print_fiscal_year(year.fiscal_year, language)
        yield from _figures(subject, year, {**AMOUNTS, **rate}, language)
    for key in WORD_SOURCES:
        if key in RECORDED:
            source: Source | None = getattr(sheet.recorded, WORD_SOURCES[key])
            yield _word(dict(RECORDED), key, language), getattr(sheet.recorded, key) or "―", source
    for each in sheet.recorded.reflection_amounts:
        yield from _figures(each.account + (each.subaccount or ""), each, {"amount": ("反映額", "amount")}, language)


def _indicator(indicator: Indicator, language: Language) -> Iterator[tuple[str, str, Source | None]]:
    for measure in indicator.measures:
        subject = f"{indicator.name}・{measure.label}" if measure.label else indicator.name
        yield from _figures(subject, measure, MEASURE_FIGURES, language)
        for point in measure.series:
            year = f"{subject} {print_fiscal_year(point.fiscal_year, language)}"
            yield from _figures(year, point, {key: MEASURE_FIGURES[key] for key in ("target", "actual")}, language)


def _figures(
    subject: str, holder: object, labels: _Labels, language: Language
) -> Iterator[tuple[str, str, Source | None]]:
    for key in labels:
        quantity: Quantity = getattr(holder, key)
        if quantity.source is not None and quantity.source.reading == "corrected":
            yield (
                _joined(subject, _word(labels, key, language), language),
                shown_figure(quantity, language),
                quantity.source,
            )


def _word(labels: _Labels, key: str, language: Language) -> str:
    return labels[key][0 if language == "ja" else 1]


def _joined(subject: str, label: str, language: Language) -> str:
    plain = " ".join(subject.split())
    return f"「{plain}」の{label}" if language == "ja" else f"{label} of “{plain}”"
