"""What uploaded files print, beside what was read of them."""

import django.db.models.deletion
from django.db import migrations, models

from hyotei.workbench.append_only import protect


class Migration(migrations.Migration):
    """Blocks and pages of files; sheets that were read before have none."""

    dependencies = [
        ("workbench", "0006_audits"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("name", models.CharField(max_length=255)),
                ("blocks", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="workbench.upload"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("upload", "number"), name="one_source_a_number")],
            },
        ),
        migrations.CreateModel(
            name="SourcePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("picture", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pages", to="workbench.sourcefile"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "number"), name="one_picture_a_page")],
            },
        ),
        migrations.AddField(
            model_name="sheetrecord",
            name="source",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="workbench.sourcefile",
            ),
        ),
        protect("workbench_sourcefile", "workbench_sourcepage"),
    ]
