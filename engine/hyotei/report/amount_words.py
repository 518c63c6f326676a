"""Money of many sheets in words."""

from decimal import Decimal

from hyotei.messages import Language, wording


def hundred_millions(money: Decimal, language: Language) -> str:
    """Money in hundred millions of yen with one decimal, cut: one unit for all rows of a table, so that they compare."""
    tenths = int(money // 10**7)
    if money > 0 and not tenths:
        return wording(language)("amounts.below")
    number = {"ja": f"{tenths // 10:,}.{tenths % 10}", "en": f"{tenths * 10:,}"}[language]
    return wording(language)("amounts.hundred_millions", number=number)
