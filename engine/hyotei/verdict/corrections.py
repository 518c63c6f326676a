"""What a person has corrected on a sheet, in words: the value that counts, what was read before, and what the original prints."""

from collections.abc import Iterator

from hyotei.forms.declared import names_of
from hyotei.messages import InEach, Language, wording
from hyotei.readers.sheet_keys import RECORDED, SHEET, WORD_SOURCES, Part
from hyotei.rulebook.value_words import amount
from hyotei.sheet import Indicator, Quantity, Sheet, Source
from hyotei.sheet.correction import before_correction
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES, YEARLY
from hyotei.sheet.fiscal_year_print import print_fiscal_year
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.units import YEN


def correction_words(source: Source | None, language: Language) -> str:
    """What is said behind a corrected value: `訂正。印字は「計43回」`; empty where nobody has corrected it."""
    before = before_correction(source)
    if source is None or before is None:
        return ""
    say = wording(language)
    printed = " ".join(source.text.split())
    if before == printed:
        return say("verdict.correction.printed", printed=printed) if printed else say("verdict.correction.bare")
    if not printed:
        return say("verdict.correction.before", before=before)
    return say("verdict.correction.both", before=before, printed=printed)


def with_correction(text: str, source: Source | None, language: Language) -> str:
    """A value in words, with what is said behind it if it was corrected."""
    said = correction_words(source, language)
    return wording(language)("verdict.correction.behind", text=text, correction=said) if said else text


def shown_figure(quantity: Quantity, language: Language) -> str:
    """A figure by its value, without its year."""
    if quantity.unit == YEN and quantity.value is not None and quantity.qualifier is None:
        return amount(quantity.value, language)
    return print_quantity(quantity.model_copy(update={"fiscal_year": None}))


def corrections(sheet: Sheet, language: Language) -> Iterator[tuple[str, dict[str, str]]]:
    """For each figure and word of a sheet that was corrected, in the order of the sheet, a sentence, and what it was and is."""
    for name, text, source in _parts(sheet, language):
        said, before = correction_words(source, language), before_correction(source)
        if source is not None and before is not None:
            values = {"before": before, "printed": source.text}
            yield wording(language)("verdict.correction.sentence", name=name, text=text, correction=said), values


def _parts(sheet: Sheet, language: Language) -> Iterator[tuple[str, str, Source | None]]:
    say = wording(language)
    for name in type(sheet.identity).model_fields:
        value = getattr(sheet, name)
        text = print_fiscal_year(value, language) if isinstance(value, int) else value or "―"
        yield _word(dict(SHEET), name, language), text, getattr(sheet.identity, name)
    for objective in sheet.objectives:
        name = _joined(objective.name, say("verdict.correction.claim"), language)
        yield name, objective.claim or "―", objective.claim_source
        for indicator in objective.indicators:
            yield from _indicator(indicator, language)
    for indicator in sheet.outputs:
        yield from _indicator(indicator, language)
    amounts = {row.field: row.in_yaml(language) for row in OF_BUDGET_YEARS}
    for year in sheet.budget_years:
        subject = print_fiscal_year(year.fiscal_year, language)
        yield from _figures(subject, year, amounts, language)
    for key in WORD_SOURCES:
        if key in RECORDED:
            source: Source | None = getattr(sheet.recorded, WORD_SOURCES[key])
            yield _word(dict(RECORDED), key, language), getattr(sheet.recorded, key) or "―", source
    for fact in sheet.facts:
        yield say("sheet.stated.fact", name=names_of(fact.name).text(language)), fact.text or "―", fact.figure.source


def _indicator(indicator: Indicator, language: Language) -> Iterator[tuple[str, str, Source | None]]:
    names = {row.field: row.in_yaml(language) for row in OF_MEASURES}
    for measure in indicator.measures:
        subject = f"{indicator.name}・{measure.label}" if measure.label else indicator.name
        yield from _figures(subject, measure, names, language)
        for point in measure.series:
            year = f"{subject} {print_fiscal_year(point.fiscal_year, language)}"
            yield from _figures(year, point, {row.field: names[row.field] for row in YEARLY}, language)


def _figures(
    subject: str, holder: object, names: dict[str, str], language: Language
) -> Iterator[tuple[str, str, Source | None]]:
    for key, name in names.items():
        quantity: Quantity = getattr(holder, key)
        if quantity.source is not None and quantity.source.reading == "corrected":
            yield _joined(subject, name, language), shown_figure(quantity, language), quantity.source


def _word(labels: Part, key: str, language: Language) -> str:
    return InEach(*labels[key]).text(language)


def _joined(subject: str, label: str, language: Language) -> str:
    plain = " ".join(subject.split())
    return wording(language)("verdict.correction.name", subject=plain, label=label)
