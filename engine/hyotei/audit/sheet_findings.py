"""The findings of one rated sheet, with the figures that decided and where they were read."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from hyotei.audit.model import Finding, RuleRef, ShownFigure
from hyotei.base.exact import plain
from hyotei.base.printable import one_line
from hyotei.corpus.evaluated_budget import money_of
from hyotei.messages import Language
from hyotei.rulebook.derivation import Step
from hyotei.verdict.finding_figures import FindingFigure
from hyotei.verdict.verdict import Verdict

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def findings_of(verdict: Verdict, language: Language) -> Iterator[Finding]:
    """What the audit tables of one rulebook state of one sheet, in their order."""
    money = money_of(verdict.sheet)
    return findings_at(verdict, language, None, None if money is None else plain(money))


def findings_at(
    verdict: Verdict, language: Language, steps: Iterable[Step] | None, money: str | None
) -> Iterator[Finding]:
    """The same where it is known already which `steps` state something, and the budget of the sheet."""
    sheet, book = verdict.sheet, verdict.rulebook
    for found, figures in verdict.findings_with_figures(language, steps):
        yield Finding(
            code=found.code,
            severity=found.severity,
            sheet=sheet.id,
            title=one_line(sheet.title),
            authority=sheet.authority,
            fiscal_year=sheet.fiscal_year,
            unit=found.unit,
            subject="" if found.unit == "sheet" else found.subject,
            message=found.message,
            question=found.question,
            figures=tuple(map(_figure, figures)),
            rule=RuleRef(book.id, book.hash, found.decision, found.row, verdict.standing_of(found)),
            money=money,
            doubts=found.doubts,
        )


def _figure(each: FindingFigure) -> ShownFigure:
    value = each.value if isinstance(each.value, str) and is_number(each.value) else None
    return ShownFigure(each.title, each.text, each.place, value, each.kind)


def is_number(text: str) -> bool:
    """Whether a text is a plain decimal, as exact values are told."""
    return _NUMBER.fullmatch(text) is not None
