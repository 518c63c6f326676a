"""One finding as markup, and the names by which the parts of a page point to each other."""

import re
from collections.abc import Mapping
from decimal import Decimal

from hyotei.audit.model import Finding
from hyotei.messages import Wording
from hyotei.report.finding_document import severity_said
from hyotei.report.markup import Html, element
from hyotei.report.rule_text import rule_key
from hyotei.rulebook.value_words import amount
from hyotei.sheet.fiscal_year_print import print_fiscal_year


def finding_item(each: Finding, number: int, rules: Mapping[str, str], say: Wording) -> Html:
    """An element of the list; the script of the page makes the same of the data. `rules` names rules by their keys."""
    key = rule_key(each)
    figures = [
        element("li", say("audit_page.figure_said", figure=figure.title, text=figure.text),
                element("span", say("finding.place", place=figure.place), class_="faint") if figure.place else "")
        for figure in each.figures
    ]  # fmt: skip
    facts: list[tuple[str, object]] = []
    if figures:
        facts.append((say("audit_page.figures"), element("ul", *figures)))
    facts += [(say("finding.doubt"), doubt.text) for doubt in each.doubts]
    if each.question:
        facts.append((say("finding.question"), each.question))
    if each.money is not None:
        facts.append((say("audit_report.sheet.money"), amount(Decimal(each.money), say.language)))
    if each.also:
        facts.append((say("finding.also"), say.listed(each.also)))
    facts.append((say("finding.rule"), element("a", rules.get(key, key), href=f"#{anchor(key)}")))
    where = f"{each.authority}　{print_fiscal_year(each.fiscal_year, say.language)}　{each.sheet}"
    severity = severity_said(each.severity, say)
    return element(
        "li",
        element("h3", element("span", severity, class_=f"tag {css_word(each.severity)}") if severity else "", " ",
                element("span", say.one_of("finding.state", each.state), class_="tag state") if each.state else "", " ",
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
