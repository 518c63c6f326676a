"""Rulebooks that call facts of the programme review by their former names."""

from decimal import Decimal

import pytest

from hyotei.rulebook.former_names import FORMER_NAMES
from hyotei.rulebook.load import check_rulebook, parse_rulebook
from hyotei.rulebook.reference import evaluate
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.sheet import Fact, Quantity
from tests.interpreters import outside, steps
from tests.outside.document import FORMER
from tests.rulebook.small import HEAD, SHEET

_STATED = {
    "text": Fact(name="of", text="A", figure=Quantity(unknown="qualitative")),
    "money": Fact(name="of", text="3円", figure=Quantity(value=Decimal(3), unit="円")),
    "count": Fact(name="of", text="2", figure=Quantity(value=Decimal(2))),
}
_CELLS = {"text": '"A"', "money": "3円", "count": "2"}


def _reading(name: str, cell: str, head: str = HEAD) -> str:
    rows = f"| F | `{name}` | **grade** |\n|---|---|---|\n| 1 | {cell} | yes |\n| 2 | - | no |\n"
    return f"{head}# 読む `found` — for the sheet\n\n{rows}"


@pytest.mark.parametrize("former", FORMER_NAMES)
def test_a_former_name_reads_the_fact(former: str) -> None:
    """As the fact that is declared does, in the outside reading too; and how to write it is told."""
    name, of = FORMER[former]
    assert FORMER_NAMES[former] == name
    text = _reading(former, _CELLS[of])
    declared = HEAD.replace("parameters:", f"facts:\n  sheet:\n    {name}: {of}\nparameters:", 1)
    now = parse_rulebook(_reading(name, _CELLS[of], declared))
    stated = SHEET.model_copy(update={"facts": (_STATED[of].model_copy(update={"name": name}),)})
    not_read = SHEET.model_copy(update={"unread": (f"facts.{name}",)})
    found = set()
    for sheet in (stated, SHEET, not_read):
        made = steps(evaluate(parse_rulebook(text), sheet))
        assert made == steps(evaluate(now, sheet)) == outside(text, sheet)
        found.add(repr(made))
    assert len(found) == 3
    assert [each.code for each in check_rulebook(RulebookText.parse(text))[1] if each.code == "HY392"] == ["HY392"]


def test_a_scale_of_the_name_is_its_type() -> None:
    """As it was for what is recorded."""
    head = HEAD.replace("  stars:", "  opinion: [A, C]\n  stars:", 1)
    text = _reading("recorded.opinion", "A", head)
    stated = SHEET.model_copy(update={"facts": (_STATED["text"].model_copy(update={"name": "opinion"}),)})
    made = steps(evaluate(parse_rulebook(text), stated))
    assert made == outside(text, stated)
    assert "'yes'" in repr(made)
