"""Facts and recorded results of a sheet from the labels and columns that a form says state them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from hyotei.forms.items import FACT
from hyotei.forms.model import Form
from hyotei.messages import Diagnostic, Param
from hyotei.readers.evaluation_text.text_lines import bare, narrow
from hyotei.readers.printed.choice_marks import choice_of
from hyotei.readers.printed.form_blocks import FormPlace
from hyotei.readers.printed.form_text import at, source
from hyotei.readers.unvalidated_models import changed
from hyotei.sheet.facts import figure_in
from hyotei.sheet.models import Fact, Quantity, Recorded, Sheet

_FIELDS = ("rating", "budget")
"""Recorded results that have fields of their own."""


_IN_WORDS = Quantity(unknown="qualitative")
"""The figure of a fact that the form declares to be words, whatever numbers they hold."""


class Stated(NamedTuple):
    """What a document states under an item `fact NAME` or `recorded.NAME`: its text, its unit, where, and in which words."""

    item: str
    text: str
    place: FormPlace
    words: str
    unit: str | None = None


def with_facts(
    sheet: Sheet, stated: Iterable[Stated], form: Form, file: str | None, problems: list[Diagnostic]
) -> Sheet:
    """The sheet with the facts and records that are stated; what no choice of the form fits is told and left out."""
    facts: dict[str, Fact] = {fact.name: fact for fact in sheet.facts}
    results: dict[str, Fact] = {fact.name: fact for fact in sheet.recorded.results}
    recorded: dict[str, object] = {}
    for each in stated:
        value = _value(each, form, file, problems)
        if value is None:
            continue
        name = each.item.removeprefix(FACT).removeprefix("recorded.")
        if each.item.startswith("recorded.") and name in _FIELDS:
            if getattr(sheet.recorded, name) is None and name not in recorded:
                recorded |= {name: value, f"{name}_source": source(file, each.place, each.text, each.words)}
            continue
        known = facts if each.item.startswith(FACT) else results
        in_words = each.item.startswith(FACT) and name in form.facts and form.facts[name].kind == "text"
        known.setdefault(name, _fact(name, value, each, file, in_words=in_words))
    if not facts and not results and not recorded:
        return sheet
    changes = {**recorded, "results": tuple(results.values())}
    records = Recorded.model_validate({**dict(sheet.recorded), **changes})
    return sheet.model_copy(update={"facts": tuple(facts.values()), "recorded": records})


def _value(stated: Stated, form: Form, file: str | None, problems: list[Diagnostic]) -> str | None:
    """What is stated, as the form's choices have it; the text itself where it has none for the item."""
    if bare(stated.text) in ("", "-", "/"):
        return None
    if not any(row.item == stated.item for row in form.rows("choices")):
        return narrow(" ".join(stated.text.split()))
    choice = choice_of(form, stated.item, stated.text)
    if choice.value is None:
        values = dict.fromkeys(row.value for row in form.rows("choices") if row.item == stated.item)
        params: dict[str, Param] = {
            "label": stated.words[:40],
            "text": bare(stated.text)[:40],
            "choices": "、".join(choice.named or values),
        }
        problems.append(Diagnostic("HY691", at(file, stated.place), params))
    return choice.value


def _fact(name: str, value: str, stated: Stated, file: str | None, *, in_words: bool) -> Fact:
    figure = _IN_WORDS if in_words else _figure(value, stated.unit)
    where = source(file, stated.place, stated.text.strip(), stated.words)
    if figure.source is not None:
        where = changed(where, reading=figure.source.reading, note=figure.source.note)
    return Fact(name=name, text=value, figure=changed(figure, source=where))


@lru_cache(5_000)
def _figure(text: str, unit: str | None) -> Quantity:
    """The figure of a fact without its place: the facts of a list are a few words and numbers again and again."""
    return figure_in(text, default_unit=unit)
