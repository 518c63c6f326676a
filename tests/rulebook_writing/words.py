"""What drawn rulebooks are written with: literals of every kind with their other spellings, texts, scales, words of cells."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from hyotei.rulebook.types import Scope
from hyotei.rulebook.vocabulary import LISTS

SCOPES: Final[tuple[Scope, ...]] = ("measure", "year", "indicator", "objective", "budget_year", "sheet")
POLICIES: Final = ("F", "U", "A", "P", "C", "C+", "C#", "C<", "C>")
LIST_OF: Final[dict[Scope, str]] = {scope: name for name, scope in LISTS.items()}

Draw = Callable[[Any], Any]
Item = TypeVar("Item")
Kind = tuple[str, str]
"""A type as the writer knows it: ("number", dimension), ("scale", name), ("truth", "") or ("text", "")."""
TRUTH: Final[Kind] = ("truth", "")
TEXT: Final[Kind] = ("text", "")
DIMENSIONS: Final = ("plain", "ratio", "money", "year", "count", "figure")

# Ascending, so that two neighbours make an interval: how a value is written in expressions and in cells.
LITERALS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "plain": (
        ("-3", ()),
        ("0", ("0.0",)),
        ("0.5", (".5",)),
        ("1", ()),
        ("2", ("2.0",)),
        ("10", ()),
        ("1200", ("1,200",)),
    ),
    "ratio": (
        ("-5%", ()),
        ("0%", ("0",)),
        ("33.3333%", ()),
        ("50%", ("5割", "0.5")),
        ("80%", ("8割", "0.8", "80パーセント")),
        ("100%", ("1", "1倍")),
        ("150%", ("1.5倍",)),
    ),
    "money": (
        ("0円", ("0",)),
        ("1円", ()),
        ("2千円", ("2,000円",)),
        ("3万円", ("30千円",)),
        ("1百万円", ("1,000千円", "1,000,000円")),
        ("1億2千万円", ("120百万円", "1億2,000万円")),
        ("1兆円", ()),
    ),
    "year": (
        ("2010年度", ("平成22年度", "H22", "2010")),
        ("FY2011", ("2011",)),
        ("平成24年度", ("平成24", "2012年度", "FY2012")),
        ("2013年度", ("H25年度",)),
        ("令和元年度", ("R1", "2019")),
    ),
    "count": (("0回", ("0",)), ("1件", ("1",)), ("2人", ()), ("3か国", ("3",)), ("10回", ("10",))),
    "figure": (("-2", ()), ("0", ()), ("4回", ("4",)), ("7", ("7.0",)), ("10.5", ()), ("1000", ("1,000件", "1千 件"))),
}
NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "plain": ("-3", "0", "0.5", "1", "2", "10", "1200"),
    "ratio": ("-0.05", "0", "0.333333", "0.5", "0.8", "1", "1.5"),
    "money": ("0", "1", "2000", "30000", "1000000", "120000000", "1000000000000"),
    "year": ("2010", "2011", "2012", "2013", "2019"),
    "count": ("0", "1", "2", "3", "10"),
    "figure": ("-2", "0", "4", "7", "10.5", "1000"),
}
"""What the literals mean, in the same order."""

TEXTS: Final = ("回", "件", "カ国", "Ａ型", "a, b", "#", "", "a|b")
FACT_TYPES: Final[dict[str, tuple[Kind, str]]] = {
    "number": (("number", "plain"), "2"),
    "ratio": (("number", "ratio"), "50%"),
    "money": (("number", "money"), "1,000円"),
    "count": (("number", "count"), "3"),
    "boolean": (TRUTH, "true"),
    "text": (TEXT, "回"),
    "year": (("number", "year"), "2012"),
}
"""The types of declared facts with what they are to the writer, and a default."""
PARTS: Final = ("回", "国", "Ａ", ",", "b|", "そ")
SCALE_POOLS: Final[tuple[tuple[str, ...], ...]] = (
    ("A", "B", "C", "D"),
    ("Ⅰ", "Ⅱ", "Ⅲ"),
    ("S+", "S", "A'", "B-"),
    ("達成", "概ね達成", "未達"),
    ("good", "fair_1", "R6"),
    ("上位", "中位"),
    ("5", "4", "3"),
)
SIGNS: Final = {">=": ">=≧≥", "<=": "<=≦≤", "!=": "!=≠"}
"""Signs that may stand for another, behind it."""
JAPANESE: Final = {
    "direction": ("増加", "減少", "維持"),
    "claim": ("達成", "一部達成", "未達成"),
    "basis": ("総額", "net"),
}
"""Japanese names of the values of scales that are there from the start."""
ONE_UNIT: Final = {"ratio": ("50~80%", "[80..100%]", "5～8割"), "count": ("1~3件", "2..10回"), "figure": ("4~7回",),
                   "year": ("平成23~25年度", "平成22年度から25年度まで")}  # fmt: skip
"""Ranges whose unit or era stands at one end only."""
BOUNDARIES: Final = {
    ">=": ("以上", "から", "を下回らない", "以降"),
    ">": ("超", "を超える", "を上回る", "より大きい", "超過", "より多い", "超え"),
    "<=": ("以下", "以内", "まで", "を超えない", "以前"),
    "<": ("未満", "を下回る", "より小さい", "に満たない", "より少ない"),
}


SCOPE_WORDS: Final[dict[Scope, tuple[str, ...]]] = {
    "measure": ("for each measure", "測定値ごと", "内訳ごと"),
    "year": ("for each year", "年ごと", "測定値の年ごと"),
    "indicator": ("for each indicator", "測定指標ごと", "指標ごと"),
    "objective": ("for each objective", "施策目標ごと"),
    "budget_year": ("for each budget year", "予算年度ごと", "年度ごと"),
    "sheet": ("for the sheet", "評価書全体", "評価書ごと"),
}


def widened(text: str, every: int = 1) -> str:
    """The text in full width, as Japanese input methods leave it; what is quoted or in backticks stays."""
    dashes, result, quoted = "－", [], False
    for place, character in enumerate(text):
        quoted ^= character in '"`'
        if quoted or character in '"`|\\' or place % every:
            result.append(character)
        elif character == "-":
            result.append(dashes)
        elif character == "~":
            result.append("～")
        elif character == " ":
            result.append("\u3000")
        elif "!" <= character <= "~":
            result.append(chr(ord(character) + 0xFEE0))
        else:
            result.append(character)
    return "".join(result)


def table_line(cells: Sequence[str]) -> str:
    """One line of a table; bars within cells are escaped."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
