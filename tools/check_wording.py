"""Refuses wording outside the catalogue (`engine/hyotei/messages/texts`): `make lint` runs it.

What a person reads is said by `wording(language)("subject.key")`. The code holds Japanese only where it recognises or writes what
documents and rulebooks print; these files are listed here with the reason. The language is compared nowhere but in `messages/`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

ENGINE: Final = Path(__file__).resolve().parents[1] / "engine" / "hyotei"
JAPANESE: Final = re.compile("[ぁ-んァ-ヶ一-龥]")
SENTENCE: Final = re.compile(r"[^\\|?*+^$\[\](){}\n]{6,}(?:た|ない|ません|です|ます|ください|いる|ある)。?")
"""A sentence rather than a word or a pattern: no file but the catalogue holds one."""

PRINTED: Final = "words that documents print, which are recognised"
RULES: Final = "words of the language of rulebooks, which are recognised and written"
FORMS: Final = "labels of the printed forms, which Japanese offices fill in"
DRAWN: Final = "names and words of drawn sheets, which no person is told"
NAMES: Final = "names of figures, in the one table of figures"

ALLOWED: Final = {
    "base/line_breaking.py": "signs of punctuation",
    "base/shipped_files.py": "said before the catalogue can be read",
    "columnar/corpus_relations.py": "a value of the scale of qualifiers",
    "corpus/schema.py": NAMES,
    "drawing/*": DRAWN,
    "forms/*": PRINTED,
    "proof/sheet_writing.py": DRAWN,
    "readers/*": PRINTED,
    "rulebook/*": RULES,
    "sheet/*": PRINTED,
    "sheet_writers/*": FORMS,
    "testing/input_columns.py": DRAWN,
    "writers/*": "names of fonts",
}
"""Files that hold Japanese words, and why."""

SENTENCES: Final = {
    "readers/printed/government_form.py": "grades that forms print",
    "rulebook/check/law_sentences.py": RULES,
    "rulebook/check/law_writing.py": RULES,
}
"""Files that hold Japanese sentences, and why."""

LANGUAGES: Final = {
    "rulebook/check/law_writing.py": "a law is written in the language of its rulebook, not said to a person",
    "writers/docx_styles.py": "the mark of the language in a Word file",
    "writers/terminal.py": "headings of Japanese have a mark",
}
"""Files that ask which language it is, and why."""


def faults(path: Path, name: str) -> Iterator[tuple[int, str]]:
    """Lines of a file with what is wrong there."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(text) for text in _documentation(tree)}
    allowed = any(fnmatch(name, pattern) for pattern in ALLOWED)
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(parts) if SENTENCE.fullmatch(text := _with_places(parts)) and name not in SENTENCES:
                yield node.lineno, f"a sentence outside the catalogue: {_short(text)}"
            case ast.Constant(str(text)) if id(node) not in documentation and JAPANESE.search(text):
                if not allowed:
                    yield node.lineno, f"Japanese outside the catalogue: {_short(text)}"
                elif SENTENCE.fullmatch(text) and name not in SENTENCES:
                    yield node.lineno, f"a sentence outside the catalogue: {_short(text)}"
            case ast.Compare(left, [ast.Eq() | ast.NotEq()], [ast.Constant("ja" | "en")]) if name not in LANGUAGES:
                if _name(left).endswith(("lang", "language")):
                    yield node.lineno, "the language is compared: let the catalogue choose"
            case ast.FunctionDef(name="say"):
                yield node.lineno, "a way of its own to say something: use wording(language)"


def _documentation(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (each.value for each in node.body if isinstance(each, ast.Expr))


def _with_places(parts: list[ast.expr]) -> str:
    """The text of an f-string with a sign in place of each value."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "〇" for part in parts)


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _short(text: str) -> str:
    return " ".join(text.split())[:40]


def main() -> int:
    """Prints every fault; the exit code is 1 if there is any."""
    found = 0
    for path in sorted(ENGINE.rglob("*.py")):
        name = path.relative_to(ENGINE).as_posix()
        if name.startswith("messages/"):
            continue
        told = list(faults(path, name))
        for line, fault in told:
            print(f"engine/hyotei/{name}:{line}: {fault}")
        found += len(told)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
