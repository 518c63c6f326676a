"""Verdicts on sheets of the database: rating, storing what it takes to derive one again, adopting."""

from functools import lru_cache
from hashlib import sha256
from typing import Final

from django.db import transaction

from hyotei.inference.rate import applicable_rulebook, rate
from hyotei.messages import Diagnostic, HyoteiError, Language
from hyotei.readers.sheet_json import stored_sheet
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.lapsed_rulebooks import carried_over
from hyotei.rulebook.load import parse_rulebook
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.verdict.verdict import Verdict
from hyotei.version import __version__
from hyotei.workbench.library_entries import document_of_hash, entry_of
from hyotei.workbench.log import record as log
from hyotei.workbench.models import Account, Adoption, Revision, StoredRulebook, StoredVerdict
from hyotei.workbench.published_folder import keep_up
from hyotei.workbench.sheet_store import sheet_of

KEPT_IN: Final[Language] = "ja"
"""The language of the verdicts that are kept."""


def verdict_of(revision: Revision) -> Verdict:
    """The verdict on a state of a sheet, by the rulebook that was chosen for it or the one in force.

    The same sheet under the same rulebook is rated once, as long as the verdict is among those last asked for.

    Raises:
        HyoteiError: there is no rulebook, or not just one, or it has errors.
    """
    return _rated(revision.sheet, _ByHash(_rulebook_of(revision)))


def _rulebook_of(revision: Revision) -> Rulebook:
    sheet = sheet_of(revision)
    keep_up()
    if not revision.rulebook:
        return applicable_rulebook(sheet.authority, sheet.fiscal_year, revision.carry_over)
    entry = entry_of(revision.rulebook, sheet.fiscal_year)
    if entry is None:
        raise HyoteiError(Diagnostic("HY013", params={"id": revision.rulebook}))
    return entry.load()


class _ByHash:
    """A rulebook that is equal to every other that gives the same verdicts."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.key = (rulebook.hash, rulebook.carried_over_from)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=128)
def _rated(sheet: str, by: _ByHash) -> Verdict:
    return rate(stored_sheet(sheet), by.rulebook)


@lru_cache(maxsize=32)
def _parsed(text: str) -> Rulebook:
    return parse_rulebook(text, FILE)


def possible_results(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """What each result of a verdict can be; nothing where its rulebook does not decide it."""
    scales, decided = rulebook.scales, rulebook.by_name
    return {name: scales[name].values if name in decided and name in scales else () for name in RESULTS}


def stored(revision: Revision, verdict: Verdict, account: Account) -> StoredVerdict:
    """The verdict as it is kept, once for a state and a rulebook.

    Raises:
        HyoteiError: the document of the rulebook changed while it was applied (HY014).
    """
    text = document_of_hash(verdict.rulebook.id, verdict.rulebook.hash)
    if text is None:
        raise HyoteiError(Diagnostic("HY014", params={"id": verdict.rulebook.id}))
    document, is_carried = _parsed(text), verdict.rulebook.carried_over_from is not None
    data = verdict.to_json(KEPT_IN)
    digest = sha256(data.encode()).hexdigest()
    with transaction.atomic():
        rulebook, _ = StoredRulebook.objects.get_or_create(
            hash=document.hash, defaults={"hash_format": HASH_FORMAT, "identity": document.id, "text": text}
        )
        same = {"revision": revision, "rulebook": rulebook, "carried_over": is_carried, "sha256": digest}
        found: StoredVerdict | None = StoredVerdict.objects.filter(**same).first()
        if found is None:
            found = StoredVerdict.objects.create(
                **same, rating=verdict.rating, budget=verdict.budget, status=verdict.status, data=data,
                version=__version__, account=account,
            )  # fmt: skip
            log(
                account, "verdict.stored", str(found.key), sheet=str(revision.record.key), revision=revision.number,
                rulebook=verdict.rulebook.hash, verdict=digest, rating=verdict.rating, budget=verdict.budget,
            )  # fmt: skip
    return found


def document_of(kept: StoredVerdict) -> Rulebook:
    """The rulebook that a verdict was derived by.

    Raises:
        HyoteiError: this version of Hyotei does not take the document any more.
    """
    return _parsed(kept.rulebook.text)


def derived_again(kept: StoredVerdict) -> str:
    """The canonical JSON of a verdict, derived anew from the stored sheet and the stored document of the rulebook.

    Raises:
        HyoteiError: this version of Hyotei does not take the document any more.
    """
    document = document_of(kept)
    rulebook = carried_over(document) if kept.carried_over else document
    return rate(sheet_of(kept.revision), rulebook).to_json(KEPT_IN)


def is_sound(kept: StoredVerdict) -> bool:
    """Whether a stored verdict is what its hash says, and what is derived anew, byte for byte."""
    return sha256(kept.data.encode()).hexdigest() == kept.sha256 and derived_again(kept) == kept.data


def unsound() -> tuple[int, list[StoredVerdict]]:
    """How many verdicts are kept, and which of them are not sound."""
    count, found = 0, []
    for kept in StoredVerdict.objects.select_related("revision", "rulebook").order_by("at").iterator():
        count += 1
        try:
            sound = is_sound(kept)
        except HyoteiError:  # the document is none for this version any more
            sound = False
        if not sound:
            found.append(kept)
    return count, found


def is_about(adoption: Adoption, revision: Revision, verdict: Verdict | None) -> bool:
    """Whether something was adopted of the verdict on a sheet as it is in a state, not on other figures or by another rulebook."""
    kept = adoption.verdict
    by = None if verdict is None else (verdict.rulebook.hash, verdict.rulebook.carried_over_from is not None)
    return kept.revision.sheet == revision.sheet and (kept.rulebook.hash, kept.carried_over) == by


def adopt(kept: StoredVerdict, rating: str | None, budget: str | None, reason: str, account: Account) -> Adoption:
    """Adopts a verdict, or other results in place of its own; both stay.

    Raises:
        HyoteiError: the results are others than those derived, and there is no reason (HY015).
    """
    reason = reason.strip()
    if (rating, budget) != (kept.rating, kept.budget) and not reason:
        raise HyoteiError(Diagnostic("HY015"))
    with transaction.atomic():
        made: Adoption = Adoption.objects.create(
            verdict=kept, rating=rating, budget=budget, reason=reason, account=account
        )
        log(
            account, "verdict.adopted", str(kept.key), rating=rating, budget=budget, derived_rating=kept.rating,
            derived_budget=kept.budget, reason=reason,
        )  # fmt: skip
    return made
