"""What the database holds of submissions of drafts, their reviews, and what was published. All of it is append-only."""

import uuid

from django.db import models
from django.utils import timezone

from hyotei.workbench.draft_models import Draft, DraftRevision, DraftText


class Submission(models.Model):
    """A state of a draft that somebody asks to have published; append-only. `number` counts those of the draft.

    `identity`, `version`, `hash` and the evaluated years are those of the document; `cases` is its file of cases, which holds all
    that it needs. `before` is the document that it would take the place of, as it was when it was submitted, with its id, version
    and hash; none where there is none.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="submissions")
    number = models.IntegerField()
    revision = models.ForeignKey(DraftRevision, models.PROTECT, related_name="submissions")
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    note = models.TextField()
    identity = models.CharField(max_length=200)
    title = models.TextField()
    version = models.CharField(max_length=40)
    hash = models.CharField(max_length=64)
    hash_format = models.CharField(max_length=40)
    first_year = models.IntegerField(null=True)
    last_year = models.IntegerField(null=True)
    cases = models.TextField()
    before = models.ForeignKey(DraftText, models.PROTECT, null=True)
    before_identity = models.CharField(max_length=200)
    before_version = models.CharField(max_length=40)
    before_hash = models.CharField(max_length=64)

    class Meta:
        """Two submissions of one draft cannot both be the next."""

        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_submission_a_number")]


class SubmissionReport(models.Model):
    """What the machine found of a submission: its proof with the certificate, and what changes by meaning; append-only.

    `state` is a `proof_state.ProofState`. `certificate` is empty where there was nothing to prove. `ja` and `en` are the proof as
    markup, `changes_ja` and `changes_en` the comparison; empty where there is nothing to compare with. `data` is the JSON
    of both for programs: `proof` and `changes` by language.
    """

    submission = models.OneToOneField(Submission, models.PROTECT, primary_key=True, related_name="report")
    at = models.DateTimeField(default=timezone.now)
    version = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    certificate = models.TextField()
    ja = models.TextField()
    en = models.TextField()
    changes_ja = models.TextField()
    changes_en = models.TextField()
    data = models.TextField()


class ReviewComment(models.Model):
    """A comment on a submission, or an answer to one; append-only.

    `table` and `row` say which row it is about; the table is empty for the whole document, the row None for the whole table.
    `settles` tells that with it the one that it answers is settled, until there is another answer.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="comments")
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    role = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    table = models.CharField(max_length=400)
    row = models.IntegerField(null=True)
    text = models.TextField()
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    settles = models.BooleanField()


class ReviewDecision(models.Model):
    """That somebody approved a submission, or sent it back; append-only.

    `despite_open` tells that they approved knowing that the proof left something open, `four_eyes` that nobody could approve then
    what they had written themselves.
    """

    submission = models.OneToOneField(Submission, models.PROTECT, primary_key=True, related_name="decision")
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    role = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    approved = models.BooleanField()
    reason = models.TextField()
    despite_open = models.BooleanField()
    four_eyes = models.BooleanField()


class Publication(models.Model):
    """A rulebook in a version that is used from then on; append-only. `number` is the name of its folder (published_folder.py)."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.IntegerField(unique=True)
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="publication")
    identity = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    role = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """A version is published once, for ever."""

        constraints = [models.UniqueConstraint(fields=["identity", "version"], name="one_publication_a_version")]


class Withdrawal(models.Model):
    """That what was published is used no longer, and why; append-only."""

    publication = models.OneToOneField(Publication, models.PROTECT, primary_key=True, related_name="withdrawal")
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    role = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField()


class FourEyes(models.Model):
    """That an administrator said whether people may approve what they wrote themselves; the last one holds; append-only."""

    account = models.ForeignKey("workbench.Account", models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    is_on = models.BooleanField()
