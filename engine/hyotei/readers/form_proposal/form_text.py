"""A proposed form as the text of its document."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hyotei.base.text_folding import folded
from hyotei.forms.model import LineIs

_LINES: dict[LineIs, str] = {"sheet": "一行が一つの評価書", "indicator": "一行が一つの指標", "year": "一行が一つの年度"}
_TITLES = {
    "labels": "欄",
    "budget": "予算の行",
    "measures": "測定指標の見出し",
    "list": "一覧の列",
    "choices": "選択肢",
}


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A row of a table: the printed words, what they mean, and of a column of a list its unit, occurrences and years.

    Of a choice `unit` is the value that it stands for.
    """

    kind: str
    printed: str
    item: str
    unit: str = ""
    nth: str = ""
    years: str = ""


@dataclass(slots=True)
class ProposedForm:
    """A form as far as it is proposed."""

    id: str
    title: str
    authority: str
    every: list[str] = field(default_factory=list)
    some: list[str] = field(default_factory=list)
    evaluated: str | None = None
    line_is: LineIs | None = None
    rows: list[ProposedRow] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Headings that mean nothing yet."""
    years: str = ""

    def text(self) -> str:
        """The document."""
        head = [
            "---",
            f"form: {self.id}",
            f"title: {_yaml(self.title)}",
            f"authority: {_yaml(self.authority)}",
            "standing: draft",
        ]
        head += [f"fiscal_years: {self.years}"] if self.years else []
        head += [f"evaluated: {self.evaluated}"] if self.evaluated is not None else []
        head += ["recognise:"]
        for name, words in (("every", self.every), ("some", self.some)):
            head += [f"  {name}:", *(f"    - {_yaml(escaped(word))}" for word in words)] if words else []
        parts = ["\n".join([*head, "---", f"# {self.title}", ""])]
        for kind in ("labels", "budget", "measures", "list", "choices"):
            rows = [row for row in self.rows if row.kind == kind]
            if rows:
                parts.append(self.table(kind, rows))
        if self.unknown:
            lines = [
                "# 意味を決めていない見出し",
                "",
                "| 印字 |",
                "|---|",
                *(f"| {escaped(each)} |" for each in self.unknown),
            ]
            parts.append("\n".join([*lines, ""]))
        return "\n".join(parts)

    def table(self, kind: str, rows: Sequence[ProposedRow]) -> str:
        tail = f" — {_LINES[self.line_is]}" if kind == "list" and self.line_is is not None else ""
        lines = [f"# {_TITLES[kind]} `{kind}`{tail}", ""]
        if kind == "list":
            lines += ["| 印字 | 項目 | 単位 | 番目 | 年度 | 備考 |", "|---|---|---|---|---|---|"]
            lines += [
                f"| {escaped(row.printed)} | {row.item} | {row.unit} | {row.nth} | {row.years} | |" for row in rows
            ]
        elif kind == "choices":
            lines += ["| 項目 | 印字 | 値 |", "|---|---|---|"]
            lines += [f"| {row.item} | {escaped(row.printed)} | {row.unit} |" for row in rows]
        else:
            lines += ["| 印字 | 項目 | 備考 |", "|---|---|---|"]
            lines += [f"| {escaped(row.printed)} | {row.item} | |" for row in rows]
        return "\n".join([*lines, ""])


def escaped(text: str) -> str:
    """Printed words as a form writes them: signs of the language of forms after a backslash."""
    plain = "".join(folded(text).split())
    return "".join(f"\\{sign}" if sign in "[]{},、\\" else sign for sign in plain).replace("|", "/")


def _yaml(text: str) -> str:
    """A text of one line as YAML, in single quotes where it could mean something else."""
    plain = " ".join(text.split())
    safe = plain and not any(sign in plain for sign in ":#{}[]&*!|>'\"%@`,\\-?")
    return plain if safe else "'" + plain.replace("'", "''") + "'"
