"""What the database holds. What is told to be append-only is never changed or deleted: the database refuses it (append_only.py)."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from hyotei.workbench.audit_models import (  # noqa: F401  # Django looks for models here
    AuditFinding,
    AuditRecord,
    FindingCheck,
    Job,
    SavedView,
)
from hyotei.workbench.draft_models import Draft, DraftRevision, DraftText  # noqa: F401  # Django looks for models here
from hyotei.workbench.log_chain import Entry
from hyotei.workbench.review_models import (  # noqa: F401  # Django looks for models here
    FourEyes,
    Publication,
    ReviewComment,
    ReviewDecision,
    Submission,
    SubmissionReport,
    Withdrawal,
)
from hyotei.workbench.source_models import SourceFile, SourcePage  # noqa: F401  # Django looks for models here


class Account(AbstractBaseUser):
    """Who may come in: a name, a role, a password. An account that is no longer wanted is closed, not deleted."""

    name = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20)  # one of roles.ROLES
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "name"
    objects: Any = BaseUserManager()


class Identity(models.Model):
    """Whom a provider knows an account as: its subject is one person of its issuer, for ever."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=400)
    subject = models.CharField(max_length=255)

    class Meta:
        """A person has one account."""

        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_a_subject")]


class LogEntry(models.Model):
    """One entry of the log; append-only. Its fields are those of `log_chain.Entry`."""

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    account = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    details = models.TextField()
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def entry(self) -> Entry:
        """The entry as the chain has it."""
        return Entry(*(getattr(self, name) for name in Entry._fields))


def _key() -> Any:
    """The identifier of what pages name: nobody can guess another's, and it says nothing."""
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


class ApiToken(models.Model):
    """A token by which a program acts for an account. Only its hash is kept; one that is no longer wanted is closed."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(default=timezone.now)
    is_open = models.BooleanField(default=True)


class IdempotentAnswer(models.Model):
    """The answer to a request that a program may send again, by the key that it gave; kept for some days.

    `asked` is the SHA-256 of the request, `answer` its JSON.
    """

    account = models.ForeignKey(Account, models.PROTECT)
    key = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    asked = models.CharField(max_length=64)
    answer = models.TextField()

    class Meta:
        """A key is good for one request."""

        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_answer_a_key")]


class Upload(models.Model):
    """Files that somebody gave to be read; append-only. The files themselves are not kept.

    `files` is a JSON list of names, sizes and hashes; `failures` a JSON list of what could not be read, in both languages.
    """

    key = _key()
    account = models.ForeignKey(Account, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    files = models.TextField()
    failures = models.TextField()


class SheetRecord(models.Model):
    """A sheet as it was read; append-only. `problems` is a JSON list of what was said of its reading, in both languages.

    `source` is what its file prints, where that is kept.
    """

    key = _key()
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="records")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    file = models.CharField(max_length=255)
    sheet_id = models.CharField(max_length=400)
    title = models.TextField()
    authority = models.CharField(max_length=400)
    fiscal_year = models.IntegerField()
    problems = models.TextField()
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="records")


class Revision(models.Model):
    """A state of a sheet, and what made it of the one before; append-only. The first one is as it was read.

    `kind` is an entry of `workbench.action.sheet`; `subject` is the place of what changed, `before` and `after` what stood and
    stands there, as a person writes it. `rulebook` is the id of the one that was chosen; empty where the one in force applies.
    """

    record = models.ForeignKey(SheetRecord, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    at = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey(Account, models.PROTECT)
    kind = models.CharField(max_length=20)
    subject = models.TextField()
    before = models.TextField()
    after = models.TextField()
    reason = models.TextField()
    sheet = models.TextField()
    rulebook = models.CharField(max_length=200)
    carry_over = models.BooleanField(default=False)

    class Meta:
        """Two changes of one state cannot both be taken."""

        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_revision_a_number")]


class StoredRulebook(models.Model):
    """The document of a rulebook by which something was rated, by its hash; append-only."""

    hash = models.CharField(primary_key=True, max_length=64)
    hash_format = models.CharField(max_length=40)
    identity = models.CharField(max_length=200)
    text = models.TextField()


class StoredVerdict(models.Model):
    """A verdict on a state of a sheet, with all that it takes to derive it again; append-only.

    `data` is its canonical JSON in Japanese, `sha256` the hash of that in UTF-8. `carried_over` tells that the rulebook
    was applied to a year after its last.
    """

    key = _key()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="verdicts")
    rulebook = models.ForeignKey(StoredRulebook, models.PROTECT)
    carried_over = models.BooleanField()
    rating = models.CharField(max_length=40, null=True)
    budget = models.CharField(max_length=40, null=True)
    status = models.CharField(max_length=20)
    data = models.TextField()
    sha256 = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    account = models.ForeignKey(Account, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)


class Adoption(models.Model):
    """What somebody made of a verdict: the same results, or others with the reason; append-only."""

    verdict = models.ForeignKey(StoredVerdict, models.PROTECT, related_name="adoptions")
    rating = models.CharField(max_length=40, null=True)
    budget = models.CharField(max_length=40, null=True)
    reason = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
