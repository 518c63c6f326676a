"""What the database holds of drafts. All of it is append-only: to take a change back makes a new state."""

import uuid

from django.db import models
from django.utils import timezone


class DraftText(models.Model):
    """The text of a state of a draft, by its SHA-256 in hexadecimal; append-only."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    text = models.TextField()


class Draft(models.Model):
    """A rulebook that is being written; append-only.

    `origin` is an entry of `workbench.draft.origin`; `base` is the id of the rulebook that it began as, empty where it began as a
    file.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    origin = models.CharField(max_length=20)
    base = models.CharField(max_length=200)
    base_hash = models.CharField(max_length=64)
    file = models.CharField(max_length=255)


class DraftRevision(models.Model):
    """A state of a draft, and what made it; append-only. Number 1 is what it began as.

    `kind` is an entry of `workbench.draft.kind`, `place` says where the change was. `back` is the number of the state to which undo
    leads, `forward` that to which redo leads; None where there is none. `cases` is the file of cases; None stands for that of the
    rulebook that the draft began as.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    at = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=400)
    text = models.ForeignKey(DraftText, models.PROTECT)
    cases = models.ForeignKey(DraftText, models.PROTECT, null=True, related_name="+")
    back = models.IntegerField(null=True)
    forward = models.IntegerField(null=True)

    class Meta:
        """Two changes of one state cannot both be taken."""

        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="one_draft_revision_a_number")]
