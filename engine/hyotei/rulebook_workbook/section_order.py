"""The order of the sections of a rulebook, from the table of contents of its workbook and the order of its worksheets."""

from collections.abc import Sequence

from hyotei.rulebook_workbook.decision_reading import Places
from hyotei.rulebook_workbook.read_rows import Findings, ReadRow
from hyotei.rulebook_workbook.shown import BookShown, DecisionShown, SectionShown, TextShown, one_line

_Found = tuple[SectionShown, Places]


def in_order(
    before: BookShown,
    contents: Sequence[ReadRow] | None,
    decisions: Sequence[tuple[DecisionShown, Places]],
    found: Findings,
) -> tuple[tuple[SectionShown, ...], list[Places]]:
    """The sections, each with its cells. A decision that the contents do not name stands behind that of the worksheet before it."""
    by_name = {decision.name: (decision, places) for decision, places in decisions}
    listed = [row.cells[2] for row in contents or () if row.cells[2]]
    added = [decision.name for decision, _ in decisions if decision.name not in listed]
    # A decision that was renamed stands where its old name is listed.
    lost = [name for name in listed if name not in by_name]
    renamed = dict(zip(lost, added, strict=False)) if len(lost) == len(added) else {}
    sections: list[_Found] = []
    first = before.sections[0] if before.sections else None
    if isinstance(first, TextShown) and first.level == 0 and not first.paragraphs:
        sections.append((first, {}))  # blank lines under the front matter
    for row in contents or ():
        _add(row, sections, by_name, renamed, found)
    placed = {section.name for section, _ in sections if isinstance(section, DecisionShown)}
    above: str | None = None
    for decision, places in decisions:
        if decision.name not in placed:
            at = next(
                (index for index, (each, _) in enumerate(sections) if is_decision(each, above)), len(sections) - 1
            )
            sections.insert(at + 1 if above is not None or contents is None else len(sections), (decision, places))
        above = decision.name
    return tuple(section for section, _ in sections), [places for _, places in sections]


def is_decision(section: SectionShown, name: str | None) -> bool:
    """Whether a section is that of a decision of this name."""
    return isinstance(section, DecisionShown) and section.name == name


def _add(
    row: ReadRow,
    sections: list[_Found],
    by_name: dict[str, tuple[DecisionShown, Places]],
    renamed: dict[str, str],
    found: Findings,
) -> None:
    """Adds what a row of the contents says: a decision, a heading, or a paragraph of the heading above."""
    level, heading, decision, text = row.cells
    if decision:
        named = by_name.get(renamed.get(decision, decision))
        if named is not None and all(section is not named[0] for section, _ in sections):
            sections.append(named)
        if text:
            found.tell("HY470", row.refs[3], written=one_line(text)[:40])
        return
    if heading or level:
        deep = int(level) if level.isdecimal() and level.isascii() else 2
        sections.append((TextShown(deep if heading else 0, heading, ()), {"heading": row.refs[1]}))
    if text:
        last, places = sections[-1] if sections and isinstance(sections[-1][0], TextShown) else (None, {})
        if not isinstance(last, TextShown) and sections:
            found.tell("HY470", row.refs[3], written=one_line(text)[:40])
            return
        if not isinstance(last, TextShown):
            last, places = TextShown(0, "", ()), {}
            sections.append((last, places))
        places[("before", len(last.paragraphs))] = row.refs[3]
        sections[-1] = (TextShown(last.level, last.heading, (*last.paragraphs, text)), places)
