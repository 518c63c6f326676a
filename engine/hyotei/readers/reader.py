"""What a reader is: a format that recognises its documents by their content and turns them into sheets.

A reader of another package implements `Reader` and names itself under the entry point group `hyotei.readers`;
docs/readers.md shows one.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from hyotei.intake.input_file import InputFile, Sample
from hyotei.messages import Diagnostic
from hyotei.sheet.models import Sheet


class Found(NamedTuple):
    """One thing read: a sheet with what is to be said of it, or, without a sheet, a record or file that failed."""

    sheet: Sheet | None
    problems: tuple[Diagnostic, ...] = ()


@runtime_checkable
class Reader(Protocol):
    """A format."""

    @property
    def name(self) -> str:
        """What `--as` calls it: lower case, digits and dashes."""

    def sniff(self, sample: Sample) -> float:
        """How sure the beginning of a document is of this format: 0 not at all, 1 certain.

        Must be quick, must not raise, and must judge by content; a name only settles what content leaves open.
        """

    def read(self, document: InputFile) -> Iterator[Found]:
        """The sheets of one document, one after the other, without holding the whole of it.

        A record that cannot be read is a `Found` without a sheet and the rest goes on.

        Raises:
            HyoteiError: nothing of the document can be used.
        """


@runtime_checkable
class GatheringReader(Reader, Protocol):
    """A format whose sheets are spread over several documents, all of which it gets at once."""

    def read_together(self, documents: Sequence[InputFile]) -> Iterator[Found]:
        """The sheets of all documents of the format that were given."""
