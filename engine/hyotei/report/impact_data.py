"""An impact and a sweep as JSON: their fields, and what edits and problems are called in a language."""

from hyotei.base.result_json import result_data
from hyotei.impact.model import Impact
from hyotei.impact.range_pieces import exact_text
from hyotei.impact.sweep import Sweep
from hyotei.messages import Diagnostic, Language, wording
from hyotei.report.impact_document import edit_said

Data = dict[str, object]


def impact_data(found: Impact, language: Language) -> Data:
    """All of an impact."""
    data = result_data(found, language)
    data["edits"] = [
        {
            "kind": edit.kind,
            "decision": edit.decision,
            "old_row": edit.old_row,
            "new_row": edit.new_row,
            "column": edit.column,
            "text": edit_said(edit, found, wording(language)),
            **result_data(share),
        }
        for edit, share in zip(found.edits, found.shares, strict=True)
    ]
    return {"schema": "hyotei.impact/1", **data, "problems": _problems(found.notes, language)}


def sweep_data(found: Sweep, language: Language) -> Data:
    """All of a sweep; a step is a plain decimal, or a fraction such as `1/3` where it is none."""
    data = result_data(found, language)
    steps = {"steps": [exact_text(each) for each in found.steps], "stretches": data.pop("stretches")}
    return {"schema": "hyotei.sweep/1", **data, **steps, "problems": _problems(found.notes, language)}


def _problems(notes: tuple[Diagnostic, ...], language: Language) -> list[Data]:
    return [{"code": note.code, "message": note.message(language)} for note in notes]
