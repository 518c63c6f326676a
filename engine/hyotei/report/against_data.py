"""What has become of the findings of an earlier report, as data."""

from collections.abc import Iterable, Iterator

from hyotei.audit.earlier_report import Against
from hyotei.audit.model import Finding
from hyotei.report.findings_ndjson import finding_data


def against_data(against: Against, new: Iterable[Finding]) -> dict[str, object]:
    """The counts, with every new and every resolved finding."""
    return {
        "schema": "hyotei.audit-against/1",
        "earlier": str(against.path),
        **counts_data(against),
        "new_findings": [finding_data(each) for each in new],
        "resolved_findings": [each._asdict() for each in against.resolved()],
        "not_audited_findings": [each._asdict() for each in against.unaudited()],
    }


def counts_data(against: Against) -> dict[str, int]:
    """How many findings are new, continuing, resolved, and of programmes without a sheet now."""
    return {
        "new": against.states["new"],
        "continuing": against.states["continuing"],
        "resolved": len(against.resolved()),
        "not_audited": len(against.unaudited()),
    }


def earlier_data(against: Against) -> Iterator[dict[str, object]]:
    """The findings of the earlier report that are not made now: resolved, and not audited, as `state` tells."""
    for state, each in against.not_made():
        yield {**each._asdict(), "state": state}
