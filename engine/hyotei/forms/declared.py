"""The facts that forms declare: what a form says of them is held against its own tables and against rulebooks, and names them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from hyotei.base.shipped_files import forms_folder
from hyotei.base.text_file import read_text
from hyotei.forms.front_matter import form_head
from hyotei.forms.items import FACT, TableKind
from hyotei.forms.model import FILE, Form, Row
from hyotei.messages import Diagnostic, InEach, Listed, Location, Param
from hyotei.rulebook.check.names import suggestion
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.types import ScaleType
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet.fact_values import FactKind
from hyotei.sheet.facts import word_of

_IN_WORDS: Final[frozenset[FactKind]] = frozenset(("text", "scale", "boolean", "year"))
"""The kinds whose values are words."""


class Named(NamedTuple):
    """A declared fact with what it is called in both languages."""

    fact: DeclaredFact
    names: InEach


@cache
def shipped_facts() -> Mapping[str, Named]:
    """The facts that the forms declare which ship with Hyotei, by their names; of two with one name the first form's."""
    found: dict[str, Named] = {}
    for file in sorted(forms_folder().glob(f"*/{FILE}")):
        head = form_head(RulebookText.parse(read_text(file), FILE), [])
        for name, fact in head.facts.items():
            label = fact.label or name
            found.setdefault(name, Named(fact, InEach(label, head.english.get(label, name))))
    return found


def names_of(fact: str) -> InEach:
    """What a fact is called: as a form that ships with Hyotei declares it, else its own name."""
    found = shipped_facts().get(fact)
    return InEach(fact, fact) if found is None else found.names


def table_problems(
    tables: Mapping[TableKind, Iterable[Row]], facts: Mapping[str, DeclaredFact], file: str | None
) -> Iterator[Diagnostic]:
    """What the tables of a form state otherwise than it declares. A form that declares no facts states any."""
    if not facts:
        return
    for rows in tables.values():
        for row in rows:
            if not row.item.startswith(FACT):
                continue
            name, place = row.item.removeprefix(FACT), Location(file, row.line)
            declared = facts.get(name)
            if declared is None:
                params: dict[str, Param] = {
                    "name": name,
                    "hint": suggestion(name, facts),
                    "names": Listed(tuple(facts)),
                }
                yield Diagnostic("HY676", place, params)
            elif row.value and isinstance(declared.type, ScaleType) and word_of(row.value) not in declared.words:
                values = Listed(declared.type.values)
                yield Diagnostic("HY677", place, {"value": row.value, "name": name, "values": values})


def differences(rulebook: Rulebook, form: Form) -> Iterator[Diagnostic]:
    """The facts that a rulebook declares otherwise than a form whose sheets it is for: what the form states could not be read."""
    for name, fact in rulebook.facts.items():
        of_form = form.facts.get(name)
        if of_form is not None and not _fits(of_form, fact):
            yield Diagnostic(
                "HY390",
                Location(rulebook.file, fact.line or None),
                {"name": name, "here": _said(fact), "form": form.id, "there": _said(of_form)},
            )


def _fits(stated: DeclaredFact, read: DeclaredFact) -> bool:
    """Whether what is stated as one fact can be read as the other. Words may be values of a scale, and values are words."""
    if stated.scope != read.scope:
        return False
    if "text" in (stated.kind, read.kind):
        return {stated.kind, read.kind} <= _IN_WORDS
    return stated.kind == read.kind and stated.words.keys() <= read.words.keys()


def _said(fact: DeclaredFact) -> str:
    of = "/".join(fact.type.values) if isinstance(fact.type, ScaleType) else fact.kind
    return f"{fact.scope} {of}"
