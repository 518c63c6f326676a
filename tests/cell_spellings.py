"""Cells as people write them, right and wrong: any end, word, sign and joint, in full and half width, put together at random.

Most are not in the language. What the program accepts of them must mean what the docs say, so nothing here is kept valid.
"""

from collections.abc import Sequence
from typing import Any, Final

from hypothesis import strategies as st

from tests.rulebook_writing.words import Draw, widened

NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "ratio": (
        "80%",
        "80 %",
        "8割",
        "8割5分",
        "85パーセント",
        "0.8倍",
        "0.8",
        ".5",
        "1",
        "100%",
        "1.2倍",
        "0",
        "△5%",
        "-10%",
        "7.5割",
        "0.5%",
    ),
    "figure": (
        "5",
        "5回",
        "5 件",
        "1,000件",
        "1千",
        "1万",
        "1万2千人",
        "10万人",
        "0.5",
        "0",
        "-2",
        "▲3",
        "4.5 km",
        "100",
        "2時間",
        "1,200",
    ),
    "count": ("2", "2回", "3か国", "0", "10", "1件", "１０", "5 年間", "1千", "4校"),
    "money": (
        "0円",
        "0",
        "1円",
        "2千円",
        "2,000円",
        "3万円",
        "1億5,000万円",
        "30百万円",
        "1億 2千万円",
        "1兆円",
        "3億",
        "120百万円",
        "-1円",
    ),
    "year": (
        "2012",
        "2012年度",
        "平成24年度",
        "H24",
        "FY2013",
        "令和元年度",
        "R1",
        "24年度",
        "平成24",
        "2010年度",
        "平成25",
        "2019",
    ),
    "scale": ("A", "B", "C", "Ａ", "S+", "D", "other", "`other`", "5"),
    "claim": ("achieved", "達成", "一部達成", "not_achieved", "未達成", "claim"),
    "qualifier": ("以上", "程度", "約", "なし", "超", "未満", "以下"),
    "truth": ("true", "false", "ｔｒｕｅ"),
    "text": ('"回"', '"件"', '"Ａ型"', '""', "label", '"a, b"'),
}
"""Ends that are usual in a column of each kind."""

STRANGE: Final = (
    "五",
    "二割",
    "約80%",
    "80%程度",
    "5回程度",
    "1億円台",
    "1,0000",
    "007",
    "5くつ",
    "いくつか",
    "=",
    "80％増",
    "1e3",
    "share",
    "`share`",
    "`share * 2`",
    "1 - share",
    "`1 - share`",
    "measures",
    "nothing",
    "unknown",
)
SIGNS: Final = (">=", "<=", "<", ">", "=", "!=", "≧", "≦", "≠", "＞＝", "=>", "not")
WORDS: Final = (
    "以上",
    "以下",
    "未満",
    "超",
    "超過",
    "を超える",
    "を上回る",
    "より大きい",
    "から",
    "まで",
    "以内",
    "以降",
    "以前",
    "を下回る",
    "より小さい",
    "より多い",
    "に満たない",
    "未滿",
    "越え",
    "を下回らない",
    "程度",
    "以外",
    "より高い",
    "に達する",
    "超え",
    "",
)
JOINTS: Final = ("", " ", "かつ", "、かつ", "で", " and ", "and", "、", "　")
RANGES: Final = ("~", "～", "〜", "-", "–", "−", "ー", "..", "…", "から", " ~ ")
COMMAS: Final = (", ", ",", "、", "・", "または", "、又は", " or ", "及び")
UNKNOWNS: Final = ("unknown", "不明", "unknown(missing)", "不明(未確定)", "不明（未測定）", "unknown()", "欠測")
ANYTHING: Final = ("-", "", "任意", "ー", "－", "—", "*", "–")


class Speller:
    """Writes cells for columns of one kind, drawing every choice."""

    def __init__(self, draw: Draw, kind: str) -> None:
        self.draw, self.kind = draw, kind

    def pick(self, options: Sequence[Any]) -> Any:
        return options[self.draw(st.integers(0, len(options) - 1))]

    def chance(self, one_in: int) -> bool:
        return bool(self.draw(st.integers(1, one_in)) == one_in)

    def end(self) -> str:
        """Mostly one that fits, else one of another kind or a strange one."""
        if self.chance(8):
            return str(self.pick([*STRANGE, *self.pick(list(NUMBERS.values()))]))
        return str(self.pick(NUMBERS[self.kind]))

    def word(self) -> str:
        """Mostly one of those that are read."""
        return str(self.pick(WORDS[:8] if self.chance(2) else WORDS))

    def test(self) -> str:
        form = self.pick(["word", "sign", "end", "two", "range", "brackets", "both signs", "unknown", "unit above"])
        match form:
            case "word":
                return f"{self.end()}{self.pick(['', '', ' '])}{self.word()}"
            case "sign":
                return f"{self.pick(SIGNS)}{self.pick(['', ' '])}{self.end()}"
            case "two":
                words = [
                    self.pick(["以上", "超", "から", self.word()]),
                    self.pick(["未満", "以下", "まで", self.word()]),
                ]
                return f"{self.end()}{words[0]}{self.pick(JOINTS)}{self.end()}{words[1]}"
            case "range":
                sign = self.pick(RANGES[:3] if self.chance(2) else RANGES)
                return f"{self.end()}{sign}{self.end()}{self.pick(['', '', '未満', self.word()])}"
            case "brackets":
                return f"{self.pick('[(]')}{self.end()}{self.pick(['..', '~', ', '])}{self.end()}{self.pick('])[')}"
            case "both signs":
                return f"{self.pick(['>=', '>'])} {self.end()}{self.pick(JOINTS)}{self.pick(['<', '<='])} {self.end()}"
            case "unknown":
                return str(self.pick(UNKNOWNS))
            case "unit above":
                return f"{self.pick(['2', '0.5', '1', '80', '23', '平成23'])}{self.pick(RANGES)}{self.end()}"
        return self.end()

    def cell(self) -> str:
        if self.chance(30):
            return str(self.pick(ANYTHING))
        comma = self.pick(COMMAS)
        text = comma.join(self.test() for _ in range(self.pick([1, 1, 1, 2, 2, 3])))
        text = self.pick(["{}", "{}", "{}", "{}", "not({})", "{}以外", "!= {}", "`{}`"]).format(text)
        return widened(text, self.pick([1, 2, 3])) if self.chance(4) else text


@st.composite
def spellings(draw: Draw, kind: str) -> str:
    """One cell for a column of a kind."""
    return Speller(draw, kind).cell().replace("|", "")
