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
from hyotei.readers.words_of_forms import choice_values
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
        name = _name(each.item)
        if each.item.startswith("recorded.") and name in _FIELDS:
            if getattr(sheet.recorded, name) is None and name not in recorded:
                recorded |= {name: value, f"{name}_source": source(file, each.place, each.text, each.words)}
            continue
        known = facts if each.item.startswith(FACT) else results
        known.setdefault(name, _fact(name, value, each, form, file))
    if not facts and not results and not recorded:
        return sheet
    changes = {**recorded, "results": tuple(results.values())}
    records = Recorded.model_validate({**dict(sheet.recorded), **changes})
    return sheet.model_copy(update={"facts": tuple(facts.values()), "recorded": records})


def stated_fact(stated: Stated, form: Form, file: str | None, problems: list[Diagnostic]) -> Fact | None:
    """What is stated as a fact or a result of a unit; None where nothing is, or no choice of the form fits, which is told."""
    value = _value(stated, form, file, problems)
    return None if value is None else _fact(_name(stated.item), value, stated, form, file)


def _name(item: str) -> str:
    return item.removeprefix(FACT).removeprefix("recorded.")


def _value(stated: Stated, form: Form, file: str | None, problems: list[Diagnostic]) -> str | None:
    """What is stated, as the form's choices have it; the text itself where it has none for the item."""
    if bare(stated.text) in ("", "-", "/"):
        return None
    if not choice_values(form, stated.item):
        return narrow(" ".join(stated.text.split()))
    choice = choice_of(form, stated.item, stated.text)
    if choice.value is None:
        params: dict[str, Param] = {
            "label": stated.words[:40],
            "text": bare(stated.text)[:40],
            "choices": "、".join(choice.named or choice_values(form, stated.item)),
        }
        problems.append(Diagnostic("HY691", at(file, stated.place), params))
    return choice.value


def _fact(name: str, value: str, stated: Stated, form: Form, file: str | None) -> Fact:
    in_words = stated.item.startswith(FACT) and name in form.facts and form.facts[name].kind == "text"
    figure = _IN_WORDS if in_words else _figure(value, stated.unit)
    doubt = () if figure.source is None else (figure.source.reading, figure.source.notes)
    where = source(file, stated.place, stated.text.strip(), stated.words, *doubt)
    return Fact(name=name, text=value, figure=changed(figure, source=where))


@lru_cache(5_000)
def _figure(text: str, unit: str | None) -> Quantity:
    """The figure of a fact without its place: the facts of a list are a few words and numbers again and again."""
    return figure_in(text, default_unit=unit)
