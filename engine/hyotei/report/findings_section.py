"""The list of findings on the page with its filter; and the rules they name."""

from collections import Counter
from collections.abc import Mapping

from hyotei.report.audit_content import Content
from hyotei.report.audit_words import SEVERITIES, STANDINGS, STATES, Say
from hyotei.report.finding_markup import anchor, finding_item
from hyotei.report.findings_data import FindingsData
from hyotei.report.markup import Html, element, join
from hyotei.report.rule_text import rule_key, rule_texts
from hyotei.sheet.fiscal_year import print_fiscal_year


def findings_section(content: Content, say: Say) -> Html:
    """The filter, the first findings as markup, and all of them as data for the script, which shows them page by page."""
    if not content.shown:
        return element("p", say("指摘はない。", "There are no findings."))
    data = FindingsData(say)
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("code", "severity", "authority", "year", "state")}
    for each in content.kept:
        data.add(each)
        told = {"code": each.code, "severity": each.severity, "authority": each.authority, "state": each.state}
        for name, value in {**told, "year": str(each.fiscal_year)}.items():
            counts[name][value] += 1
    held = counts["code"].total()
    total = content.summary.whole.findings
    note = say(
        f"{held:,}件。重いもの、予算の多いものから並べる。",
        f"{held:,} findings, the weightiest and largest budgets first.",
    )
    if total > held:
        note = say(
            f"全{total:,}件のうち、重いもの、予算の多いものから{held:,}件がこのページにある。"
            "すべては findings.xlsx と findings.ndjson にある。",
            f"The {held:,} weightiest of {total:,} are in this page. All are in findings.xlsx and findings.ndjson.",
        )
    listed = [finding_item(each, number, say) for number, each in enumerate(content.shown, 1)]
    if held > len(listed):
        scripts = say(
            f"スクリプトが動かないので、はじめの{len(listed):,}件だけを示す。",
            f"Scripts do not run, so only the first {len(listed):,} are shown.",
        )
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
                data_form=say(
                    "印刷：全{all}件のうち、絞り込み（{filter}）に当たる{found}件の、はじめの{printed}件。",
                    "Printed: the first {printed} of {found} that fit the filter ({filter}), of {all} in all.",
                ),
                data_none=say("なし", "none"),
            ),
            element("ol", join(listed), class_="findings"),
            _pager(say),
            data.script(),
        ]
    )


def rules_section(content: Content, say: Say) -> Html:
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
                element("p", say("位置づけ：", "standing: "), say.of(STANDINGS, rule.standing), class_="faint"),
                id=anchor(rule.key),
            )
        )
    if not parts:
        return Html("")
    lead = say(
        "指摘は、次の条件がすべて成り立つ評価書についてなされた。条件を変えるには評価基準書の表を直す。",
        "A finding was made of sheets for which all of these hold. Edit the tables of the rulebook to change them.",
    )
    return join([element("p", lead), element("div", join(parts), class_="rules")])


def _filter(counts: Mapping[str, Counter[str]], say: Say) -> Html:
    """Hidden until the script shows it, because without one it would do nothing. Each choice tells how many it leaves."""

    def choice(name: str, label: str, shown: Mapping[str, str]) -> Html:
        options = [
            element("option", say("すべて", "all"), value=""),
            *(
                element("option", f"{word}{say('（', ' (')}{counts[name][value]:,}{say('）', ')')}", value=value)
                for value, word in shown.items()
                if counts[name][value]
            ),
        ]
        return element("label", label, element("select", *options, name=name)) if len(options) > 1 else Html("")

    def same(name: str) -> dict[str, str]:
        return {value: value for value in sorted(counts[name]) if value}

    years = {year: print_fiscal_year(int(year), say.language) for year in sorted(counts["year"])}
    severities = {each: say.of(SEVERITIES, each) for each in (*SEVERITIES, *sorted(counts["severity"])) if each}
    states = {key: say.pair(words) for key, words in STATES.items()}
    return element(
        "form",
        element("label", say("語", "words"), Html('<input name="words" type="search" autocomplete="off">')),
        choice("severity", say("重さ", "severity"), severities),
        choice("code", say("種類", "kind"), same("code")),
        choice("authority", say("府省", "ministry"), same("authority")),
        choice("year", say("年度", "year"), years),
        choice(
            "state",
            say("前の報告と比べて", "against the earlier report"),
            states,
        ),
        element("button", say("絞り込みを解く", "clear"), type="reset"),
        element("output", id="count", data_form=say("{all}件中 {shown}件", "{shown} of {all}"), aria_live="polite"),
        class_="filter",
        role="search",
        aria_label=say("指摘の絞り込み", "Filter findings"),
        hidden="",
    )


def _pager(say: Say) -> Html:
    return element(
        "nav",
        element("button", say("前へ", "back"), type="button"),
        element("output", aria_live="polite"),
        element("button", say("次へ", "next"), type="button"),
        class_="pager",
        aria_label=say("指摘のページ", "Pages of findings"),
        hidden="",
    )
