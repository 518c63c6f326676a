"""The worksheet of a decision as the decision: labelled rows first, below them the rules."""

from collections.abc import Sequence
from typing import Final

from hyotei.base.text_folding import folded
from hyotei.messages import Listed, Param
from hyotei.rulebook.table_text import HIT_POLICIES, header_kind
from hyotei.rulebook.types import Scope
from hyotei.rulebook_workbook.cell_texts import Originals
from hyotei.rulebook_workbook.layout import CellKind
from hyotei.rulebook_workbook.read_rows import Findings
from hyotei.rulebook_workbook.shown import ColumnShown, DecisionShown, TableShown, one_line
from hyotei.rulebook_workbook.workbook_cells import SheetCells, groups_down
from hyotei.rulebook_workbook.workbook_words import choices, kind_meant, kinds, label_meant, labels, meant, policy_meant

Places = dict[str | tuple[str, int] | tuple[int, int], str]
"""The cells of a decision: of a label, of a paragraph (`before`, 0), of a row and column of its table (the header is row -1)."""
TO_BE_FILLED_IN: Final = "?"
"""What stands in the cells of a new workbook that only its author can fill in."""
_WORDS: Final[dict[str, CellKind]] = {"scope": "scope", "standing": "standing"}


def decides(sheet: SheetCells) -> bool:
    """Whether a worksheet is that of a decision, by its labels."""
    found = {label_meant(row[0]) for row in sheet.rows if row}
    return "name" in found and not found.isdisjoint({"scope", "formula", "policy", "item"})


class DecisionReader:
    """Reads one worksheet."""

    def __init__(self, sheet: SheetCells, found: Findings, originals: Originals) -> None:
        self.sheet, self.found, self.originals = sheet, found, originals
        self.plain = originals.plain
        self.places: Places = {}
        self.single: dict[str, str] = {}
        self.paragraphs: dict[str, list[str]] = {"before": [], "after": []}
        self.at: dict[str, int] = {}

    def tell(self, code: str, row: int, column: int, **params: Param) -> None:
        self.found.tell(code, self.sheet.ref(row, column), **params)

    def read(self) -> DecisionShown | None:
        """The decision; None, told, where it cannot be made out."""
        last = self.labelled()
        for label in ("name", "title"):
            if not self.single.get(label) and label not in self.at:
                self.found.tell("HY482", self.sheet.ref(0, 0), label=labels("ja")[label])
            elif not self.single.get(label):
                self.found.tell("HY462", self.places[label])
        scope = self.chosen("scope", "sheet")
        standing = self.chosen("standing", "")
        body = self.body(last)
        name, title = (one_line(self.single.get(label, "")) for label in ("name", "title"))
        if body is None or not name or not title:
            return None
        before, after = (tuple(self.paragraphs[key]) for key in ("before", "after"))
        return DecisionShown(name, title, scope, standing, self.single.get("source", ""), before, body, after)  # type: ignore[arg-type]  # one of the scopes

    def labelled(self) -> int:
        """Reads the labelled rows; the number of the last of them."""
        last = -1
        for number, row in enumerate(self.sheet.rows):
            label = label_meant(row[0])
            if label == "guide":
                continue
            if label is None:
                if self.sheet.filled(number) and "item" not in self.at:
                    column = next(index for index, text in enumerate(row) if text)
                    self.tell("HY470", number, column, written=one_line(row[column])[:40])
                if "item" in self.at:
                    break
                continue
            last = number
            if label in self.at and label not in self.paragraphs:
                self.tell("HY463", number, 0, name=row[0])
                continue
            self.at[label] = number
            if label in ("kind", "heading", "item"):
                continue
            if extra := next((index for index, text in enumerate(row) if index > 1 and text), 0):
                self.tell("HY470", number, extra, written=one_line(row[extra])[:40])
            text = self.plain(row[1]) if len(row) > 1 else ""
            ref = self.sheet.ref(number, 1)
            if label not in self.paragraphs:
                self.single[label], self.places[label] = text, ref
            elif text:
                self.paragraph(label, text, ref)
        return last

    def paragraph(self, label: str, text: str, ref: str) -> None:
        """A paragraph; a text that was typed with blank lines between its parts is several."""
        parts = [text] if text in self.originals else [part for part in text.split("\n\n") if part.strip()]
        for each in parts:
            self.places[(label, len(self.paragraphs[label]))] = ref
            self.paragraphs[label].append(each)

    def chosen(self, label: str, usual: str) -> Scope | str:
        written = self.single.get(label, "")
        if not written:
            return usual
        value = meant(_WORDS[label], written)
        known = choices(_WORDS[label], "ja")
        if value not in known:
            self.found.tell("HY480", self.places[label], written=written, choices=Listed(tuple(known.values())))
            return usual
        return value

    # -- the body

    def body(self, last: int) -> TableShown | str | None:
        formula = self.single.get("formula", "")
        if "item" not in self.at:
            if not formula and "formula" not in self.at:
                self.found.tell("HY482", self.sheet.ref(0, 0), label=labels("ja")["item"])
            elif not formula:
                self.found.tell("HY462", self.places["formula"])
            return formula.strip("\n") or None
        self.found.problems += groups_down(self.sheet, self.at["item"], len(self.sheet.rows[0]), self.found)
        numbers = range(self.at["item"] + 1, len(self.sheet.rows))
        rows = [number for number in numbers if self.sheet.filled(number)]
        columns = self.columns(rows)
        policy = policy_meant(self.single.get("policy", ""))
        if policy not in HIT_POLICIES:
            where = self.places.get("policy") or self.sheet.ref(self.at["item"], 0)
            self.found.tell("HY480", where, written=policy or "-", choices=Listed(tuple(sorted(HIT_POLICIES))))
        for number, row in enumerate([self.at["item"], *rows], -1):
            for index, at in enumerate([0, *(at for at, _ in columns)]):
                self.places[(number, index)] = self.sheet.ref(row, at)
        texts = [tuple(self.cell(row, at) for at in (0, *(at for at, _ in columns))) for row in rows]
        return TableShown(policy, tuple(column for _, column in columns), tuple(texts))

    def cell(self, row: int, column: int) -> str:
        text = one_line(self.plain(self.sheet.rows[row][column]))
        if folded(text) == TO_BE_FILLED_IN:
            self.tell("HY462", row, column)
        return text

    def columns(self, rows: list[int]) -> list[tuple[int, ColumnShown]]:
        """The columns that have an item, by their places; one with rules and no item is told."""
        items = self.sheet.rows[self.at["item"]]
        words = self.sheet.rows[self.at["kind"]] if "kind" in self.at else [""] * len(items)
        found = []
        for at in range(1, len(items)):
            item, word = self.plain(items[at]), words[at].strip()
            if not item:
                filled = next((row for row in rows if self.sheet.rows[row][at]), None)
                if filled is not None:
                    self.tell("HY468", filled, at, item=items[0])
                continue
            kind = kind_meant(word)
            marked = header_kind(item, at)
            if kind is not None and marked.kind in ("input", "output", "annotation"):
                item = marked.name  # typed with the marks of a document
            if kind is None:
                if word or marked.kind not in ("input", "output", "annotation"):
                    names = Listed(tuple(kinds("ja").values()))
                    self.tell("HY469", self.at.get("kind", self.at["item"]), at, written=word or "-", kinds=names)
                    continue
                kind, item = marked.kind, marked.name
            found.append((at, ColumnShown(kind, one_line(item))))  # type: ignore[arg-type]  # one of the three kinds
        return found


def numbered(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows with a number each: where one has none, or two have the same, all are numbered from 1 in their order."""
    numbers = [folded(row[0]) for row in rows]
    whole = all(number.isdecimal() or not number for number in numbers)
    if whole and ("" in numbers or len(set(numbers)) < len(numbers)):
        return tuple((str(number), *row[1:]) for number, row in enumerate(rows, 1))
    return tuple(rows)
