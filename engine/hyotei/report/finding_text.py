"""One finding explained for a terminal: the figures that decided with their places, and what its rule asks."""

from collections.abc import Iterator, Mapping

from hyotei.audit.model import Finding
from hyotei.messages import Language
from hyotei.report.audit_words import DOUBT, SEVERITIES, STANDINGS, Say
from hyotei.report.rule_text import rule_texts
from hyotei.report.styled_lines import Line, wrapped
from hyotei.rulebook.model import Rulebook
from hyotei.sheet.fiscal_year import print_fiscal_year


def finding_text(finding: Finding, rulebooks: Mapping[str, Rulebook], language: Language) -> Iterator[Line]:
    """The lines of one finding; `rulebooks` are by hash."""
    say = Say(language)
    year = print_fiscal_year(finding.fiscal_year, language)
    severity = say.of(SEVERITIES, finding.severity)
    yield "bad" if finding.severity == "serious" else "title", f"[{severity}] {finding.code}  {finding.title}"
    yield "faint", f"{finding.authority}　{year}　{finding.sheet}"
    if finding.subject:
        yield "plain", finding.subject
    yield from wrapped("", finding.message, "")
    yield "plain", ""
    yield "title", say("■ 決め手となった数値", "The figures that decided")
    for figure in finding.figures:
        text = say(f"{figure.title}：{figure.text}", f"{figure.title}: {figure.text}")
        yield from wrapped("  ", text, "    ")
        if figure.place:
            yield from wrapped("      ", figure.place, "      ")
    for rule in rule_texts([finding], rulebooks, language):
        yield "plain", ""
        standing = say.of(STANDINGS, rule.standing)
        yield "title", say(f"■ 規則 {rule.key}（{standing}）", f"The rule {rule.key} ({standing})")
        yield from wrapped("  ", rule.title if rule.asks else rule.says, "  ")
        for ask in rule.asks:
            yield from wrapped("  ・", ask, "    ")
    for doubt in finding.doubts:
        yield "plain", ""
        yield from wrapped(say(f"{DOUBT[0]}：", f"{DOUBT[1]}: "), doubt, "  ")
    if finding.also:
        codes = say("、", ", ").join(finding.also)
        yield "faint", say(f"同じことを述べる指摘：{codes}", f"the same as {codes}")
    if finding.question:
        yield "plain", ""
        yield from wrapped(say("尋ねること：", "ask: "), finding.question, "  ")
