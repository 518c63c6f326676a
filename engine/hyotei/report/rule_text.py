"""The rules that findings name, as a person reads them: the row of its table in words, with its boundaries and its reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hyotei.audit.input_orientation import constant
from hyotei.audit.model import Finding, RuleRef
from hyotei.messages import Language
from hyotei.rulebook.model import Rulebook, Table
from hyotei.rulebook.term_words import term_text, term_title
from hyotei.rulebook.terms import Constant, Term
from hyotei.rulebook.value_words import check_text
from hyotei.rulebook.values import Scalar

BUILT_IN: Final[dict[str, tuple[str, str]]] = {
    "RS-F20": (
        "所見の詳細が20以上の評価書と一字一句同じで、対象年度の執行率が50%に満たない。",
        "The opinion in words is that of at least 20 sheets, and less than 50% of the evaluated year's budget was executed.",
    ),
    "MY-target_removed": (
        "同じ事業の先の評価書にあった、後の評価書の年度以降の目標が、後の評価書にない。",
        "A target that an earlier sheet of the programme sets for the year of the later one, or after it, is not in the later one.",
    ),
    "MY-target_lowered": (
        "同じ事業・同じ測定値・同じ年度の目標が、後の評価書では達しやすいほうへ変わっている。",
        "The target of the same measure for the same year is easier in the later sheet of the programme.",
    ),
    "MY-target_replaced": (
        "同じ事業・同じ測定値・同じ年度の目標が、後の評価書では違う値になっている。",
        "The target of the same measure for the same year is another one in the later sheet of the programme.",
    ),
    "MY-final_target_removed": (
        "同じ事業の先の評価書にあった、まだ過ぎていない最終年度の目標が、後の評価書にない。",
        "A final target of an earlier sheet of the programme that is not past is not in the later one.",
    ),
    "MY-final_target_lowered": (
        "同じ事業・同じ測定値の最終年度の目標が、後の評価書では達しやすい値か、先の年度になっている。",
        "The final target of the same measure is easier, or of a later year, in the later sheet of the programme.",
    ),
    "MY-final_target_replaced": (
        "同じ事業・同じ測定値の最終年度の目標が、後の評価書では違う値か、違う年度になっている。",
        "The final target of the same measure is another one, or of another year, in the later sheet of the programme.",
    ),
    "MY-actual_rewritten": (
        "同じ事業・同じ測定値・同じ年度の実績が、後の評価書では違う値になっている。",
        "The actual of the same measure for the same year is another one in the later sheet of the programme.",
    ),
    "MY-missed_running": (
        "同じ目標に三か年続けて届かず、その間の当初予算の増減はどの年も5%以内である。",
        "The same target was missed three years running, while the initial budget changed by no more than 5% in any of them.",
    ),
}  # fmt: skip
"""The findings that are no row of a rulebook, because they take more than one sheet."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as it is shown: its key, how it is known, what it asks, and the words of whoever wrote it."""

    key: str
    rulebook: str
    title: str
    standing: str
    asks: tuple[str, ...]
    says: str


def rule_key(finding: Finding) -> str:
    """The name of a finding's rule: rulebook, decision and row, or `hyotei/CODE` where it is no row of a rulebook."""
    return f"hyotei/{finding.code}" if finding.rule is None else str(finding.rule)


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
            words = BUILT_IN.get(finding.code, (finding.message, finding.message))
            title = "Checks over several sheets" if language == "en" else "複数の評価書にわたる点検"
            yield RuleText(key, "hyotei", title, "draft", (), words[1 if language == "en" else 0])
        elif finding.rule.hash in rulebooks:
            yield _row(key, finding.rule, rulebooks[finding.rule.hash], finding.fiscal_year, language)


def _row(key: str, rule: RuleRef, rulebook: Rulebook, fiscal_year: int, language: Language) -> RuleText:
    decision = rulebook.by_name[rule.decision]
    assert isinstance(decision.body, Table), "findings are rows of tables"
    row = decision.body.rows[rule.row - 1]
    asks = []
    for column, check in zip(decision.body.inputs, row.checks, strict=True):
        if not check.anything:
            text = check_text(check, column.type, lambda term: _end(term, rulebook, fiscal_year, language), language)
            asks.append(f"{term_title(column.term, rulebook, language)}: {text}")
    english = rulebook.english if language == "en" else {}
    title = english.get(decision.title, decision.title if language == "ja" else decision.name)
    return RuleText(key, rulebook.id, title, rule.standing, tuple(asks), english.get(row.annotation, row.annotation))


def _end(term: Term, rulebook: Rulebook, fiscal_year: int, language: Language) -> Scalar:
    """A boundary: its value where it is the same for all sheets, else the expression in words."""
    value = constant(term, rulebook, fiscal_year)
    if value is not None:
        return value
    return term.value if isinstance(term, Constant) else term_text(term, rulebook, language)
