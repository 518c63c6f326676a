"""Why a grade came out, in one line: the row that decided, the values it was decided on, and its reason."""

from hyotei.messages import Language, wording
from hyotei.rulebook.derivation import Step
from hyotei.rulebook.model import Table
from hyotei.verdict.case import Case


def decided_by(case: Case, decision: str, unit: str, language: Language) -> str:
    """`B, by row 3 (attainment 75%): better results are needed`; what is undetermined is told with its reason."""
    say, step = wording(language), case.step(decision, unit)
    if step is None:
        return say("common.none")
    body = case.rulebook.by_name[decision].body
    value = step.outputs[0]
    assert not isinstance(value, tuple), "a grade is one value"
    of = case.rulebook.by_name[decision].outputs[0].type
    told = value if isinstance(value, str) else case.words(value, of, language)
    if not isinstance(body, Table):
        return told
    values = say.listed(_values(case, body, step, language))
    rows = say.listed(str(number) for number in step.rows)
    line = say.one_of("compared.why.by", step.outcome, value=told, rows=rows, values=values)
    notes = [case.said(row.annotation, language) for row in body.rows if row.number in step.rows and row.annotation]
    return say("compared.why.noted", line=line, note=say.listed(notes)) if notes and step.outcome == "fired" else line


def _values(case: Case, body: Table, step: Step, language: Language) -> list[str]:
    """The inputs that the rows asked about; all of them, where no row asked about any."""
    # Of a table that is gone through from the top, the rows above have asked as well.
    last = max(step.rows, default=0)
    rows = [row for row in body.rows if row.number in step.rows or (body.policy == "F" and row.number < last)]
    asked = {index for row in rows for index, check in enumerate(row.checks) if not check.anything}
    found = []
    for index, (column, value) in enumerate(zip(body.inputs, step.inputs, strict=True)):
        if index in asked or not asked:
            name, words = case.title(column.term, language), case.words(value, column.type, language)
            found.append(wording(language)("compared.why.value", name=name, value=words))
    return found
