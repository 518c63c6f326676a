"""The words by which audits are asked for: by pages, by programs and by the client. It needs no Django."""

from typing import Final, Literal

Order = Literal["weight", "money", "authority", "fiscal_year", "code", "sheet"]
"""The orders of findings (finding_index.ORDERS)."""
ReportKind = Literal["html", "xlsx", "ndjson"]
MEDIA_TYPES: Final[dict[ReportKind, str]] = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ndjson": "application/x-ndjson; charset=utf-8",
}
"""The media types of the files of a report, by the ends of their names."""
LONGEST_TITLE: Final = 60
"""Characters of the name of a corpus."""
LONGEST_NOTE: Final = 4000
"""Characters of what is noted of a finding."""
LONGEST_VIEW_NAME: Final = 60
"""Characters of the name of a view of findings."""
