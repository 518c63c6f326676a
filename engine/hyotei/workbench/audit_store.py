"""Audits in the database: the findings of a report that was made, and those of the earlier audit that are not made any more."""

import json
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from hyotei.audit.model import Finding, RuleRef, ShownFigure
from hyotei.base.printable import printable
from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.report.audit_content import severity_rank
from hyotei.report.audit_report import LINES, RESOLVED
from hyotei.report.finding_document import STATES
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.verdict.model import DoubtRef
from hyotei.version import __version__
from hyotei.workbench.audit_models import AuditFinding, AuditRecord, FindingCheck, Job
from hyotei.workbench.audit_words import LONGEST_NOTE
from hyotei.workbench.job_process import MADE
from hyotei.workbench.log import record as log
from hyotei.workbench.models import Account, StoredRulebook

FOLDER: Final = "audits"
_AT_ONCE: Final = 500
_SAME: Final = ("code", "sheet", "title", "authority", "fiscal_year", "unit", "subject", "message")
"""What tells a finding of an audit from its others."""


class Made(NamedTuple):
    """An audit as it was made: the record, its findings, and the documents of the rulebooks that they name."""

    record: AuditRecord
    findings: list[AuditFinding]
    rulebooks: list[dict[str, str]]


def read_made(job: Job, made: Path) -> Made:
    """What was made in a folder, which stays the place of the reports.

    Raises:
        ValueError: what is there is of different audits.
    """
    about = json.loads((made / MADE).read_text(encoding="utf-8"))
    against = json.loads(job.request)["against"]
    record = AuditRecord(
        job=job, corpus_hash=about["hash"], sheets=about["sheets"], version=__version__,
        against_id=None if against is None else UUID(against),
    )  # fmt: skip
    pairs = list(_pairs(made / "ja" / LINES, made / "en" / LINES))
    if record.against is not None:
        pairs += _not_made(made, record.against)
    weights, moneys = _places(pairs)
    rows = [_row(job, number, pair, weights[number], moneys[number]) for number, pair in enumerate(pairs)]
    return Made(record, rows, about["rulebooks"])


def keep(made: Made) -> None:
    """Stores it, in the transaction that tells that its job is done."""
    for book in made.rulebooks:
        StoredRulebook.objects.get_or_create(
            hash=book["hash"], defaults={"hash_format": HASH_FORMAT, "identity": book["identity"], "text": book["text"]}
        )
    made.record.save(force_insert=True)
    AuditFinding.objects.bulk_create(made.findings, batch_size=_AT_ONCE)


Pair = tuple[dict[str, Any], dict[str, Any]]
"""The data of a finding in Japanese and in English."""


def _pairs(*files: Path) -> Iterator[Pair]:
    """The findings of both reports, which are the same ones in the same order."""
    for ja, en in zip(*map(_lines, files), strict=True):
        if any(ja[name] != en[name] for name in ("code", "sheet", "unit", "rule", "state", "money")):
            raise ValueError("the reports of both languages are of different audits")
        yield ja, en


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _not_made(made: Path, against: AuditRecord) -> list[Pair]:
    """The findings of the earlier audit that are resolved, or of sheets that are not there, with all that was known of them."""
    before: dict[tuple[object, ...], Pair] = {}
    for each in against.findings.exclude(state__in=("resolved", "not_audited")).iterator():
        pair = data_of(each, "ja"), data_of(each, "en")
        before[_same(pair[0])] = pair
    found = []
    for told in _lines(made / "ja" / RESOLVED):
        ja, en = before[_same(told)]
        found.append(({**ja, "state": told["state"]}, {**en, "state": told["state"]}))
    return found


def _same(data: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(data[name] for name in _SAME)


def _places(pairs: list[Pair]) -> tuple[dict[int, int], dict[int, int]]:
    """The place of each finding by severity and money, and by money, the weightiest first; money that is unknown last."""
    money = [None if ja["money"] is None else -Decimal(ja["money"]) for ja, _ in pairs]
    rank = [-severity_rank(ja["severity"]) for ja, _ in pairs]

    def by_money(number: int) -> tuple[bool, Decimal]:
        value = money[number]
        return value is None, Decimal(0) if value is None else value

    every = range(len(pairs))
    by_weight = sorted(every, key=lambda number: (rank[number], by_money(number)))
    return _numbered(by_weight), _numbered(sorted(every, key=by_money))


def _numbered(order: list[int]) -> dict[int, int]:
    return {number: place for place, number in enumerate(order)}


def _row(job: Job, number: int, pair: Pair, weight: int, money_place: int) -> AuditFinding:
    ja, en = pair
    said = printable("\n".join(each[name] for each in pair for name in ("subject", "message")))
    texts = {name: printable(ja[name]) for name in ("code", "severity", "sheet", "title", "authority")}
    return AuditFinding(
        **texts, audit_id=job.pk, number=number + 1, state=ja["state"] or "", standing=ja["standing"],
        fiscal_year=ja["fiscal_year"], money=ja["money"], weight=weight, money_place=money_place, said=said,
        ja=_packed(ja), en=_packed(en),
    )  # fmt: skip


def _packed(data: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(data).encode())


def data_of(stored: AuditFinding, language: Language) -> dict[str, Any]:
    """The data of a finding in a language, as the report has it."""
    found: dict[str, Any] = json.loads(zlib.decompress(getattr(stored, language)))
    return found


def finding_of(stored: AuditFinding, language: Language) -> Finding:
    """The finding in a language."""
    data = data_of(stored, language)
    rule = None
    if data["rulebook_hash"] is not None:
        place, _, row = data["rule"].rpartition("/")
        rulebook, _, decision = place.partition("/")
        rule = RuleRef(rulebook, data["rulebook_hash"], decision, int(row), data["standing"])
    plain = (
        "code",
        "severity",
        "sheet",
        "title",
        "authority",
        "fiscal_year",
        "unit",
        "subject",
        "message",
        "question",
        "money",
    )
    return Finding(
        **{name: data[name] for name in plain},
        figures=tuple(
            ShownFigure(each["title"], each["text"], each["place"], each["value"]) for each in data["figures"]
        ),
        rule=rule,
        doubts=tuple(DoubtRef(each["code"], each["values"], each["text"]) for each in data["doubts"]),
        also=tuple(data["also"]),
    )


def rulebooks_of(finding: Finding) -> dict[str, Rulebook]:
    """The rulebook that a finding names, as it was then; nothing where it is not kept."""
    if finding.rule is None:
        return {}
    stored = StoredRulebook.objects.filter(hash=finding.rule.hash).first()
    return {} if stored is None else {stored.hash: _parsed(stored.text)}


@lru_cache(maxsize=16)
def _parsed(text: str) -> Rulebook:
    return parse_rulebook(text)


def states_of(audit: AuditRecord) -> dict[str, int]:
    """How many findings of an audit are new, continuing and so on; nothing where it is held against none."""
    if audit.against is None:
        return {}
    counts = dict(audit.findings.values_list("state").annotate(count=Count("pk")))
    return {each: counts.get(each, 0) for each in STATES}


def audit_numbers() -> dict[UUID, int]:
    """The numbers by which people tell audits apart: in the order in which they were asked for, from 1. No audit goes away."""
    keys = Job.objects.filter(kind="audit").order_by("at", "key").values_list("key", flat=True)
    return {key: number for number, key in enumerate(keys, 1)}


def plain_note(text: str) -> str:
    """A note as it is kept: lines end in one way, without blanks around it."""
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def check(finding: AuditFinding, account: Account, note: str) -> None:
    """Notes that somebody has checked a finding.

    Raises:
        HyoteiError: the note says nothing, or is too long (HY035).
    """
    if not note or len(note) > LONGEST_NOTE:
        raise HyoteiError(Diagnostic("HY035", params={"longest": LONGEST_NOTE}))
    with transaction.atomic():
        FindingCheck.objects.create(finding=finding, account=account, role=account.role, note=note)
        log(
            account, "finding.checked", str(finding.audit_id), finding=finding.number, code=finding.code,
            sheet=finding.sheet, note=note,
        )  # fmt: skip
