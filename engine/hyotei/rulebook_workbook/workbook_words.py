"""Words of a workbook in its language, and what a word in either language means when it is read."""

from collections.abc import Mapping
from functools import cache
from typing import Final, get_args

from hyotei.base.text_folding import folded
from hyotei.messages import LANGUAGES, Language, wording
from hyotei.rulebook.model import HitPolicy, Standing
from hyotei.rulebook.types import Scope
from hyotei.rulebook_workbook.layout import LISTS, CellKind
from hyotei.rulebook_workbook.shown import ColumnKind

LABELS: Final = (
    "title", "name", "scope", "standing", "source", "before", "after", "formula", "policy", "kind", "heading", "item",
    "guide",
)  # fmt: skip
"""The rows of a decision's worksheet above its rules, by the word in their first cell."""
_POLICIES: Final[dict[HitPolicy, str]] = {
    "U": "unique", "A": "any", "F": "first", "P": "priority", "C": "collect", "C+": "sum", "C#": "count", "C<": "least",
    "C>": "greatest",
}  # fmt: skip


def choices(kind: CellKind, language: Language) -> dict[str, str]:
    """The words of a kind of cell by what they mean; none where its cells are free."""
    say = wording(language)
    if kind == "scope":
        return {each: say.one_of("rulebook.scope", each) for each in get_args(Scope)}
    if kind == "standing":
        return {each: say.one_of("common.standing", each) for each in get_args(Standing)}
    if kind == "truth":
        return {"true": say("common.yes"), "false": say("common.no")}
    return {}


def sheet_titles(language: Language) -> dict[str, str]:
    """What the worksheets are called that are not those of decisions."""
    say = wording(language)
    return {each: say.one_of("rulebook_workbook.sheet", each) for each in ("cover", *LISTS, "cases")}


def labels(language: Language) -> dict[str, str]:
    """The labels of a decision's worksheet by their keys."""
    say = wording(language)
    return {each: say.one_of("rulebook_workbook.label", each) for each in LABELS}


def kinds(language: Language) -> dict[ColumnKind, str]:
    """What the kinds of columns of a table are called."""
    say = wording(language)
    return {each: say.one_of("rulebook_workbook.kind", each) for each in get_args(ColumnKind)}


def policies(language: Language) -> dict[str, str]:
    """The hit policies with what they mean."""
    say = wording(language)
    return {policy: say.one_of("rulebook_workbook.policy", name) for policy, name in _POLICIES.items()}


def shown_word(kind: CellKind, value: str, language: Language) -> str:
    """A value as a cell of that kind shows it."""
    return choices(kind, language).get(value, value)


def meant(kind: CellKind, word: str) -> str:
    """What a word in a cell of that kind means, in either language or as documents write it; the word itself where it is none."""
    return _meanings(kind).get(folded(word).strip().lower(), word)


def label_meant(word: str) -> str | None:
    """The key of a label; None for any other word."""
    return _of_both(labels).get(folded(word).strip().lower())


def kind_meant(word: str) -> str | None:
    """The kind of a column by its word; None for any other."""
    return _of_both(kinds).get(folded(word).strip().lower())


def policy_meant(word: str) -> str:
    """The hit policy that a cell names, with or without what stands behind it."""
    sign = folded(word).strip().upper()
    known = sorted(_POLICIES, key=len, reverse=True)
    return next((policy for policy in known if sign == policy or sign.startswith((f"{policy} ", f"{policy}("))), word)


@cache
def _meanings(kind: CellKind) -> dict[str, str]:
    both = {folded(word).lower(): value for language in LANGUAGES for value, word in choices(kind, language).items()}
    return {**both, **{folded(value).lower(): value for value in both.values()}}


@cache
def _of_both(words: object) -> Mapping[str, str]:
    assert callable(words)
    return {folded(word).lower(): key for language in LANGUAGES for key, word in words(language).items()}
