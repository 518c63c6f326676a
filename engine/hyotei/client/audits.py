"""The operations on corpora, audits and findings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote
from uuid import UUID

from hyotei.client.file_parts import file_parts
from hyotei.client.typed import Typed, query
from hyotei.workbench.api import audit_schemas as out
from hyotei.workbench.audit_words import MEDIA_TYPES, Order, ReportKind

NO_FILTERS = out.FindingFilters()


class Audits(Typed):
    """Corpora are built and audited in the background: a job is asked for until it is done. Findings are filtered and checked."""

    def list_corpora(self) -> Iterator[out.CorpusOut]:
        """The corpora, by their titles."""
        return self._listed(out.CorpusOut, "corpora")

    def get_corpus(self, name: str) -> out.CorpusOut:
        """One corpus."""
        return self._got(out.CorpusOut, f"corpora/{quote(name, safe='')}")

    def build_corpus(self, title: str, *files: str | Path, source: str = "") -> out.JobOut:
        """Begins to build a corpus of files, or of a folder (`source`) that the administrator offers."""
        fields = {"title": title, "source": source} if source else {"title": title}
        kind, body = file_parts("files", map(Path, files), fields)
        return out.JobOut.model_validate_json(self.ask("POST", "corpora", body, kind).body)

    def list_jobs(self, kind: Literal["", "corpus", "audit"] = "") -> Iterator[out.JobOut]:
        """The corpora and audits that were asked for, or those of one kind, the latest first."""
        return self._listed(out.JobOut, "jobs", kind=kind)

    def get_job(self, key: UUID) -> out.JobOut:
        """How far a corpus or an audit is."""
        return self._got(out.JobOut, f"jobs/{key}")

    def cancel_job(self, key: UUID) -> out.JobOut:
        """Ends what waits or runs; nothing of it remains."""
        return self._posted(out.JobOut, f"jobs/{key}/cancellation")

    def list_audits(self) -> Iterator[out.AuditOut]:
        """The audits that were made, the latest first."""
        return self._listed(out.AuditOut, "audits")

    def begin_audit(self, corpus: str, against: UUID | None = None) -> out.JobOut:
        """Begins an audit of a corpus, by its name, held against an earlier audit."""
        return self._posted(out.JobOut, "audits", out.AuditIn(corpus=corpus, against=against))

    def get_audit(self, key: UUID) -> out.AuditDetail:
        """One audit with the number of its findings."""
        return self._got(out.AuditDetail, f"audits/{key}")

    def audit_report(self, key: UUID, kind: ReportKind) -> bytes:
        """A file of the report of an audit."""
        return self.ask("GET", f"audits/{key}/report?kind={kind}", answers=MEDIA_TYPES[kind]).body

    def list_findings(
        self, key: UUID, filters: out.FindingFilters = NO_FILTERS, order: Order = "weight"
    ) -> Iterator[out.FindingOut]:
        """The findings of an audit under filters, in an order."""
        return self._listed(out.FindingOut, f"audits/{key}/findings", **_given(filters), order=order)

    def count_findings(self, key: UUID, filters: out.FindingFilters = NO_FILTERS) -> out.FindingCounts:
        """How many findings the filters leave, and what each value of each filter would leave under the others."""
        return self._got(out.FindingCounts, f"audits/{key}/finding-counts{query(**_given(filters))}")

    def get_finding(self, key: UUID, number: int) -> out.FindingDetail:
        """One finding with what was noted of it."""
        return self._got(out.FindingDetail, f"audits/{key}/findings/{number}")

    def list_views(self) -> Iterator[out.ViewOut]:
        """The saved views of findings of the account of the token, by their names."""
        return self._listed(out.ViewOut, "finding-views")

    def save_view(self, name: str, filters: out.FindingFilters = NO_FILTERS, order: Order = "weight") -> out.ViewOut:
        """Saves filters and an order of findings under a name, in place of the view of that name."""
        return self._posted(out.ViewOut, "finding-views", out.ViewIn(name=name, filters=filters, order=order))

    def remove_view(self, number: int) -> out.ViewOut:
        """Removes a saved view."""
        return self._sent(out.ViewOut, "DELETE", f"finding-views/{number}", None, None)

    def check_finding(self, key: UUID, number: int, note: str) -> out.FindingDetail:
        """Marks a finding as checked, with a note. Nobody can change that later."""
        return self._posted(out.FindingDetail, f"audits/{key}/findings/{number}/checks", out.CheckNoteIn(note=note))


def _given(filters: out.FindingFilters) -> dict[str, str]:
    return {name: str(value) for name, value in filters.model_dump().items()}
