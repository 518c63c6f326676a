"""A table of a thousand rows is read quickly, and an edit in it found."""

import time

from hyotei.rulebook.load import check_document
from hyotei.rulebook_workbook.export_workbook import export_workbook
from hyotei.rulebook_workbook.workbook_document import workbook_document
from tests.rulebook_workbook.book import changed, edited, put

ROWS = "".join(f"| {number} | >= {2_000 - number} | A | 理由{number} |\n" for number in range(1, 1_001))
TEXT = f"""---
rulebook: long
title: 長い表
authority: 町
standing: draft
fiscal_years: 2011..2014
scales:
  rating: {{A: 良い, B: ふつう}}
---
# 評価区分 `rating` — for the sheet

| F | `count(measures)` | **rating** | *理由* |
|---|---|---|---|
{ROWS}"""


def test_a_thousand_rows() -> None:
    content = edited(put("評価区分", "理由500", "別の理由"), export_workbook(TEXT, "", "long"))
    begun = time.process_time()
    document = workbook_document(content, "long.xlsx")
    book, _ = check_document(document, "long.xlsx")
    assert time.process_time() - begun < 2
    assert book is not None
    assert changed(TEXT, document.text) == [("| 500 | >= 1500 | A | 理由500 |", "| 500 | >= 1500 | A | 別の理由 |")]
