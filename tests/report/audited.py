"""Sheets whose texts are hostile to whatever they are written into, and reports of them read back."""

import json
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import openpyxl
from hypothesis import Phase
from hypothesis import strategies as st

from hyotei.audit.corpus_audit import CorpusAudit
from hyotei.messages import Language
from hyotei.report.audit_content import Content, Problems
from hyotei.report.audit_report import write_report
from hyotei.rulebook.library import load_rulebook
from hyotei.sheet import Recorded, Sheet
from tests.strategies import sheets

MIC: Final = load_rulebook("mic-2013")
HOSTILE: Final = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt; & \"'", "=HYPERLINK(\"http://a.example\")",
    "+1+1", "-2",
    "@SUM(A1)", "\t=1", "#N/A", "| a | b |", "*強調* `符号` [題](http://a.example)",
    "\x07\x00制御", "]]>", "-->", "\ud83d",
    "長" * 300, "  ", "事業",
)  # fmt: skip
NO_SHRINKING: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""A report takes so long to write that a smaller example is not worth the hundreds that finding it would take."""
_VOID: Final = {"meta", "input", "br"}


@st.composite
def hostile_sheets(draw: st.DrawFn, most: int = 3) -> list[Sheet]:
    """A few drawn sheets, each with a key of its own, hostile words, and whatever is recorded."""
    found = []
    for number, sheet in enumerate(draw(st.lists(sheets(MIC), max_size=most))):
        words = st.sampled_from(HOSTILE)
        update = {
            "id": f"{number}/{draw(words)}",
            "title": draw(words),
            "authority": draw(st.sampled_from(["総務省", *HOSTILE])),
            "field": draw(st.one_of(st.none(), words)),
            "recorded": Recorded(
                rating=draw(st.sampled_from(["A", "Ｂ", "C", "S", None])),
                budget=draw(st.sampled_from(["Ⅰ", "Ⅱ", "Ⅲ", None])),
            ),
        }
        found.append(sheet.model_copy(update=update))
    return found


def report(folder: Path, found: Iterable[Sheet], language: Language = "ja", pictures: bool = False) -> Content:
    """The report of an audit by the rulebook of MIC and all checks in force."""
    whole = CorpusAudit(MIC, None, language, sample=3)
    return write_report(folder, whole, whole.sheets(found), ("drawn",), Problems(), pictures=pictures)


def lines(folder: Path) -> list[dict[str, Any]]:
    """The findings as NDJSON tells them."""
    return [json.loads(line) for line in (folder / "findings.ndjson").read_text("utf-8").split("\n") if line]


def rows(folder: Path, title: str = "指摘") -> list[tuple[Any, ...]]:
    """The rows of a worksheet without its heading."""
    book = openpyxl.load_workbook(folder / "findings.xlsx")
    return [tuple(cell.value for cell in row) for row in book[title].iter_rows(min_row=2)]


class Page(HTMLParser):
    """A page taken apart: every element is closed in its order, and nothing is fetched from anywhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a name."""
        return [attributes for name, attributes in self.elements if name == tag]
