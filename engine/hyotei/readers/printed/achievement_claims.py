"""What a form claims of its objectives where a column beside the measures says of each whether it was achieved."""

import re
from collections.abc import Sequence
from typing import Final, cast

from hyotei.messages import Diagnostic
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.printed.form_blocks import FormCell
from hyotei.readers.printed.form_text import Form
from hyotei.readers.printed.measured_indicators import Indicated
from hyotei.sheet.models import Claim, Objective
from hyotei.sheet.notes import reading_note

_GRADE: Final = re.compile("[SA-EⅠ-Ⅴ①-⑤1-5]")
"""A grade of an indicator, which says nothing about whether the objective was achieved."""
_TOGETHER: Final = "reading_notes.claims_summed_up"


def claimed(
    objectives: Sequence[Objective], listed: Sequence[tuple[int, Indicated]], form: Form, problems: list[Diagnostic]
) -> tuple[Objective, ...]:
    """The objectives, those without a claim with what the marks of all their indicators say together."""
    marks = iter([(number, each) for number, each in listed])
    found: list[Objective] = []
    for objective in objectives:
        mine = [next(marks) for _ in objective.indicators]
        read = [(number, cell, _claim(number, cell, form, problems)) for number, each in mine for cell in each.achieved]
        claims = {claim for _, _, claim in read}
        if len(read) == 1 and len(mine) > 1 and _spans(read[0][1], [each for _, each in mine]):
            found.append(_stated(objective, read[0], form) if objective.claim is None else objective)
            continue
        complete = bool(mine) and all(each.achieved for _, each in mine) and None not in claims
        if objective.claim is not None or not complete:
            found.append(objective)
            continue
        together = next(iter(claims)) if len(claims) == 1 else "partly_achieved"
        text = "、".join(bare(cell.text) for _, cell, _ in read)
        number, cell, _ = read[0]
        source = form.document.source(
            text, form.of(number, cell)[0].number, place="達成の欄", reading="inferred", notes=reading_note(_TOGETHER)
        )
        found.append(objective.model_copy(update={"claim": together, "claim_source": source}))
    return tuple(found)


def _spans(cell: FormCell, mine: Sequence[Indicated]) -> bool:
    """Whether one mark stands beside all rows of an objective."""
    rows = {row for each in mine for row in each.rows}
    return min(rows) >= cell.row and max(rows) < cell.row + cell.rows


def _stated(objective: Objective, read: tuple[int, FormCell, Claim | None], form: Form) -> Objective:
    number, cell, claim = read
    if claim is None:
        return objective
    source = form.document.source(cell.text.strip(), form.of(number, cell)[0].number, place="達成の欄")
    return objective.model_copy(update={"claim": claim, "claim_source": source})


def _claim(number: int, cell: FormCell, form: Form, problems: list[Diagnostic]) -> Claim | None:
    text = bare(cell.text)
    said = form.document.form.item("claims", text) if text else "open"
    claim = cast(Claim, said) if said not in (None, "open") else None
    if said is None and text != "\\":
        at = form.document.at(form.of(number, cell)[0].number)
        problems.append(Diagnostic("HY269" if _GRADE.fullmatch(text) else "HY842", at, {"text": text[:40]}))
    return claim
