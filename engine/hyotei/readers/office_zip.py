"""The parts of an office file (XLSX, DOCX), which is a zip of XML: bounded, and without entities, links or anything that runs."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from hyotei.base.causes import cause
from hyotei.intake.claimed_format import claimed, damaged
from hyotei.intake.compressed import DAMAGED
from hyotei.intake.input_file import InputFile
from hyotei.messages import HyoteiError, phrase

if TYPE_CHECKING:
    from lxml import etree

LARGEST_PART: Final = 128 * 1024**2
LARGEST: Final = 256 * 1024**2
"""Bytes that one part, and all parts together, may unfold to."""
MOST_TAGS: Final = 3_000_000
"""Beginnings and ends of elements in one part: a form has some thousand, and each that is read takes hundreds of bytes."""
_PIECE: Final = 1024**2
_MOST_PARTS: Final = 20_000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

OFFICE_KINDS: Final = (
    ("EncryptedPackage", "HY850"),
    ("Workbook", "HY851"),
    ("Book", "HY851"),
    ("WordDocument", "HY851"),
)
"""Names inside files of the old format, with what is to be said of such a file."""


def is_old_office(head: bytes) -> bool:
    """Whether a file is of the format before 2007 (.xls, .doc), or encrypted in it."""
    return head.startswith(_OLE)


def old_office(content: bytes) -> str:
    """The code of what is to be said of an old or encrypted office file."""
    for name, code in OFFICE_KINDS:
        if name.encode("utf-16-le") in content:
            return code
    return "HY851"


def broken(document: InputFile, error: Exception) -> HyoteiError:
    """That an office file is damaged, as what it claims to be."""
    kind = claimed(document.name, b"PK\x03\x04")
    assert kind is not None, "the beginning of a zip is one of the claims"
    return HyoteiError(damaged(document.name, kind, cause(error)))


class OfficeZip:
    """An open office file."""

    def __init__(self, document: InputFile, archive: zipfile.ZipFile) -> None:
        self._document, self._archive = document, archive
        self._left = LARGEST
        self.names = frozenset(archive.namelist())

    def content(self, name: str, *, tags: bool = False) -> bytes | None:
        """The bytes of a part; None where there is none. With `tags` its tags are counted before anybody makes elements of them.

        Raises:
            HyoteiError: it unfolds beyond all measure (HY852), has too many tags (HY835), or is damaged (HY895).
        """
        if name not in self.names:
            return None
        try:
            return b"".join(self._pieces(name, MOST_TAGS if tags else None))
        except ValueError as error:  # a part that is said to begin before the file does
            raise broken(self._document, error) from None

    def _pieces(self, name: str, most_tags: int | None) -> Iterator[bytes]:
        """The bytes of a part, until there are too many, or too many signs that begin a tag."""
        most, count, tags = min(LARGEST_PART, self._left), 0, 0
        with self._archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                count += len(piece)
                tags += piece.count(b"<") if most_tags is not None else 0
                if count > most:
                    raise self._document.problem("HY852", limit=str(LARGEST // 1024**2))
                if most_tags is not None and tags > most_tags:
                    raise self._document.problem("HY835", part=name[:60], limit=f"{most_tags:,}")
                yield piece
        self._left -= count

    def tree(self, name: str) -> "etree._Element | None":
        """The root of an XML part; None where there is none.

        Raises:
            HyoteiError: it is no sound XML, or has a document type, which office files never have (HY853), or as `content`.
        """
        from lxml import etree

        content = self.content(name, tags=True)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if "memory" in str(error).lower():  # libxml2 has no error of its own for it
                raise MemoryError from None
            raise self._document.problem("HY853", part=name[:60], reason=cause(error)) from None
        if root.getroottree().docinfo.doctype:
            raise self._document.problem("HY853", part=name[:60], reason="DOCTYPE")
        return root

    def relations(self, name: str) -> dict[str, str]:
        """The parts that a part points to, by the identifiers it uses for them; links out of the file are left out."""
        folder, file = posixpath.split(name)
        root = self.tree(f"{folder}/_rels/{file}.rels".lstrip("/"))
        if root is None:
            return {}
        found: dict[str, str] = {}
        for relation in root.iter(_RELATIONS):
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not target or re.match("[a-zA-Z]+:", target):
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = path
        return found


@contextmanager
def opened(document: InputFile) -> Iterator[OfficeZip]:
    """A document as an office file.

    Raises:
        HyoteiError: too large (HY107), of the old format or encrypted (HY850, HY851), or damaged (HY895).
    """
    content = document.content()
    if is_old_office(content):
        raise document.problem(old_office(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > _MOST_PARTS:
                raise document.problem("HY803", limit=f"{_MOST_PARTS:,}")
            yield OfficeZip(document, archive)
    except (*DAMAGED, NotImplementedError, OSError) as error:
        raise broken(document, error) from None
    except RuntimeError as error:  # what zipfile says of passwords
        raise document.problem("HY103", path=document.path, reason=phrase("causes.content.password")) from error
