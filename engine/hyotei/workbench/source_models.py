"""What uploaded files print: the blocks that sheets were read from, and pictures of their pages."""

from django.db import models


class SourceFile(models.Model):
    """What one uploaded file prints, as its reader took it apart; append-only. The file itself is not kept.

    `number` counts the files of an upload as they were read; `blocks` is what `source_files.packed` made of the blocks.
    """

    upload = models.ForeignKey("workbench.Upload", models.PROTECT, related_name="sources")
    number = models.IntegerField()
    name = models.CharField(max_length=255)
    blocks = models.BinaryField()

    class Meta:
        """One file a number."""

        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="one_source_a_number")]


class SourcePage(models.Model):
    """The picture (PNG) of a page of a file that has pages; append-only."""

    file = models.ForeignKey(SourceFile, models.PROTECT, related_name="pages")
    number = models.IntegerField()
    picture = models.BinaryField()

    class Meta:
        """One picture a page."""

        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_picture_a_page")]
