"""Tables 1-1 and 1-2 of the RS system: who is responsible for a programme, and what it is."""

from collections.abc import Iterable, Iterator
from typing import Final

from hyotei.messages import Diagnostic, Location
from hyotei.readers.review_facts import PROGRAMME_KIND, word_fact
from hyotei.readers.rs_table import RsRow
from hyotei.sheet.models import FIRST_YEAR, LAST_YEAR, Fact, Outline

KIND: Final = "事業区分"
"""The column of the kind of a programme."""
_UNITS = ("局・庁", "部", "課", "室", "班", "係")
_METHODS = ("直接実施", "補助", "負担", "交付", "分担金・拠出金", "その他")


def authority(rows: Iterable[RsRow]) -> tuple[str, RsRow, str] | None:
    """The ministry that answers for the policy, with the first row and column that tell it; the agency in charge may be another."""
    given = list(rows)
    for column in ("政策所管府省庁", "所管府省庁", "府省庁"):
        for row in given:
            name = row.words(column)
            if name is not None:
                return name, row, column
    return None


def outline(
    rows: list[RsRow], organisation: list[RsRow], budget: list[RsRow], answering: str, problems: list[Diagnostic]
) -> Outline:
    """What the rows of one programme tell; the main expenses are spread over the rows of 1-2, all else repeats on them."""
    if not rows:
        return Outline(units=_units(organisation), accounts=_accounts(budget))
    first = rows[0]
    ministry = first.words("府省庁")
    former = first.words("旧事業番号")
    return Outline(
        issues=first.words("現状・課題"),
        summary=first.words("事業の概要"),
        ministry=ministry if ministry != answering else None,
        units=_units(organisation or rows[:1]),
        start_year=_year(first, "事業開始年度", problems),
        end_year=_year(first, "事業終了（予定）年度", problems),
        open_ended={"TRUE": True, "FALSE": False}.get(first.text("終了予定なし").upper()),
        accounts=_accounts(budget),
        expenses=tuple(dict.fromkeys(text for row in rows if (text := row.words("主要経費")) is not None)),
        methods=tuple(name for name in _METHODS if first.text(f"実施方法ー{name}") == "1"),
        former_numbers=(former,) if former is not None else (),
        url=first.words("事業概要URL"),
        remarks=first.words("備考"),
    )


def outline_facts(rows: list[RsRow]) -> Iterator[Fact]:
    """The kind of the programme."""
    kind = rows[0].words(KIND) if rows else None
    if kind is not None:
        yield word_fact(PROGRAMME_KIND, kind)


def _units(rows: list[RsRow]) -> tuple[str, ...]:
    """The responsible units, each with its place in the ministry; other units that share in it come after the first."""
    found: dict[str, None] = {}
    for position, row in enumerate(rows):
        if position == 0:
            found.setdefault(" ".join(filter(None, map(row.words, _UNITS))))
        others = (f"{name}（その他担当組織）" for name in ("府省庁", *_UNITS))
        found.setdefault(" ".join(filter(None, map(row.words, others))))
    return tuple(unit for unit in found if unit)


def _accounts(rows: list[RsRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for row in rows if (text := row.words("会計区分")) is not None))


def _year(row: RsRow, column: str, problems: list[Diagnostic]) -> int | None:
    text = row.words(column)
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    problems.append(Diagnostic("HY813", Location(row.file, row.line, column=column), {"value": text[:20]}))
    return None
