"""An impact and a sweep as JSON: exact values as texts, the undetermined as null."""

from dataclasses import asdict

from hyotei.base.exact import plain
from hyotei.impact.model import Count, Group, Impact
from hyotei.impact.sweep import Sweep
from hyotei.messages import Language
from hyotei.report.audit_words import Say
from hyotei.report.impact_words import edit_said, exact_text

Data = dict[str, object]


def impact_data(found: Impact, language: Language) -> Data:
    """All of an impact."""
    return {
        "schema": "hyotei.impact/1",
        "old": asdict(found.old),
        "new": asdict(found.new),
        "corpus_hash": found.corpus_hash,
        "all": count_data(found.all),
        "moved": count_data(found.moved),
        "singly": found.alone,
        "results": [
            {
                "name": result.name,
                "values": list(result.values),
                "matrix": [
                    {"from": before, "to": after, **count_data(count)}
                    for (before, after), count in result.matrix.items()
                ],
            }
            for result in found.results
        ],
        "edits": [
            {
                "kind": edit.kind,
                "decision": edit.decision,
                "old_row": edit.old_row,
                "new_row": edit.new_row,
                "column": edit.column,
                "text": edit_said(edit, found, Say(language)),
                "alone": count_data(share.alone),
                "together": count_data(share.together),
            }
            for edit, share in zip(found.edits, found.shares, strict=True)
        ],
        "other_decisions_edited": found.others,
        "by_authority": [_group(each) for each in found.by_authority],
        "by_fiscal_year": [_group(each) for each in found.by_year],
        "moves": [
            {
                "sheet": move.sheet,
                "title": move.title,
                "authority": move.authority,
                "fiscal_year": move.fiscal_year,
                "money": None if move.money is None else plain(move.money),
                "changes": [
                    {
                        "result": each.result,
                        "from": each.before,
                        "to": each.after,
                        "way": each.way,
                        "alone": list(each.cause.alone),
                        "together": list(each.cause.together),
                        "fewest": each.cause.fewest,
                    }
                    for each in move.changes
                ],
            }
            for move in found.moves
        ],
        "problems": [{"code": note.code, "message": note.message(language)} for note in found.notes],
    }


def count_data(count: Count) -> Data:
    """Sheets, yen, and of how many sheets the money is not known."""
    return {"sheets": count.sheets, "money": plain(count.money), "money_unknown": count.unpriced}


def _group(group: Group) -> Data:
    ways = [{"result": result, "way": way, "sheets": number} for (result, way), number in group.ways.items()]
    return {"key": group.key, "all": count_data(group.all), "moved": count_data(group.moved), "ways": ways}


def sweep_data(found: Sweep, language: Language) -> Data:
    """All of a sweep; a step is a plain decimal, or a fraction such as `1/3` where it is none."""
    slide = found.slide
    return {
        "schema": "hyotei.sweep/1",
        "rulebook": asdict(found.rulebook),
        "corpus_hash": found.corpus_hash,
        "slide": {
            "name": slide.name,
            "present": slide.present[0 if language == "ja" else 1],
            "low": plain(slide.low),
            "high": plain(slide.high),
        },
        "all": count_data(found.all),
        "singly": found.alone,
        "steps": [exact_text(each) for each in found.steps],
        "stretches": [
            {
                "from": exact_text(each.at),
                "after": each.after,
                "changed": each.changed,
                "moved": count_data(each.moved),
                "counts": [
                    {"result": name, "value": value, **count_data(count)}
                    for (name, value), count in each.counts.items()
                ],
            }
            for each in found.stretches
        ],
        "problems": [{"code": note.code, "message": note.message(language)} for note in found.notes],
    }
