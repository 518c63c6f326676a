"""The process that draws pages of a PDF: `python -m hyotei.workbench.page_pictures FOLDER NUMBER PAGE...`, the file as input.

Each picture is whole or not there. Nothing of a PDF is executed: scripts and forms are not looked at.
"""

import io
import sys
from pathlib import Path
from typing import Final

from hyotei.workbench.source_files import page_file

WIDTH: Final = 1_240
"""Points of a picture from left to right: 150 a inch of a page of A4."""
_TALLEST: Final = 4
"""So many times its width a page may be tall."""
_GREYS: Final = 16
_MEMORY: Final = 1_500 * 1024 * 1024


def main(folder: Path, number: int, pages: list[int]) -> None:
    """Draws pages of the file that is the input."""
    try:
        import pypdfium2  # type: ignore[import-untyped]  # it has no types
    except ImportError:  # the extra that reads PDF is not installed; then there is no PDF to draw either
        return
    _bound()
    with pypdfium2.PdfDocument(io.BytesIO(sys.stdin.buffer.read())) as document:
        for each in pages:
            if each > len(document):
                break
            page = document[each - 1]
            width, height = page.get_size()
            if width <= 0 or height > _TALLEST * width:
                continue
            picture = page.render(scale=WIDTH / width, may_draw_forms=False, grayscale=True).to_pil()
            out = io.BytesIO()
            picture.convert("L").quantize(_GREYS).save(out, "PNG", optimize=True)
            draft = folder / "picture"
            draft.write_bytes(out.getvalue())
            draft.rename(page_file(folder, number, each))
            page.close()


def _bound() -> None:
    try:
        import resource
    except ImportError:  # a system without such bounds; time is bounded by who started this process
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), [int(each) for each in sys.argv[3:]])
