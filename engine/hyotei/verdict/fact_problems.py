"""What a rulebook cannot take as it stands on a sheet: facts of another kind than it declares, facts and recorded results under
names that it does not have, or at units that do not have them.
"""

from collections.abc import Iterable, Iterator, Mapping

from hyotei.forms.declared import shipped_facts
from hyotei.messages import Diagnostic, InEach, Listed, Location, Param, phrase_of
from hyotei.rulebook.changed_sheets import models
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.types import Scope, UnitType, words
from hyotei.rulebook.vocabulary import DeclaredFact
from hyotei.sheet import Fact, Sheet
from hyotei.sheet.fact_values import fact_value
from hyotei.sheet.scopes import LISTS

_LIST_OF: dict[Scope, str] = {scope: name for name, scope in LISTS.items()}
_SHOWN = 40


def fact_problems(sheet: Sheet, rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Everything that is stated and not used, or used as unknown, in the order of the sheet."""
    scopes = {decision.name: decision.scope for decision in rulebook.decisions if not decision.audit}
    for scope, key, unit in models(sheet):
        for fact in unit.facts:
            declared = rulebook.facts.get(fact.name)
            if declared is None and fact.name in shipped_facts():
                continue  # as a figure of the form that no rule reads
            if declared is None:
                yield _unknown_name("HY141", "HY142", fact, key, _names(rulebook.facts.values()))
            elif declared.scope != scope:
                yield _elsewhere("HY143", fact, key, declared.scope)
            else:
                yield from _of_another_kind(fact, key, declared, rulebook.english)
        for result in sheet.recorded.results if isinstance(unit, Sheet) else unit.recorded:
            if result.name not in scopes:
                yield _unknown_name("HY145", "HY146", result, key, {name: name for name in scopes})
            elif scopes[result.name] != scope:
                yield _elsewhere("HY147", result, key, scopes[result.name])


def _of_another_kind(fact: Fact, key: str, declared: DeclaredFact, english: Mapping[str, str]) -> Iterator[Diagnostic]:
    trouble = fact_value(fact, declared.kind, declared.words).trouble
    if trouble is not None:
        called = InEach(declared.label or declared.name, english.get(declared.label, declared.name))
        yield _told(
            "HY144", fact, key, label=called, text=_short(fact),
            trouble=phrase_of("fact.trouble", trouble, values=Listed(tuple(declared.words.values()))),
        )  # fmt: skip


def _names(facts: Iterable[DeclaredFact]) -> dict[str, str]:
    """The names of facts by everything that they are called."""
    found: dict[str, str] = {}
    for fact in facts:
        found |= {fact.name: fact.name, **({fact.label: fact.name} if fact.label else {})}
    return found


def _unknown_name(near_code: str, code: str, fact: Fact, key: str, known: dict[str, str]) -> Diagnostic:
    from difflib import get_close_matches  # needed for mistakes only

    by_small = {name.lower(): meant for name, meant in known.items()}
    near = get_close_matches(fact.name.lower(), by_small, 1, 0.6)
    if near:
        return _told(near_code, fact, key, name=fact.name, near=by_small[near[0]])
    return _told(code, fact, key, name=fact.name)


def _elsewhere(code: str, fact: Fact, key: str, scope: Scope) -> Diagnostic:
    return _told(code, fact, key, name=fact.name, units=words(UnitType(scope)), list=_LIST_OF.get(scope, scope))


def _told(code: str, fact: Fact, key: str, **params: Param) -> Diagnostic:
    source = fact.figure.source
    heading = key if source is None or source.place is None else source.place
    place = Location(heading=heading) if source is None else Location(source.file, source.line, heading=heading)
    return Diagnostic(code, place, params)


def _short(fact: Fact) -> str:
    plain = " ".join(fact.text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
