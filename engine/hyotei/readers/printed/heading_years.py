"""Fiscal years as the headings of tables print them."""

import re
from typing import Final

from hyotei.readers.evaluation_text.text_lines import bare
from hyotei.readers.evaluation_text.year_heading import year_heading
from hyotei.readers.words_of_forms import FormWords

_ERA: Final = "(?:平成|令和|昭和)"
_YEAR: Final = (
    rf"(?:{_ERA}|[HRS]\.?)? ?[0-9元]{{1,2}} ?年度|{_ERA} ?[0-9元]{{1,2}} ?年?|[HRS]\.?[0-9]{{1,2}}|(?:19|20)[0-9]{{2}} ?(?:年度?)?"
    "|FY ?[0-9]{4}"
)
_TAG: Final = re.compile(rf"[(\[〔【]\s*(?P<year>{_YEAR})\s*(?:末|時点)?\s*[)\]〕】]")
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
    """The text with years in any brackets written as tags: （25年度） as 【25年度】. Numbers of no year stay as they are."""
    return _TAG.sub(
        lambda match: f"【{match['year'].strip()}】" if _surely_year(match["year"]) else match.group(), text
    )


def _surely_year(written: str) -> bool:
    return "年" in written or not written.strip()[0].isdigit()
