"""What is kept of sheets that were rated one by one: verdicts, findings and steps out of their derivations."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from hyotei.columnar.result_tables import FINDINGS, STEPS, Results, tables_of_sheets, text_of, verdict_schema
from hyotei.rulebook.derivation import Derivation
from hyotei.rulebook.model import RESULTS, Rulebook, Table
from hyotei.rulebook.values import Scalar, Unknown


def results_of(
    rulebook: Rulebook, derivations: Iterable[tuple[int, str, Derivation]], engine: str, with_steps: bool
) -> Results:
    """The results of sheets that were rated one by one, each with its place and key."""
    verdicts: list[dict[str, object]] = []
    findings: list[dict[str, object]] = []
    steps: list[dict[str, object]] = []
    for place, key, derivation in derivations:
        found = list(_findings_of(rulebook, place, key, derivation))
        findings += found
        verdicts.append(_verdict_of(rulebook, place, key, derivation, len(found), engine))
        if with_steps:
            steps += _steps_of(rulebook, place, key, derivation)
    return Results(
        pa.Table.from_pylist(verdicts, schema=verdict_schema(rulebook)),
        pa.Table.from_pylist(findings, schema=FINDINGS),
        pa.Table.from_pylist(steps, schema=STEPS) if with_steps else None,
    )


def _outputs(values: Sequence[Scalar]) -> dict[str, object]:
    return {
        "values": [text_of(value) for value in values],
        "reasons": [value.reason if isinstance(value, Unknown) else None for value in values],
    }


def _verdict_of(
    rulebook: Rulebook, place: int, key: str, derivation: Derivation, findings: int, engine: str
) -> dict[str, object]:
    row: dict[str, object] = {"place": place, "sheet": key, "findings": findings, "engine": engine}
    decided = [name for name in RESULTS if name in rulebook.by_name]
    settled = True
    for name in RESULTS:
        if name in decided:
            value = derivation.value(name)
            row[name] = value if isinstance(value, str) else None
            row[f"{name}_reason"] = value.reason if isinstance(value, Unknown) else None
            settled = settled and isinstance(value, str)
    row["status"] = "not_rated" if not decided else "determined" if settled else "undetermined"
    for decision in tables_of_sheets(rulebook):
        row[f"{decision.name}.rows"] = list(derivation.steps[decision.name, "sheet"].rows)
    return row


def _findings_of(rulebook: Rulebook, place: int, key: str, derivation: Derivation) -> Iterable[dict[str, object]]:
    for step in derivation.steps.values():
        decision = rulebook.by_name[step.decision]
        if not decision.audit or not isinstance(decision.body, Table):
            continue
        names = [output.name for output in decision.outputs]
        for number, outputs in zip(step.rows, step.outputs, strict=True):
            assert isinstance(outputs, tuple), "a table of hit policy C collects rows"
            words = _outputs(outputs)
            first = outputs[0]
            severity = text_of(outputs[names.index("severity")]) if "severity" in names else ""
            yield {
                "place": place,
                "sheet": key,
                "unit": step.unit,
                "decision": step.decision,
                "row": number,
                "code": first.reason if isinstance(first, Unknown) else text_of(first),
                "severity": severity or "",
                "message": decision.body.rows[number - 1].annotation,
                **words,
            }


def _steps_of(rulebook: Rulebook, place: int, key: str, derivation: Derivation) -> Iterable[dict[str, object]]:
    for step in derivation.steps.values():
        decision = rulebook.by_name[step.decision]
        collects = isinstance(decision.body, Table) and decision.body.policy == "C"
        values: Sequence[Any] = () if collects else step.outputs
        yield {
            "place": place,
            "sheet": key,
            "decision": step.decision,
            "unit": step.unit,
            "outcome": step.outcome,
            "rows": list(step.rows),
            **_outputs(values),
        }
