"""Cases of audits: what may be said of records whose data lack a field."""

from pathlib import Path
from typing import Final

from hyotei.audit.audit import audit
from hyotei.readers import read_sheets
from tests.handed.result import Case, Result


def _no_indicator(folder: Path) -> Result:
    """Nobody is accused of having no indicator and no reason where the data has no place for them."""
    sheets = [found.sheet for found in read_sheets(folder) if found.sheet is not None]
    said = sorted({each.code for audited in audit(sheets) for each in audited.findings})
    return Result(len(sheets) == 2 and "SQ-D6" not in said, f"{len(sheets)} sheets, findings {', '.join(said) or '-'}")


CASES: Final[dict[str, Case]] = {
    "sq_d6": _no_indicator,
}
