"""Accounts, and the log."""

import django.utils.timezone
from django.db import migrations, models

from hyotei.workbench.append_only import protect


class Migration(migrations.Migration):
    """The first state."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("role", models.CharField(max_length=20)),
                ("is_active", models.BooleanField(default=True)),
                ("created", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=60)),
                ("role", models.CharField(max_length=20)),
                ("action", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=200)),
                ("details", models.TextField()),
                ("before", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
        ),
        protect("workbench_logentry"),
    ]
