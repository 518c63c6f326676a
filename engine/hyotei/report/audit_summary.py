"""An audit in numbers as JSON data: `summary.json` of a report."""

from collections.abc import Mapping

from hyotei.audit.model import Agreement, SheetAudit
from hyotei.audit.rating_consistency import Consistency, JudgedSheet
from hyotei.audit.summary import GROUPINGS, Compared, Group, Summary
from hyotei.base.exact import plain
from hyotei.report.against_data import counts_data
from hyotei.report.audit_content import Content
from hyotei.report.report_folder import SCHEMA
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.version import __version__

Data = dict[str, object]


def summary_data(content: Content) -> Data:
    """Counts, agreements, matrices, kappa, groups, kinds of findings, rulebooks, sources and problems.

    Money is in yen, as a decimal text, like every number that is not a count.
    """
    summary, problems = content.summary, content.problems
    return {
        "schema": SCHEMA,
        "hyotei": __version__,
        "language": content.language,
        "sources": list(content.sources),
        **_group(summary.whole, summary),
        "findings_by_kind": [
            {
                "code": each.code,
                "severity": each.severity,
                "sheets": each.sheets,
                "findings": each.findings,
                "money": plain(each.money),
                "message": each.message,
            }
            for each in sorted(summary.findings.values(), key=lambda each: each.code)
        ],
        "groups": {
            name: {key: _group(group, summary) for key, group in sorted(summary.groups[name].items())}
            for name in GROUPINGS
        },
        "unread": dict(sorted(summary.unread.items())),
        "against": None if content.against is None else counts_data(content.against),
        "consistency": [_consistency(each) for each in content.consistency],
        "sample": {"seed": content.seed, "sheets": [_sampled(each) for each in content.sampled]},
        "rulebooks": [
            {
                "id": book.id,
                "hash": book.hash,
                "hash_format": HASH_FORMAT,
                "title": book.title,
                "standing": book.standing,
                "sheets": summary.rulebooks[book.id, book.hash],
            }
            for book in content.rulebooks.values()
        ],
        "problems": {
            "failed": problems.failed,
            "counts": dict(sorted(problems.counts.items())),
            "first": [
                {"code": each.code, "severity": each.severity, "text": each.text(content.language)}
                for each in problems.first
            ],
        },
    }


def _group(group: Group, summary: Summary) -> Data:
    return {
        "sheets": group.sheets,
        "sheets_with_findings": group.found,
        "findings": group.findings,
        "statuses": _sorted(group.statuses),
        "results": {name: _compared(each, summary.scale(name)) for name, each in sorted(group.results.items())},
    }


def _compared(compared: Compared, scale: tuple[str, ...]) -> Data:
    kappa = compared.kappa(scale)
    return {
        "agreements": _sorted(compared.agreements),
        "scale": list(scale),
        "matrix": [
            {"recorded": one, "derived": other, "sheets": compared.matrix[one, other]}
            for one in scale
            for other in scale
            if compared.matrix[one, other]
        ],
        "recorded": _sorted(compared.recorded),
        "derived": _sorted(compared.derived),
        "recorded_better": compared.better,
        "recorded_worse": compared.worse,
        "kappa": None
        if kappa is None
        else {
            "weights": "linear",
            "value": plain(kappa.value),
            "low": plain(kappa.low),
            "high": plain(kappa.high),
            "pairs": kappa.pairs,
        },
    }


def _sorted(counts: Mapping[Agreement, int] | Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _consistency(each: Consistency) -> Data:
    return {
        "rulebook": each.rulebook,
        "rulebook_hash": each.hash,
        "rulebook_hash_format": HASH_FORMAT,
        "inputs": [{"name": of.name, "better": "more" if of.rises else "less", "how": of.how} for of in each.inputs],
        "sheets": each.sheets,
        "left_out": each.left_out,
        "pairs": each.pairs,
        "involved": each.involved,
        "fewest_to_remove": [of.sheet.id for of in each.removed],
        "strongest": [
            {"rated_worse": _judged(pair.wronged), "rated_better": _judged(pair.favoured), "steps": pair.steps}
            for pair in each.strongest
        ],
    }


def _judged(sheet: JudgedSheet) -> Data:
    return {"sheet": sheet.sheet.id, "recorded": sheet.recorded, "inputs": list(sheet.inputs)}


def _sampled(each: SheetAudit) -> Data:
    return {
        "sheet": each.sheet.id,
        "agreement": next((comparison.agreement for comparison in each.comparisons), None),
        "findings": len(each.findings),
    }
