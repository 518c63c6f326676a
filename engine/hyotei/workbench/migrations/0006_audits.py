"""Work in the background, audits, their findings, and what people made of these."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from hyotei.workbench.append_only import protect


class Migration(migrations.Migration):
    """Jobs; audits with their findings; checks of findings; saved views."""

    dependencies = [
        ("workbench", "0005_idempotency"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("state", models.CharField(max_length=20)),
                ("code", models.TextField()),
                ("severity", models.TextField()),
                ("standing", models.CharField(max_length=20)),
                ("sheet", models.TextField()),
                ("title", models.TextField()),
                ("authority", models.TextField()),
                ("fiscal_year", models.IntegerField()),
                ("money", models.TextField(null=True)),
                ("weight", models.IntegerField()),
                ("money_place", models.IntegerField()),
                ("said", models.TextField()),
                ("ja", models.BinaryField()),
                ("en", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("request", models.TextField()),
                ("state", models.CharField(db_index=True, default="waiting", max_length=20)),
                ("done", models.IntegerField(default=0)),
                ("count", models.IntegerField(default=0)),
                ("told", models.TextField(default="[]")),
                ("alive", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FindingCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.TextField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="workbench.auditfinding"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.TextField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="audit",
                        serialize=False,
                        to="workbench.job",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("corpus_hash", models.CharField(max_length=64)),
                ("sheets", models.IntegerField()),
                ("version", models.CharField(max_length=40)),
                (
                    "against",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="workbench.auditrecord"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="auditfinding",
            name="audit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="workbench.auditrecord"
            ),
        ),
        migrations.AddIndex(
            model_name="auditfinding",
            index=models.Index(fields=["audit", "weight"], name="findings_by_weight"),
        ),
        migrations.AddConstraint(
            model_name="auditfinding",
            constraint=models.UniqueConstraint(fields=("audit", "number"), name="one_finding_a_number"),
        ),
        protect("workbench_auditrecord", "workbench_auditfinding", "workbench_findingcheck"),
    ]
