"""Fiscal years as the headings of tables print them."""

import re
from typing import Final

from hyotei.base.fold import folded
from hyotei.sheet.fiscal_year import read_fiscal_year

_ERA: Final = "(?:平成|令和|昭和)"
_YEAR: Final = (
    rf"(?:{_ERA}|[HRS]\.?)? ?[0-9元]{{1,2}} ?年度|{_ERA} ?[0-9元]{{1,2}} ?年?|[HRS]\.?[0-9]{{1,2}}|(?:19|20)[0-9]{{2}} ?(?:年度?)?"
    "|FY ?[0-9]{4}"
)
_REST: Final = r" ?(?:末|要求額?|予算|見込み?|概算要求|実績値?|目標値?)?(?:\([^()]{1,20}\))?"
_HEADING: Final = re.compile(rf"(?P<bracket>[(\[【])?(?P<year>{_YEAR})(?(bracket)[)\]】])(?P<rest>{_REST})")
_DATE: Final = re.compile(
    r"(?:(?P<western>(?:19|20)[0-9]{2})|(?P<era>平成|令和|昭和|[HRS])\.?(?P<number>[0-9元]{1,2}))[年./-](?P<month>[0-9]{1,2})(?:[月./-](?P<day>[0-9]{1,2})日?|月)?"
)
_TAG: Final = re.compile(rf"[(\[〔【]\s*(?P<year>{_YEAR})\s*(?:末|時点)?\s*[)\]〕】]")
_LONGEST: Final = 40


def heading_year(text: str, hint: int) -> int | None:
    """The fiscal year that a heading is, alone or with a remark behind it; a date stands for the year it lies in."""
    plain = " ".join(folded(text).split())
    if len(plain) > _LONGEST:
        return None
    match = _HEADING.fullmatch(plain.replace("年 度", "年度"))
    if match is not None:
        reading, _ = read_fiscal_year(match["year"].replace(" ", ""), hint=hint)
        return None if reading is None else reading.year
    return _of_date(plain)


def _of_date(plain: str) -> int | None:
    date = _DATE.fullmatch(plain.replace(" ", ""))
    if date is None or not 1 <= int(date["month"]) <= 12:
        return None
    written = date["western"] or f"{date['era']}{date['number']}"
    reading, _ = read_fiscal_year(written)
    if reading is None:
        return None
    # A fiscal year runs from April to March.
    return reading.year if int(date["month"]) >= 4 else reading.year - 1


def tagged(text: str) -> str:
    """The text with years in any brackets written as tags: （25年度） as 【25年度】. Numbers of no year stay as they are."""
    return _TAG.sub(
        lambda match: f"【{match['year'].strip()}】" if _surely_year(match["year"]) else match.group(), text
    )


def _surely_year(written: str) -> bool:
    return "年" in written or not written.strip()[0].isdigit()
