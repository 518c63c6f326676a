"""Drafts of rulebooks."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from hyotei.workbench.append_only import protect


def _account() -> models.Field:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workbench.account")


class Migration(migrations.Migration):
    """A draft, its states, and their texts."""

    dependencies = [("workbench", "0002_sheets")]
    operations = [
        migrations.CreateModel(
            name="DraftText",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("origin", models.CharField(max_length=20)),
                ("base", models.CharField(max_length=200)),
                ("base_hash", models.CharField(max_length=64)),
                ("file", models.CharField(max_length=255)),
                ("account", _account()),
            ],
        ),
        migrations.CreateModel(
            name="DraftRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kind", models.CharField(max_length=20)),
                ("place", models.CharField(max_length=400)),
                ("back", models.IntegerField(null=True)),
                ("forward", models.IntegerField(null=True)),
                ("account", _account()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="workbench.draft"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workbench.drafttext"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["draft", "number"], name="one_draft_revision_a_number")
                ],
            },
        ),
        protect("workbench_drafttext", "workbench_draft", "workbench_draftrevision"),
    ]
