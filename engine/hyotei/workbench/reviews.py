"""Reviews of submissions: comments on rows, and the decision of a second person. Nothing that was said is ever changed."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.proof.proof_state import ProofState
from hyotei.rulebook_workbook.document_edit import cases_tree
from hyotei.workbench.jobs import broken_reviews
from hyotei.workbench.log import record
from hyotei.workbench.models import Account
from hyotei.workbench.review_models import (
    FourEyes,
    Publication,
    ReviewComment,
    ReviewDecision,
    Submission,
    SubmissionReport,
    Withdrawal,
)
from hyotei.workbench.review_tables import review_tables
from hyotei.workbench.submissions import locked, standing

PROVED: tuple[ProofState, ...] = ("proved", "gaps_as_declared")
"""Of these nothing is left open."""


class Thread(NamedTuple):
    """A comment with its answers, the first one first."""

    first: ReviewComment
    answers: list[ReviewComment]

    @property
    def settled(self) -> bool:
        """Whether its last answer settled it."""
        return bool(self.answers) and self.answers[-1].settles


def four_eyes() -> bool:
    """Whether nobody may approve what they wrote themselves."""
    last = FourEyes.objects.order_by("-pk").first()
    return last is None or last.is_on


def set_four_eyes(is_on: bool, account: Account) -> None:
    """Says so; what was approved before stays as it is."""
    with transaction.atomic():
        if four_eyes() != is_on:
            FourEyes.objects.create(account=account, is_on=is_on)
            record(account, "review.four_eyes_on" if is_on else "review.four_eyes_off", "four_eyes")


def authors_of(submission: Submission) -> list[Account]:
    """Everybody who made a state of the draft up to the one that was submitted, and who submitted it."""
    revisions = submission.draft.revisions.filter(number__lte=submission.revision.number)
    keys = {*revisions.values_list("account", flat=True), submission.account_id}
    return list(Account.objects.filter(pk__in=keys).order_by("name"))


def comment(
    submission: Submission, account: Account, text: str, table: str = "", row: int | None = None,
    answers: ReviewComment | None = None, settles: bool = False,
) -> ReviewComment:  # fmt: skip
    """Comments on a row, a table or all of it, or answers a comment, with which it can be settled.

    Raises:
        HyoteiError: nothing is said (HY085), there is no such row (HY086), or what is answered is none of its comments (HY087).
    """
    text = text.strip()
    if not text and not settles:
        raise HyoteiError(Diagnostic("HY085"))
    if answers is not None:
        if answers.submission_id != submission.pk or answers.answers_id is not None:
            raise HyoteiError(Diagnostic("HY087"))
        table, row = answers.table, answers.row
    elif table:
        found = next((each for each in review_tables(submission) if each.name == table), None)
        if found is None or (row is not None and not 1 <= row <= len(found.rows)):
            raise HyoteiError(Diagnostic("HY086"))
    elif row is not None:
        raise HyoteiError(Diagnostic("HY086"))
    with transaction.atomic():
        made: ReviewComment = ReviewComment.objects.create(
            submission=submission, account=account, role=account.role, table=table, row=row, text=text, answers=answers,
            settles=settles and answers is not None,
        )  # fmt: skip
        record(
            account, "submission.settled" if made.settles else "submission.commented", str(submission.key), table=table, row=row,
            text=text, answers=None if answers is None else answers.pk,
        )  # fmt: skip
    return made


def threads(submission: Submission) -> list[Thread]:
    """The comments with their answers, in their order."""
    every: Iterable[ReviewComment] = submission.comments.select_related("account").order_by("pk")
    found: dict[int, Thread] = {}
    for each in every:
        if each.answers_id is None:
            found[each.pk] = Thread(each, [])
        else:
            found[each.answers_id].answers.append(each)
    return list(found.values())


def seen_number(submission: Submission) -> int:
    """A number that rises with all that happens to a submission, by which it is told that something happened since it was seen."""
    later = Submission.objects.filter(draft=submission.draft_id, number__gt=submission.number).count()
    once = (
        SubmissionReport.objects.filter(submission=submission),
        ReviewDecision.objects.filter(submission=submission),
        Publication.objects.filter(submission=submission),
        Withdrawal.objects.filter(publication__submission=submission),
    )
    return 1 + submission.comments.count() + later + broken_reviews(submission) + sum(each.exists() for each in once)


def unconfirmed(submission: Submission) -> int:
    """How many of its cases say what came out, without anybody's word yet that it should."""
    if "unconfirmed" not in submission.cases:
        return 0
    return sum(isinstance(each, dict) and each.get("unconfirmed") == "true" for each in cases_tree(submission.cases))


def decide(
    submission: Submission, account: Account, approved: bool, reason: str, despite_open: bool = False
) -> ReviewDecision:
    """Approves a submission, or sends it back.

    Raises:
        HyoteiError: it waits for no decision (HY088), who approves wrote some of it (HY089), the proof is not done (HY090) or shows
            that something does not hold (HY091), something is open and was not taken notice of (HY092), or what is sent back is
            sent without a reason (HY093).
    """
    reason = reason.strip()
    with transaction.atomic():
        submission = locked(submission)
        if standing(submission) != "waiting":
            raise HyoteiError(Diagnostic("HY088"))
        two = four_eyes()
        if approved:
            if two and account in authors_of(submission):
                raise HyoteiError(Diagnostic("HY089"))
            _require_proof(submission, despite_open)
        elif not reason:
            raise HyoteiError(Diagnostic("HY093"))
        made: ReviewDecision = ReviewDecision.objects.create(
            submission=submission, account=account, role=account.role, approved=approved, reason=reason,
            despite_open=approved and despite_open, four_eyes=two,
        )  # fmt: skip
        record(
            account, "submission.approved" if approved else "submission.sent_back", str(submission.key), reason=reason,
            hash=submission.hash, despite_open=int(made.despite_open), four_eyes=int(two),
        )  # fmt: skip
    return made


def _require_proof(submission: Submission, despite_open: bool) -> None:
    report = SubmissionReport.objects.filter(pk=submission.pk).first()
    if report is None:
        raise HyoteiError(Diagnostic("HY090"))
    if report.state == "refuted":
        raise HyoteiError(Diagnostic("HY091"))
    if report.state not in PROVED and not despite_open:
        raise HyoteiError(Diagnostic("HY092"))
