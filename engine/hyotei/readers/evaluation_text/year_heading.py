"""A fiscal year as the heading of a column or row prints it, with the word that says what its figures are."""

import re
from typing import Final, Literal, cast

from hyotei.forms.model import Form
from hyotei.lazy_dataclass import dataclass
from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.words_of_forms import FormWords
from hyotei.sheet.fiscal_year import read_fiscal_year
from hyotei.sheet.fiscal_year_print import print_fiscal_year

Word = Literal[
    "plain", "request", "draft", "estimate", "outturn_estimate", "executed", "revised", "initial", "part", "actual", "target",
]  # fmt: skip
"""What a heading adds to its year. The last two belong to measures, `part` is 内数, and `plain` changes nothing."""

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


def year_heading(text: str, words: FormWords) -> YearHeading | None:
    """The one fiscal year that a heading names, in any of the forms in which documents print it.

    平成24年度, H24, 元年度, 31（元）年度, 平成31年度/令和元年度, 2019(R1), 22年度決算, 25年度（要求額）, 予算案（25年度）, and a
    date, which stands for the fiscal year it lies in. A heading that names several years is none.

    Args:
        text: the heading as printed.
        words: the words of the form, and a year near which those without an era are.
    """
    plain = bare(text)
    if len(plain) > _LONGEST:
        return None
    dated = year_of_date(plain)
    if dated is not None:
        return YearHeading(dated, "plain", text)
    framed = _FRAMED.fullmatch(plain)
    match = framed or _HEADING.fullmatch(plain)
    if match is None or not _NAMED.search(_written(match)):
        return None
    end = match["suffix"] or next((each for each in ("年度", "年") if each in _written(match)), "年度")
    atoms = [each for each in (match["first"], match["second"], match["inner"]) if each is not None]
    years = {_year(each, end, words) for each in atoms}
    year = next(iter(years))
    if len(years) > 1 or year is None:
        return None
    lead = framed["lead"] if framed is not None else ""
    beside = f"{lead}({match['rest']})" if lead and match["rest"] else lead or match["rest"]
    return YearHeading(year, word_of(beside, words.form), text)


def _written(match: re.Match[str]) -> str:
    return "".join(filter(None, (match["first"], match["second"], match["inner"], match["suffix"])))


def _year(atom: str, suffix: str, words: FormWords) -> int | None:
    """The year of one of the spellings in a heading; the suffix of the other one counts for it too."""
    written = re.sub("(?:年度|年|度)$", "", atom)
    reading, _ = read_fiscal_year(f"{written}{suffix if suffix != '度' else '年度'}", hint=words.near)
    return None if reading is None else reading.year


def word_of(text: str, form: Form) -> Word | None:
    """What words beside a year or a label make of the figures below them; None where that is not understood.

    Args:
        text: the words, folded and without blanks; each in brackets counts as one more.
        form: the form that says what they mean.
    """
    parts = [each for each in re.split(r"[()\[\]【】<>〈〉]", _HARMLESS.sub("", text).strip("のをは:・-")) if each]
    found: set[Word] = set()
    for part in parts:
        word = form.item("years", part.strip("の・:"))
        if word is None:
            return None
        found.add(cast(Word, word))
    if "estimate" in found and "executed" in found:
        return "outturn_estimate"
    return next((word for word in _STRENGTH if word in found), "plain")


def year_of_date(plain: str) -> int | None:
    """The fiscal year in which a date lies that is all of a bare text: 令和3年3月, R6.3.31; None where it is none."""
    date = _DATE.fullmatch(plain)
    if date is None or not 1 <= int(date["month"]) <= 12:
        return None
    written = date["western"] or f"{date['era']}{date['number']}"
    reading, _ = read_fiscal_year(written)
    if reading is None:
        return None
    # A fiscal year runs from April to March.
    return reading.year if int(date["month"]) >= 4 else reading.year - 1
