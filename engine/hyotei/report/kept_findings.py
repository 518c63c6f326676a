"""The findings that a page shows, the weightiest first: kept packed, because there may be a hundred thousand of them."""

import pickle
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from hyotei.audit.model import Finding
from hyotei.report.audit_content import Weightiest, severity_rank

MOST: Final = 100_000
"""Findings that a page holds at most, the weightiest first; all are in the tables."""


class KeptFindings:
    """Takes findings as they come, each with how it stands to an earlier report; gives them back by severity and budget."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: Weightiest[bytes] = Weightiest(most)

    def add(self, finding: Finding) -> None:
        """One more."""
        packed = zlib.compress(pickle.dumps(finding, pickle.HIGHEST_PROTOCOL), 1)
        self._kept.add(packed, severity_rank(finding.severity), finding.money)

    @property
    def seen(self) -> int:
        """How many were added."""
        return self._kept.seen

    def __iter__(self) -> Iterator[Finding]:
        for packed in self._kept.all():
            found = pickle.loads(zlib.decompress(packed))  # what this process packed itself
            assert isinstance(found, Finding)
            yield found

    def first(self, count: int) -> list[Finding]:
        """The weightiest of them."""
        return list(islice(self, count))
