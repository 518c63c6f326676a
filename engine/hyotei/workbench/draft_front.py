"""The front matter of a draft as forms: one field for each text, a list for scales, parameters, facts, laws, sources and the like.

They are the rows that a workbook shows (`rulebook_workbook`), so what a form leaves alone keeps its characters, comments included.
Rows of a list count from 0, columns too; the field of the cover is row 0 of the list `cover` with the key in place of the column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hyotei.messages import Diagnostic, HyoteiError, Language, wording
from hyotei.rulebook.rulebook_text import RulebookText
from hyotei.rulebook_workbook.document_edit import front_tree
from hyotei.rulebook_workbook.front_reading import FrontReader
from hyotei.rulebook_workbook.front_rows import FrontRows, front_rows
from hyotei.rulebook_workbook.layout import COMPUTED, COVER, FRONT_LISTS, LISTS, CellKind, ListColumn
from hyotei.rulebook_workbook.problem_cells import path_at
from hyotei.rulebook_workbook.read_rows import Findings, ReadRow
from hyotei.rulebook_workbook.workbook_words import meant, sheet_titles, shown_word
from hyotei.rulebook_workbook.yaml_edit import Tree, edited, parsed
from hyotei.workbench.draft_mends import FieldProblem
from hyotei.workbench.table_changes import Action, Cells

COVER_FORM: Final = "cover"
FORMS: Final = (COVER_FORM, *FRONT_LISTS)
_LONG: Final = frozenset({("sources", "details")})
"""Columns whose cells have several lines."""


class Lists:
    """The texts of a front matter as its forms show them, and as a form changes them; `places` finds fields by their part."""

    def __init__(self, tree: dict[str, Tree]) -> None:
        self.tree = tree
        rows: FrontRows = front_rows(tree)
        self.cover = dict(rows.cover)
        self.lists = {key: [list(row) for row in rows.lists[key]] for key in FRONT_LISTS}
        shown = {key: self.lists[key] or not tree.get(key) for key in FRONT_LISTS}
        self.forms = tuple(key for key in FRONT_LISTS if shown[key])
        """The lists that show all that the document says; another says something that no list has."""

    def columns(self, key: str) -> list[ListColumn]:
        """The columns of a list that a person writes."""
        return [each for each in LISTS[key] if (key, each.code) not in COMPUTED]

    def set(self, key: str, cells: Cells) -> None:
        """Writes texts into a list; one row below the last is there to be filled in."""
        columns = self.columns(key)
        for (row, column), text in sorted(cells.items()):
            rows = self.lists[key]
            if row == len(rows) and text.strip():
                rows.append([""] * len(LISTS[key]))
            if row < len(rows) and column < len(columns):
                rows[row][column] = meant(columns[column].kind, text.replace("\r\n", "\n").strip())

    def paste(self, key: str, row: int, column: int, texts: Sequence[Sequence[str]]) -> None:
        """Writes a block of texts with its first cell at a place; rows are added, columns beyond the last passed over."""
        block = {
            (row + down, column + right): text for down, line in enumerate(texts) for right, text in enumerate(line)
        }
        while len(self.lists[key]) < row + len(texts):
            self.lists[key].append([""] * len(LISTS[key]))
        self.set(key, block)

    def row(self, key: str, action: Action, at: int) -> None:
        """Moves a row, copies it, or takes it out."""
        rows = self.lists[key]
        if not 0 <= at < len(rows):
            return
        target = at - 1 if action == "back" else at + 1
        if action == "copy":
            rows.insert(at + 1, list(rows[at]))
        elif action == "delete":
            rows.pop(at)
        elif action in ("back", "on") and 0 <= target < len(rows):
            rows.insert(target, rows.pop(at))

    def read(self) -> tuple[dict[str, Tree], Findings]:
        """The front matter that the forms say, and what is wrong with their fields."""
        found = Findings(None)
        cover = {key: (text, f"{COVER_FORM}.0.{key}") for key, text in self.cover.items()}
        lists = {
            key: [
                ReadRow(tuple(row), tuple(f"{key}.{at}.{column}" for column in range(len(row))))
                for at, row in enumerate(rows)
                if any(row)
            ]
            for key, rows in self.lists.items()
        }
        others = [ReadRow(row, ("", "")) for row in front_rows(self.tree).lists["others"]]
        tree = FrontReader(self.tree, found).read(cover, {**lists, "others": others})
        return tree, found


@dataclass
class FieldShown:
    """A field: its place, its text, what kind of text it holds (`workbook_words.choices`), and its problems."""

    ref: str
    text: str
    kind: CellKind = "text"
    problems: list[FieldProblem] = field(default_factory=list)
    long: bool = False


def front_of(document: RulebookText) -> Lists | None:
    """The forms of a document; None where its front matter cannot be read or is missing, so that it can be written as YAML only."""
    if document.front is None or not isinstance(parsed(document.front.text), dict):
        return None
    return Lists(front_tree(document))


def written_front(document: RulebookText, lists: Lists) -> str:
    """The document that says what the forms say.

    Raises:
        HyoteiError: a field is blank that may not be (HY462), something stands twice (HY463), or YAML cannot hold a text (HY490).
    """
    assert document.front is not None, "the forms are of it"
    tree, found = lists.read()
    wrong = [each for each in found.problems if each.severity == "error"]
    if wrong:
        raise HyoteiError(*wrong)
    front = document.front.text
    windows = "\r\n" in front and "\n" not in front.replace("\r\n", "")
    try:
        made = edited(front.replace("\r\n", "\n") if windows else front, tree)
    except ValueError as error:
        raise HyoteiError(Diagnostic("HY490", params={"name": "front"})) from error
    made = made.replace("\n", "\r\n") if windows else made
    behind = document.lines[document.front.last_line - 1 :]
    return document.mark + "".join((document.lines[0], made, *behind))


@dataclass
class FormShown:
    """A form of the front matter: the fields of the cover, or a list with its columns."""

    key: str
    title: str
    labels: list[str]
    hints: list[str]
    rows: list[list[FieldShown]]


def forms_shown(lists: Lists, language: Language) -> list[FormShown]:
    """The forms with their texts; a list has a blank row at its end."""
    say = wording(language)
    titles = sheet_titles(language)
    fields = []
    for key in lists.cover:
        kind: CellKind = "standing" if key == "standing" else "text"
        fields.append(FieldShown(f"{COVER_FORM}.0.{key}", shown_word(kind, lists.cover[key], language), kind))
    labels = [say.one_of("rulebook_workbook.front", key) if key in COVER else key for key in lists.cover]
    hints = [say.one_of("rulebook_workbook.front_guide", key) if key in COVER else "" for key in lists.cover]
    shown = [FormShown(COVER_FORM, titles["cover"], labels, hints, [fields])]
    for key in lists.forms:
        columns = lists.columns(key)
        rows = [
            [
                FieldShown(
                    f"{key}.{at}.{number}",
                    shown_word(column.kind, row[number], language),
                    column.kind,
                    long=(key, column.code) in _LONG,
                )
                for number, column in enumerate(columns)
            ]
            for at, row in enumerate([*lists.lists[key], [""] * len(LISTS[key])])
        ]
        names = [say.one_of("rulebook_workbook.column", f"{key}_{column.code}") for column in columns]
        shown.append(FormShown(key, titles[key], names, [], rows))
    return shown


_VALUES: Final = ("parameters", "scales")


def values_shown(text: str, language: Language) -> list[FormShown]:
    """The parameters and scales of a document as rows to read: its tables name a line by its parameter and say no number.

    Nothing where the front matter cannot be read. Columns in which nothing stands are left out.
    """
    lists = front_of(RulebookText.parse(text))
    found = []
    for form in forms_shown(lists, language) if lists is not None else []:
        rows = form.rows[:-1]  # the last one is to be filled in
        said = [at for at in range(len(form.labels)) if any(row[at].text for row in rows)]
        if form.key in _VALUES and rows:
            labels = [form.labels[at] for at in said]
            found.append(FormShown(form.key, form.title, labels, [], [[row[at] for at in said] for row in rows]))
    return sorted(found, key=lambda form: _VALUES.index(form.key))


def field_of(document: RulebookText, lists: Lists, problem: Diagnostic) -> str | None:
    """The field that a problem of the front matter is about, by its place."""
    front, place = document.front, problem.location
    if place.cell is not None:
        return place.cell
    if front is None or place.line is None or place.line > front.last_line:
        return None
    key = problem.params.get("key")
    if problem.code == "HY342" and isinstance(key, str):
        return f"{COVER_FORM}.0.{key}"
    _, found = lists.read()
    path = path_at(front.text, front.first_line + 1, place.line, place.start)
    while path and path not in found.places:
        path = path[:-1]
    return found.places[path] if path else None


def place_of_field(forms: Sequence[FormShown], wanted: FieldShown, language: Language) -> str:
    """Where a field is, in words."""
    say = wording(language)
    for form in forms:
        for number, row in enumerate(form.rows, 1):
            for label, each in zip(form.labels, row, strict=True):
                if each is wanted:
                    shown = say("workbench.draft.list_cell", list=form.title, row=number, column=label)
                    return label if form.key == COVER_FORM else shown
    return wanted.ref
