"""Sheets with their states, verdicts with all that it takes to derive them again, and adoptions."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from hyotei.workbench.append_only import protect


class Migration(migrations.Migration):
    """Sheets, verdicts and adoptions."""

    dependencies = [
        ("workbench", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetRecord",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("file", models.CharField(max_length=255)),
                ("sheet_id", models.CharField(max_length=400)),
                ("title", models.TextField()),
                ("authority", models.CharField(max_length=400)),
                ("fiscal_year", models.IntegerField()),
                ("problems", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="StoredRulebook",
            fields=[
                ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("hash_format", models.CharField(max_length=40)),
                ("identity", models.CharField(max_length=200)),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.TextField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("reason", models.TextField()),
                ("sheet", models.TextField()),
                ("rulebook", models.CharField(max_length=200)),
                ("carry_over", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="workbench.sheetrecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoredVerdict",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("carried_over", models.BooleanField()),
                ("rating", models.CharField(max_length=40, null=True)),
                ("budget", models.CharField(max_length=40, null=True)),
                ("status", models.CharField(max_length=20)),
                ("data", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("version", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="workbench.revision"
                    ),
                ),
                (
                    "rulebook",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workbench.storedrulebook"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rating", models.CharField(max_length=40, null=True)),
                ("budget", models.CharField(max_length=40, null=True)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="workbench.storedverdict",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("files", models.TextField()),
                ("failures", models.TextField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AddField(
            model_name="sheetrecord",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="records", to="workbench.upload"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("record", "number"), name="one_revision_a_number"),
        ),
        protect(
            "workbench_upload",
            "workbench_sheetrecord",
            "workbench_revision",
            "workbench_storedrulebook",
            "workbench_storedverdict",
            "workbench_adoption",
        ),
    ]
