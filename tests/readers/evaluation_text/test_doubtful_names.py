"""Names that show that cells were parted wrongly are told; ordinary ones are not."""

import pytest
from hypothesis import given

from hyotei.readers.evaluation_text import read_evaluation_text
from hyotei.readers.evaluation_text.doubtful_names import doubt
from tests.readers.evaluation_generator import Facts, facts

TEXT = """令和５年度主要な政策に係る評価書
（総務省４－⑦）

政策名（※１）{title}

基本目標
安全に利用できること。
"""


@pytest.mark.parametrize(
    "name",
    [
        "（※政策7：港",
        "※１ 港湾の整備",
        "）港湾の整備",
        "港湾の整備（海",
        "港湾の整備 政策の概要 港湾を整える",
        "整備 担当部局名 港湾局",
    ],
)
def test_a_name_that_is_more_or_less_than_its_cell_is_doubted(name: str) -> None:
    assert doubt(name) is not None


@given(facts())
def test_names_that_are_whole_are_not_doubted(known: Facts) -> None:
    """Titles and indicators as forms print them raise no doubt."""
    assert doubt(known.title) is None
    assert all(doubt(row.name) is None for row in known.rows)


@pytest.mark.parametrize(
    ("title", "told"), [("政策７：港湾の整備", False), ("政策７：港湾（海", True), ("（※政策７：港湾", True)]
)
def test_a_title_that_was_probably_misread_is_told(title: str, told: bool) -> None:
    """The person is asked to compare it with the original."""
    _, problems = read_evaluation_text(TEXT.format(title=title))
    assert ("HY258" in [problem.code for problem in problems]) == told
