"""The scopes of a sheet: what kinds of units it is made of, which lies in which, and what their lists are called."""

from typing import Final, Literal, get_args

Scope = Literal["sheet", "objective", "indicator", "measure", "year", "budget_year"]

SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
"""The widest first."""

PARENT: Final[dict[Scope, Scope]] = {
    "year": "measure",
    "measure": "indicator",
    "indicator": "objective",
    "objective": "sheet",
    "budget_year": "sheet",
}
"""Which scope each scope lies in."""

LISTS: Final[dict[str, Scope]] = {
    "measures": "measure",
    "indicators": "indicator",
    "objectives": "objective",
    "budget_years": "budget_year",
    "years": "year",
}
"""The scopes by the name of the list of their units."""

TABLES: Final[dict[Scope, str]] = {"sheet": "sheets", **{scope: name for name, scope in LISTS.items()}}
"""What a table of all units of a scope is called."""


def ancestry(scope: Scope) -> tuple[Scope, ...]:
    """The scope and all it lies in, innermost first."""
    chain = [scope]
    while chain[-1] in PARENT:
        chain.append(PARENT[chain[-1]])
    return tuple(chain)


_YEARS: Final = 10_000
"""More than any fiscal year: what tells the years of one measure from those of the next."""


def year_number(measure: int, fiscal_year: int) -> int:
    """One whole number for a fiscal year of a measure, ascending in the order of the sheet."""
    return measure * _YEARS + fiscal_year


def unit_key(scope: Scope, number: int) -> str:
    """The key of a unit within its sheet: `measures[4]`, `years[4-2012]`; the number of a year is its `year_number`."""
    if scope == "sheet":
        return "sheet"
    within = "-".join(map(str, divmod(number, _YEARS))) if scope == "year" else str(number)
    return f"{TABLES[scope]}[{within}]"


def number_in(key: str) -> int:
    """The number of the unit of a key, as `unit_key` takes it."""
    first, _, year = key[key.index("[") + 1 : -1].partition("-")
    return year_number(int(first), int(year)) if year else int(first)
