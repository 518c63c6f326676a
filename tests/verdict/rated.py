"""Rulebooks that come to a rating, and the verdicts they give on drawn sheets."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hyotei.base.exact import divide, multiply
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import RESULTS
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.values import Scalar
from hyotei.verdict.case import Case
from hyotei.verdict.verdict import Verdict
from tests.rulebook_writing.documents import Writer
from tests.rulebook_writing.words import table_line
from tests.strategies import sheets

Draw = Callable[[Any], Any]


@st.composite
def rated_texts(draw: Draw) -> str:
    """Documents of rulebooks in which a table for the sheet decides the rating."""
    writer = Writer(draw)
    text = writer.document()
    columns = [writer.column(writer.pick(writer.kinds()), "sheet") for _ in range(writer.some(1, 3))]
    policy = writer.pick(["F", "F", "P", "U", "A"])
    lines = [table_line([policy, *(f"`{column}`" for _, column in columns), "**rating**"])]
    lines.append(table_line(["---"] * (len(columns) + 2)))
    for number in range(1, writer.some(2, 6)):
        cells = [writer.cell(kind, "sheet") for kind, _ in columns]
        output = writer.output(("scale", "rating"), "sheet", policy != "P")
        lines.append(table_line([str(number), *cells, output]))
    return f"{text}\n# 評価区分 `rating` — for the sheet\n\n" + "\n".join(lines) + "\n"


@st.composite
def verdicts(draw: Draw) -> Verdict:
    """Verdicts of drawn rulebooks on sheets drawn for them."""
    rulebook = parse_rulebook(draw(rated_texts()))
    sheet = draw(sheets(rulebook))
    return Verdict(rulebook, sheet, evaluate(rulebook, sheet))


def case_of(verdict: Verdict) -> Case:
    """What the views of the verdict work on."""
    return Case(verdict.rulebook, verdict.sheet, verdict.derivation)


def results(derivation: Derivation) -> tuple[str | None, ...]:
    """The rating and the recommendation."""
    values = [derivation.value(name) for name in RESULTS]
    return tuple(value if isinstance(value, str) else None for value in values)


def number(text: str) -> Decimal:
    """A number as an English verdict prints it."""
    digits = re.sub(r"[^\d.-]", "", text)
    if text.endswith("%"):
        return divide(Decimal(digits), Decimal(100), 60)
    return multiply(Decimal(digits), Decimal(1000 if text.endswith(" thousand yen") else 1))


def inside(band: str, value: Scalar) -> bool:
    """Whether a value lies in a band as an English verdict tells it."""
    if band == "any value":
        return True
    if isinstance(value, bool):
        return band == ("yes" if value else "no")
    if isinstance(value, str):
        return band == value
    assert isinstance(value, Decimal)
    for part in band.split(" and "):
        found = re.fullmatch(r"(at least|above|at most|below) (.+)", part)
        if found is None:
            return value == number(part)
        end = number(found[2])
        held = {"at least": value >= end, "above": value > end, "at most": value <= end, "below": value < end}
        if not held[found[1]]:
            return False
    return True
