"""What cells mean, as data worked out by hand: kinds of columns, literals in every spelling, forms of cells.

Nothing here is read through the program: each literal stands beside its value, each form beside the comparison that it means.
A form is filled with one literal `{a}` or with two, `{a}` the lower and `{b}` the upper.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

Value = Decimal | str | bool
Holds = Callable[[int, int, int], bool]
"""Whether a form holds for a value, by the places of the value and of both literals in their order."""
TWO_FORMS: Final[dict[str, Holds]] = {
    "{a}以上{b}未満": lambda v, a, b: a <= v < b,
    "{a}以上 {b}以下": lambda v, a, b: a <= v <= b,
    "{a}超{b}以下": lambda v, a, b: a < v <= b,
    "{a}を超え{b}未満": lambda v, a, b: a < v < b,
    "{a} 超 {b} 未満": lambda v, a, b: a < v < b,
    "{a}から{b}まで": lambda v, a, b: a <= v <= b,
    "{a}以上~{b}以下": lambda v, a, b: a <= v <= b,
    "{a}以上かつ{b}未満": lambda v, a, b: a <= v < b,
    "{a}以上、かつ{b}以下": lambda v, a, b: a <= v <= b,
    "{a}以上で{b}未満": lambda v, a, b: a <= v < b,
    "{a}より大きく、かつ、{b}に満たない": lambda v, a, b: a < v < b,
    "{b}未満かつ{a}以上": lambda v, a, b: a <= v < b,
    "{b}以下{a}超": lambda v, a, b: a < v <= b,
    ">= {a} and < {b}": lambda v, a, b: a <= v < b,
    "<= {b} かつ > {a}": lambda v, a, b: a < v <= b,
    "{a}~{b}": lambda v, a, b: a <= v <= b,
    "{a}～{b}": lambda v, a, b: a <= v <= b,
    "{a} 〜 {b}": lambda v, a, b: a <= v <= b,
    "{a}~{b}未満": lambda v, a, b: a <= v < b,
    "{a}..{b}": lambda v, a, b: a <= v <= b,
    "[{a}..{b}]": lambda v, a, b: a <= v <= b,
    "[{a}..{b})": lambda v, a, b: a <= v < b,
    "[{a}..{b}[": lambda v, a, b: a <= v < b,
    "({a}..{b}]": lambda v, a, b: a < v <= b,
    "]{a}..{b}]": lambda v, a, b: a < v <= b,
    "({a}..{b})": lambda v, a, b: a < v < b,
    "not([{a}..{b}))": lambda v, a, b: not a <= v < b,
    "{a}以上{b}未満以外": lambda v, a, b: not a <= v < b,
    "{a}未満または{b}以上": lambda v, a, b: v < a or v >= b,
    "{a}未満、{b}超": lambda v, a, b: v < a or v > b,
    "{a}, {b}超": lambda v, a, b: v == a or v > b,
}
"""Ranges and lists of comparisons: for columns with an order."""
TWO_EXACT: Final[dict[str, Holds]] = {
    "{a}, {b}": lambda v, a, b: v in (a, b),
    "{a}、{b}": lambda v, a, b: v in (a, b),
    "{a}・{b}": lambda v, a, b: v in (a, b),
    "{a}または{b}": lambda v, a, b: v in (a, b),
    "{a}、又は{b}": lambda v, a, b: v in (a, b),
    "{a} or {b}": lambda v, a, b: v in (a, b),
    "= {a}, = {b}": lambda v, a, b: v in (a, b),
    "not({a}, {b})": lambda v, a, b: v not in (a, b),
    "{a}、{b}以外": lambda v, a, b: v not in (a, b),
    "{a}または{b} 以外": lambda v, a, b: v not in (a, b),
}
"""Lists of values: for every column."""
ONE_EXACT: Final[dict[str, Holds]] = {
    "{a}": lambda v, a, b: v == a,
    " {a} ": lambda v, a, b: v == a,
    "= {a}": lambda v, a, b: v == a,
    "＝{a}": lambda v, a, b: v == a,
    "!= {a}": lambda v, a, b: v != a,
    "≠{a}": lambda v, a, b: v != a,
    "not({a})": lambda v, a, b: v != a,
    "{a}以外": lambda v, a, b: v != a,
}
_WORDS: Final = {
    ">=": ("以上", " 以上", "から", "以降", "を下回らない", "に達する"),
    ">": ("超", " 超", "超過", "超え", "を超える", "を上回る", "より大きい", "より多い", "より高い", " より多い"),
    "<=": ("以下", "以内", "まで", "以前", "を超えない", "を上回らない"),
    "<": (
        "未満",
        " 未満",
        "を下回る",
        "に満たない",
        "に達しない",
        "に届かない",
        "より小さい",
        "より少ない",
        "より低い",
    ),
}
_SIGNS: Final = {">=": (">= ", ">=", "≧", "≥ ", "＞＝"), ">": ("> ", "＞"), "<=": ("<= ", "≦", "≤"), "<": ("< ", "＜")}
_HOLDS: Final[dict[str, Holds]] = {
    ">=": lambda v, a, b: v >= a,
    ">": lambda v, a, b: v > a,
    "<=": lambda v, a, b: v <= a,
    "<": lambda v, a, b: v < a,
}
ONE_ORDERED: Final[dict[str, Holds]] = {
    **{f"{{a}}{word}": _HOLDS[sign] for sign, words in _WORDS.items() for word in words},
    **{f"{written}{{a}}": _HOLDS[sign] for sign, signs in _SIGNS.items() for written in signs},
    "not({a}以上)": lambda v, a, b: v < a,
    "{a}以上以外": lambda v, a, b: v < a,
}
"""Comparisons with one end: for columns with an order."""
REFUSED: Final = (
    "{a}-{b}", "{a}–{b}", "{a}−{b}", "{a}－{b}", "{a}ー{b}", "[{a}-{b}]", "({a}-{b})", "{a}-{b}以上",
    "{a}程度", "約{a}", "およそ{a}以上", "{a}前後", "{a}くらい", "{a}弱", "{a}増", "{a}減", "±{a}", "≒{a}",
    "{a}越え", "{a}未滿", "{a}でない", "{a}を越える", "=> {a}", "=< {a}", "== {a}", "<> {a}", ">= {a}以上",
    "{a}および{b}", "{a}及び{b}以外", "{a}ないし{b}", "{a}かつ{b}", "{a}以上かつ{b}以上", "{a}以下かつ{b}未満",
    "{a}以上{b}以上", "{a}超{b}", "{a}以上または", "{a}以上、", "、{a}", "{a}~", "~{a}", "{a}以上~", "{a}~{b}以上",
    "{a}です", "{a}以上の場合", "{a} {b}", "{a}ぐらい以上", "[{a}..{b}", "{a}..{b}]", "[{a}, {b}]", "not {a}", "not({a}",
    "{a})", "{a}/{b}", "--{a}", "{a}以外、{b}以外", "not({a}), {b}", "年間{a}", "最低{a}以上",
    ">= unknown", "> 不明", "= unknown", "!= unknown", "{a}, != {b}", "{a}以上unknown", "unknown以上", "{a}%%",
)  # fmt: skip
"""What means nothing sure in any column."""


@dataclass(frozen=True)
class Column:
    """A kind of column.

    Attributes:
        term: the expression at its head, and the scope of its table.
        low, high: the literals of `a` and `b`, each spelling with its value.
        samples: values to be tried, in their order, the lesser first; the literals are among them.
        ordered: whether comparisons have a meaning.
        strange: literals of other kinds, that mean nothing here.
    """

    term: str
    scope: str
    low: tuple[str, ...]
    high: tuple[str, ...]
    samples: tuple[Value, ...]
    at: tuple[int, int]
    ordered: bool
    strange: tuple[str, ...] = field(default=())


def _numbers(*texts: str) -> tuple[Value, ...]:
    return tuple(Decimal(text) for text in texts)


_RATIOS, _COUNTS, _MONEY, _YEARS = (
    ("80%", "8割", "1.5倍"),
    ("5回", "3か国", "1千件"),
    ("3億円", "5千円"),
    ("H24", "2012年度"),
)
_OTHERS: Final = ('"A"', "true", "良", "以上")

COLUMNS: Final[dict[str, Column]] = {
    "ratio": Column(
        "actual / target",
        "each measure",
        ("80%", "８０％", "80 %", "80パーセント", "8割", "8.0割", "8 割", "0.8倍", "0.8", "０．８"),
        ("95%", "９５％", "95 ％", "９割５分", "9割5分", "9.5割", "0.95倍", "0.95", "95percent"),
        _numbers("-1", "0.7999", "0.8", "0.8001", "0.9", "0.9499", "0.95", "0.9501", "80"),
        (2, 6),
        True,
        (*_COUNTS, *_MONEY, *_YEARS, *_OTHERS),
    ),
    "count": Column(
        "count(measures)",
        "the sheet",
        ("500件", "５００件", "500 件", "5百件", "5百 回", "500", "500人", "500か所", "500ヶ所", "0.5千人"),
        ("1,000件", "1000件", "１，０００件", "1,000 件", "1千人", "10百人", "1000", "1,000", "0.1万団体", "1 千 世帯"),
        _numbers("0", "499", "500", "501", "750", "999", "1000", "1001", "500000"),
        (2, 6),
        True,
        (*_RATIOS, *_MONEY, *_YEARS, *_OTHERS),
    ),
    "points": Column(
        "actual / target * 100",
        "each measure",
        ("80", "８０", "80点", "80.0", "80 点"),
        ("95", "９５", "95点", "95.0"),
        _numbers("0.8", "79.9", "80", "80.1", "90", "94.9", "95", "95.1", "8000"),
        (2, 6),
        True,
        (*_RATIOS, *_MONEY, *_YEARS, *_OTHERS),
    ),
    "figure": Column(
        "actual",
        "each measure",
        ("30,000人", "3万人", "３万人", "3 万人", "30千人", "30,000", "30000", "３０，０００人"),
        ("150,000人", "15万人", "１５万人", "15万", "150千人", "150,000", "150 千 人"),
        _numbers("-3", "3", "29999", "30000", "30001", "149999", "150000", "150001"),
        (3, 6),
        True,
        _OTHERS,
    ),
    "money": Column(
        "initial",
        "each budget year",
        (
            "1億5,000万円",
            "1億5000万円",
            "１億５，０００万円",
            "1億 5,000万円",
            "150百万円",
            "150,000千円",
            "1.5億円",
            "1億5千万円",
        ),
        ("3億円", "300,000千円", "300百万円", "3 億円", "３億円", "30,000万円", "300,000,000円", "30千万円", "3億 円"),
        _numbers(
            "0", "150", "149999999", "150000000", "150000001", "299999999", "300000000", "300000001", "3000000000"
        ),
        (3, 6),
        True,
        (*_RATIOS, *_COUNTS, *_YEARS, *_OTHERS, "300", "3億"),
    ),
    "year": Column(
        "fiscal_year",
        "the sheet",
        (
            "平成23年度",
            "平成２３年度",
            "H23",
            "H23年度",
            "2011年度",
            "２０１１年度",
            "FY2011",
            "2011",
            "平成 23 年度",
            "2011 年度",
        ),
        ("平成25年度", "H25", "2013年度", "FY2013年度", "2013", "２０１３", "平成25"),
        _numbers("2010", "2011", "2012", "2013", "2014", "2023"),
        (1, 3),
        True,
        (*_RATIOS, *_COUNTS, *_MONEY, *_OTHERS, "23", "24年度", "2012年", "平成24年"),
    ),
    "scale": Column(
        "recorded.rating",
        "the sheet",
        ("C", "Ｃ"),
        ("B", "Ｂ"),
        ("D", "C", "B", "A"),
        (1, 2),
        True,
        (*_RATIOS, *_COUNTS, *_MONEY, *_YEARS, '"A"', "true", "良", "E", "5"),
    ),
    "numbered scale": Column(
        "stars",
        "the sheet",
        ("3", "３"),
        ("4", "４"),
        ("2", "3", "4", "5"),
        (1, 2),
        True,
        (*_RATIOS, *_COUNTS, *_MONEY, *_YEARS, *_OTHERS, "6", "A"),
    ),
    "claim": Column(
        "claim",
        "each objective",
        ("not_achieved", "未達成"),
        ("partly_achieved", "一部達成"),
        ("not_achieved", "partly_achieved", "achieved"),
        (0, 1),
        True,
        (*_RATIOS, *_COUNTS, *_OTHERS, "A"),
    ),
    "direction": Column(
        "direction",
        "each measure",
        ("decrease", "減少"),
        ("maintain", "維持"),
        ("increase", "decrease", "maintain"),
        (1, 2),
        False,
        (*_RATIOS, *_COUNTS, *_OTHERS, "A"),
    ),
    "qualifier": Column(
        "target.qualifier",
        "each measure",
        ("程度",),
        ("超",),
        ("程度", "約", "超", "以上", "なし"),
        (0, 2),
        False,
        (*_RATIOS, *_COUNTS, '"A"', "true", "良", "A"),
    ),
    "own scale": Column(
        "kind",
        "the sheet",
        ("良",),
        ("不可",),
        ("良", "可", "不可"),
        (0, 2),
        False,
        (*_RATIOS, *_COUNTS, '"A"', "true", "A"),
    ),
    "truth": Column(
        "main",
        "each indicator",
        ("true",),
        ("false",),
        (True, False),
        (0, 1),
        False,
        (*_RATIOS, *_COUNTS, '"A"', "はい", "A"),
    ),
    "text": Column(
        "title",
        "the sheet",
        ('"甲"', ' "甲"'),
        ('"乙、-"',),
        ("甲", "乙、-", "丙", ""),
        (0, 1),
        False,
        (*_RATIOS, *_COUNTS, "true", "A", "甲"),
    ),
}


ONE_UNIT: Final[dict[str, dict[str, tuple[int, int] | None]]] = {
    "ratio": {
        **dict.fromkeys(("80~95%", "80～９５％", "[80..95%]", "80..95%", "8~9.5割", "80 ~ 95パーセント"), (2, 6)),
        **dict.fromkeys(("0.8~0.95", "[0.8..0.95]", "0.8~0.95倍", "0.8倍~0.95"), (2, 6)),
        **dict.fromkeys(
            ("0.8~95%", "[0.8..95%]", "80%~0.95", "0.8以上95%未満", "1~95%", "[1..95%]", "0.8~9割", "[8~9割5分]"), None
        ),
        **dict.fromkeys(("80%~95", "80~95", "80以上95%未満", "80~0.95", "[80%..95]"), None),
    },
    "count": {
        **dict.fromkeys(("500~1,000件", "[500..1000件]", "500件~1,000", "5百~1千件", "500以上1,000件以下"), (2, 6)),
        **dict.fromkeys(
            ("500~95%", "500件~3億円", "500-1,000件", "500~1,0000件", "5百~1万2万件", "500~1、000件"), None
        ),
    },
    "money": {
        **dict.fromkeys(("1億5,000万円~3億円", "150百万円～300百万円"), (3, 6)),
        **dict.fromkeys(
            ("1.5~3億円", "1億5,000万~3億円", "1億~3億", "1億5,000万円-3億円", "1億5億円", "1億5,000万円3億円"), None
        ),
    },
    "year": {
        **dict.fromkeys(
            (
                "平成23~25年度",
                "平成23~25",
                "H23~25",
                "平成23年度～25年度",
                "2011~2013年度",
                "H23~H25",
                "平成23年度から25年度まで",
            ),
            (1, 3),
        ),
        **dict.fromkeys(
            ("平成23-25年度", "2011-2013", "23~25年度", "2011~13年度", "2011年~2013年", "平成23~25年"), None
        ),
    },
    "figure": {
        **dict.fromkeys(("3~15万人", "[3..15万]", "3、15万人", "3、15万人以上", "3または15千人", "0.5~1千件"), None),
        **dict.fromkeys(
            ("3万~15万人", "30,000~150,000人", "30千~150千人", "3万人~15万", "30000~150000人", "30,000~15万人"), (3, 6)
        ),
        **dict.fromkeys(
            ("3位以上", "3位以下", "3位超", ">= 3位", "3級以上", "3人位以上", "3万12千人以上", "30000人5千人"), None
        ),
    },
}
"""Ranges whose unit stands once, and numbers that are none: the places of both ends, included; None for what is refused."""


@dataclass(frozen=True)
class Case:
    """A cell of a column. `holds` says for each sample whether it holds; None where the cell must be refused."""

    cell: str
    holds: tuple[bool, ...] | None


def cases(of: Column) -> Iterator[Case]:
    """Every form with every spelling of the literals of a column, and what must come of it."""
    places = range(len(of.samples))
    one = {**ONE_EXACT, **(ONE_ORDERED if of.ordered else {})}
    two = {**TWO_EXACT, **(TWO_FORMS if of.ordered else {})}
    for form, holds in one.items():
        truths = tuple(holds(place, *of.at) for place in places)
        for a in of.low:
            cell = form.format(a=a)
            yield Case(cell, None if _glued(cell) or _empty(of, form, truths) else truths)
    for form, holds in two.items():
        if of.at[0] == 0 and form in _NO_RANGE:
            continue  # nothing is less than the least value of a scale
        truths = tuple(holds(place, *of.at) for place in places)
        for a, b in _pairs(of):
            cell = form.format(a=a, b=b)
            open_to = _may_be_one_number(form, a, b) or _unit_open(form, a, b) or _glued(cell)
            yield Case(cell, None if open_to or _empty(of, form, truths) else truths)
    for form in (*REFUSED, *(() if of.ordered else (*ONE_ORDERED, *TWO_FORMS))):
        if form != "{a}/{b}" or not of.low[0].isdecimal():  # 80/95 is a number
            yield Case(form.format(a=of.low[0], b=of.high[0]), None)
    for strange in of.strange:
        for form in one:
            yield Case(form.format(a=strange), None)
        for form in two if strange not in _ALONE else ():
            yield Case(form.format(a=strange, b=of.high[0]), None)
            yield Case(form.format(a=of.low[0], b=strange), None)


_ALONE: Final = ("24年度", "23")
"""What means something after the literal before it: the era of 平成23年度 goes on to 24年度."""


def _pairs(of: Column) -> Iterator[tuple[str, str]]:
    """Each spelling of the lower literal with two of the upper, and the other way round."""
    for at in range(max(len(of.low), len(of.high))):
        yield of.low[at % len(of.low)], of.high[at % len(of.high)]
        yield of.low[at % len(of.low)], of.high[(at + 3) % len(of.high)]


def _may_be_one_number(form: str, a: str, b: str) -> bool:
    """Digits on both sides of ・ may be a decimal point, three digits after 、 a group of a number."""
    between = form.partition("{a}")[2].partition("{b}")[0]
    begins = re.match(r"\d+", b)
    if not re.fullmatch(r"\d+", a) or begins is None:
        return False
    return between == "・" or (between == "、" and len(a) <= 3 and len(begins[0]) == 3)


def _unit_open(form: str, a: str, b: str) -> bool:
    """Where both ends make one range, a bare number of at most 1 beside a percentage may be a percentage too."""
    bare, other = r"[0０][.．]\d+", r".*(%|％|割|分|パーセント|percent)"
    mixed = [re.fullmatch(bare, x) and re.fullmatch(other, y) for x, y in ((a, b), (b, a))]
    return any(mixed) and form in TWO_FORMS and form not in _NO_RANGE


_NO_RANGE: Final = ("{a}未満または{b}以上", "{a}未満、{b}超", "{a}, {b}超")


def _glued(cell: str) -> bool:
    """Words need a blank where they would be part of a name: before に, and between two Japanese names with a word between."""
    before_ni = re.search(r"[A-DＡ-Ｄd成]に", cell)
    return (before_ni or re.search(r"(達成|achieved)(以上|超|を超え|から|以下|未満)[未一]", cell)) is not None


def _empty(of: Column, form: str, truths: tuple[bool, ...]) -> bool:
    """Whether no value of a scale lies in a range; of numbers some always do."""
    negated = form.startswith("not(") or form.endswith("以外")
    return isinstance(of.samples[0], str) and not any(truths) and not negated
