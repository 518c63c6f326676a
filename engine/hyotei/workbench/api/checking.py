"""What the check of a document tells to programs."""

from pydantic_core import to_jsonable_python

from hyotei.messages import Language
from hyotei.rulebook.cached_rulebooks import FILE
from hyotei.rulebook.load import check_rulebook
from hyotei.rulebook.mends.mends import mends_of
from hyotei.rulebook.rulebook_text import RulebookText


def checked(text: str, language: Language) -> dict[str, object]:
    """Whether a document is a rulebook, with every problem at its place."""
    document = RulebookText.parse(text, FILE)
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
                for mend in mends_of(each, document)
            ],
        }
        for each in problems
    ]
    return {"sound": sound, "hash": book.hash if book is not None and sound else None, "problems": told}
