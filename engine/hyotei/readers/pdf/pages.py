"""A whole PDF: page after page as items, with what is to be said of the pages."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field, replace
from typing import TYPE_CHECKING, BinaryIO, Final

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.pdf import limits
from hyotei.readers.pdf.ink import UNREADABLE, Ink, upright
from hyotei.readers.pdf.overlapping_texts import OVERLAID, side_by_side
from hyotei.readers.pdf.page import page_items
from hyotei.readers.pdf.page_items import PageItem, PageTable
from hyotei.readers.pdf.processor_time import TooLong, Watch
from hyotei.sheet.notes import reading_note

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_UNREADABLE_SHARE: Final = 10
"""A page of which more than one character in so many is unknown is not read at all."""
_DRAWN: Final = 50
"""Lines and curves on a page without text, from which on they may well be its text."""


Reason = str
"""The key of a short reason, which the process that reads can send as it is."""

SLOW: Final = "pdf.reason.slow"
LARGE: Final = "pdf.reason.large"
BROKEN: Final = "pdf.reason.broken"
CIPHER: Final = "pdf.reason.cipher"
DEEP: Final = "pdf.reason.deep"
LOST: Final = "pdf.reason.lost"
PACKED: Final = "pdf.reason.packed"
GARBLED: Final = "pdf.reason.garbled"
BLANK: Final = "pdf.reason.blank"


class Unopened(Exception):
    """The file cannot be opened, for a reason; None where it needs a password."""

    def __init__(self, reason: Reason | None) -> None:
        super().__init__(reason)
        self.reason = reason


class Damaged(Exception):
    """A page cannot be read, for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class PageProblems:
    """What is to be said of the pages: their numbers by the code of the message."""

    pages: dict[str, list[int]] = field(default_factory=dict)
    unknown: int = 0
    reason: Reason | None = None
    stopped: int | None = None
    more: bool = False
    printed: bool = False
    """Whether any page has a text."""

    def add(self, code: str, page: int) -> None:
        self.pages.setdefault(code, []).append(page)


def pages_of(stream: BinaryIO, told: PageProblems, watch: Watch) -> Iterator[list[PageItem]]:
    """The items of every page that can be read; what cannot is noted in `told`.

    Raises:
        Unopened: the file is no PDF, is damaged beyond repair, or needs a password.
    """
    pdf = _opened(stream, watch)
    for number, page in _numbered(pdf, told, watch):
        if number > limits.MOST_PAGES:
            told.more = True
            return
        if watch.used() > limits.FIRST_SECONDS + limits.EACH_SECONDS * number:
            told.stopped = number
            return
        items = _read(page, number, told, watch)
        if items is not None:
            yield items
        if number % limits.FORGET == 0:
            _forget(pdf)


def _opened(stream: BinaryIO, watch: Watch) -> "PDF":
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.pdf import PDF

    try:
        with watch.page():
            return PDF(stream)  # type: ignore[arg-type]  # any seekable stream will do; its own type names two of them
    except TooLong:
        raise Unopened(SLOW) from None
    except MemoryError:
        raise Unopened(LARGE) from None
    except Exception as error:  # the library raises many kinds for a broken file, all of which mean the same
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise Unopened(None) from None
        raise Unopened(CIPHER if isinstance(cause, PDFEncryptionError) else BROKEN) from None


def _numbered(pdf: "PDF", told: PageProblems, watch: Watch) -> Iterator[tuple[int, "Page"]]:
    """The pages in their order. A tree of pages that is broken, or too deep, ends where it breaks."""
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.page import Page

    number = 0
    try:
        pages = PDFPage.create_pages(pdf.doc)
        while True:
            with watch.page():
                page = next(pages, None)
            if page is None:
                return
            number += 1
            try:
                made = Page(pdf, page, number)
            except Exception as error:  # a page without a size, or whose size is no number
                told.add("HY874", number)
                told.reason = told.reason or _reason(error)
                continue
            yield number, made
    except TooLong:
        told.stopped = number + 1
    except MemoryError:
        told.add("HY870", number + 1)
    except Exception as error:  # as in `_opened`
        told.add("HY874", number + 1)
        told.reason = told.reason or _reason(error)


def _read(page: "Page", number: int, told: PageProblems, watch: Watch) -> list[PageItem] | None:
    try:
        with watch.page():
            ink = _ink(page)
            if not _told_of(ink, number, told):
                return None
            ink = upright(ink)
            ink.glyphs, covered = side_by_side(ink.glyphs)
            items = page_items(ink, number)
            if covered:
                told.add("HY898", number)
                items = [_doubted(item) for item in items]
            return items
    except TooLong:
        told.add("HY869", number)
    except MemoryError:
        told.add("HY870", number)
    except Exception as error:  # as in `_opened`; a page costs only itself
        told.add("HY874", number)
        told.reason = told.reason or _reason(error)
    finally:
        with suppress(Exception):
            page.close()
    return None


def _doubted(item: PageItem) -> PageItem:
    """A table of a page on which texts were taken apart: which cell a text belongs to was decided by that, in any of them."""
    if not isinstance(item, PageTable):
        return item
    return replace(item, cells=tuple(cell.noted(reading_note(OVERLAID)) for cell in item.cells))


def _ink(page: "Page") -> Ink:
    from hyotei.readers.pdf.extraction import ink_of

    _check_contents(page)
    return ink_of(page)


def _check_contents(page: "Page") -> None:
    """What a page prints must be there: the library takes a lost or damaged stream for a blank one."""
    from pdfminer.pdftypes import PDFStream, resolve1

    if "Contents" in page.page_obj.attrs and resolve1(page.page_obj.attrs["Contents"]) is None:
        raise Damaged(LOST)
    for each in page.page_obj.contents:
        stream = resolve1(each)
        if not isinstance(stream, PDFStream):
            raise Damaged(LOST)
        raw = stream.get_rawdata()
        if raw and not stream.get_data():
            raise Damaged(PACKED)


def _told_of(ink: Ink, number: int, told: PageProblems) -> bool:
    """Notes what is to be said of a page; whether it is to be read."""
    if len(ink.glyphs) > limits.MOST_GLYPHS or len(ink.rules) + len(ink.fills) > limits.MOST_RULES:
        told.add("HY869", number)
        return False
    if ink.fields:
        told.add("HY872", number)
    counts = Counter(glyph.text == UNREADABLE for glyph in ink.glyphs if not glyph.text.isspace())
    printed = counts[True] + counts[False]
    if not printed:
        if ink.images or len(ink.rules) + ink.curves > _DRAWN:
            told.add("HY864", number)
        return False
    told.printed = True
    if counts[True] * _UNREADABLE_SHARE > printed:
        told.add("HY866", number)
        return False
    if counts[True]:
        told.add("HY867", number)
        told.unknown += counts[True]
    if ink.scanned:
        told.add("HY865", number)
    return True


def _forget(pdf: "PDF") -> None:
    """Drops what the library keeps of pages that were read: their streams and fonts."""
    from pdfminer.pdfinterp import PDFResourceManager

    for name in ("_cached_objs", "_parsed_objs"):
        kept = getattr(pdf.doc, name, None)
        if isinstance(kept, dict):
            kept.clear()
    pdf.rsrcmgr = PDFResourceManager()


def _reason(error: Exception) -> Reason:
    """Why a page cannot be read; what the library says of it helps nobody who did not write the file."""
    causes = (error, *error.args)
    if any(isinstance(cause, RecursionError) for cause in causes):
        return DEEP
    return error.reason if isinstance(error, Damaged) else GARBLED
