"""Drafts in the store: begun, changed, taken back, done again. Every state is kept, with who made it and when.

Somebody changes the state that they see. Where another changed the draft in the meantime, both changes are merged; where they
conflict nothing is stored, and what both wrote is told.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Literal, NamedTuple

from django.db import transaction

from hyotei.rulebook.load import head_of
from hyotei.workbench.document_merge import Conflict, merge
from hyotei.workbench.draft_models import Draft, DraftRevision, DraftText
from hyotei.workbench.log import record
from hyotei.workbench.models import Account

Origin = Literal["rulebook", "file", "new"]
Kind = Literal["begun", "cells", "row", "column", "pasted", "text", "mended", "undone", "redone"]
"""What made a state: an entry of `workbench.draft.kind`."""
Change = Callable[[str], str]
"""A change of a document, from its text to its text."""


class Told(NamedTuple):
    """What became of a change.

    Attributes:
        revision: the state of the draft now.
        merged: that it is one with changes of others, made since the state that was seen.
        conflicts: what both changed, and not alike; nothing was stored then.
    """

    revision: DraftRevision
    merged: bool = False
    conflicts: tuple[Conflict, ...] = ()


def begin(text: str, account: Account, origin: Origin, base: str = "", base_hash: str = "", file: str = "") -> Draft:
    """A draft of a document.

    Args:
        text: the document.
        account: who begins it.
        origin: what the document is of.
        base: the id of the rulebook that it is of, and `base_hash` its hash.
        file: the name of its file.
    """
    with transaction.atomic():
        draft = Draft.objects.create(account=account, origin=origin, base=base, base_hash=base_hash, file=file[:255])
        _append(draft, 1, account, "begun", "", text, None, None)
        record(account, "draft.begun", str(draft.key), base=base, base_hash=base_hash, file=file[:255])
    return draft


def state(draft: Draft) -> DraftRevision:
    """The state of a draft now."""
    found: DraftRevision = draft.revisions.select_related("text", "account").latest("number")
    return found


def change(
    draft: Draft, seen: int, account: Account, kind: Kind, place: str, do: Change, over: int | None = None
) -> Told | None:
    """Changes a draft; None where the state that was seen is none of its states.

    Args:
        draft: the draft.
        seen: the number of the state that the change was made on.
        account: who changes it.
        kind: what kind of change it is.
        place: where it is, as the history tells it.
        do: the change itself.
        over: the number of the state whose differing lines this change may replace, where a person has seen both.
    """
    with transaction.atomic():
        now = _locked(draft)
        before = draft.revisions.select_related("text").filter(number=seen).first()
        if before is None:
            return None
        mine = do(before.text.text)
        if mine == before.text.text:
            return Told(now)
        merged = merge(before.text.text, mine, now.text.text)
        if merged.conflicts and over != now.number:
            return Told(now, conflicts=merged.conflicts)
        if merged.text == now.text.text:
            return Told(now, merged=seen != now.number)
        made = _append(draft, now.number + 1, account, kind, place, merged.text, now.number, None)
        record(account, "draft.changed", str(draft.key), revision=made.number, kind=kind, place=place)
    return Told(made, merged=seen != now.number)


def undo(draft: Draft, seen: int, account: Account) -> Told:
    """Takes the last change back, whoever made it. Nothing is done where the draft changed since it was seen."""
    return _step(draft, seen, account, "undone")


def redo(draft: Draft, seen: int, account: Account) -> Told:
    """Does again what was taken back last, as long as nothing was changed since."""
    return _step(draft, seen, account, "redone")


def _step(draft: Draft, seen: int, account: Account, kind: Literal["undone", "redone"]) -> Told:
    with transaction.atomic():
        now = _locked(draft)
        target = now.back if kind == "undone" else now.forward
        if seen != now.number or target is None:
            return Told(now, merged=seen != now.number)
        to = draft.revisions.select_related("text").get(number=target)
        back, forward = (to.back, now.number) if kind == "undone" else (now.number, to.forward)
        made = _append(draft, now.number + 1, account, kind, "", to.text.text, back, forward)
        record(account, f"draft.{kind}", str(draft.key), revision=made.number, target=target)
    return Told(made)


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
    text: str,
    back: int | None,
    forward: int | None,
) -> DraftRevision:
    kept, _ = DraftText.objects.get_or_create(sha256=sha256(text.encode()).hexdigest(), defaults={"text": text})
    made: DraftRevision = DraftRevision.objects.create(
        draft=draft, number=number, account=account, kind=kind, place=place[:400], text=kept, back=back, forward=forward
    )
    return made


def title(text: str) -> str:
    """The title of a document, else its id, as far as either can be read."""
    head = head_of(text)
    return head.title or head.id
