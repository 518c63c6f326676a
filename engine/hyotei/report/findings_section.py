"""The list of findings on the page, each with its figures, its rule and its question; and the rules they name."""

import re
from decimal import Decimal

from hyotei.audit.model import Finding
from hyotei.report.audit_content import Content
from hyotei.report.markup import Html, element, join
from hyotei.report.rule_text import rule_key, rule_texts
from hyotei.report.say import SEVERITIES, STANDINGS, Say
from hyotei.rulebook.wording import amount
from hyotei.sheet.fiscal_year import print_fiscal_year


def findings_section(content: Content, say: Say) -> Html:
    """The filter and the list."""
    if not content.shown:
        return element("p", say("指摘はない。", "There are no findings."))
    total, shown = content.summary.whole.findings, len(content.shown)
    note = say(
        f"{shown:,}件。重いもの、予算の多いものから並べる。",
        f"{shown:,} findings, the weightiest and largest budgets first.",
    )
    if total > shown:
        note = say(
            f"全{total:,}件のうち、重いもの、予算の多いものから{shown:,}件を示す。"
            "すべては findings.xlsx と findings.ndjson にある。",
            f"The {shown:,} weightiest of {total:,}, by severity and budget. All are in findings.xlsx and findings.ndjson.",
        )
    return join(
        [
            element("p", note),
            _filter(content, say),
            element(
                "ol",
                join(_finding(each, number, say) for number, each in enumerate(content.shown, 1)),
                class_="findings",
            ),
        ]
    )


def rules_section(content: Content, say: Say) -> Html:
    """The rules that the findings shown name."""
    parts = []
    for rule in rule_texts(content.shown, content.rulebooks, content.language):
        asks = [element("li", ask) for ask in rule.asks]
        parts.append(
            element(
                "section",
                element("h3", f"{rule.title} ", element("span", rule.key, class_="hash")),
                element("p", rule.says) if rule.says else "",
                element("ul", *asks) if asks else "",
                element("p", say("位置づけ：", "standing: "), say.of(STANDINGS, rule.standing), class_="faint"),
                id=_anchor(rule.key),
            )
        )
    if not parts:
        return Html("")
    lead = say(
        "指摘は、次の条件がすべて成り立つ評価書についてなされた。条件を変えるには評価基準書の表を直す。",
        "A finding was made of sheets for which all of these hold. Edit the tables of the rulebook to change them.",
    )
    return join([element("p", lead), element("div", join(parts), class_="rules")])


def _filter(content: Content, say: Say) -> Html:
    """Hidden until the script shows it, because without one it would do nothing."""
    findings = content.shown

    def choice(name: str, label: str, values: list[tuple[str, str]]) -> Html:
        options = [
            element("option", say("すべて", "all"), value=""),
            *(element("option", shown, value=value) for value, shown in values),
        ]
        return element("label", label, element("select", *options, name=name))

    years = sorted({each.fiscal_year for each in findings})
    severities = dict.fromkeys(each.severity for each in findings if each.severity)
    form = say("{all}件中 {shown}件を表示", "{shown} of {all} shown")
    return element(
        "form",
        element("label", say("語", "words"), Html('<input name="words" type="search" autocomplete="off">')),
        choice("kind", say("種類", "kind"), [(code, code) for code in sorted({each.code for each in findings})]),
        choice("severity", say("重さ", "severity"), [(each, say.of(SEVERITIES, each)) for each in severities]),
        choice(
            "authority",
            say("府省", "ministry"),
            [(each, each) for each in sorted({each.authority for each in findings})],
        ),
        choice("year", say("年度", "year"), [(str(each), print_fiscal_year(each, say.language)) for each in years]),
        element("button", say("絞り込みを解く", "clear"), type="reset"),
        element("output", id="count", data_form=form, aria_live="polite"),
        class_="filter",
        role="search",
        aria_label=say("指摘の絞り込み", "Filter findings"),
        hidden="",
    )


def _finding(each: Finding, number: int, say: Say) -> Html:
    key = rule_key(each)
    figures = [
        element("li", say(f"{figure.title}：{figure.text}", f"{figure.title}: {figure.text}"),
                element("span", say(f"（{figure.place}）", f" ({figure.place})"), class_="faint") if figure.place else "")
        for figure in each.figures
    ]  # fmt: skip
    facts: list[tuple[str, object]] = []
    if figures:
        facts.append((say("数値", "figures"), element("ul", *figures)))
    if each.question:
        facts.append((say("尋ねること", "ask"), each.question))
    if each.money is not None:
        facts.append((say("予算額", "budget"), _money(each.money, say)))
    facts.append((say("規則", "rule"), element("a", key, href=f"#{_anchor(key)}", class_="hash")))
    where = f"{each.authority}　{print_fiscal_year(each.fiscal_year, say.language)}　{each.sheet}"
    severity = say.of(SEVERITIES, each.severity)
    return element(
        "li",
        element("h3", element("span", severity, class_=f"tag {_word(each.severity)}") if severity else "", " ",
                element("span", each.code, class_="hash"), " ", each.title),
        element("p", where, class_="faint"),
        element("p", element("strong", each.subject), " " if each.subject else "", each.message),
        element("dl", *(part for name, value in facts for part in (element("dt", name), element("dd", value)))),
        id=f"f{number}",
        class_=_word(each.severity) or None,
        data_kind=each.code,
        data_severity=each.severity,
        data_authority=each.authority,
        data_year=str(each.fiscal_year),
    )  # fmt: skip


def _money(money: str, say: Say) -> str:
    return amount(Decimal(money), say.language)


def _word(severity: str) -> str:
    """A severity as the name of a class; an analyst may have given scales of their own."""
    return severity if re.fullmatch(r"[a-z_]+", severity) else ""


def _anchor(key: str) -> str:
    """The anchor of a rule; names may hold anything but what an address cannot."""
    return "rule-" + re.sub(r"[^\w.-]", "-", key)
