"""Submitting a draft: a state of it, with its version and years, is frozen and asked to be published.

It must have no error and its cases must come out as expected. What it would take the place of is noted as it is then. A later
submission of the same draft replaces the one before.
"""

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from django.db import transaction

from hyotei.base.text_folding import folded
from hyotei.messages import Diagnostic, HyoteiError, Listed
from hyotei.rulebook.canonical import HASH_FORMAT
from hyotei.rulebook.head import Head
from hyotei.rulebook.library import EVERY_AUTHORITY, Entry, library, newest, not_superseded
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.model import Rulebook
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import front_tree
from hyotei.rulebook_workbook.yaml_edit import Tree, edited
from hyotei.workbench.draft_models import Draft, DraftRevision, DraftText
from hyotei.workbench.draft_trial import tried_cases
from hyotei.workbench.drafts import cases_of, change, state
from hyotei.workbench.jobs import begin_review
from hyotei.workbench.library_entries import document_of, entry_of
from hyotei.workbench.log import record
from hyotei.workbench.models import Account
from hyotei.workbench.review_models import Publication, Submission

State = Literal["waiting", "approved", "sent_back", "replaced", "published", "withdrawn"]
"""An entry of `workbench_review.state`."""
_LONGEST_ID: Final = 200
_LONGEST_VERSION: Final = 40
_NAMED: Final = 5
"""Cases that are told by name, at most."""
_OWN: Final = ("here", "setting", "user")
"""Where rulebooks lie that nothing published can take the place of."""


STANDING: Final = ("decision", "publication__withdrawal")
"""The relations of a submission by which it is told what became of it."""


class Stated(NamedTuple):
    """What the document is to say of itself, as it is typed; where one is empty, it stays as it stands.

    Without a version that is new, the next one after the last is taken.
    """

    version: str = ""
    fiscal_years: str = ""
    effective: str = ""


class Before(NamedTuple):
    """What a document is compared with: the version that it takes the place of, or else what it supersedes or was begun as."""

    identity: str
    version: str
    hash: str
    text: str


def submit(draft: Draft, seen: int, account: Account, stated: Stated, note: str) -> Submission:
    """Submits a draft in the state that was seen.

    Raises:
        HyoteiError: the state is no longer the present one (HY080), the document has errors, its id, version or years are not free
            (`require_free`), or cases do not come out as expected (HY083).
    """
    now = state(draft)
    if now.number != seen:
        raise HyoteiError(Diagnostic("HY080"))
    text, book = _headed(now.text.text, stated)
    cases = _cases(now, text)
    before = before_of(book, draft)
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=draft.pk)
        if state(draft).number != seen:
            raise HyoteiError(Diagnostic("HY080"))
        told = change(draft, seen, account, "submitted", "", lambda _: text)
        assert told is not None, "it is the present state"
        kept = None
        if before is not None:
            digest = sha256(before.text.encode()).hexdigest()
            kept, _ = DraftText.objects.get_or_create(sha256=digest, defaults={"text": before.text})
        made: Submission = Submission.objects.create(
            draft=draft, number=draft.submissions.count() + 1, revision=told.revision, account=account, note=note.strip(),
            identity=book.id, title=book.title, version=book.version, hash=book.hash, hash_format=HASH_FORMAT,
            first_year=book.first_year, last_year=book.last_year, cases=cases, before=kept,
            before_identity=before.identity if before else "", before_version=before.version if before else "",
            before_hash=before.hash if before else "",
        )  # fmt: skip
        record(
            account, "submission.made", str(made.key), draft=str(draft.key), revision=told.revision.number, rulebook=book.id,
            version=book.version, hash=book.hash, before=made.before_hash,
        )  # fmt: skip
        begin_review(made, account)
    return made


def versions_of(identity: str) -> list[str]:
    """The versions that a rulebook has, the last one last."""
    listed = [each.head.version for each in library() if each.head.id == identity and each.head.version]
    published = Publication.objects.filter(identity=identity).order_by("number").values_list("version", flat=True)
    return [*(each for each in listed if each not in published), *published]


def next_version(identity: str, stated: str) -> str:
    """The version that a document gets where nobody says another: the stated one if it is new, else one after the last."""
    taken = versions_of(identity)
    if stated and stated not in taken:
        return stated
    last = taken[-1] if taken else ""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", last):
        return datetime.now(UTC).astimezone().date().isoformat()
    *lead, number = (last or "0").split(".")
    following = int(number) + 1
    while (found := ".".join([*lead, str(following)])) in taken:
        following += 1
    return found


def before_of(book: Rulebook, draft: Draft) -> Before | None:
    """What a rulebook that is submitted is compared with; None for one that nothing was before."""
    found: Entry | None = None
    for name in (book.id, *book.supersedes, draft.base):
        found = found or (entry_of(name) if name else None)
    return None if found is None else Before(found.head.id, found.head.version, found.load().hash, document_of(found))


def require_free(book: Rulebook) -> None:
    """Ends what is about an id, a version or years that something else has.

    Raises:
        HyoteiError: one's own rulebook has the id (HY081), there is that version (HY082), or another rulebook is in force for the
            same authority and years, so that none would be chosen (HY099).
    """
    every = newest(library())
    own = next((each for each in every if each.head.id == book.id and each.origin in _OWN), None)
    if own is not None:
        raise HyoteiError(Diagnostic("HY081", params={"id": book.id, "folder": str(own.folder)}))
    if book.version in versions_of(book.id):
        raise HyoteiError(Diagnostic("HY082", params={"id": book.id, "version": book.version}))
    if folded(book.authority) in EVERY_AUTHORITY:  # all of these apply
        return
    beside = [
        each for each in every if each.head.id != book.id and folded(each.head.authority) == folded(book.authority)
    ]
    meant = Head(id=book.id, first_year=book.first_year, last_year=book.last_year, supersedes=book.supersedes)
    for other in beside:
        if _overlap(other.head, meant) and len(not_superseded((other, Entry(other.folder, meant)))) > 1:
            raise HyoteiError(Diagnostic("HY099", params={"id": other.head.id, "authority": book.authority}))


def _overlap(one: Head, other: Head) -> bool:
    """Whether two are in force for one year."""
    first = max((each.first_year for each in (one, other) if each.first_year is not None), default=0)
    return all(each.last_year is None or first <= each.last_year for each in (one, other))


def locked(submission: Submission) -> Submission:
    """The submission as it is now, while nobody else can change what becomes of those of its draft."""
    Draft.objects.select_for_update().get(pk=submission.draft_id)
    found: Submission = Submission.objects.select_related("draft", "revision__text", "report").get(pk=submission.pk)
    return found


def last_submission(draft: Draft) -> Submission | None:
    """What was submitted last of a draft."""
    found: Submission | None = draft.submissions.select_related(*STANDING).order_by("-number").first()
    return found


def standing(submission: Submission) -> State:
    """What became of a submission; for many, ask for `STANDING` with them."""
    publication = getattr(submission, "publication", None)
    if publication is not None:
        return "withdrawn" if hasattr(publication, "withdrawal") else "published"
    decision = getattr(submission, "decision", None)
    if decision is not None and not decision.approved:
        return "sent_back"
    if Submission.objects.filter(draft=submission.draft_id, number__gt=submission.number).exists():
        return "replaced"
    return "waiting" if decision is None else "approved"


def _headed(text: str, stated: Stated) -> tuple[str, Rulebook]:
    """The document with what it is to say of itself, and its rulebook."""
    document = RulebookText.parse(text)
    book = _sound(document)
    if document.front is None:  # a rulebook has an id, which stands there
        raise AssertionError
    version = stated.version.strip() or next_version(book.id, book.version)
    wanted = {"version": version, "fiscal_years": stated.fiscal_years.strip(), "effective": stated.effective.strip()}
    said = front_tree(document)
    new = {key: value for key, value in wanted.items() if value and key not in said}
    merged: dict[str, Tree] = {}
    for key, value in said.items():
        merged[key] = wanted.get(key) or value
        if key == "rulebook":  # what is new stands below the id
            merged |= new
    opening, closing = document.lines[0], document.lines[document.front.last_line - 1]
    behind = "".join(document.lines[document.front.last_line :])
    try:
        made = document.mark + opening + edited(document.front.text, merged) + closing + behind
    except ValueError:
        raise HyoteiError(Diagnostic("HY084")) from None
    book = _sound(RulebookText.parse(made))
    if len(book.id) > _LONGEST_ID or len(book.version) > _LONGEST_VERSION:
        raise HyoteiError(Diagnostic("HY084"))
    require_free(book)
    return made, book


def _sound(document: RulebookText) -> Rulebook:
    book, problems = check_rulebook(document)
    errors = [each for each in problems if each.severity == "error"]
    if book is None or errors:
        raise HyoteiError(*errors)
    return book


def _cases(now: DraftRevision, text: str) -> str:
    """The cases of a state of a draft, which all come out as expected by the document; empty for none."""
    cases = cases_of(now)
    tried = tried_cases(text, cases)
    if tried is not None and (tried.failed or tried.problems):
        names = [each.name for each in tried.failed]
        told = [problem for each in tried.failed for problem in each.problems]
        count = len(names) + len(tried.problems)
        raise HyoteiError(
            Diagnostic("HY083", params={"count": count, "names": Listed(tuple(names[:_NAMED]))}),
            *told[:_NAMED],
            *tried.problems[:_NAMED],
        )
    return cases
