"""Drafts in the store: begun, changed, taken back, done again. Every state is kept, with who made it and when.

Somebody changes the state that they see. Where another changed the draft in the meantime, both changes are merged; where they
conflict nothing is stored, and what both wrote is told.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from django.db import transaction

from hyotei.base.text_file import read_bytes, text_of
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.library import CASES, Entry
from hyotei.rulebook.load import head_of
from hyotei.workbench.document_merge import Conflict, merge
from hyotei.workbench.draft_models import Draft, DraftRevision, DraftText
from hyotei.workbench.library_entries import entry_of
from hyotei.workbench.log import record
from hyotei.workbench.models import Account
from hyotei.workbench.whole_cases import whole_cases

Origin = Literal["rulebook", "file", "new"]
Part = Literal["document", "cases"]
"""What of a draft a change is of."""
Kind = Literal[
    "begun", "cases", "cells", "row", "column", "pasted", "text", "front", "mended", "undone", "redone", "submitted", "uploaded",
]  # fmt: skip
"""What made a state: an entry of `workbench.draft.kind`."""
Change = Callable[[str], str]
"""A change of a document or its cases, from its text to its text."""


class ChangeOutcome(NamedTuple):
    """What became of a change.

    Attributes:
        revision: the state of the draft now.
        merged: that it is one with changes of others, made since the state that was seen.
        conflicts: what both changed, and not alike; nothing was stored then.
    """

    revision: DraftRevision
    merged: bool = False
    conflicts: tuple[Conflict, ...] = ()


class _Texts(NamedTuple):
    """The document and its cases; None for those of the rulebook that the draft began as."""

    document: str
    cases: str | None


def begin(
    text: str,
    account: Account,
    origin: Origin,
    base: str = "",
    base_hash: str = "",
    file: str = "",
    cases: str | None = None,
) -> Draft:
    """A draft of a document.

    Args:
        text: the document.
        account: who begins it.
        origin: what the document is of.
        base: the id of the rulebook that it is of, and `base_hash` its hash.
        file: the name of its file.
        cases: its cases, where it does not have those of the rulebook.
    """
    with transaction.atomic():
        draft = Draft.objects.create(account=account, origin=origin, base=base, base_hash=base_hash, file=file[:255])
        _append(draft, 1, account, "begun", "", _Texts(text, cases), None, None)
        record(account, "draft.begun", str(draft.key), base=base, base_hash=base_hash, file=file[:255])
    return draft


def begin_of(entry: Entry, account: Account) -> Draft:
    """A draft of a rulebook of the library.

    Raises:
        HyoteiError: the rulebook cannot be read, or has errors.
    """
    text = text_of(read_bytes(entry.folder / FILE), FILE)
    return begin(text, account, "rulebook", base=entry.head.id, base_hash=entry.load().hash)


def state(draft: Draft) -> DraftRevision:
    """The state of a draft now."""
    found: DraftRevision = draft.revisions.select_related("text", "cases", "account").latest("number")
    return found


def cases_of(revision: DraftRevision) -> str:
    """The file of cases of a state of a draft; empty where it has none.

    Raises:
        HyoteiError: that of the rulebook that the draft began as cannot be read.
    """
    if revision.cases is not None:
        return str(revision.cases.text)
    file = cases_file(revision)
    return whole_cases(file) if file is not None else ""


def cases_file(revision: DraftRevision) -> Path | None:
    """The file of cases of the rulebook that a draft began as, where it has one and its cases were not changed."""
    entry = entry_of(revision.draft.base) if revision.draft.base and revision.cases is None else None
    file = entry.folder / CASES if entry is not None else None
    return file if file is not None and file.is_file() else None


def change(
    draft: Draft,
    seen: int,
    account: Account,
    kind: Kind,
    place: str,
    do: Change,
    over: int | None = None,
    part: Part = "document",
) -> ChangeOutcome | None:
    """Changes one part of a draft; None where the state that was seen is none of its states.

    Args:
        draft: the draft.
        seen: the number of the state that the change was made on.
        account: who changes it.
        kind: what kind of change it is.
        place: where it is, as the history tells it.
        do: the change itself.
        over: the number of the state whose differing lines this change may replace, where a person has seen both.
        part: what of the draft it is of.
    """
    return change_parts(draft, account, kind, place, {part: (seen, do)}, over)


def change_parts(
    draft: Draft,
    account: Account,
    kind: Kind,
    place: str,
    parts: Mapping[Part, tuple[int, Change]],
    over: int | None = None,
) -> ChangeOutcome | None:
    """Changes parts of a draft, each from the state that its change was made on, to one new state; else as `change`."""
    with transaction.atomic():
        now = _locked(draft)
        kept = texts = _kept(now)
        conflicts: list[Conflict] = []
        merged = False
        for part, (seen, do) in parts.items():
            before = draft.revisions.select_related("text", "cases").filter(number=seen).first()
            if before is None:
                return None
            base, theirs = (text_of_part(each, part) for each in (before, now))
            mine = do(base)
            if mine == base:
                continue
            found = merge(base, mine, theirs)
            conflicts += found.conflicts
            merged |= seen != now.number
            if found.text != theirs:
                texts = texts._replace(**{part: found.text})
        if conflicts and over != now.number:
            return ChangeOutcome(now, conflicts=tuple(conflicts))
        if texts == kept:
            return ChangeOutcome(now, merged)
        made = _append(draft, now.number + 1, account, kind, place, texts, now.number, None)
        record(account, "draft.changed", str(draft.key), revision=made.number, kind=kind, place=place)
    return ChangeOutcome(made, merged)


def text_of_part(revision: DraftRevision, part: Part) -> str:
    """The document of a state of a draft, or its cases."""
    return str(revision.text.text) if part == "document" else cases_of(revision)


def _kept(revision: DraftRevision) -> _Texts:
    return _Texts(revision.text.text, None if revision.cases is None else revision.cases.text)


def undo(draft: Draft, seen: int, account: Account) -> ChangeOutcome:
    """Takes the last change back, whoever made it. Nothing is done where the draft changed since it was seen."""
    return _step(draft, seen, account, "undone")


def redo(draft: Draft, seen: int, account: Account) -> ChangeOutcome:
    """Does again what was taken back last, as long as nothing was changed since."""
    return _step(draft, seen, account, "redone")


def _step(draft: Draft, seen: int, account: Account, kind: Literal["undone", "redone"]) -> ChangeOutcome:
    with transaction.atomic():
        now = _locked(draft)
        target = now.back if kind == "undone" else now.forward
        if seen != now.number or target is None:
            return ChangeOutcome(now, merged=seen != now.number)
        to = draft.revisions.select_related("text", "cases").get(number=target)
        back, forward = (to.back, now.number) if kind == "undone" else (now.number, to.forward)
        made = _append(draft, now.number + 1, account, kind, "", _kept(to), back, forward)
        record(account, f"draft.{kind}", str(draft.key), revision=made.number, target=target)
    return ChangeOutcome(made)


def _locked(draft: Draft) -> DraftRevision:
    """The state now, while nobody else can make another."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    return state(draft)


def _append(
    draft: Draft,
    number: int,
    account: Account,
    kind: Kind,
    place: str,
    texts: _Texts,
    back: int | None,
    forward: int | None,
) -> DraftRevision:
    made: DraftRevision = DraftRevision.objects.create(
        draft=draft, number=number, account=account, kind=kind, place=place[:400], back=back, forward=forward,
        text=_stored(texts.document), cases=None if texts.cases is None else _stored(texts.cases),
    )  # fmt: skip
    return made


def _stored(text: str) -> DraftText:
    kept, _ = DraftText.objects.get_or_create(sha256=sha256(text.encode()).hexdigest(), defaults={"text": text})
    return kept


def title(text: str) -> str:
    """The title of a document, else its id, as far as either can be read."""
    head = head_of(text)
    return head.title or head.id
