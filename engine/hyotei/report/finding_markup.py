"""One finding as markup, and the names by which the parts of a page point to each other."""

import re
from decimal import Decimal

from hyotei.audit.model import Finding
from hyotei.report.audit_words import DOUBT, SEVERITIES, STATES, Say
from hyotei.report.markup import Html, element
from hyotei.report.rule_text import rule_key
from hyotei.rulebook.value_words import amount
from hyotei.sheet.fiscal_year import print_fiscal_year


def finding_item(each: Finding, number: int, say: Say) -> Html:
    """An element of the list; the script of the page makes the same of the data."""
    key = rule_key(each)
    figures = [
        element("li", say(f"{figure.title}：{figure.text}", f"{figure.title}: {figure.text}"),
                element("span", say(f"（{figure.place}）", f" ({figure.place})"), class_="faint") if figure.place else "")
        for figure in each.figures
    ]  # fmt: skip
    facts: list[tuple[str, object]] = []
    if figures:
        facts.append((say("数値", "figures"), element("ul", *figures)))
    facts += [(say.pair(DOUBT), doubt) for doubt in each.doubts]
    if each.question:
        facts.append((say("尋ねること", "ask"), each.question))
    if each.money is not None:
        facts.append((say("予算額", "budget"), amount(Decimal(each.money), say.language)))
    if each.also:
        facts.append((say("同じことを述べる指摘", "the same as"), say("、", ", ").join(each.also)))
    facts.append((say("規則", "rule"), element("a", key, href=f"#{anchor(key)}", class_="hash")))
    where = f"{each.authority}　{print_fiscal_year(each.fiscal_year, say.language)}　{each.sheet}"
    severity = say.of(SEVERITIES, each.severity)
    return element(
        "li",
        element("h3", element("span", severity, class_=f"tag {css_word(each.severity)}") if severity else "", " ",
                element("span", say.pair(STATES[each.state]), class_="tag state") if each.state else "", " ",
                element("span", each.code, class_="hash"), " ", each.title),
        element("p", where, class_="faint"),
        element("p", element("strong", each.subject), " " if each.subject else "", each.message),
        element("dl", *(part for name, value in facts for part in (element("dt", name), element("dd", value)))),
        id=f"f{number}",
        class_=css_word(each.severity) or None,
    )  # fmt: skip


def css_word(severity: str) -> str:
    """A severity as the name of a class; an analyst may have given scales of their own."""
    return severity if re.fullmatch(r"[a-z_]+", severity) else ""


def anchor(key: str) -> str:
    """The anchor of a rule; names may hold anything but what an address cannot."""
    return "rule-" + re.sub(r"[^\w.-]", "-", key)
