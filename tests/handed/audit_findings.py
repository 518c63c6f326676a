"""Cases of findings over JUDGIT! records: figures over the years as printed, measures of one name, targets where less is better."""

import json
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tests.cli.command import inside
from tests.handed.result import Case, Result


def _findings(folder: Path) -> list[dict[str, Any]]:
    """All findings of the report on a case."""
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "report"
        found = inside("audit", folder, "-o", out)
        assert found.code == 0, found.err
        return [json.loads(line) for line in (out / "findings.ndjson").read_text("utf-8").split("\n") if line]


def _lower_better(folder: Path) -> Result:
    """Fewer accidents than targeted: nothing serious; what rests on an assumed direction says so, with target and actual."""
    found = [each for each in _findings(folder) if each["code"] in ("SQ-D15", "SQ-D11", "MY-missed_running")]
    told = [
        each["severity"] == "notice"
        and each["doubts"]
        and {"1,060件", "963件"} <= {figure["text"] for figure in each["figures"]}
        for each in found
    ]
    return Result(all(told), "; ".join(f"{each['code']} {each['severity']}" for each in found) or "no finding")


def _duplicate_names(folder: Path) -> Result:
    """A measure that the next year is told as two of one name is not held against either, and a word says so."""
    found = [each for each in _findings(folder) if each["code"].startswith("MY-")]
    with tempfile.TemporaryDirectory() as work:
        said = inside("audit", folder, "-o", Path(work) / "report").err
    return Result(not found and "HY985" in said, f"{len(found)} findings over the years; {said.strip()}")


def _percent(folder: Path) -> Result:
    """Percentages over the years are told as percentages: every one within the hundred that the records hold."""
    figures = [
        (figure["text"], figure["value"])
        for each in _findings(folder)
        if each["code"].startswith("MY-")
        for figure in each["figures"]
        if figure["text"].endswith("%")
    ]
    right = [text == f"{(Decimal(value) * 100).normalize():f}%" for text, value in figures]
    return Result(bool(right) and all(right), ", ".join(text for text, _ in figures))


CASES: Final[dict[str, Case]] = {
    "d15_lower_better": _lower_better,
    "my_duplicate_names": _duplicate_names,
    "my_percent": _percent,
}
