"""Cases of drafts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The cases of each state of a draft; of those that there are, the cases of the rulebook that they began as."""

    dependencies = [
        ("workbench", "0007_sources"),
    ]

    operations = [
        migrations.AddField(
            model_name="draftrevision",
            name="cases",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workbench.drafttext"
            ),
        ),
    ]
