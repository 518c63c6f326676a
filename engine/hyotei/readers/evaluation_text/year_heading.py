"""A fiscal year as the heading of a column or row prints it, with the word that says what its figures are."""

import re
from typing import Final, Literal

from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.sheet.fiscal_year import print_fiscal_year, read_fiscal_year

Word = Literal[
    "plain", "request", "draft", "estimate", "outturn_estimate", "executed", "revised", "initial", "part", "actual", "target",
]  # fmt: skip
"""What a heading adds to its year. The last two belong to measures, `part` is 内数, and `plain` changes nothing."""

_WORDS: Final[tuple[tuple[Word, str], ...]] = (
    ("part", "内数|うち数"),
    ("request", "(?:予算)?(?:概算)?(?:要求|要望)(?:予算)?(?:総?額|枠)?"),
    ("draft", "(?:政府|当初)?予算(?:額)?の?(?:政府)?案(?:額)?|政府原?案|案|概算決定額?|内示額?"),
    (
        "outturn_estimate",
        "(?:決算|執行|支出済?)額?の?(?:見込み?|予定|見通し|概算|速報)(?:額|値)?|(?:見込み?|予定)(?:決算|執行|支出)額?",
    ),
    (
        "estimate",
        "(?:予算|実績)?(?:額|値)?の?(?:見込み?|見通し|予定|推計|概算|暫定|速報|予測)(?:額|値)?|[0-9]{1,2}月(?:[0-9]{1,2}日|末)?(?:現在|時点|まで)?",
    ),
    ("executed", "決算(?:済?額)?|執行(?:済?額)?|支出済?(?:歳出)?額?"),
    ("actual", r"実績(?:額|値|\(値\))?"),
    ("target", r"目標(?:額|値|\(値\))?"),
    ("revised", "(?:第?[0-9一二三四](?:次|号))?補正(?:予算)?後の?(?:予算)?(?:現?額)?|最終予算額?|補正予算?込み?"),
    ("initial", "(?:本予算|当初予算|当初)(?:額|時)?"),
    ("plain", "(?:歳出)?(?:予算)?(?:現額|額)?|歳出予算|予算|度?末|時点"),
)
_KINDS: Final = tuple((word, re.compile(pattern)) for word, pattern in _WORDS)
_STRENGTH: Final[tuple[Word, ...]] = (
    "part", "request", "draft", "outturn_estimate", "estimate", "executed", "revised", "initial", "actual", "target", "plain",
)  # fmt: skip
"""Of several words the first of these counts."""
_HARMLESS: Final = re.compile(
    r"\(?※[0-9a-z]*\)?|\(?注[0-9]*\)?|\*[0-9]*|"
    r"[(\[【](?:[a-zA-Zα-ω①-⑳]|[a-z+\-]{3,9}|(?:単位:?)?(?:千|百万|億|十億|万)?円|年度?|前年度|翌年度|当該?年度|評価(?:対象)?年度)[)\]】]"
)
"""What changes nothing: marks of notes, letters and their sums, units, and words that say the year once more."""
_ATOM: Final = r"(?:平成|令和|昭和|[平令昭HRS]\.?|FY)?(?:[0-9]{1,4}|元)(?:年度|年|度)?"
_YEAR: Final = rf"(?P<first>{_ATOM})(?:[/・=](?P<second>{_ATOM})|[(\[](?P<inner>{_ATOM})[)\]])?(?P<suffix>年度|年|度)?"
_HEADING: Final = re.compile(rf"{_YEAR}(?P<rest>.*)")
_FRAMED: Final = re.compile(rf"(?P<lead>[^0-9()\[\]【】元]*)[(\[【]{_YEAR}(?P<rest>[^()\[\]【】]*)[)\]】]")
_NAMED: Final = re.compile(r"年度|平成|令和|昭和|[平令昭HRS]\.?(?:[0-9]|元)|FY|(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
"""What makes a number a year: 24 alone is none, 24年 may as well be a span of time."""
_DATE: Final = re.compile(
    r"(?:(?P<western>(?:19|20)[0-9]{2})|(?P<era>平成|令和|昭和|[HRS])\.?(?P<number>[0-9元]{1,2}))"
    r"[年./-](?P<month>[0-9]{1,2})(?:[月./-](?P<day>[0-9]{1,2})日?|月)?"
)
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class YearHeading:
    """A heading that names one fiscal year: the year, what it says of its figures (None: not understood), and its text."""

    year: int
    word: Word | None = "plain"
    text: str = ""

    @property
    def printed(self) -> str:
        """The year, with the heading where that says more: 平成25年度（25年度要求額）."""
        year = print_fiscal_year(self.year)
        return year if self.word == "plain" else f"{year}（{' '.join(self.text.split())}）"


def year_heading(text: str, hint: int) -> YearHeading | None:
    """The one fiscal year that a heading names, in any of the forms in which documents print it.

    平成24年度, H24, 元年度, 31（元）年度, 平成31年度/令和元年度, 2019(R1), 22年度決算, 25年度（要求額）, 予算案（25年度）, and a
    date, which stands for the fiscal year it lies in. A heading that names several years is none.

    Args:
        text: the heading as printed.
        hint: a year near which those without an era are.
    """
    plain = bare(text)
    if len(plain) > _LONGEST:
        return None
    dated = _of_date(plain)
    if dated is not None:
        return YearHeading(dated, "plain", text)
    framed = _FRAMED.fullmatch(plain)
    match = framed or _HEADING.fullmatch(plain)
    if match is None or not _NAMED.search(_written(match)):
        return None
    end = match["suffix"] or next((each for each in ("年度", "年") if each in _written(match)), "年度")
    atoms = [each for each in (match["first"], match["second"], match["inner"]) if each is not None]
    years = {_year(each, end, hint) for each in atoms}
    year = next(iter(years))
    if len(years) > 1 or year is None:
        return None
    lead = framed["lead"] if framed is not None else ""
    return YearHeading(
        year, word_of(f"{lead}({match['rest']})" if lead and match["rest"] else lead or match["rest"]), text
    )


def _written(match: re.Match[str]) -> str:
    return "".join(filter(None, (match["first"], match["second"], match["inner"], match["suffix"])))


def _year(atom: str, suffix: str, hint: int) -> int | None:
    """The year of one of the spellings in a heading; the suffix of the other one counts for it too."""
    written = re.sub("(?:年度|年|度)$", "", atom)
    reading, _ = read_fiscal_year(f"{written}{suffix if suffix != '度' else '年度'}", hint=hint)
    return None if reading is None else reading.year


def word_of(text: str) -> Word | None:
    """What words beside a year or a label make of the figures below them; None where that is not understood.

    Args:
        text: the words, folded and without blanks; each in brackets counts as one more.
    """
    parts = [each for each in re.split(r"[()\[\]【】<>〈〉]", _HARMLESS.sub("", text).strip("のをは:・-")) if each]
    found: set[Word] = set()
    for part in parts:
        word = next((word for word, pattern in _KINDS if pattern.fullmatch(part.strip("の・:"))), None)
        if word is None:
            return None
        found.add(word)
    if "estimate" in found and "executed" in found:
        return "outturn_estimate"
    return next((word for word in _STRENGTH if word in found), "plain")


def _of_date(plain: str) -> int | None:
    date = _DATE.fullmatch(plain)
    if date is None or not 1 <= int(date["month"]) <= 12:
        return None
    written = date["western"] or f"{date['era']}{date['number']}"
    reading, _ = read_fiscal_year(written)
    if reading is None:
        return None
    # A fiscal year runs from April to March.
    return reading.year if int(date["month"]) >= 4 else reading.year - 1
