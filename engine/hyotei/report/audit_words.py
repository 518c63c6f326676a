"""The words that all views of an audit share, in the language of the reader."""

from decimal import Decimal
from typing import Final

from hyotei.audit.model import Agreement
from hyotei.messages import Language

OUTPUTS: Final = {"rating": ("評価区分", "rating"), "budget": ("予算の方向", "budget")}
SEVERITIES: Final = {"serious": ("要確認", "serious"), "notice": ("参考", "notice")}
STANDINGS: Final = {"published": ("公表", "published"), "inferred": ("推定", "inferred"), "draft": ("案", "draft")}
STATES: Final = {
    "new": ("新しい", "new"), "continuing": ("続いている", "continuing"), "resolved": ("解消した", "resolved"),
    "not_audited": ("評価書がなく不明", "no sheet now"),
}  # fmt: skip
"""How a finding stands to those of an earlier report."""
DOUBT: Final = ("留保", "reservation")
"""Why a finding may be no fault, for which its severity is lower than its rule states."""
GROUPS: Final = {
    "authority": ("府省", "ministry"), "fiscal_year": ("評価対象年度", "evaluated year"), "field": ("分野", "field"),
}  # fmt: skip
AGREEMENTS: Final[dict[Agreement, tuple[str, str]]] = {
    "agrees": ("一致", "agrees"),
    "rules_differ": ("相違（規則が違う）", "differs (other rules)"),
    "data_missing": ("導けない（数値がない）", "not derived (figures missing)"),
    "undetermined": ("導けない（規則で定まらない）", "not derived (the rules leave it open)"),
    "not_in_force": ("比べられない（基準の対象年度でない）", "not comparable (rulebook not in force)"),
    "other_scale": ("比べられない（尺度にない記載）", "not comparable (not on the scale)"),
    "not_recorded": ("記載なし", "not recorded"),
}


class Say:
    """Chooses the language."""

    def __init__(self, language: Language) -> None:
        self.language, self.english = language, language == "en"

    def __call__(self, ja: str, en: str) -> str:
        return en if self.english else ja

    def pair(self, words: tuple[str, str]) -> str:
        """One of two."""
        return words[1 if self.english else 0]

    def of(self, words: dict[str, tuple[str, str]], key: str) -> str:
        """The word for a key; the key itself where there is none."""
        return self.pair(words[key]) if key in words else key


def hundred_millions(money: Decimal, say: Say) -> str:
    """Money in hundred millions of yen with one decimal, cut: one unit for all rows of a table, so that they compare."""
    tenths = int(money // 10**7)
    if money > 0 and not tenths:
        return say("0.1億円未満", "below 10M yen")
    return say(f"{tenths // 10:,}.{tenths % 10}億円", f"{tenths * 10:,}M yen")
