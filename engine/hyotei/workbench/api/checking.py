"""What the check of a document tells to programs."""

from contextlib import nullcontext
from typing import Final

from pydantic_core import to_jsonable_python

from hyotei.messages import Language
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.mends.mends import mends_of
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.workbench.reading_turns import turn

_MENDED: Final = 200
"""Problems, the first ones, of which mends are looked for: each goes through the whole document."""
_LARGE: Final = 100_000
"""Characters of a document that is checked in its turn; the largest that is shipped has a tenth."""


def checked(text: str, language: Language) -> dict[str, object]:
    """Whether a document is a rulebook, with every problem at its place.

    Raises:
        HyoteiError: it is large, and too many wait already (HY077).
    """
    with turn() if len(text) > _LARGE else nullcontext():
        return _checked(RulebookText.parse(text, FILE), language)


def _checked(document: RulebookText, language: Language) -> dict[str, object]:
    book, problems = check_rulebook(document)
    sound = book is not None and not any(each.severity == "error" for each in problems)
    told = [
        {
            "code": each.code,
            "severity": each.severity,
            "message": each.message(language),
            "line": each.location.line,
            "start": each.location.start,
            "end": each.location.end,
            "mends": [
                {
                    "label": mend.label.text(language),
                    "replacements": [to_jsonable_python(replacement) for replacement in mend.replacements],
                }
                for mend in (mends_of(each, document) if number < _MENDED else ())
            ],
        }
        for number, each in enumerate(problems)
    ]
    return {"sound": sound, "hash": book.hash if book is not None and sound else None, "problems": told}
