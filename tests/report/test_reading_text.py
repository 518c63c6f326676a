"""What was read of a sheet is named in the language of the view."""

import re

from hyotei.readers.sheet_of_file import parse_sheet
from hyotei.report.reading_text import read_values

SHEET = """
id: a
title: b
authority: c
fiscal_year: 平成24年度
amounts_in: 円
facts: {opinion: good}
indicators:
- name: visits
  measures:
  - {label: x, target: 5, actual: 4, baseline: 3, final_target: 9, facts: {weight: 2}, recorded: {result: A}}
  - {target: 5, actual: 4, series: [{fiscal_year: 平成23年度, target: 1, actual: 2}]}
outputs:
- {name: talks, target: 5, actual: 4}
budget:
- {fiscal_year: 平成24年度, initial: 1, supplementary: 2, total: 3, executed: 2, request: 1, stated_rate: 66%}
recorded: {rating: A, budget: B, other: C}
"""


def test_names_are_in_one_language() -> None:
    """No name in English has a Japanese letter, and every name in Japanese has one."""
    sheet, _ = parse_sheet(SHEET)
    assert sheet is not None
    english, japanese = ([read.name for read in read_values(sheet, language)] for language in ("en", "ja"))
    assert len(english) == len(japanese) > 15
    assert [name for name in english if re.search("[ぁ-んァ-ヶ一-龥]", name)] == []
    assert [name for name in japanese if not re.search("[ぁ-んァ-ヶ一-龥]", name)] == []
