"""Submissions of drafts, their reviews, and what was published."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from hyotei.workbench.append_only import protect


class Migration(migrations.Migration):
    """Submissions, what was found of them, comments, decisions; publications and withdrawals; the word on four eyes."""

    dependencies = [
        ("workbench", "0009_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("note", models.TextField()),
                ("identity", models.CharField(max_length=200)),
                ("title", models.TextField()),
                ("version", models.CharField(max_length=40)),
                ("hash", models.CharField(max_length=64)),
                ("hash_format", models.CharField(max_length=40)),
                ("first_year", models.IntegerField(null=True)),
                ("last_year", models.IntegerField(null=True)),
                ("cases", models.TextField()),
                ("before_identity", models.CharField(max_length=200)),
                ("before_version", models.CharField(max_length=40)),
                ("before_hash", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "before",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="workbench.drafttext"),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="workbench.draft"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="workbench.draftrevision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FourEyes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("is_on", models.BooleanField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubmissionReport",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="report",
                        serialize=False,
                        to="workbench.submission",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=20)),
                ("certificate", models.TextField()),
                ("ja", models.TextField()),
                ("en", models.TextField()),
                ("changes_ja", models.TextField()),
                ("changes_en", models.TextField()),
                ("data", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ReviewComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("table", models.CharField(max_length=400)),
                ("row", models.IntegerField(null=True)),
                ("text", models.TextField()),
                ("settles", models.BooleanField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="workbench.reviewcomment",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="workbench.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.IntegerField(unique=True)),
                ("identity", models.CharField(max_length=200)),
                ("version", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="workbench.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="workbench.publication",
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="decision",
                        serialize=False,
                        to="workbench.submission",
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved", models.BooleanField()),
                ("reason", models.TextField()),
                ("despite_open", models.BooleanField()),
                ("four_eyes", models.BooleanField()),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("draft", "number"), name="one_submission_a_number"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("identity", "version"), name="one_publication_a_version"),
        ),
        protect(
            "workbench_submission",
            "workbench_submissionreport",
            "workbench_reviewcomment",
            "workbench_reviewdecision",
            "workbench_publication",
            "workbench_withdrawal",
            "workbench_foureyes",
        ),
    ]
