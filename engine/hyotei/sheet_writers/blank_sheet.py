"""An empty sheet in YAML for people, with a comment beside each key, to be filled in."""

from typing import Final

from hyotei.messages import Language
from hyotei.sheet.models import SCHEMA
from hyotei.sheet_writers.sheet_yaml_writer import PARTS
from hyotei.sheet_writers.yaml_lines import yaml_lines

_BLANK: Final = ""
_HEAD: Final = {
    "ja": (
        "# 評価書のひな型。コロンの後に書き込み、使わない行は消してよい。「-」で始まる組は、必要なだけ写して増やせる。",
        "# 数値は印字のとおりに書く：10回程度、75％、1,234千円、80～90％、△33,660千円。ほかの年度の値は 7回【平成23年度】。",
        "# 値がないときは理由を書く：集計中、未測定、―（記載なし）、算定不能。数値で表さない目標は、その文章を書く。",
        "# 数の入る文章は 定性的（文章） と書く。",
        "# 書き終えたら hyotei sheet check で確かめ、hyotei rate で判定する。",
    ),
    "en": (
        "# A blank evaluation sheet. Write after the colons; remove lines that are not needed, repeat groups that begin with -.",
        "# Write figures as they are printed: 10回程度, 75%, 1,234千円, 80～90%, △33,660千円; of another year 7回【平成23年度】.",
        "# Where there is none, write why: 集計中, 未測定, ― (missing), 算定不能. A target in words is written in its words.",
        "# Words that hold a number are written as 定性的（words）.",
        "# Then check it with `hyotei sheet check` and rate it with `hyotei rate`.",
    ),
}  # fmt: skip
_INDICATOR: Final = dict.fromkeys(("number", "name", "direction", "baseline", "target", "actual"), _BLANK)
_YEAR: Final = dict.fromkeys(("fiscal_year", "initial", "supplementary", "carried_over", "total", "executed"), _BLANK)
_SHEET: Final = {
    "schema": SCHEMA,
    **dict.fromkeys(("id", "title", "authority", "number", "fiscal_year"), _BLANK),
    "amounts_in": "千円",
    "goal": _BLANK,
    "objectives": [{"name": _BLANK, "claim": _BLANK, "indicators": [_INDICATOR]}],
    "budget": [_YEAR, _YEAR],
    "recorded": {"rating": _BLANK, "budget": _BLANK},
}


def blank_sheet(language: Language = "ja") -> str:
    """The text of an empty sheet with its comments in a language."""
    lines = [*_HEAD[language], *yaml_lines(_SHEET, PARTS, "sheet", language)]
    return "\n".join(line.replace(': ""  #', ":  #") for line in lines) + "\n"
