"""Sheets in the database: what was read, and every state that people made of it, one after the other."""

import json
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from hyotei.readers.sheet_json import stored_sheet
from hyotei.sheet.models import Sheet
from hyotei.workbench.log import record as log
from hyotei.workbench.models import Account, Revision, SheetRecord, Upload
from hyotei.workbench.reading import Printed, Read
from hyotei.workbench.source_models import SourceFile, SourcePage

_NAME = 255
_LABEL = 400
"""Characters of what lists show of a sheet; the sheet itself has all of it."""


class Stale(Exception):
    """Somebody else has changed the sheet in the meantime; nothing was stored."""


def keep(files: Iterable[UploadedFile], read: Iterable[Read], account: Account) -> Upload:
    """Stores what was read of uploaded files: each sheet with its first state, and what could not be read."""
    every = list(read)
    listed = [{"name": str(file.name)[:_NAME], "size": file.size, "sha256": _hash(file)} for file in files]
    failures = [problem._asdict() for each in every if each.sheet is None for problem in each.problems]
    with transaction.atomic():
        upload = Upload.objects.create(
            account=account,
            files=json.dumps(listed, ensure_ascii=False),
            failures=json.dumps(failures, ensure_ascii=False),
        )
        printed = {each.printed.number: each.printed for each in every if each.printed is not None}
        sources = {number: _keep_printed(upload, each) for number, each in printed.items()}
        for each in every:
            if each.sheet is not None:
                source = None if each.printed is None else sources[each.printed.number]
                _keep_sheet(upload, each, each.sheet, source, account)
    return upload


def _keep_printed(upload: Upload, printed: Printed) -> SourceFile:
    made: SourceFile = SourceFile.objects.create(
        upload=upload, number=printed.number, name=printed.name[:_NAME], blocks=printed.blocks
    )
    pictures = (SourcePage(file=made, number=page, picture=each) for page, each in printed.pages.items())
    SourcePage.objects.bulk_create(pictures)
    return made


def _keep_sheet(upload: Upload, read: Read, text: str, source: SourceFile | None, account: Account) -> None:
    sheet = Sheet.model_validate_json(text)
    problems = [problem._asdict() for problem in read.problems]
    found = SheetRecord.objects.create(
        upload=upload,
        file=read.file[:_NAME],
        sheet_id=_label(sheet.id),
        title=_label(" ".join(sheet.title.split())),
        authority=_label(sheet.authority),
        fiscal_year=sheet.fiscal_year,
        problems=json.dumps(problems, ensure_ascii=False),
        source=source,
    )
    Revision.objects.create(
        record=found, number=1, account=account, kind="read", subject="", before="", after="", reason="", sheet=text,
        rulebook="",
    )  # fmt: skip
    log(account, "sheet.read", str(found.key), sheet=_digest(text), file=read.file[:_NAME])


def _label(text: str) -> str:
    """A text as lists show it; not every database takes the character that is left out."""
    return text.replace("\0", "")[:_LABEL]


def _hash(file: UploadedFile) -> str:
    digest = sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def listed_sheets(words: str) -> QuerySet[SheetRecord]:
    """The sheets, the latest first; with words, those whose title or authority has them."""
    wanted = " ".join(words.split())
    found = SheetRecord.objects.order_by("-at", "key")
    return found.filter(Q(title__icontains=wanted) | Q(authority__icontains=wanted)) if wanted else found


def latest(record: SheetRecord) -> Revision:
    """The present state of a sheet."""
    found: Revision = record.revisions.select_related("record").order_by("-number").first()
    return found


def sheet_of(revision: Revision) -> Sheet:
    """The sheet in a state."""
    return _sheet(revision.sheet)


@lru_cache(maxsize=32)
def _sheet(text: str) -> Sheet:
    return stored_sheet(text)


def revise(
    revision: Revision,
    account: Account,
    kind: str,
    *,
    sheet: Sheet | None = None,
    subject: str = "",
    before: str = "",
    after: str = "",
    reason: str = "",
    rulebook: str | None = None,
    carry_over: bool | None = None,
) -> Revision:
    """The next state of a sheet.

    Args:
        revision: the state that the person saw.
        account: who changes it.
        kind: what is done, an entry of `workbench.action.sheet`.
        sheet: the sheet as it is then; None where it stays.
        subject: the place of what changes.
        before: what stood there.
        after: what stands there then.
        reason: why, where the person says so.
        rulebook: the id of another rulebook; empty for the one in force; None where it stays.
        carry_over: whether a rulebook may be applied past its last year; None where it stays.

    Raises:
        Stale: it is no longer the present state.
    """
    text = revision.sheet if sheet is None else sheet.model_dump_json(by_alias=True)
    try:
        with transaction.atomic():
            if latest(revision.record).number != revision.number:
                raise Stale
            made = Revision.objects.create(
                record=revision.record,
                number=revision.number + 1,
                account=account,
                kind=kind,
                subject=subject,
                before=before,
                after=after,
                reason=reason,
                sheet=text,
                rulebook=revision.rulebook if rulebook is None else rulebook,
                carry_over=revision.carry_over if carry_over is None else carry_over,
            )
            log(
                account, f"sheet.{kind}", str(revision.record.key), revision=made.number, sheet=_digest(text),
                subject=subject, before=before, after=after, reason=reason, rulebook=made.rulebook,
            )  # fmt: skip
    except IntegrityError as error:
        raise Stale from error
    return made
