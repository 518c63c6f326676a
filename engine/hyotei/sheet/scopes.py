"""The scopes of a sheet: what kinds of units it is made of, which lies in which, and what their lists are called."""

from typing import Final, Literal, get_args

Scope = Literal["sheet", "objective", "indicator", "measure", "budget_year"]

SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
"""The widest first."""

PARENT: Final[dict[Scope, Scope]] = {
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
