"""What the database holds of audits: what is worked at in the background, what was found, and what people made of it."""

import uuid

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """Something that is worked at in the background: a corpus that is built, or an audit that is made.

    `kind` is `corpus` or `audit`, `state` an entry of `workbench_audit.state`. `request` is the JSON of what is asked for.
    `done` of `count` sheets are done, where `count` is known. `told` is a JSON list of what is said of it, in both languages.
    `alive` is when its worker was last at it: one that was not for long is begun again by the next.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    request = models.TextField()
    state = models.CharField(max_length=20, default="waiting", db_index=True)
    done = models.IntegerField(default=0)
    count = models.IntegerField(default=0)
    told = models.TextField(default="[]")
    alive = models.DateTimeField(null=True)


class AuditRecord(models.Model):
    """An audit that was made; append-only. `against` is the earlier one that it is held against."""

    job = models.OneToOneField(Job, models.PROTECT, primary_key=True, related_name="audit")
    at = models.DateTimeField(default=timezone.now)
    corpus_hash = models.CharField(max_length=64)
    sheets = models.IntegerField()
    version = models.CharField(max_length=40)
    against = models.ForeignKey("self", models.PROTECT, null=True)


class AuditFinding(models.Model):
    """A finding of an audit, or one of the earlier audit that is not made any more; append-only.

    `state` is an entry of `finding.state`, empty where the audit is held against none. `money` is the budget in yen as a decimal
    text. `weight` and `money_place` are its places in the order of severity and money, and of money alone: exact numbers
    are put in order before they are stored, because SQLite compares decimals as floats. `said` is what is searched. `ja` and
    `en` are its data (`hyotei.report.findings_ndjson`) in both languages, as packed JSON.
    """

    audit = models.ForeignKey(AuditRecord, models.PROTECT, related_name="findings")
    number = models.IntegerField()
    state = models.CharField(max_length=20)
    code = models.TextField()
    severity = models.TextField()
    standing = models.CharField(max_length=20)
    sheet = models.TextField()
    title = models.TextField()
    authority = models.TextField()
    fiscal_year = models.IntegerField()
    money = models.TextField(null=True)
    weight = models.IntegerField()
    money_place = models.IntegerField()
    said = models.TextField()
    ja = models.BinaryField()
    en = models.BinaryField()

    class Meta:
        """Pages ask for one audit in an order."""

        constraints = [models.UniqueConstraint(fields=["audit", "number"], name="one_finding_a_number")]
        indexes = [models.Index(fields=["audit", "weight"], name="findings_by_weight")]


class FindingCheck(models.Model):
    """That somebody has checked a finding, and what they noted, in the role that they had; append-only."""

    finding = models.ForeignKey(AuditFinding, models.PROTECT, related_name="checks")
    account = models.ForeignKey("workbench.Account", models.PROTECT)
    role = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField()


class SavedView(models.Model):
    """Filters and an order of findings under a name, of one account; `query` is as it stands in addresses."""

    account = models.ForeignKey("workbench.Account", models.PROTECT)
    name = models.CharField(max_length=60)
    query = models.TextField()
