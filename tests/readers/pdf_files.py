"""PDFs that mean harm or are broken, written byte by byte, and small ones of a single page for trying things out."""

import io
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def assemble(objects: Sequence[bytes], root: int = 1, tail: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1, with a table of their places."""
    out = io.BytesIO()
    out.write(HEADER)
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root %d 0 R %s >>\n" % (len(objects) + 1, root, tail))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(content: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, extra = zlib.compress(content, 9), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n" % (len(content), extra) + content + b"\nendstream"


def one_page(
    content: bytes, fonts: bytes = b"", more: Iterable[bytes] = (), page: bytes = b"", **options: Any
) -> bytes:
    """A file of one page with this content; `more` are objects from number 5 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % options.pop("catalog", b""),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << %s >> >> %s >>"
        % (fonts, page),
        stream(content, **options),
        *more,
    ]
    return assemble(objects)


HELVETICA = b"/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def nameless_font() -> bytes:
    """A page in an embedded font that does not say which characters its glyphs are."""
    fonts = b"/F1 5 0 R"
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Nameless /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    )
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /AAAAAA+Nameless /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    text = b"BT /F1 10 Tf 50 700 Td <0001000200030004000500060007> Tj ET"
    return one_page(text, fonts, [font, descendant])


def cid_text(text: str, encoding: str, coded: bytes) -> bytes:
    """A page in a font of Adobe-Japan1 that is not embedded, in one of its predefined encodings."""
    assert text, "for the reader of a test, who cannot read codes"
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /%s /DescendantFonts [6 0 R] >>"
        % encoding.encode()
    )
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>"
    )
    shown = b"BT /F1 10 Tf 300 700 Td <%s> Tj ET" % coded.hex().encode()
    return one_page(shown, b"/F1 5 0 R", [font, descendant])


def deep_tree(depth: int) -> bytes:
    """A tree of pages in which every node has one child."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(depth)]
    objects.append(b"<< /Type /Page /MediaBox [0 0 595 842] >>")
    return assemble(objects)


def circle() -> bytes:
    """A tree of pages that is its own child."""
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])


def many_objects(count: int) -> bytes:
    """A page with text in a file of very many objects that nothing needs."""
    text = b"BT /F1 10 Tf 50 700 Td (12345) Tj ET"
    base = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << %s >> >> >>"
        % HELVETICA,
        stream(text),
    ]
    return assemble([*base, *[b"<< /A 1 >>"] * count])


def images_only(pages: int = 1) -> bytes:
    """Pages that are pictures of paper."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842))
    picture = ImageReader(Image.new("RGB", (60, 84), "white"))
    for _ in range(pages):
        canvas.drawImage(picture, 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def active() -> bytes:
    """What a viewer might run: a script on opening, a program to start, and an attachment."""
    catalog = (
        b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>"
        b" /AA << /WC << /S /Launch /F (touch /tmp/started) >> >>"
        b" /Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>] >> >>"
    )
    text = b"BT /F1 10 Tf 50 700 Td (12345) Tj ET"
    return one_page(text, HELVETICA, [stream(b"MZ")], catalog=catalog)
