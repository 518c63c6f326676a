"""The list of findings on the page with its filter; and the rules they name."""

from collections import Counter
from collections.abc import Mapping

from hyotei.messages import Wording
from hyotei.report.audit_content import Content
from hyotei.report.finding_document import SEVERITIES, STATES, severity_said
from hyotei.report.finding_markup import anchor, finding_item
from hyotei.report.findings_data import FindingsData
from hyotei.report.markup import Html, element, join
from hyotei.report.rule_text import rule_key, rule_names, rule_texts
from hyotei.sheet.fiscal_year_print import print_fiscal_year


def findings_section(content: Content, say: Wording) -> Html:
    """The filter, the first findings as markup, and all of them as data for the script, which shows them page by page."""
    if not content.shown:
        return element("p", say("audit_report.findings.none"))
    one_of_each = {rule_key(each): each for each in content.kept}
    rules = rule_names(one_of_each.values(), content.rulebooks, content.language)
    data = FindingsData(rules, say)
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("code", "severity", "authority", "year", "state")}
    for each in content.kept:
        data.add(each)
        told = {"code": each.code, "severity": each.severity, "authority": each.authority, "state": each.state}
        for name, value in {**told, "year": str(each.fiscal_year)}.items():
            counts[name][value] += 1
    held = counts["code"].total()
    total = content.summary.whole.findings
    note = say("audit_page.findings_weightiest_largest", held=held)
    if total > held:
        note = say("audit_page.weightiest_this_page", total=total, held=held)
    listed = [finding_item(each, number, rules, say) for number, each in enumerate(content.shown, 1)]
    if held > len(listed):
        scripts = say("audit_page.scripts_do_not", listed=len(listed))
        note = f"{note} "
    else:
        scripts = ""
    return join(
        [
            element("p", note, element("noscript", scripts) if scripts else ""),
            _filter(counts, say),
            element(
                "p",
                id="printed",
                class_="paper",
                data_form=say("audit_page.printed_first_fit"),
                data_none=say("common.none"),
            ),
            element("ol", join(listed), class_="findings"),
            _pager(say),
            data.script(),
        ]
    )


def rules_section(content: Content, say: Wording) -> Html:
    """The rules that the findings name."""
    parts = []
    one_of_each = {rule_key(each): each for each in content.kept}
    for rule in rule_texts(one_of_each.values(), content.rulebooks, content.language):
        asks = [element("li", ask) for ask in rule.asks]
        parts.append(
            element(
                "section",
                element("h3", f"{rule.title} ", element("span", rule.key, class_="hash")),
                element("p", rule.says) if rule.says else "",
                element("ul", *asks) if asks else "",
                element("p", say("audit_page.standing"), say.one_of("common.standing", rule.standing), class_="faint"),
                id=anchor(rule.key),
            )
        )
    if not parts:
        return Html("")
    lead = say("audit_page.finding_made_sheets")
    return join([element("p", lead), element("div", join(parts), class_="rules")])


def _filter(counts: Mapping[str, Counter[str]], say: Wording) -> Html:
    """Hidden until the script shows it, because without one it would do nothing. Each choice tells how many it leaves."""

    def choice(name: str, label: str, shown: Mapping[str, str]) -> Html:
        options = [
            element("option", say("audit_page.all"), value=""),
            *(
                element("option", say("audit_page.choice", word=word, count=counts[name][value]), value=value)
                for value, word in shown.items()
                if counts[name][value]
            ),
        ]
        return element("label", label, element("select", *options, name=name)) if len(options) > 1 else Html("")

    def same(name: str) -> dict[str, str]:
        return {value: value for value in sorted(counts[name]) if value}

    years = {year: print_fiscal_year(int(year), say.language) for year in sorted(counts["year"])}
    severities = {each: severity_said(each, say) for each in (*SEVERITIES, *sorted(counts["severity"])) if each}
    states = {key: say.one_of("finding.state", key) for key in STATES}
    return element(
        "form",
        element("label", say("audit_page.words"), Html('<input name="words" type="search" autocomplete="off">')),
        choice("severity", say("audit_report.kinds.severity"), severities),
        choice("code", say("audit_report.kinds.code"), same("code")),
        choice("authority", say("audit_page.authority"), same("authority")),
        choice("year", say("audit_page.year"), years),
        choice(
            "state",
            say("audit_page.state"),
            states,
        ),
        element("button", say("audit_page.clear"), type="reset"),
        element("output", id="count", data_form=say("audit_page.count_shown"), aria_live="polite"),
        class_="filter",
        role="search",
        aria_label=say("audit_page.filter_findings"),
        hidden="",
    )


def _pager(say: Wording) -> Html:
    return element(
        "nav",
        element("button", say("audit_page.back"), type="button"),
        element("output", aria_live="polite"),
        element("button", say("audit_page.next"), type="button"),
        class_="pager",
        aria_label=say("audit_page.pages_findings"),
        hidden="",
    )
