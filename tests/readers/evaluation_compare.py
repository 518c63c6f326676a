"""What was read against what was printed: right, marked as not certain, or wrong in silence."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hyotei.base.text_folding import folded
from hyotei.messages import Diagnostic
from hyotei.sheet import Quantity, Sheet
from tests.readers.evaluation_generator import BUDGET_ROWS, ROLES, UNITS, Facts, Figure, Row

MARKING = {
    "HY845", "HY255", "HY256", "HY257", "HY261", "HY262", "HY264", "HY266",
    "HY267", "HY268", "HY270", "HY271", "HY275", "HY276", "HY277", "HY278",
}  # fmt: skip
"""Diagnostics that say that something was not read or not placed."""
NAMING = {"HY842", "HY843", "HY899"}
"""Diagnostics of one text of a table: they mark only what they name."""


def names(problem: Diagnostic, row: Row) -> bool:
    """Whether a diagnostic names something that is printed in a row, so that a person who follows it finds the row."""
    if problem.code not in NAMING:
        return False
    text = "".join(folded(f"{problem.params.get('text', '')}{problem.params.get('name', '')}").split())
    name = "".join(folded(row.name).split())
    if text and (text in name or name[:30] in text):
        return True
    printed = {number.replace(",", "") for number in re.findall("[0-9][0-9,.]*", text)}
    known = {str(each.number) for _, figures in row.measures for each in figures.values() if each.number is not None}
    words = {each.word for _, figures in row.measures for each in figures.values() if each.number is None}
    return bool(printed & known) or any(word and word in text for word in words)


def differences(facts: Facts, sheet: Sheet, problems: tuple[Diagnostic, ...]) -> Iterator[tuple[str, str]]:
    """Each figure that was not read as printed: how it is marked ("inferred", "ambiguous", "told" or "silent"), and what it is."""
    told = any(problem.code in MARKING for problem in problems)
    codes = {problem.code for problem in problems}
    read = {indicator.name: indicator for indicator in sheet.indicators}
    general = told
    for row in facts.rows:
        told = general or any(names(problem, row) for problem in problems)
        indicator = read.get(row.name)
        if indicator is None:
            yield ("told" if told else "silent"), f"indicator {row.name} is not there"
            continue
        if indicator.number != str(row.number) and "HY272" not in codes and indicator.number is not None:
            yield "silent", f"{row.name} has number {indicator.number}"
        measures = {measure.label: measure for measure in indicator.measures}
        for label, figures in row.measures:
            measure = measures.get(label) or (
                indicator.measures[0] if len(measures) == 1 and None in measures else None
            )
            if measure is None:
                yield ("told" if told else "silent"), f"{row.name} has no measure {label}"
                continue
            for role in ROLES:
                quantity: Quantity = getattr(measure, role)
                if not same(figures[role], quantity):
                    if (
                        "HY266" in codes
                        and quantity.fiscal_year is None
                        and same(replace(figures[role], year=None), quantity)
                    ):
                        # The year is left open, and a tag that found no place is told.
                        yield "told", f"{row.name} {label} {role} has no year"
                        continue
                    yield marked(quantity, told), f"{row.name} {label} {role}: {figures[role]} read as {quantity!r}"
        for label in measures.keys() - {label for label, _ in row.measures}:
            if label is not None:
                yield ("told" if told else "silent"), f"{row.name} has a measure {label} that is not printed"
    told = general
    for name in read.keys() - {row.name for row in facts.rows}:
        told = general or any(
            problem.code == "HY899" and str(problem.params.get("name")) == name[:60] for problem in problems
        )
        yield ("told" if told else "silent"), f"indicator {name} is not printed"
    amounts = {str(abs(amount)) for year in facts.budget.values() for amount in year.values() if amount is not None}
    told = general or any(
        problem.code == "HY842" and str(problem.params["text"]).strip("△▲-－ ").replace(",", "") in amounts
        for problem in problems
    )
    yield from _budget(facts, sheet, codes, told)
    yield from _conclusions(facts, sheet, codes)


def same(figure: Figure, quantity: Quantity) -> bool:
    if figure.number is None:
        year_fits = (
            quantity.fiscal_year in (figure.year, None)
            if figure.unknown == "missing"
            else quantity.fiscal_year == figure.year
        )
        return quantity.value is None and quantity.unknown == figure.unknown and year_fits
    found = quantity.value, quantity.unit, quantity.qualifier, quantity.fiscal_year
    return found == (figure.value, figure.unit, figure.qualifier, figure.year)


def marked(quantity: Quantity, told: bool) -> str:
    reading = "missing" if quantity.source is None else quantity.source.reading
    if reading in ("inferred", "ambiguous"):
        return reading
    # A blank where something is printed is honest as long as it is told that something found no place.
    return "told" if told and quantity.value is None else "silent"


def _budget(facts: Facts, sheet: Sheet, codes: set[str], told: bool) -> Iterator[tuple[str, str]]:
    read = {year.fiscal_year: year for year in sheet.budget_years}
    factor = UNITS[facts.budget_unit]
    for year, amounts in facts.budget.items():
        if year not in read:
            yield ("told" if told else "silent"), f"budget of {year} is not there"
            continue
        for row in BUDGET_ROWS:
            quantity: Quantity = getattr(read[year], row)
            amount = amounts[row]
            expected = None if amount is None else amount * factor
            if quantity.value != expected or (expected is not None and quantity.unit != "円"):
                yield marked(quantity, told), f"{row} of {year}: {expected} read as {quantity!r}"
            elif row == "executed" and amount is None and quantity.unknown not in ("unsettled", "missing"):
                yield "silent", f"{row} of {year} is {quantity.unknown}"
    if facts.typo is not None and not told and "HY260" not in codes and not _unsure(read[facts.typo].total):
        yield "silent", f"the total of {facts.typo} is not the sum"
    if facts.typo is None and "HY260" in codes and not any(_unsure(year.total) for year in sheet.budget_years):
        yield "silent", "a total was called wrong that is right"


def _unsure(quantity: Quantity) -> bool:
    return quantity.source is None or quantity.source.reading != "stated"


def _conclusions(facts: Facts, sheet: Sheet, codes: set[str]) -> Iterator[tuple[str, str]]:
    if sheet.recorded.rating != facts.rating:
        yield (
            ("told" if sheet.recorded.rating is None and codes & MARKING else "silent"),
            f"rating {sheet.recorded.rating}",
        )
    if sheet.recorded.budget != facts.recommendation:
        yield (
            ("told" if sheet.recorded.budget is None and codes & MARKING else "silent"),
            f"budget {sheet.recorded.budget}",
        )
    if sheet.fiscal_year != facts.year or sheet.authority != facts.authority or sheet.title != facts.title:
        yield "silent", f"{sheet.authority} {sheet.fiscal_year} {sheet.title}"
    expected = [(goal.name, goal.claim, {row.name for row in goal.rows}) for goal in facts.goals]
    found = [(o.name.partition("により")[0], o.claim, {i.name for i in o.indicators}) for o in sheet.objectives]
    named = Counter(name for name, _, _ in found) == Counter(name for name, _, _ in expected)
    if [each[:2] for each in sorted(found, key=str)] != [each[:2] for each in sorted(expected, key=str)]:
        yield ("told" if codes & {"HY274", "HY275", "HY273", "HY279"} else "silent"), f"objectives {found}"
    elif named and {each[0]: each[2] for each in found} != {each[0]: each[2] for each in expected}:
        yield ("told" if codes & (MARKING | {"HY273", "HY279"}) else "silent"), f"indicators of objectives {found}"
