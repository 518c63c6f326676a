"""A small rulebook and a small sheet for cases worked out by hand."""

from decimal import Decimal

from hyotei.base.quotient import Quotient
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope
from hyotei.rulebook.values import Scalar, Unknown
from hyotei.sheet import BudgetYear, Indicator, Measure, Objective, Quantity, Recorded, Sheet

HEAD = """---
rulebook: small
title: 小さな評価基準
authority: 総務省
standing: draft
fiscal_years: 2010..2014
scales:
  rating:
    A: 相当の進展
    B: 進展
    C: 不十分
  budget: [Ⅰ, Ⅱ, Ⅲ]
  stars: ["5", "4", "3"]
parameters:
  about: 10%
  minimum:
    ..2011: 50%
    2012..: 60%
  late:
    2010..2014: 3億円
  counted_in: '"回"'
  strict: true
---
"""

SCOPE_WORDS: dict[Scope, str] = {
    "measure": "for each measure",
    "indicator": "for each indicator",
    "objective": "for each objective",
    "budget_year": "for each budget year",
    "sheet": "for the sheet",
}


def figure(value: str, unit: str | None = None, qualifier: str | None = None, year: int | None = None) -> Quantity:
    """A quantity from the text of its value, or of the reason why it has none."""
    if value.isalpha():
        return Quantity.model_validate({"unknown": value})
    return Quantity.model_validate({"value": Decimal(value), "unit": unit, "qualifier": qualifier, "fiscal_year": year})


SHEET = Sheet(
    id="small",
    title="小さな評価書",
    authority="総務省",
    fiscal_year=2012,
    objectives=(
        Objective(
            name="前半",
            claim="achieved",
            indicators=(
                Indicator(
                    name="会合",
                    main=True,
                    measures=(
                        Measure(
                            label="開催",
                            baseline=figure("7"),
                            target=figure("10", "回", "以上", 2012),
                            actual=figure("43", "回"),
                            direction="increase",
                        ),
                        Measure(target=figure("4", "回", "程度"), actual=figure("3", "件")),
                    ),
                ),
                Indicator(name="制度", measures=(Measure(target=figure("qualitative"), actual=figure("unmeasured")),)),
            ),
        ),
        Objective(
            name="後半",
            indicators=(
                Indicator(
                    name="苦情", measures=(Measure(baseline=figure("10"), target=figure("0"), actual=figure("5")),)
                ),
            ),
        ),
    ),
    budget_years=(
        BudgetYear(fiscal_year=2011, initial=figure("100"), total=figure("120"), executed=figure("60")),
        BudgetYear(fiscal_year=2012, initial=figure("200"), total=figure("200"), executed=figure("unsettled")),
        BudgetYear(fiscal_year=2013, initial=figure("0")),
    ),
    recorded=Recorded(rating="A", budget="継続"),
)
"""Four measures: reached, nearly reached, qualitative, and to be brought to zero. Three budget years, one unsettled."""


def rulebook(*decisions: str, head: str = HEAD) -> Rulebook:
    """The small head with these decisions."""
    return parse_rulebook(head + "\n" + "\n\n".join(decisions) + "\n")


def formula(text: str, name: str = "x", scope: Scope = "sheet") -> str:
    """A decision by a formula."""
    return f"# {name} `{name}` — {SCOPE_WORDS[scope]}\n\n    {text}\n"


def table(rows: str, name: str = "x", scope: Scope = "sheet") -> str:
    """A decision by a table, given as its lines without the row of dashes."""
    lines = [line.strip() for line in rows.strip().splitlines()]
    bars = "|---" * (lines[0].count("|") - lines[0].count("\\|") - 1) + "|"
    return f"# {name} `{name}` — {SCOPE_WORDS[scope]}\n\n" + "\n".join([lines[0], bars, *lines[1:]]) + "\n"


def value(text: str) -> Scalar:
    """A value as the cases write it: `2.5`, `1/3`, `true`, `unknown(missing)`, or a text."""
    if text.startswith("unknown("):
        return Unknown(text.removeprefix("unknown(").removesuffix(")"))  # type: ignore[arg-type]  # one of the reasons
    if text in ("true", "false"):
        return text == "true"
    if text.startswith('"'):
        return text[1:-1]
    above, _, below = text.partition("/")
    return Quotient(int(above), int(below)) if below else Decimal(text)
