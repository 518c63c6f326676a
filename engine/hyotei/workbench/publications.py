"""Publishing what was approved, and withdrawing it. What was published never changes; a withdrawal is a record of its own."""

from django.db import transaction
from django.db.models import Max

from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.load import parse_rulebook
from hyotei.workbench.log import lock_table, record
from hyotei.workbench.models import Account, StoredRulebook
from hyotei.workbench.published_folder import keep_up, staged, write_out
from hyotei.workbench.review_models import Publication, Submission, Withdrawal
from hyotei.workbench.server_log import tell_server
from hyotei.workbench.submissions import before_of, locked, require_free, standing


def publish(submission: Submission, account: Account) -> Publication:
    """Publishes a submission that was approved; from then on sheets of its years are rated by it.

    Raises:
        HyoteiError: it is not approved, or no longer (HY094), what it takes the place of is another one since it was submitted
            (HY095), its id, version or years are not free, or its folder cannot be written.
    """
    with transaction.atomic():
        lock_table(Publication)
        submission = locked(submission)
        if standing(submission) != "approved":
            raise HyoteiError(Diagnostic("HY094"))
        # What another published a moment ago may not be in the folder yet, by which the library is told what there is.
        keep_up()
        text = submission.revision.text.text
        book = parse_rulebook(text)
        before = before_of(book, submission.draft)
        replaced = (book.id, *book.supersedes)
        taken = {submission.before_identity, before.identity if before else ""}.intersection(replaced)
        if taken and (before is None or before.hash != submission.before_hash):
            raise HyoteiError(Diagnostic("HY095"))
        require_free(book)
        last = Publication.objects.aggregate(last=Max("number"))["last"] or 0
        made = Publication.objects.create(
            number=last + 1, submission=submission, identity=submission.identity, version=submission.version, account=account,
            role=account.role,
        )  # fmt: skip
        StoredRulebook.objects.get_or_create(
            hash=submission.hash,
            defaults={"hash_format": submission.hash_format, "identity": submission.identity, "text": text},
        )
        record(
            account, "rulebook.published", str(made.key), rulebook=made.identity, version=made.version, hash=submission.hash,
            document=submission.revision.text_id, first_year=submission.first_year, last_year=submission.last_year,
            proof=submission.report.state, submission=str(submission.key),
        )  # fmt: skip
        with staged(made):  # a disk without room is told before anything is accepted
            pass
        transaction.on_commit(put_in_use)
    return made


def withdraw(publication: Publication, account: Account, reason: str) -> Withdrawal:
    """Withdraws what was published: from then on no sheet is rated by it. What was rated by it stays, and can be derived again.

    Raises:
        HyoteiError: there is no reason (HY096), or it was withdrawn already (HY097).
    """
    reason = reason.strip()
    if not reason:
        raise HyoteiError(Diagnostic("HY096"))
    with transaction.atomic():
        Publication.objects.select_for_update().get(pk=publication.pk)
        if Withdrawal.objects.filter(pk=publication.pk).exists():
            raise HyoteiError(Diagnostic("HY097"))
        made: Withdrawal = Withdrawal.objects.create(
            publication=publication, account=account, role=account.role, reason=reason
        )
        record(
            account, "rulebook.withdrawn", str(publication.key), rulebook=publication.identity, version=publication.version,
            hash=publication.submission.hash, reason=reason,
        )  # fmt: skip
        transaction.on_commit(put_in_use)
    return made


def put_in_use() -> None:
    """Writes out what is published. Where that fails, it is told where the workbench runs, and tried again when it is looked at."""
    try:
        write_out()
    except (OSError, HyoteiError):
        tell_server("rulebooks")
