"""Findings as NDJSON: one a line, with every figure exact and every rule by its name and hash."""

import json
from typing import TextIO

from hyotei.audit.model import Finding
from hyotei.report.rule_text import rule_key
from hyotei.rulebook.canonical import HASH_FORMAT

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def finding_data(finding: Finding) -> dict[str, object]:
    """A finding as JSON data. Money and values are decimal texts; `rule` is rulebook, decision and row.

    `state` is how it stands to an earlier report, null without one.
    """
    return {
        "code": finding.code,
        "sheet": finding.sheet,
        "severity": finding.severity,
        "rule": rule_key(finding),
        "rulebook_hash": None if finding.rule is None else finding.rule.hash,
        "rulebook_hash_format": None if finding.rule is None else HASH_FORMAT,
        "standing": "draft" if finding.rule is None else finding.rule.standing,
        "title": finding.title,
        "authority": finding.authority,
        "fiscal_year": finding.fiscal_year,
        "unit": finding.unit,
        "subject": finding.subject,
        "message": finding.message,
        "question": finding.question,
        "figures": [
            {"title": each.title, "text": each.text, "value": each.value, "place": each.place}
            for each in finding.figures
        ],
        "money": finding.money,
        "doubts": [{"code": each.code, "values": each.values, "text": each.text} for each in finding.doubts],
        "also": list(finding.also),
        "state": finding.state or None,
    }


def write_finding(file: TextIO, finding: Finding) -> None:
    """One line."""
    write_line(file, finding_data(finding))


def write_line(file: TextIO, data: dict[str, object]) -> None:
    """One line of any data."""
    file.write(_ENCODE(data) + "\n")
