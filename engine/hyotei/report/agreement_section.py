"""Recorded beside derived results on the page: how they stand to each other, the matrix, and the sheets that disagree."""

from hyotei.audit.summary import Compared
from hyotei.report.audit_content import Content
from hyotei.report.audit_words import AGREEMENTS, OUTPUTS, Say
from hyotei.report.markup import Head, Html, element, join, table, text


def agreement_section(content: Content, say: Say) -> Html:
    """For each result the counts, the matrix and the agreement beyond chance."""
    return join(
        _compared(output, compared, content.summary.scale(output), say)
        for output, compared in content.summary.whole.results.items()
    )


def _compared(output: str, compared: Compared, scale: tuple[str, ...], say: Say) -> Html:
    name = say.of(OUTPUTS, output)
    parts: list[Html] = [element("h3", name)]
    rows = [
        (say.pair(words), f"{compared.agreements[key]:,}")
        for key, words in AGREEMENTS.items()
        if compared.agreements[key]
    ]
    tables = [
        table(
            say(f"{name}：記載は導いた結果とどうか", f"{name}: how the recorded stands to the derived"),
            [Head(say("区分", "kind")), Head(say("評価書", "sheets"), "n")],
            rows,
        )
    ]
    if compared.matrix:
        most = max(compared.matrix.values())
        tables.append(
            table(
                say(f"{name}：記載（行）と導いた結果（列）", f"{name}: recorded (rows) by derived (columns)"),
                [Head(say("記載＼導出", "recorded \\ derived")), *(Head(value, "n") for value in scale)],
                ([one, *(_heat(compared.matrix[one, other], most, one == other) for other in scale)] for one in scale),
            )
        )
    parts.append(element("div", *tables, class_="beside"))
    kappa = compared.kappa(scale)
    if kappa is not None:
        interval = f"{kappa.low:.3f}" + say("～", " to ") + f"{kappa.high:.3f}"
        parts.append(
            element(
                "p",
                say(
                    f"重み付きκ {kappa.value:.3f}（線形の重み、95%区間 {interval}、{kappa.pairs:,}件）。"
                    "1は完全な一致、0は偶然なみ。",
                    f"Weighted kappa {kappa.value:.3f} (linear weights, 95% interval {interval}, {kappa.pairs:,} sheets). "
                    "1 is complete agreement, 0 what chance gives.",
                ),
            )
        )
    if compared.better or compared.worse:
        parts.append(
            element(
                "p",
                say(
                    f"記載のほうが良いもの {compared.better:,}件、悪いもの {compared.worse:,}件。",
                    f"Recorded better than derived: {compared.better:,}; worse: {compared.worse:,}.",
                ),
            )
        )
    return join(parts)


def _heat(count: int, most: int, same: bool) -> Html:
    """A cell of the matrix, the deeper the more sheets; the diagonal is where both are the same."""
    depth = count * 55 // most
    style = f"background: rgba(var(--heat), 0.{depth:02})" if count else None
    return element("td", f"{count:,}", class_="n same" if same else "n", style=style)


def disagreements_section(content: Content, say: Say) -> Html:
    """The sheets that record something else, the furthest apart first, with why and why not."""
    if not content.disagreements:
        return Html("")
    rows = []
    for each in content.disagreements:
        audit, comparison = each.audit, each.comparison
        sheet = element(
            "span",
            audit.sheet.title,
            Html("<br>"),
            element("span", f"{audit.sheet.authority} {audit.sheet.fiscal_year} {audit.sheet.id}", class_="faint"),
        )
        why = join([comparison.why, comparison.why_not], "<br>") if comparison.why_not else text(comparison.why)
        rows.append(
            (
                sheet,
                say.of(OUTPUTS, comparison.output),
                comparison.recorded or "",
                comparison.derived or "",
                say.pair(AGREEMENTS[comparison.agreement]),
                why,
            )
        )  # fmt: skip
    heads = [
        Head(say("評価書", "sheet"), "text"), Head(say("項目", "result"), "nowrap"), Head(say("記載", "recorded")),
        Head(say("導出", "derived")), Head(say("区分", "kind")), Head(say("理由", "why, and why not"), "text"),
    ]  # fmt: skip
    note = ""
    if content.disagreeing > len(rows):
        note = say(
            f"差の大きいもの、予算の多いものから{len(rows):,}件を示す（全{content.disagreeing:,}件は findings.xlsx にある）。",
            f"The {len(rows):,} furthest apart and largest are shown; all {content.disagreeing:,} are in findings.xlsx.",
        )
    shown = table(
        say("記載が導いた結果と違う評価書", "Sheets that record something else than was derived"), heads, rows
    )
    return join([element("p", note) if note else "", shown])
