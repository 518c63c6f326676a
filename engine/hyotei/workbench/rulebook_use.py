"""Where a rulebook is used in the workbench: sheets that it rates, what was adopted, audits, drafts, rulebooks that replace it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from hyotei.inference.rate import applicable_rulebook
from hyotei.messages import HyoteiError
from hyotei.report.report_folder import MARK
from hyotei.rulebook.library import Entry
from hyotei.workbench.audit_models import AuditRecord
from hyotei.workbench.audit_store import FOLDER
from hyotei.workbench.draft_models import Draft
from hyotei.workbench.library_entries import entries
from hyotei.workbench.models import Adoption, Revision, SheetRecord

SHOWN: Final = 10
"""Sheets that are named."""
_AUDITS: Final = 50
"""Audits that are looked through, the latest first."""


class Use(NamedTuple):
    """Where a rulebook of an id is used, whatever its version.

    Attributes:
        sheets: how many sheets that were read in are rated by it.
        latest: the latest of them.
        adopted: how many adoptions are of a verdict by it.
        audits: audits that applied it, the latest first.
        drafts: drafts that were begun as it, the latest first.
        replaced_by: rulebooks that say that they take its place.
    """

    sheets: int
    latest: Sequence[SheetRecord]
    adopted: int
    audits: Sequence[AuditRecord]
    drafts: Sequence[Draft]
    replaced_by: Sequence[Entry]


def use_of(entry: Entry, data: Path) -> Use:
    """Where a rulebook is used; `data` is the folder of the workbench."""
    identity = entry.head.id
    return Use(
        *_sheets(identity),
        Adoption.objects.filter(verdict__rulebook__identity=identity).count(),
        [
            each
            for each in AuditRecord.objects.select_related("job").order_by("-at")[:_AUDITS]
            if _applied(each, identity, data)
        ],
        list(Draft.objects.filter(base=identity).select_related("account").order_by("-at")),
        [each for each in entries() if identity in each.head.supersedes and each.head.id != identity],
    )


def _sheets(identity: str) -> tuple[int, list[SheetRecord]]:
    """How many sheets are rated by it in their present state, because it was chosen or is the one in force; and the latest."""
    later = Revision.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    present = Revision.objects.filter(~Exists(later))
    about = ("rulebook", "carry_over", "record__authority", "record__fiscal_year")
    count, wanted = 0, Q(pk__in=[])
    for chosen, carry_over, authority, year, sheets in present.values_list(*about).annotate(Count("pk")).order_by():
        if (chosen or _in_force(authority, year, carry_over)) == identity:
            count += sheets
            wanted |= Q(**dict(zip(about, (chosen, carry_over, authority, year), strict=True)))
    latest = present.filter(wanted).select_related("record").defer("sheet").order_by("-record__at", "record_id")
    return count, [each.record for each in latest[:SHOWN]]


def _in_force(authority: str, fiscal_year: int, carry_over: bool) -> str:
    try:
        return applicable_rulebook(authority, fiscal_year, carry_over).id
    except HyoteiError:
        return ""


def _applied(audit: AuditRecord, identity: str, data: Path) -> bool:
    """Whether an audit applied it, by the summary of its report."""
    file = data / FOLDER / audit.pk.hex / "ja" / MARK
    try:
        told = json.loads(file.read_text(encoding="utf-8"))["rulebooks"]
        return any(each["id"] == identity for each in told)
    except (OSError, ValueError, KeyError, TypeError):
        return False  # its files are gone, which its own page tells
