"""Fiscal years as the headings of tables print them."""

import re
from typing import Final

from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.evaluation_text.year_heading import year_heading, year_of_date
from hyotei.readers.words_of_forms import FormWords

_ERA: Final = "(?:平成|令和|昭和)"
_YEAR: Final = (
    rf"(?:{_ERA}|[HRS]\.?)? ?[0-9元]{{1,2}} ?年度|{_ERA} ?[0-9元]{{1,2}} ?年?|[HRS]\.?[0-9]{{1,2}}|(?:19|20)[0-9]{{2}} ?(?:年度?)?"
    "|FY ?[0-9]{4}"
)
_OF_YEAR: Final = "(?:末日?)?(?:時点|現在|までに?)?"
_DAY: Final = "[0-9]{1,2}月(?: ?[0-9]{1,2}日)?"
_DATE: Final = (
    rf"(?:{_ERA} ?[0-9元]{{1,2}}|(?:19|20)[0-9]{{2}})年 ?{_DAY}|[HRS]\.?[0-9]{{1,2}}(?:[./][0-9]{{1,2}}){{1,2}}"
)
_TAG: Final = re.compile(rf"[(\[〔【]\s*(?:(?P<year>{_YEAR})|(?P<date>{_DATE}))\s*{_OF_YEAR}\s*[)\]〕】]")
_BEGINS: Final = re.compile(r"[(\[【]?(?:平|令|昭|[HRSF0-9元])")
"""How a heading begins that names nothing before its year, as 目標値（24年度） does."""
_REMARK: Final = re.compile(r"[^0-9]\([^()]{1,20}\)$")


def heading_year(text: str, words: FormWords) -> int | None:
    """The fiscal year that a heading is, alone or with a remark behind it; a date stands for the year it lies in."""
    plain = bare(text)
    heading = year_heading(text, words) if _BEGINS.match(plain) else None
    # The remarks of measures are many, and none of them makes a figure that of another year.
    if heading is None or (heading.word is None and not _REMARK.search(plain)):
        return None
    return heading.year


def tagged(text: str) -> str:
    """The text with years in any brackets written as tags: （25年度） as 【25年度】, （H31） as 【H31年度】, also those of dates.

    Numbers of no year stay as they are.
    """
    return _TAG.sub(_tag, text)


def _tag(match: re.Match[str]) -> str:
    if match["date"] is not None:
        year = year_of_date(bare(match["date"]))
        return match.group() if year is None else f"【{year}年度】"
    written = match["year"].strip()
    if not _surely_year(written):
        return match.group()
    return f"【{written}】" if "年" in written or written.startswith("FY") else f"【{written}年度】"


def _surely_year(written: str) -> bool:
    return "年" in written or not written.strip()[0].isdigit()
