"""Sheets under several rulebooks as JSON data."""

from hyotei.impact.compare_rulebooks import RulebooksCompared
from hyotei.impact.several_rulebooks import Combination, ScopeTally
from hyotei.messages import Language
from hyotei.report.grade_reasons import decided_by
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.verdict.case import Case

Data = dict[str, object]


def rulebooks_compared_data(found: RulebooksCompared, language: Language) -> Data:
    """All of a comparison; a value is null where it is undetermined, and reasons are in the language asked for."""
    return {
        "schema": "hyotei.rulebooks-compared/1",
        "rulebooks": [
            {
                "id": book.id,
                "title": book.title,
                "version": book.version,
                "derived_from": book.derived_from,
                "hash": book.hash,
                "hash_format": HASH_FORMAT,
            }
            for book in found.rulebooks
        ],
        "scopes": [_scope(scope, tally, found, language) for scope, tally in found.tallies.items()],
        "sheets": [
            {
                "sheet": each.sheet,
                "title": each.title,
                "authority": each.authority,
                "fiscal_year": each.fiscal_year,
                "values": each.values,
            }
            for each in found.results
        ],
        "problems": [{"code": note.code, "message": note.message(language)} for note in found.notes],
    }


def _scope(scope: str, tally: ScopeTally, found: RulebooksCompared, language: Language) -> Data:
    columns = [
        {"rulebook": each.rulebook, "decision": each.decision, "title": each.title, "scale": list(each.scale)}
        for each in tally.columns
    ]
    combinations = [_combination(each, tally, found, language) for each in tally.combinations]
    return {
        "scope": scope,
        "units": tally.units,
        "differing": tally.differing,
        "columns": columns,
        "combinations": combinations,
    }


def _combination(each: Combination, tally: ScopeTally, found: RulebooksCompared, language: Language) -> Data:
    verdicts = found.verdicts.get(each.example.sheet, ())
    cases = {one.rulebook.id: Case(one.rulebook, one.sheet, one.derivation) for one in verdicts}
    why = [decided_by(cases[c.rulebook], c.decision, each.example.unit, language) for c in tally.columns if cases]
    example = {"sheet": found.results[each.example.sheet].sheet, "unit": each.example.unit, "why": why}
    return {"values": each.values, "count": each.count, "differs": each.differs, "example": example}
