"""The chain of the log: every entry holds the hash of the one before it. To change, leave out or insert one breaks the chain.

What is hashed is a published format (docs/security.md): the JSON list of the fields below, without blanks, in UTF-8. Anybody can
verify an exported log by it.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final, NamedTuple

from hyotei.messages import Diagnostic, HyoteiError

FIRST: Final = "0" * 64
"""What stands for the hash before the first entry."""


class Entry(NamedTuple):
    """One entry.

    Attributes:
        number: its place, from 1, without gaps.
        at: when, in UTC, as ISO 8601.
        account: the name of who did it; empty for the program itself.
        role: the role that the account had.
        action: what was done, such as `sheet.corrected`.
        subject: what it was done to, by its identifier.
        details: the JSON object of what belongs to it, as it was written.
        before: the hash of the entry before.
        hash: its own hash.
    """

    number: int
    at: str
    account: str
    role: str
    action: str
    subject: str
    details: str
    before: str
    hash: str


def entry_hash(
    number: int, at: str, account: str, role: str, action: str, subject: str, details: str, before: str
) -> str:
    """SHA-256 of an entry, in hexadecimal."""
    fields = [number, at, account, role, action, subject, details, before]
    return sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def breaks(entries: Iterable[Entry]) -> Iterator[int]:
    """The numbers of the entries that do not follow from the one before them, in order; nothing where the chain is whole."""
    before, expected = FIRST, 1
    for entry in entries:
        if entry.number != expected or entry.before != before or entry_hash(*entry[:8]) != entry.hash:
            yield entry.number
        before, expected = entry.hash, entry.number + 1


def exported(text: str) -> list[Entry]:
    """The entries of an exported log: a line of JSON each.

    Raises:
        HyoteiError: a line is no entry (HY026).
    """
    found = []
    # Only this ends a line: what people write may hold other characters that end lines elsewhere.
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            entry = Entry(**json.loads(line))
            if [type(each) for each in entry] != [int, *[str] * (len(entry) - 1)]:
                raise TypeError
        except (ValueError, TypeError):
            raise HyoteiError(Diagnostic("HY026", params={"line": number})) from None
        found.append(entry)
    return found
