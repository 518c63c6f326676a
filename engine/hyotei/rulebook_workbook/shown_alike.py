"""Whether a document shows what the cells of a workbook say, blanks apart."""

from dataclasses import replace

from hyotei.rulebook_workbook.shown import BookShown, DecisionShown, SectionShown, TableShown, TextShown
from hyotei.rulebook_workbook.yaml_edit import Tree, same


def first_difference(one: BookShown, other: BookShown) -> tuple[int, str] | None:
    """The place of the first section that differs, and the label of what differs in it; -1 for what is no section."""
    for number, (first, second) in enumerate(zip(one.sections, other.sections, strict=False)):
        label = _difference(first, second)
        if label is not None:
            return number, label
    if len(one.sections) != len(other.sections):
        return min(len(one.sections), len(other.sections)) - 1, "before"
    alike = same(_squeezed(one.front), _squeezed(other.front)) and same(_squeezed(one.cases), _squeezed(other.cases))
    return None if alike else (-1, "title")


def _difference(one: SectionShown, other: SectionShown) -> str | None:
    if isinstance(one, TextShown) and isinstance(other, TextShown):
        if _bare(one.heading) != _bare(other.heading) or one.level != other.level:
            return "heading"
        return None if _run(one.paragraphs) == _run(other.paragraphs) else "before"
    if not isinstance(one, DecisionShown) or not isinstance(other, DecisionShown):
        return "before"
    for label in ("title", "name", "scope", "standing", "source"):
        if _bare(getattr(one, label)) != _bare(getattr(other, label)):
            return label
    for label in ("before", "after"):
        if _run(getattr(one, label)) != _run(getattr(other, label)):
            return label
    return None if _body(one.body) == _body(other.body) else "item" if isinstance(other.body, TableShown) else "formula"


def _bare(text: str) -> str:
    return "".join(text.split())


def _run(paragraphs: tuple[str, ...]) -> str:
    return _bare("".join(paragraphs))


def _body(body: TableShown | str) -> TableShown | str:
    if isinstance(body, str):
        return _bare(body)
    columns = tuple(replace(column, text=_bare(column.text)) for column in body.columns)
    return TableShown(body.policy, columns, tuple(tuple(map(_bare, row)) for row in body.rows))


def _squeezed(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _squeezed(each) for key, each in tree.items()}
    if isinstance(tree, list):
        return [_squeezed(each) for each in tree]
    return _bare(tree) if isinstance(tree, str) else tree
