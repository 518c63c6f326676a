"""Small records in the form of the JUDGIT! data set, as text, because the literals of figures are what matters."""

import json

EXECUTED = ("当初予算", "補正予算", "前年度から繰越し", "翌年度へ繰越し", "予備費等", "予算計", "執行額")


def executed(year: int, *literals: str) -> str:
    """A year in the executed shape, with these literals in the order of `EXECUTED`; six of them make the current shape."""
    return json.dumps({"年度": year}, ensure_ascii=False)[:-1] + "".join(
        f', "{key}": {value}' for key, value in zip(EXECUTED, literals, strict=False)
    ) + "}"  # fmt: skip


def outcome(
    points: str = "", unit: str = "件", goal: str = "目標", name: str = "指標", final: str = "null", year: str = "null"
) -> str:
    """An outcome with its points as JSON text."""
    start = json.dumps({"成果目標": goal, "成果指標": name, "単位": unit}, ensure_ascii=False)[:-1]
    return f'{start}, "目標値": {final}, "目標最終年度": {year}, "成果実績": [{points}]}}'


def point(year: int, target: str, actual: str) -> str:
    return f'{{"年度": {year}, "成果実績": {actual}, "目標値": {target}}}'


def record(
    budget: str = "", outcomes: str = "", outputs: str = "", published: int = 2018, number: str = "0001", more: str = ""
) -> str:
    """One record on one line."""
    start = json.dumps(
        {"公開年度": published, "事業名": "事業", "府省庁": "総務省", "事業番号": number, "事業目的": "目的"},
        ensure_ascii=False,
    )[:-1]
    return f'{start}{more}, "予算": [{budget}], "アウトカム": [{outcomes}], "アウトプット": [{outputs}]}}'
