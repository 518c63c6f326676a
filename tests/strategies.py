"""The domain as Hypothesis strategies: rulebooks as text, cells, suppositions; sheets and telling values are of hyotei.testing.

Rulebooks are valid by construction: the writer keeps what each name means and writes only expressions whose type it knows.
They use every hit policy, scope, kind of column, form of cell and function of the language.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st

from hyotei.drawing.boundary_values import STEP, boundary_values, near, values_of
from hyotei.drawing.sheets import SheetShape
from hyotei.drawing.value_pools import Pool
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_parts import mentioned
from hyotei.rulebook.terms import Figure
from hyotei.rulebook.types import Type
from hyotei.rulebook.unit_tree import unit_tree
from hyotei.rulebook.values import Scalar
from hyotei.sheet import Sheet
from hyotei.testing.drawn_sheets import drawn
from tests.examples import one_in
from tests.rulebook_writing.documents import Writer
from tests.rulebook_writing.names import figures
from tests.rulebook_writing.words import POLICIES, SCALE_POOLS, Draw

HALF: Final = settings(max_examples=one_in(2))
"""For properties whose examples are dear: half as many as the profile says."""


@st.composite
def rulebook_texts(draw: Draw, policies: Sequence[str] = POLICIES) -> str:
    """Documents of valid rulebooks, with tables of the given hit policies."""
    return Writer(draw, policies).document()


def rulebooks(policies: Sequence[str] = POLICIES) -> st.SearchStrategy[Rulebook]:
    """Valid rulebooks, parsed."""
    return rulebook_texts(policies).map(parse_rulebook)


@st.composite
def cells(draw: Draw) -> str:
    """Cells of every form, for columns of every type."""
    writer = Writer(draw)
    writer.scales = {"rating": (SCALE_POOLS[0], True), "direction": (("increase", "decrease", "maintain"), False)}
    writer.names = figures()
    return writer.cell(writer.pick(writer.kinds()), "measure")


@st.composite
def expressions(draw: Draw) -> str:
    """Expressions of every type at the scope of a measure."""
    writer = Writer(draw)
    writer.scales = {"rating": (SCALE_POOLS[0], True), "direction": (("increase", "decrease", "maintain"), False)}
    writer.names = figures()
    return writer.expression(writer.pick(writer.kinds()), "measure", 3)


# -- sheets

_BASES: Final = tuple(Decimal(text) for text in ("1", "2", "4", "7", "10", "1000", "0", "-4"))
_STRANGE: Final = tuple(
    Decimal(text) for text in ("0.1234567890123", "1000000000000000000", "-0", "1E+3", "3.0", "0.0000001")
)
_UNITS: Final = ("回", None, "件", "%", "Ａ型")
_YEARS: Final = (2012, 2011, 2013, 2014, 2010)


def sheets(rulebook: Rulebook | None = None) -> st.SearchStrategy[Sheet]:
    """Sheets with figures of every kind, strange ones and money without a unit too, of years in and out of force; of a rulebook,
    with figures on and beside its boundaries.
    """
    return drawn(_pool(rulebook), _SHAPE)


_SHAPE: Final = SheetShape(objectives=(0, 2), indicators=(0, 2), measures=(1, 2), budget_years=(0, 4))


def _pool(rulebook: Rulebook | None) -> Pool:
    special = near(boundary_values(rulebook)) if rulebook is not None else ()
    values = tuple(dict.fromkeys((*special, *_BASES, *_STRANGE)))
    recorded = []
    for name in ("rating", "budget"):
        scale = rulebook.scales.get(name) if rulebook is not None else None
        recorded.append((None, "外の値", *(scale.values if scale else ("A", "Ⅱ"))))
    return Pool(
        authority="総務省",
        fiscal_years=_YEARS,
        bases=_BASES,
        factors=values,
        values=values,
        amounts=values,
        units=_UNITS,
        money=_UNITS,
        texts=("政策", "回", "件"),
        ratings=recorded[0],
        budgets=recorded[1],
        facts=tuple(rulebook.facts.values()) if rulebook is not None else (),
    )


@st.composite
def suppositions(draw: Draw, rulebook: Rulebook, sheet: Sheet) -> dict[tuple[str, str], Scalar]:
    """Values of some decisions and figures to be taken as given."""
    root = unit_tree(sheet, rulebook)
    options: list[tuple[tuple[str, str], Type]] = [
        ((decision.name, unit.key), decision.outputs[0].type)
        for decision in rulebook.decisions
        if not (isinstance(decision.body, Table) and decision.body.policy == "C")
        for unit in root.below(decision.scope)
    ]
    options += [
        ((term.name, unit.key), rulebook.figure_type(term.name, of.type))
        for decision in rulebook.decisions
        for term in mentioned(decision)
        if isinstance(term, Figure) and (of := rulebook.figure(term.scope, term.name)) is not None
        for unit in root.below(term.scope)
    ]
    if not options:
        return {}
    chosen = draw(st.lists(st.sampled_from(range(len(options))), unique=True, max_size=3))
    return {options[at][0]: draw(st.sampled_from(values_of(options[at][1], rulebook))) for at in chosen}


__all__ = [
    "HALF",
    "STEP",
    "boundary_values",
    "cells",
    "expressions",
    "near",
    "rulebook_texts",
    "rulebooks",
    "sheets",
    "suppositions",
]
