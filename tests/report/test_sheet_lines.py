"""A small sheet in lines: facts in the words of the language they are shown in."""

from hyotei.report.sheet_lines import sheet_lines
from hyotei.rulebook.load import parse_rulebook
from hyotei.sheet import Fact, Sheet
from hyotei.sheet.facts import figure_in

BOOK = parse_rulebook(
    """---
rulebook: facts
title: 例
authority: 例示省
standing: draft
fiscal_years: 2012
scales:
  rating: [A, B]
facts:
  sheet:
    agreed: {type: boolean, label: 合意}
    since: {type: year, label: 開始年度}
    mark: {type: rating, label: 評価}
---
# 評価区分 `rating` — for the sheet

    mark
""",
    "rulebook.md",
)


def test_yes_no_and_years_are_told_in_the_language() -> None:
    """What the sheet states in Japanese is not repeated in an English page; marks stay as they are."""
    stated = {"agreed": "いいえ", "since": "平成24年度", "mark": "A"}
    facts = tuple(Fact(name=name, text=text, figure=figure_in(text)) for name, text in stated.items())
    sheet = Sheet(id="1", title="例", authority="例示省", fiscal_year=2012, facts=facts)
    (first, *_) = sheet_lines(sheet, "en", BOOK)
    assert "agreed no" in first
    assert "since FY2012" in first
    assert "mark A" in first
    (first, *_) = sheet_lines(sheet, "ja", BOOK)
    assert "合意 いいえ" in first
