"""Writing to the log, and reading it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Model

from hyotei.workbench.log_chain import FIRST, Entry, breaks, entry_hash
from hyotei.workbench.models import Account, LogEntry


def record(account: Account | None, action: str, subject: str, /, **details: str | int | None) -> Entry:
    """Appends an entry, in the transaction of what it tells of.

    Args:
        account: who did it; None for the program itself.
        action: what was done, such as `sheet.corrected`: an entry of `workbench.action`.
        subject: the identifier of what it was done to.
        details: what belongs to it.
    """
    with transaction.atomic():
        lock_table(LogEntry)  # entries follow one another
        last = LogEntry.objects.order_by("-number").first()
        number, before = (last.number + 1, last.hash) if last is not None else (1, FIRST)
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        name, role = (account.name, account.role) if account is not None else ("", "")
        written = json.dumps(details, ensure_ascii=False, sort_keys=True)
        hashed = (number, at, name, role, action, subject, written, before)
        entry = Entry(*hashed, entry_hash(*hashed))
        LogEntry.objects.create(**entry._asdict())
    return entry


def lock_table(model: type[Model]) -> None:
    """Lets nobody else write to a table until the end of the transaction; SQLite has one writer anyway.

    Rows that refer to it can be written: who does so and then waits for another table is not waited for in a circle.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def entries() -> Iterator[Entry]:
    """All entries, the first one first."""
    return (each.entry() for each in LogEntry.objects.order_by("number").iterator())


def broken() -> list[int]:
    """The numbers of the entries at which the chain is broken."""
    return list(breaks(entries()))
