"""What was read of a sheet, for a person: every figure beside its source text, what was inferred, ambiguous or left unread."""

from collections.abc import Iterable, Iterator

from hyotei.messages import Diagnostic, Language
from hyotei.messages.notes import note_text
from hyotei.sheet.figures import OF_BUDGET_YEARS, OF_MEASURES, YEARLY
from hyotei.sheet.models import Indicator, Measure, Quantity, Sheet
from hyotei.sheet.quantity_print import print_quantity

Line = tuple[str, str]
_READINGS = {
    "ja": {"stated": "記載", "inferred": "推定", "ambiguous": "不確か", "corrected": "訂正"},
    "en": {"stated": "stated", "inferred": "inferred", "ambiguous": "ambiguous", "corrected": "corrected"},
}
_STYLES = {"stated": "plain", "inferred": "strong", "ambiguous": "bad", "corrected": "strong"}


def one_line(sheet: Sheet, language: Language) -> str:
    """A sheet in one line: its identity, title, and how sure its figures are."""
    readings = [figure.source.reading for _, figure in figures(sheet) if figure.source is not None]
    words = _READINGS[language]
    counted = ("、" if language == "ja" else ", ").join(
        f"{words[reading]} {readings.count(reading)}"
        for reading in ("stated", "inferred", "ambiguous", "corrected")
        if reading != "corrected" or reading in readings
    )
    return f"{sheet.id}  {' '.join(sheet.title.split())}  [{counted}]"


def reading_text(sheet: Sheet, problems: Iterable[Diagnostic], language: Language) -> Iterator[Line]:
    """The report of one sheet, as lines with their styles."""
    words = _READINGS[language]
    yield "title", f"{sheet.id}  {' '.join(sheet.title.split())}"
    for name, figure in figures(sheet):
        source = figure.source
        if source is None:
            continue
        position = source.cell or source.page or source.line
        where = ":".join(str(part) for part in (source.file, position) if part is not None)
        place = f" {source.place}" if source.place else ""
        yield (
            _STYLES[source.reading],
            f"  {words[source.reading]}  {name} = {print_quantity(figure)}  ←「{_short(source.text)}」 {where}{place}",
        )
        if source.note is not None:
            yield "faint", f"        {note_text(source.note, language)}"
        if source.candidates:
            before = source.reading == "corrected"
            label = ("訂正前" if before else "候補") if language == "ja" else ("before" if before else "candidates")
            yield "faint", f"        {label}: {' / '.join(source.candidates[: 1 if before else None])}"
    left = [
        problem
        for problem in problems
        if problem.code in ("HY214", "HY274", "HY275", "HY806", "HY812", "HY815", "HY834", "HY842", "HY843", "HY845")
    ]
    if left:
        yield "strong", "  読んでいないもの" if language == "ja" else "  left unread"
        for problem in left:
            yield "faint", f"    {problem.text(language)}"


def figures(sheet: Sheet) -> Iterator[tuple[str, Quantity]]:
    """Every figure of a sheet with its name in Japanese, in the order of the form."""
    indicators = [(f"成果指標{position}", each) for position, each in enumerate(sheet.indicators, 1)]
    indicators += [(f"活動指標{position}", each) for position, each in enumerate(sheet.outputs, 1)]
    for name, indicator in indicators:
        yield from _indicator(name, indicator)
    for year in sheet.budget_years:
        for row in OF_BUDGET_YEARS:
            yield f"{year.fiscal_year}年度 {row.in_yaml('ja')}", getattr(year, row.field)
    for amount in sheet.recorded.reflection_amounts:
        yield f"反映額 {amount.account}{amount.subaccount or ''}", amount.amount


def _indicator(name: str, indicator: Indicator) -> Iterator[tuple[str, Quantity]]:
    for position, measure in enumerate(indicator.measures, 1):
        label = measure.label or (str(position) if len(indicator.measures) > 1 else "")
        yield from _measure(f"{name} {label}".strip(), measure)


def _measure(name: str, measure: Measure) -> Iterator[tuple[str, Quantity]]:
    for row in OF_MEASURES:
        figure: Quantity = getattr(measure, row.field)
        year = f"{figure.fiscal_year}年度 " if figure.fiscal_year is not None else ""
        yield f"{name} {year}{row.name('ja')}", figure
    for point in measure.series:
        for row in YEARLY:
            yield f"{name} {point.fiscal_year}年度 {row.name('ja')}", getattr(point, row.field)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:60] + "…"
