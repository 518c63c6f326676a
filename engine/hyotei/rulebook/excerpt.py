"""Parts of a rulebook's document for another one: some of its decisions word for word, and its front matter with other words."""

import re
from collections.abc import Collection, Iterable, Mapping
from json import dumps
from typing import Final, NamedTuple

from hyotei.rulebook.rulebook_text import RulebookText

_LEFT_OUT: Final = ("laws",)
_KEY: Final = re.compile(r"([A-Za-z_][\w-]*)\s*:")
_PLAIN: Final = re.compile(r"[\w.][\w. -]*")


class Excerpt(NamedTuple):
    """The front matter with its fences, and the sections of the decisions."""

    front: str
    sections: str


def excerpt(
    document: RulebookText, lines: Iterable[int], names: Collection[str], words: Mapping[str, str], laws: Iterable[str]
) -> Excerpt:
    """Cuts decisions out of a document.

    Args:
        document: a document without errors.
        lines: where the decisions stand; their sections are taken in the order of the document.
        names: what the decisions are called; parameters that they do not mention are left out.
        words: what front matter keys are set to.
        laws: its laws instead of those of the document.
    """
    starts = sorted({document.section_of(line).heading_line for line in lines})
    sections = "\n".join(_section(document, start) for start in starts)
    return Excerpt(_front(document, sections, words, laws), sections)


def _section(document: RulebookText, start: int) -> str:
    """The lines of a section, up to the next heading."""
    after = [each.heading_line for each in document.sections if each.heading_line > start]
    end = min(after, default=len(document.lines) + 1)
    return "".join(document.lines[start - 1 : end - 1]).replace("\r\n", "\n").strip("\n") + "\n"


def _front(document: RulebookText, sections: str, words: Mapping[str, str], laws: Iterable[str]) -> str:
    assert document.front is not None, "a rulebook without errors has a front matter"
    blocks = _blocks(document.front.text.replace("\r\n", "\n"), "")
    found: list[str] = []
    for key, block in blocks:
        if key in words:
            found.append(f"{key}: {_scalar(words[key])}")
        elif key == "parameters":
            found += _parameters(block, sections)
        elif key not in _LEFT_OUT:
            found.append(block.rstrip("\n"))
    known = {key for key, _ in blocks}
    found += [f"{key}: {_scalar(value)}" for key, value in words.items() if key not in known]
    found += ["laws:", *(f"  - {law}" for law in laws)]
    return "\n".join(["---", *found, "---"])


def _blocks(text: str, indent: str) -> list[tuple[str, str]]:
    """The keys at one depth, each with its lines; comments go with the key before them."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        match = _KEY.match(line[len(indent) :]) if line.startswith(indent) else None
        if match:
            found.append((match[1], line))
        elif found:
            found[-1] = found[-1][0], found[-1][1] + line
    return found


def _parameters(block: str, sections: str) -> list[str]:
    """The block of parameters with those that the sections mention; as it is where it cannot be taken apart by lines."""
    head, _, rest = block.partition("\n")
    first = re.match(r" +", rest)
    if not first or head.split("#")[0].strip() != "parameters:":
        return [block.rstrip("\n")]
    kept = [text for key, text in _blocks(rest, first[0]) if re.search(rf"(?<![\w.]){re.escape(key)}(?!\w)", sections)]
    return ["parameters:", "".join(kept).rstrip("\n")] if kept else []


def _scalar(text: str) -> str:
    """A text as YAML: as it is where nobody could take it for anything else."""
    return text if _PLAIN.fullmatch(text) and not text.isspace() else dumps(text, ensure_ascii=False)
