"""Records in the form of the JUDGIT! data set out of nothing, for benchmarks where the published data is not at hand.

    python benchmarks/judgit_synthetic.py FILE 26091

Keys, lengths of texts and literals of figures are of the same kind; the same bytes for the same number.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

KINDS = ("直接実施", "委託・請負", "補助", "交付")
MINISTRIES = ("総務省", "農林水産省", "厚生労働省", "国土交通省", "経済産業省", "文部科学省", "環境省", "外務省")
SENTENCE = "地域の関係者との意見交換を通じて施策に対する理解を深め、今後の適切な推進を図ることを目的とする。"
PARTS = ("当初予算", "補正予算", "前年度から繰越し", "翌年度へ繰越し", "予備費等")


def records(count: int) -> Iterator[dict[str, object]]:
    """So many records, in years of 5,000."""
    random = Random(2018)
    for number in range(count):
        yield record(random, 2015 + number // 5_000, number % 5_000)


def record(random: Random, published: int, number: int) -> dict[str, object]:
    """One programme of one year: five years of its budget, two outcomes and an activity."""
    ministry = MINISTRIES[number % len(MINISTRIES)]
    name = f"{number:04}"
    return {
        "sid": f"{published}/{ministry}/{name}", "ID": number, "事業ID": number, "公開年度": published, "事業名": f"事業{number}",
        "開始年度": random.choice((None, 1979, 2008)), "終了年度": random.choice((None, 2020)), "府省庁": ministry,
        "事業番号2": name, "担当部局庁": "官房", "担当課室": "総務課", "会計区分": ["一般会計"],
        "事業目的": SENTENCE * random.randint(1, 5),
        "事業概要": SENTENCE * random.randint(1, 6), "実施方法": [random.choice(KINDS)], "主要施策": ["その他"],
        "予算": [budget(random, year, published) for year in range(published - 3, published + 2)],
        "アウトカム": [outcome(random, published, each) for each in range(random.choice((0, 1, 1, 2, 3)))],
        "定量的な目標が設定できない理由": random.choice((None, SENTENCE)), "アウトプット": [activity(random, published)],
        "関連する過去のレビューシート": [], "事業番号": name,
    }  # fmt: skip


def budget(random: Random, year: int, published: int) -> dict[str, object]:
    if year > published:
        return {"年度": year, "要求額": random.randint(1, 9_999) / 10}
    amounts = [
        random.randint(1, 99_999) / 10,
        *(random.choice((0.0, 0.0, random.randint(-999, 999) / 10)) for _ in PARTS[1:]),
    ]
    found: dict[str, object] = {"年度": year, **dict(zip(PARTS, amounts, strict=True)), "予算計": sum(amounts)}
    if year < published:
        found["執行額"] = round(sum(amounts) * random.random(), 1)
    return found


def outcome(random: Random, published: int, number: int) -> dict[str, object]:
    points = [
        {
            "年度": year,
            "成果実績": random.choice((None, float(random.randint(0, 999)))),
            "目標値": float(random.randint(1, 999)),
        }
        for year in range(published - 3, published)
    ]
    return {
        "成果目標": SENTENCE, "成果指標": f"指標{number}の件数", "単位": random.choice(("件", "%", "人", "回")),
        "目標値": random.choice((None, 500.0)), "目標最終年度": random.choice((None, published + 2)), "成果実績": points,
    }  # fmt: skip


def activity(random: Random, published: int) -> dict[str, object]:
    points = [
        {"年度": year, "活動実績": float(random.randint(0, 99)), "当初見込み": float(random.randint(1, 99))}
        for year in range(published - 3, published)
    ]
    return {"活動指標": "開催回数", "単位": "回", "活動実績": points}


def write(file: Path, count: int) -> None:
    """Writes them as the data set is published: gzipped, one a line."""
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=3) as out:
        for each in records(count):
            out.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
