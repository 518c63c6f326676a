"""The facts of the programme review (行政事業レビュー), as the form `rs-review` declares them, out of what its data sets hold."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from hyotei.base import exact
from hyotei.sheet.models import REASONS, Fact, Quantity, Source
from hyotei.sheet.quantity_print import print_quantity
from hyotei.sheet.unread_parts import Part, part_of_fact

PROGRAMME_KIND: Final = "programme_kind"
NO_TARGET_REASON: Final = "no_target_reason"
OPINION: Final = "opinion"
REFLECTION: Final = "reflection"
AMOUNTS: Final = ("reflection_amount", "greatest_reflection_amount")
"""The reflection amounts (反映額) of all accounts together, and the greatest of them."""
LOGIC: Final = {"activities": "logic_activities", "outputs": "logic_outputs", "outcomes": "logic_outcomes"}
"""How many elements of each kind the logic model (効果発現経路) names."""
WORDS: Final = (
    "effect", "external_kind", "external_opinion", "public_process", OPINION, f"{OPINION}_detail", REFLECTION,
    f"{REFLECTION}_detail",
)  # fmt: skip
"""What stands in words in the part of the inspection."""
NAMES: Final = (PROGRAMME_KIND, NO_TARGET_REASON, *WORDS, *AMOUNTS, *LOGIC.values())
PARTS_OF_FACTS: Final[tuple[Part, ...]] = tuple(map(part_of_fact, NAMES))

Amount = tuple[str, Quantity]
"""The account (会計, 勘定) with its amount."""


def word_fact(name: str, text: str, source: Source | None = None) -> Fact:
    """A fact in words. Whatever numbers they hold, they are no figure."""
    return Fact(name=name, text=text, figure=Quantity(unknown="qualitative", source=source))


def count_fact(name: str, names: Sequence[str]) -> Fact:
    """How many elements there are; its words are what they are called."""
    count = Quantity(value=Decimal(len(names)))
    return Fact(name=name, text="、".join(names) or print_quantity(count), figure=count)


def amount_facts(amounts: Sequence[Amount]) -> Iterator[Fact]:
    """The amounts together and the greatest; each is as unknown as one of them, and of several units there is neither."""
    if not amounts:
        return
    figures = [each for _, each in amounts]
    unknowns = [each for each in figures if each.unknown is not None]
    units = {each.unit for each in figures}
    all_told = "、".join(f"{name} {_shown(each)}" for name, each in amounts)
    if unknowns:
        total = greatest = max(unknowns, key=lambda each: REASONS.index(each.unknown or "missing"))
        said = _shown(total)
    elif len(units) > 1:
        total = greatest = Quantity(unknown="undefined")
        said = all_told
    else:
        values = [each.value for each in figures if each.value is not None]
        greatest = figures[values.index(max(values))]
        total = greatest if len(figures) == 1 else Quantity(value=exact.total(values), unit=units.pop())
        said = _shown(total) if len(figures) == 1 else all_told
    yield Fact(name=AMOUNTS[0], text=said, figure=total)
    yield Fact(name=AMOUNTS[1], text=_shown(greatest), figure=greatest)


def _shown(amount: Quantity) -> str:
    return print_quantity(amount.model_copy(update={"fiscal_year": None}))
