"""The folder of a rulebook that a workbench published: its document, what was said of it when it was published, and a check."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Final

from hyotei.base.text_file import read_bytes
from hyotei.messages import Diagnostic, HyoteiError
from hyotei.rulebook.cached_rulebooks import FILE

ABOUT: Final = "published.json"
"""The name of the file beside the document: `sha256` is that of the document's bytes."""


def stated_hash(folder: Path) -> str | None:
    """The SHA-256 of the document as it was published; None where that is gone."""
    try:
        return str(json.loads((folder / ABOUT).read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def require_as_published(folder: Path) -> None:
    """Ends the use of a document that is no longer what was published.

    Raises:
        HyoteiError: it was changed, or what was said of it is gone (HY725).
    """
    if sha256(read_bytes(folder / FILE)).hexdigest() != stated_hash(folder):
        raise HyoteiError(Diagnostic("HY725", params={"path": str(folder / FILE)}))
