"""The constructs of docs/rulebook.md as patterns, to see which of them drawn documents have."""

import re
from typing import Final

_CELL = r"(?:^|\n)\|[^\n]*"

CONSTRUCTS: Final[dict[str, str]] = {
    # Tables, headings, front matter
    **{
        f"policy {policy}": rf"\n\| {re.escape(policy)} \|"
        for policy in ("F", "U", "A", "P", "C", "C+", "C#", "C<", "C>")
    },
    **{
        f"scope {words}": rf"— {words}\n"
        for words in (
            "for each measure",
            "測定値ごと",
            "内訳ごと",
            "for each year",
            "年ごと",
            "測定値の年ごと",
            "for each indicator",
            "測定指標ごと",
            "指標ごと",
            "for each objective",
            "施策目標ごと",
            "for each budget year",
            "予算年度ごと",
            "年度ごと",
            "for the sheet",
            "評価書全体",
            "評価書ごと",
        )
    },
    "heading of a lower level": r"\n##+ ",
    "heading without a decision": r"\n#+ [^`\n]*\n",
    "table without inputs": r"\n\| \S+ \| \*\*",
    "several outputs": r"\*\* \| \*\*",
    "annotation": r"\| \*理由\*",
    "standing of a decision": r"\n- standing: ",
    "source of a row": r"\| \*source\*",
    "question of a row": r"\| \*question\*",
    "formula in backticks": r"\n```",
    "formula indented": r"\n    \S",
    "formula over lines": r"\n    [^\n]*\n    +\S",
    "escaped bar": r"\\\|",
    **{
        f"division {word}": rf"\ndivision: {word}"
        for word in ("exact", "floor", "ceiling", "up", "down", "half_up", "half_down", "half_even", "five_down")
    },
    "scale with meanings": r"\n  \w+:\n    \"",
    "scale as a list": r"\n  \w+: \[",
    "parameter alone": r"\n  p\d: \S",
    "parameter with keys": r"\n    label: ",
    "parameter by years": r"\n    \.\.2011: ",
    "parameter that is a text": r": '\"",
    # Cells
    **{
        f"cell {word}": rf"{_CELL}{word}"
        for word in (
            "以上",
            "から",
            "以降",
            "超",
            "超過",
            "を超える",
            "を上回る",
            "より大きい",
            "より多い",
            "以下",
            "以内",
            "まで",
            "以前",
            "未満",
            "を下回る",
            "に満たない",
            "より小さい",
            "より少ない",
            "以外",
            "任意",
            "不明",
            "かつ",
            "または",
            "・",
            "、",
        )
    },
    **{
        f"cell {sign}": rf"{_CELL}\| [^|`]*{re.escape(sign)}"
        for sign in (
            ">=",
            "<=",
            ">",
            "<",
            "= ",
            "!= ",
            "≧",
            "≦",
            "≠",
            "[",
            "(",
            "..",
            "~",
            "not(",
            " and ",
            " or ",
        )
    },
    "cell that opens with ]": rf"{_CELL}[|,、・] ?\][^|]*\.\.",
    "cell that closes with [": rf"{_CELL}\.\.[^|\]`]*\[ ?[|,、・]",
    "cell that negates all": rf"{_CELL}\| not\([^|]*\) \|",
    "cell of a reason": rf"{_CELL}unknown\((?:unsettled|unmeasured|missing|undefined|qualitative|unread)\)",
    "cell of a reason in Japanese": (
        rf"{_CELL}不明\((?:未確定|未測定|記載なし|欠測|定義不能|定義できない|定性的|定性|未読取|読取不能)\)"
    ),
    "cell in full width": rf"{_CELL}[０-９]",
    "cell with thousands": rf"{_CELL}\d,\d\d\d",
    "cell with a power of ten": rf"{_CELL}\d[百千万億兆]",
    "cell with a short year": rf"{_CELL}[ ([]H\d\d",
    "cell with a counter": rf"{_CELL}\d(?:回|件|人)",
    "cell with a unit at the upper end only": rf"{_CELL}\| \d+[~～]\d+[%回件]",
    "cell with an era at the lower end only": rf"{_CELL}平成\d+[~～]\d+年度",
    "cell with a name": rf"{_CELL}\| (?:[<>]=? ?)?(?:p\d|しきい値\d)",
    "cell with an expression": rf"{_CELL}`\(?[^|`]* [-+*/] [^|`]*`",
    "cell of an expression with a word": rf"{_CELL}` ?以上",
    "cell of a truth": rf"{_CELL}\| (?:true|false) \|",
    "cell of a text": rf"{_CELL}\| \"[^|\"]*\" \|",
    "cell that looks into a text": rf"{_CELL}(?:を含む|で始まる|contains \"|starts with \")",
    "cell in Japanese of a scale from the start": rf"{_CELL}(?:増加|減少|維持|一部達成|未達成|総額)",
    # Output cells
    "output unknown": rf"{_CELL}\| (?:unknown|不明) \|",
    "output computed": rf"{_CELL}\| `[^|]*` \|",
    "output of no declared scale": r"\| (?:big|small)_\w+ \|",
    # Expressions
    **{
        f"function {name}": rf"{name}\("
        for name in (
            "count",
            "sum",
            "min",
            "max",
            "mean",
            "all",
            "any",
            "not",
            "abs",
            "floor",
            "ceiling",
            "decimal",
            "round up",
            "round down",
            "round half up",
            "round half down",
            "round half even",
            "round five down",
            "best",
            "worst",
            "raise",
            "lower",
            "as ratio",
            "contains",
            "starts with",
        )
    },
    **{
        f"operator {word}": rf"\) ?{re.escape(word)} |\w {re.escape(word)} "
        for word in ("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "between", "in")
    },
    "if": r"\(if ",
    "sign": r"[ (]-[a-z(]",
    "in a list": r" in \(",
    "in a range": r" in [\[\]]",
    "equal to unknown": r" !?= unknown\b",
    "unknown on the left": r"\(unknown(?:\(\w+\))? !?= ",
    "list": r"(?:measures|indicators|objectives|budget_years)\.\w",
    "list of lists": r"(?:indicators|objectives)(?:\[[^\]]*\])?\.(?:measures|indicators)",
    "list of what lies around": r"(?:sheet|objective|indicator)\.(?:measures|indicators|objectives|budget_years)",
    "filter": r"(?:measures|indicators|objectives|budget_years)\[\(",
    "filter of a filter": r"\)\]\[\(",
    "position": r"\[1\]\.",
    "position from the end": r"\[-1\]\.",
    "position in a filter": r"\)\]\[-?\d\]\.",
    "position beyond": r"\[9\]\.",
    "figure of what lies around a position": r"\[-?\d\]\.(?:objective|indicator|sheet)\.",
    "figure of what lies around": r"(?:sheet|objective|indicator|measure|budget_year)\.\w",
    "what lies outside of a filter": r"\[[^\]]*(?:this|自身)\.",
    "years of a measure": r"\byears(?:\.\w|\[)",
    "latest year": r"(?:latest|直近)\.\w",
    "year before": r"(?:previous|前の年)\.\w",
    "position in a list held against what lies outside": r"(?:this|自身)\.[^\]]*\]\[-?\d\]",
    "list calculated with": r"(?:measures|indicators|objectives|budget_years)\.\w[\w.]* [*/] ",
    "list held against a value": r"(?:measures|indicators|objectives|budget_years)\.[\w.]+ [<>=!]+",
    "value held against a list": r"[<>=!]+ (?:\w+\.)*(?:measures|indicators|objectives|budget_years)(?:\[[^\]]*\])?\.",
    "output by its name": r"\b(?:d|判定|share_)\d\.\w",
    "two values of a scale": r"recorded\.\w+ [<>]=? \w*\.?\w",
}
"""For each construct a pattern that finds it in a document."""


def constructs(text: str) -> set[str]:
    """The constructs that a document has."""
    return {name for name, pattern in CONSTRUCTS.items() if re.search(pattern, text)}
