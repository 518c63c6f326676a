"""Table 4-1 of the RS system: the inspection, the opinion of the review team, and what the request made of it.

A programme has several rows where it has several earlier findings or special accounts; everything else repeats on them.
"""

from collections.abc import Iterator
from typing import Final

from hyotei.messages import Diagnostic
from hyotei.readers.review_facts import OPINION, REFLECTION, Amount, amount_facts, word_fact
from hyotei.readers.rs_table import RsRow, amount
from hyotei.sheet.models import EarlierFinding, Fact, Quantity, Recorded, Source

INSPECTION: Final = "事業所管部局による点検・改善ー点検結果"
IMPROVEMENT: Final = "事業所管部局による点検・改善ー改善の方向性"
_OPINION: Final = "行政事業レビュー推進チームの所見"
_REFLECTION: Final = "所見を踏まえた改善点／概算要求における反映状況"
WORDS: Final = {
    "effect": "事業所管部局による点検・改善－目標年度における効果測定に関する評価",
    "external_kind": "外部有識者による点検ー点検対象",
    "external_opinion": "外部有識者による点検ー所見",
    "public_process": "公開プロセス結果概要",
    OPINION: _OPINION,
    f"{OPINION}_detail": f"{_OPINION}の詳細",
    REFLECTION: _REFLECTION,
    f"{REFLECTION}_detail": f"{_REFLECTION}の詳細",
}
"""The column of each fact in words."""
_WITH_SOURCE: Final = (OPINION, REFLECTION)
"""Short words, whose place is kept beside them; a long text would stand there twice."""
GENERAL: Final = "反映額（一般会計）"
SPECIAL: Final = "反映額（特別会計）－反映額"


def recorded(rows: list[RsRow]) -> Recorded:
    """What the rows of one programme record as other sheets do."""
    first = rows[0]
    return Recorded(
        inspection=first.words(INSPECTION), improvement=first.words(IMPROVEMENT), earlier_findings=_findings(rows)
    )


def verdict_facts(rows: list[RsRow], problems: list[Diagnostic]) -> Iterator[Fact]:
    """What the rows of one programme state besides."""
    first = rows[0]
    for name, column in WORDS.items():
        text = first.words(column)
        if text is not None:
            yield word_fact(name, text, _source(first, column, text) if name in _WITH_SOURCE else None)
    yield from amount_facts(_amounts(rows, problems))


def _source(row: RsRow, column: str, text: str) -> Source:
    return Source(text=text, file=row.file, line=row.line, place=f"4-1、{column}")


def _amounts(rows: list[RsRow], problems: list[Diagnostic]) -> list[Amount]:
    """The amounts by account, each once."""
    found: dict[tuple[str, str | None], Quantity] = {}
    for row in rows:
        general = amount(row, GENERAL, None, "4-1", problems)
        if general is not None:
            found.setdefault(("一般会計", None), general)
        special = amount(row, SPECIAL, None, "4-1", problems)
        if special is not None:
            account = row.words("反映額（特別会計）－会計") or "特別会計"
            subaccount = row.words("反映額（特別会計）－勘定")
            found.setdefault((account, subaccount), special)
    return [(f"{account}{subaccount or ''}", each) for (account, subaccount), each in found.items()]


def _findings(rows: list[RsRow]) -> tuple[EarlierFinding, ...]:
    """The earlier findings, each once."""
    found: dict[tuple[str | None, ...], None] = {}
    for row in rows:
        for kind, year, finding in (
            (
                "過去に受けた指摘事項－区分",
                "過去に受けた指摘事項－取りまとめ年度",
                "過去に受けた指摘事項－取りまとめ内容",
            ),
            ("その他の指摘事項－調査等の名称", "その他の指摘事項－指摘年度", "その他の指摘事項－指摘内容"),
        ):
            answer = f"{kind.partition('－')[0]}－対応状況"
            told = tuple(row.words(column) for column in (kind, year, finding, answer))
            if any(told):
                found[told] = None
    return tuple(
        EarlierFinding(kind=kind, fiscal_year=year, finding=finding, answer=answer)
        for kind, year, finding, answer in found
    )
