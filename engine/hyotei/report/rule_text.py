"""The rules that findings name, as a person reads them: the row of its table in words, with its boundaries and its reason."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hyotei.audit.input_orientation import constant
from hyotei.audit.model import Finding, RuleRef
from hyotei.lazy_dataclass import dataclass
from hyotei.messages import InEach, Language, wording
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_words import term_text, term_title
from hyotei.rulebook.terms import Check, Constant, Term
from hyotei.rulebook.types import Type
from hyotei.rulebook.value_words import check_text
from hyotei.rulebook.values import Scalar

BUILT_IN: Final = (
    "RS-F20", "MY-target_removed", "MY-target_lowered", "MY-target_replaced", "MY-final_target_removed",
    "MY-final_target_lowered", "MY-final_target_replaced", "MY-actual_rewritten", "MY-missed_running",
)  # fmt: skip
"""The findings that are no row of a rulebook, because they take more than one sheet."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as it is shown: its key, how it is known, what it asks, and the words of whoever wrote it.

    `row` is of which row of its table, None where it is no row of a rulebook.
    """

    key: str
    rulebook: str
    title: str
    standing: str
    asks: tuple[str, ...]
    says: str
    row: int | None = None


def rule_key(finding: Finding) -> str:
    """The name of a finding's rule: rulebook, decision and row, or `hyotei/CODE` where it is no row of a rulebook."""
    return f"hyotei/{finding.code}" if finding.rule is None else str(finding.rule)


def rule_names(findings: Iterable[Finding], rulebooks: Mapping[str, Rulebook], language: Language) -> dict[str, str]:
    """By the key of each rule of the findings, what people call it: the title of its table, and its row."""
    say = wording(language)
    return {
        each.key: each.title if each.row is None else say("finding_rules.row", title=each.title, row=each.row)
        for each in rule_texts(findings, rulebooks, language)
    }


def rule_texts(
    findings: Iterable[Finding], rulebooks: Mapping[str, Rulebook], language: Language
) -> Iterator[RuleText]:
    """The rules of the findings, each once, in the order in which they are met."""
    seen: set[str] = set()
    for finding in findings:
        key = rule_key(finding)
        if key in seen:
            continue
        seen.add(key)
        if finding.rule is None:
            say, name = wording(language), finding.code.lower().replace("-", "_")
            asks = say.one_of("finding_rules.asks", name) if finding.code in BUILT_IN else finding.message
            yield RuleText(key, "hyotei", say("finding_rules.title"), "draft", (), asks)
        elif finding.rule.hash in rulebooks:
            yield _row(key, finding.rule, rulebooks[finding.rule.hash], finding.fiscal_year, language)


def _row(key: str, rule: RuleRef, rulebook: Rulebook, fiscal_year: int, language: Language) -> RuleText:
    decision = rulebook.by_name[rule.decision]
    assert isinstance(decision.body, Table), "findings are rows of tables"
    row = decision.body.rows[rule.row - 1]
    asks = []
    for column, check in zip(decision.body.inputs, row.checks, strict=True):
        if not check.anything:
            text = cell_said(check, column.type, rulebook, fiscal_year, language)
            asks.append(f"{term_title(column.term, rulebook, language)}: {text}")
    english = rulebook.english
    title = InEach(decision.title, english.get(decision.title, decision.name)).text(language)
    reason = InEach(row.annotation, english.get(row.annotation, row.annotation)).text(language)
    return RuleText(key, rulebook.id, title, rule.standing, tuple(asks), reason, rule.row)


def cell_said(check: Check, of: Type, rulebook: Rulebook, fiscal_year: int, language: Language) -> str:
    """What a cell asks of a column of that type, its ends as values of the fiscal year."""
    return check_text(check, of, lambda term: _end(term, rulebook, fiscal_year, language), language)


def _end(term: Term, rulebook: Rulebook, fiscal_year: int, language: Language) -> Scalar:
    """A boundary: its value where it is the same for all sheets, else the expression in words."""
    value = constant(term, rulebook, fiscal_year)
    if value is not None:
        return value
    return term.value if isinstance(term, Constant) else term_text(term, rulebook, language)
