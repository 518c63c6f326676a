"""Recorded ratings against each other on the page: the strongest contradictions, both sheets side by side."""

from typing import Final

from hyotei.audit.rating_consistency import Consistency, Contradiction, JudgedSheet
from hyotei.report.audit_content import Content
from hyotei.report.audit_words import Say
from hyotei.report.markup import Head, Html, element, join, table

_REMOVED: Final = 50
"""Sheets whose removal would end all contradictions, on the page at most."""


def consistency_section(content: Content, say: Say) -> Html:
    """One part for each rulebook that says what is better, and why there is none for others."""
    notes = [element("p", note.message(content.language), class_="faint") for note in content.notes]
    return join([*(_of(each, say) for each in content.consistency), *notes])


def _of(each: Consistency, say: Say) -> Html:
    inputs = say("、", ", ").join(
        f"{of.title}（{'大きい' if of.rises else '小さい'}ほど良い）" if not say.english
        else f"{of.title} ({'more' if of.rises else 'less'} is better)"
        for of in each.inputs
    )  # fmt: skip
    parts = [
        element("h3", each.rulebook),
        element(
            "p",
            say(
                f"しきい値を使わずに、{inputs}だけで比べた。すべての項目で同じか良いのに、記載された評価区分が低い組を数える。",
                f"Compared without thresholds by {inputs}: "
                f"pairs in which a sheet is at least as good in everything and yet is recorded worse.",
            ),
        ),
        element(
            "p",
            say(
                f"比べた評価書 {each.sheets:,}件（数値が不明で比べなかったもの {each.left_out:,}件）、矛盾する組 {each.pairs:,}、"
                f"関わる評価書 {each.involved:,}件。少なくとも{len(each.removed):,}件を除けば矛盾はなくなる。",
                f"{each.sheets:,} sheets compared ({each.left_out:,} left out because figures are unknown), "
                f"{each.pairs:,} contradicting pairs "
                f"among {each.involved:,} sheets. Without {len(each.removed):,} sheets, and no fewer, none would be left.",
            ),
        ),
    ]
    if each.strongest:
        heads = [
            Head(say("低く記載された評価書", "recorded worse"), "text"), Head(say("記載", "recorded")), Head(say("値", "values")),
            Head(say("高く記載された評価書", "recorded better"), "text"), Head(say("記載", "recorded")), Head(say("値", "values")),
        ]  # fmt: skip
        caption = say("最も強い矛盾", "The strongest contradictions")
        parts.append(table(caption, heads, (_pair(pair, say) for pair in each.strongest)))
    if each.removed:
        names = [element("li", f"{of.sheet.id}　{of.sheet.title}　{of.recorded}") for of in each.removed[:_REMOVED]]
        more = len(each.removed) - len(names)
        if more:
            names.append(element("li", say(f"ほか{more:,}件（summary.json）", f"and {more:,} more (summary.json)")))
        label = say("除けば矛盾がなくなる評価書の例", "Sheets without which no contradiction is left")
        parts.append(element("details", element("summary", label), element("ul", *names)))
    return join(parts)


def _pair(pair: Contradiction, say: Say) -> list[object]:
    return [cell for side in (pair.wronged, pair.favoured) for cell in _side(side, say)]


def _side(sheet: JudgedSheet, say: Say) -> list[object]:
    name = element(
        "span",
        sheet.sheet.title,
        Html("<br>"),
        element("span", f"{sheet.sheet.authority} {sheet.sheet.id}", class_="faint"),
    )
    return [name, sheet.recorded, say("、", ", ").join(sheet.inputs)]
