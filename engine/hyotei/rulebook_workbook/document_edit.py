"""Changes a document so that it shows something else. What still shows the same keeps every character, layout included."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hyotei.base.display_width import display_width
from hyotei.base.line_breaking import fold
from hyotei.rulebook.blocks import CodeBlock, ProseBlock, TableBlock
from hyotei.rulebook.edit import set_code
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook.types import Scope
from hyotei.rulebook_workbook.document_parts import Part, Role, SectionParts, section_parts
from hyotei.rulebook_workbook.shown import BookShown, DecisionShown, SectionShown, TableShown, TextShown, one_line
from hyotei.rulebook_workbook.table_edit import new_table, table_lines
from hyotei.rulebook_workbook.weaving import matched
from hyotei.rulebook_workbook.yaml_edit import Tree, edited, parsed, same

SCOPE_HEADINGS: Final[dict[Scope, str]] = {
    "sheet": "for the sheet", "objective": "for each objective", "indicator": "for each indicator", "measure": "for each measure",
    "year": "for each year", "budget_year": "for each budget year",
}  # fmt: skip
"""How a heading says for which units its decision is taken, where it says it anew."""
_FACT_HEAD: Final = re.compile(r"[-*+ ]+[^:：]+[:：]")
_WIDTH: Final = 120
"""Columns of a line of text that is written anew."""


def front_tree(document: RulebookText) -> dict[str, Tree]:
    """What the front matter says; empty where there is none."""
    tree = parsed(document.front.text) if document.front else None
    return tree if isinstance(tree, dict) else {}


def book_shown(document: RulebookText, cases: str = "") -> BookShown:
    """What a document without errors shows, with its cases."""
    return BookShown(front_tree(document), tuple(each.shown for each in section_parts(document)), cases_tree(cases))


def cases_tree(text: str) -> list[Tree]:
    """The cases of a file of cases."""
    tree = parsed(text) if text.strip() else None
    listed = tree.get("cases") if isinstance(tree, dict) else tree
    return listed if isinstance(listed, list) else []


def edited_cases(text: str, wanted: list[Tree]) -> str:
    """The file of cases that holds these and is as near to `text` as can be; empty for no cases where there was no file."""
    if same(cases_tree(text), wanted):
        return text
    tree = parsed(text) if text.strip() else None
    if isinstance(tree, list):
        return edited(text, wanted)
    whole: dict[str, Tree] = {**(tree if isinstance(tree, dict) else {}), "cases": wanted}
    return edited(text, whole)


def edited_document(document: RulebookText, wanted: BookShown) -> str:
    """The document that shows `wanted` and is as near to `document` as can be.

    Raises:
        ValueError: the front matter cannot hold a text of it.
    """
    text = document.text
    if "\r\n" in text and "\n" not in text.replace("\r\n", ""):
        # One kind of line end throughout, which is put back at the end.
        plain = edited_document(RulebookText.parse(text.replace("\r\n", "\n"), document.file), wanted)
        return plain.replace("\n", "\r\n")
    old = section_parts(document)
    text = document.mark + _front(document, wanted.front)
    level = 2 if any(isinstance(each.shown, TextShown) and each.shown.level == 1 for each in old) else 1
    above: int | None = -1
    for section, was in zip(wanted.sections, matched_sections(old, wanted.sections), strict=True):
        apart = was is None or above is None or was != above + 1
        above = was
        if was is None:
            piece = new_section(section, level)
        else:
            level = old[was].section.level or level
            piece = _section(document, old[was], section)
        if apart and not text.endswith("---\n"):
            text = text.rstrip("\n") + "\n\n"
        text += piece
    return text if above == len(old) - 1 else text.rstrip("\n") + "\n"


def matched_sections(old: Sequence[SectionParts], new: Sequence[SectionShown]) -> list[int | None]:
    """For each section as it is now, the place of the one that it was: of the same name, else that between the same neighbours."""
    found = matched([each.shown for each in old], list(new), _name)
    return [
        None if was is None or type(old[was].shown) is not type(section) else was
        for section, (was, _) in zip(new, found, strict=True)
    ]


def _name(section: SectionShown) -> tuple[str, str]:
    return (section.name, "decision") if isinstance(section, DecisionShown) else (section.heading, "text")


def _front(document: RulebookText, wanted: dict[str, Tree]) -> str:
    if document.front is None:
        return "---\n" + edited("", wanted) + "---\n"
    opening, closing = document.lines[0], document.lines[document.front.last_line - 1]
    return opening + edited(document.front.text, wanted) + closing


def new_section(section: SectionShown, level: int) -> str:
    """A section that is written for the first time."""
    if isinstance(section, TextShown):
        heading = [f"{'#' * (section.level or level)} {one_line(section.heading)}"] if section.heading else []
        return "\n\n".join([*heading, *section.paragraphs]) + "\n"
    facts = [f"- {key}: {one_line(value)}" for key, value in _facts(section).items() if value]
    before = [_folded(each, _WIDTH) for each in section.before]
    after = [_folded(each, _WIDTH) for each in section.after]
    blocks = [_heading_line("#" * level, section), "\n".join(facts), *before, _new_body(section), *after]
    return "\n\n".join(each for each in blocks if each) + "\n"


def _new_body(section: DecisionShown) -> str:
    if isinstance(section.body, TableShown):
        return "\n".join(new_table(section.body))
    lines = section.body.strip("\n").split("\n")
    if _under_a_list(section):
        return "\n".join(["```", *lines, "```"])
    return "\n".join(f"    {line}" if line.strip() else "" for line in lines)


def _under_a_list(section: DecisionShown) -> bool:
    """Whether an indented formula would be taken for a part of the list of standing and source above it."""
    return bool(section.standing or section.source) and not section.before


def _heading_line(marks: str, section: DecisionShown) -> str:
    return f"{marks} {one_line(section.title)} `{one_line(section.name)}` — {SCOPE_HEADINGS[section.scope]}"


def _facts(section: DecisionShown) -> dict[str, str]:
    return {"standing": section.standing, "source": section.source}


# -- a section that was there before


def _section(document: RulebookText, was: SectionParts, wanted: SectionShown) -> str:
    if was.shown == wanted:
        return "".join(document.lines[was.parts[0].first - 1 : was.parts[-1].end])
    heading, *others = was.parts
    if isinstance(was.shown, TextShown) and isinstance(wanted, TextShown):
        start = _raw(document, heading)
        if was.shown.level != wanted.level:
            start = f"{'#' * wanted.level} {one_line(wanted.heading)}{_gap(document, heading)}"
        elif was.shown.heading != wanted.heading:
            start = start.replace(was.shown.heading, one_line(wanted.heading), 1)
        blocks = _blocks(document, others, {}, wanted.paragraphs)
    else:
        assert isinstance(was.shown, DecisionShown)
        assert isinstance(wanted, DecisionShown)
        start = _heading(document, was, wanted)
        place = next(index for index, part in enumerate(others) if part.role == "body")
        facts = _changed_facts(document, others[:place], was.shown, wanted)
        blocks = _blocks(document, others[:place], facts, wanted.before)
        blocks.append(Piece(_body(document, others[place], was.shown, wanted)))
        blocks += _blocks(document, others[place + 1 :], {}, wanted.after)
    last = _raw(document, was.parts[-1])
    return _laid(start, blocks).rstrip("\n") + last[len(last.rstrip("\n")) :]


class Piece(NamedTuple):
    """A text with what follows it up to the next; one that is `added` stands between blank lines."""

    text: str
    added: bool = False


def _laid(start: str, pieces: Sequence[Piece]) -> str:
    text, added = start, False
    for piece in pieces:
        if (piece.added or added) and text.strip("\n"):
            text = text.rstrip("\n") + "\n\n"
        elif text and not text.endswith("\n"):
            text += "\n"
        text, added = text + piece.text, piece.added
    return text


def _raw(document: RulebookText, part: Part) -> str:
    return "".join(document.lines[part.first - 1 : part.end])


def _gap(document: RulebookText, part: Part) -> str:
    """What follows the last line of a part up to the next part, its own line end first."""
    last = document.lines[part.last - 1]
    return last[len(last.rstrip("\n")) :] + "".join(document.lines[part.last : part.end])


def _heading(document: RulebookText, was: SectionParts, wanted: DecisionShown) -> str:
    """The heading with its title, name and unit as they are now."""
    raw, shown = _raw(document, was.parts[0]), was.shown
    assert isinstance(shown, DecisionShown)
    if (shown.title, shown.name, shown.scope) == (wanted.title, wanted.name, wanted.scope):
        return raw
    parts = was.section.heading
    if parts.code is None or parts.tail is None or was.section.heading_line != was.section.heading_last_line:
        return _heading_line("#" * was.section.level, wanted) + _gap(document, was.parts[0])
    line = raw
    for part, before, now in (
        (parts.tail, shown.scope, wanted.scope),
        (parts.code, shown.name, wanted.name),
        (parts.title, shown.title, wanted.title),
    ):
        if before != now:
            text = SCOPE_HEADINGS[wanted.scope] if part is parts.tail else one_line(now)
            line = line[: part.start - 1] + text + line[part.end - 1 :]
    return line


def _body(document: RulebookText, part: Part, was: DecisionShown, wanted: DecisionShown) -> str:
    block = part.block
    if was.body == wanted.body and not (isinstance(block, CodeBlock) and not block.fenced and _under_a_list(wanted)):
        return _raw(document, part)
    if isinstance(block, TableBlock) and isinstance(was.body, TableShown) and isinstance(wanted.body, TableShown):
        return "\n".join(table_lines(document, block, was.body, wanted.body)) + _gap(document, part)
    if isinstance(block, CodeBlock) and isinstance(wanted.body, str) and (block.fenced or not _under_a_list(wanted)):
        alone = RulebookText.parse("".join(document.lines[part.first - 1 : part.last]))
        code = next(each for each in alone.blocks if isinstance(each, CodeBlock))
        return set_code(alone, code, wanted.body).text.rstrip("\n") + _gap(document, part)
    return _new_body(wanted) + _gap(document, part)


def _changed_facts(
    document: RulebookText, parts: Sequence[Part], was: DecisionShown, wanted: DecisionShown
) -> dict[Role, str | None]:
    """The lines of standing and source where they differ: None where there are none any more. Further ones are left out."""
    found: dict[Role, str | None] = {}
    for role, now in (("standing", wanted.standing), ("source", wanted.source)):
        if now == _facts(was)[role]:
            continue
        part = next((part for part in parts if part.role == role), None)
        head = f"- {role}:" if part is None else _FACT_HEAD.match(document.line(part.first))[0]  # type: ignore[index]  # it is one
        found[role] = f"{head} {one_line(now)}" if now else None  # type: ignore[index]  # the two roles above
    return found


def _blocks(
    document: RulebookText, parts: Sequence[Part], facts: dict[Role, str | None], wanted: Sequence[str]
) -> list[Piece]:
    """Paragraphs as they are now, with the lines of standing and source where they stood among them."""
    kept = [part for part in parts if part.role not in ("standing", "source")]
    origins = [was for was, _ in matched([part.shown for part in kept], list(wanted), lambda each: each)]
    texts = [
        _paragraph(document, None if was is None else kept[was], text)
        for was, text in zip(origins, wanted, strict=True)
    ]
    places = [was for was in origins if was is not None]
    in_order = places == sorted(places)
    pieces: list[Piece] = []
    new_facts = [text for role, text in facts.items() if text and all(part.role != role for part in parts)]
    told: set[Role] = set()
    for part in parts:
        if part.role in ("standing", "source"):
            if part.role not in facts:
                text = _raw(document, part)
            elif facts[part.role] is None or part.role in told:
                continue
            else:
                text = f"{facts[part.role]}{_gap(document, part)}"
            told.add(part.role)
            pieces.append(Piece("".join(f"{each}\n" for each in new_facts) + text))
            new_facts = []
        elif in_order and (number := kept.index(part)) in origins:
            place = origins.index(number) + 1 - (len(wanted) - len(texts))
            pieces += texts[:place]
            texts = texts[place:]
    added = [Piece("\n".join(new_facts) + "\n", added=True)] if new_facts else []
    return [*added, *pieces, *texts]


def _paragraph(document: RulebookText, part: Part | None, text: str) -> Piece:
    """A paragraph that says `text`: as it was written if it said so before, else folded as wide as it was."""
    if part is None:
        return Piece(_folded(text, _WIDTH) + "\n", added=True)
    if part.shown == text:
        return Piece(_raw(document, part))
    lines = [document.line(number) for number in range(part.first, part.last + 1)]
    prose = isinstance(part.block, ProseBlock) and part.block.kind == "paragraph"
    width = max([*map(display_width, lines), _WIDTH if len(lines) == 1 else 0])
    return Piece((_folded(text, width) if prose else text.strip("\n")) + _gap(document, part))


def _folded(text: str, width: int) -> str:
    return "\n".join(fold(text, width)) if "\n" not in text else text.strip("\n")
