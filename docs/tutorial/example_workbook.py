"""Makes the workbook that the tutorial on an authority of one's own works with: a list of 60 programmes of an invented city.

    python docs/tutorial/example_workbook.py 事業一覧.xlsx

Everything in it is invented and the same every time. The section follows a rule that the workbook does not tell, but for a few
programmes, as in real lists.
"""

import sys
from pathlib import Path

from openpyxl import Workbook

HEADINGS = (
    *("整理番号", "事業の名称", "所管", "振り返る年度", "ものさし", "数え方"),
    *("めざす値", "とどいた値", "あてた額（千円）", "つかった額（千円）"),
    *("必要の度合い", "やり方の良さ", "担当課のこれから", "部長のこれから"),
)
_THINGS = (
    ("図書館の貸出", "貸出冊数", "冊"),
    ("公園の手入れ", "利用者数", "人"),
    ("道路の補修", "直した箇所", "件"),
    ("健康診査", "受診者数", "人"),
    ("ごみの減量", "参加した世帯数", "世帯"),
    ("防災訓練", "参加者数", "人"),
    ("子どもの見守り", "見守りの回数", "回"),
    ("観光の案内", "案内した人数", "人"),
    ("農道の草刈り", "刈った延長", "km"),
    ("ICTの講習", "受講者数", "人"),
)
_PLACES = ("中央", "東", "西", "南", "北", "港")


def rows() -> list[tuple[object, ...]]:
    """The lines below the headings."""
    found: list[tuple[object, ...]] = []
    for number in range(60):
        thing, measure, unit = _THINGS[number % 10]
        target = 40 + number % 7 * 20
        actual = target * (55 + number * 37 % 70) // 100
        budget = 200 + number * 53 % 900
        need = ("高い", "高い", "ふつう", "高い", "ふつう", "低い")[number * 5 % 6 if number % 4 else number % 3]
        way = ("良い", "ふつう", "良い", "悪い")[number * 3 % 4 if number % 5 else 0]
        course = "やめる" if need == "低い" else "続ける" if way == "良い" and need == "高い" else "見直す"
        if number in (7, 23, 48):
            course = "続ける"  # lines that follow no rule
        head = "見直す" if number in (12, 31) else course
        name = f"{_PLACES[number // 10]}地区の{thing}"
        section = ("教育課", "建設課", "福祉課")[number % 3]
        figures = (target, actual, budget, budget * (70 + number % 30) // 100)
        found.append((f"{number + 1:03}", name, section, "令和5年度", measure, unit, *figures, need, way, course, head))
    return found


def write(path: Path) -> None:
    """Writes the workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "一覧"
    for cells in (HEADINGS, *rows()):
        sheet.append(cells)
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 18
    book.save(path)


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "事業一覧.xlsx"))
