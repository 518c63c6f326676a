"""Findings as a workbook: one row a finding, the numbers first, and what people check by hand in tables of its own."""

from decimal import Decimal
from pathlib import Path
from typing import Final

from hyotei.audit.earlier_report import Against
from hyotei.audit.model import Finding, SheetAudit, ShownFigure
from hyotei.audit.summary import GROUPINGS, Group
from hyotei.messages import Language, Wording, wording
from hyotei.report.audit_content import Content, Disagreement
from hyotei.report.audit_summary_document import AGREEMENTS
from hyotei.report.finding_document import severity_said
from hyotei.report.result_words import result_name
from hyotei.report.rule_text import rule_key
from hyotei.report.unread_words import unread_parts
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.term_words import rulebook_title
from hyotei.writers.table_workbook import Column, Table, Value, Workbook

FIGURES: Final = 3
"""Figures of a finding that have columns of their own; further ones stand together in one."""
_LEAD: Final = 11
"""Columns before the figures."""


class FindingsWorkbook:
    """Takes findings and disagreements as they come; `save` adds what is known at the end.

    With `compared` a column tells how a finding stands to those of an earlier report.
    """

    def __init__(self, language: Language, compared: bool = False) -> None:
        self.say = wording(language)
        self._compared = compared
        say = self.say
        self._book = Workbook()
        self._overview = self._book.table(
            say("audit_page.overview"),
            [Column(say("findings_workbook.item"), 44, True), Column(say("findings_workbook.value"), 60, True)],
        )
        figures = [
            column
            for number in range(1, FIGURES + 1)
            for column in (
                Column(say("findings_workbook.figure", number=number), 18, True),
                Column(say("findings_workbook.value_number", number=number), 16),
            )
        ]  # fmt: skip
        self._findings = self._book.table(
            say("findings_workbook.findings"),
            [
                *self._of_a_finding(),
                Column(say("findings_workbook.ask"), 34, True),
                Column(say("findings_workbook.budget_yen"), 18),
                Column(say("audit_page.figures"), 34, True),
                *figures,
                Column(say("findings_workbook.from_where"), 30, True),
                Column(say("finding.rule"), 30, True),
                Column(say("findings_workbook.standing_rule"), 10),
                Column(say("finding.doubt"), 30, True),
                Column(say("finding.also"), 14, True),
                *([Column(say("audit_page.state"), 14, True)] if compared else ()),
            ],
            printed=_LEAD,
        )
        self._disagreements = self._book.table(
            say("audit_page.disagreements"),
            [
                Column(say("audit_page.sheet"), 22, True),
                Column(say("audit_page.title"), 30, True),
                Column(say("audit_page.authority"), 14, True),
                Column(say("audit_page.year"), 7),
                Column(say("audit_page.result"), 12),
                Column(say("audit_page.recorded"), 10),
                Column(say("findings_workbook.derived"), 10),
                Column(say("audit_report.compared.kind"), 26, True),
                Column(say("findings_workbook.steps"), 7),
                Column(say("findings_workbook.why_derived_one"), 44, True),
                Column(say("findings_workbook.why_not_recorded"), 44, True),
                Column(say("findings_workbook.budget_yen"), 18),
            ],
        )

    def finding(self, finding: Finding) -> None:
        """One row."""
        figures = finding.figures
        cells: list[Value] = [
            finding.code,
            severity_said(finding.severity, self.say),
            finding.authority,
            finding.fiscal_year,
            finding.sheet,
            finding.title,
            finding.subject,
            finding.message,
            finding.question,
            None if finding.money is None else Decimal(finding.money),
            self.say.listed(f"{each.title} {each.text}" for each in figures),
        ]
        ratios, money = set[int](), {_LEAD - 2}
        for number in range(FIGURES):
            if number < len(figures):
                at = len(cells) + 1
                cells += [figures[number].title, _value(figures[number])]
                match figures[number].kind:
                    case "ratio":
                        ratios.add(at)
                    case "money":
                        money.add(at)
            else:
                cells += [None, None]
        places = dict.fromkeys(each.place for each in figures if each.place)
        cells += [
            "\n".join(places),
            rule_key(finding),
            self.say.one_of("common.standing", finding.rule.standing if finding.rule else "draft"),
            "\n".join(each.text for each in finding.doubts),
            self.say.listed(finding.also),
            *([self.say.one_of("finding.state", finding.state)] if self._compared else ()),
        ]
        self._findings.row(cells, frozenset(money), frozenset(ratios))

    def disagreement(self, each: Disagreement) -> None:
        """One row."""
        audit, comparison = each.audit, each.comparison
        cells: list[Value] = [
            audit.sheet.id,
            audit.sheet.title,
            audit.sheet.authority,
            audit.sheet.fiscal_year,
            result_name(comparison.output, self.say, comparison.title, comparison.subject),
            comparison.recorded,
            comparison.derived,
            self.say.one_of("audit_report.agreement", comparison.agreement),
            comparison.steps,
            comparison.why,
            comparison.why_not,
            None if audit.money is None else Decimal(audit.money),
        ]
        self._disagreements.row(cells, frozenset({11}))

    def abandon(self) -> None:
        """Nothing will be saved."""
        self._book.abandon()

    def save(self, path: Path, content: Content) -> None:
        """Adds overview, groups, contradictions and sample, and writes the file."""
        _overview(self._overview, content, self.say)
        self._kinds(content)
        self._groups(content)
        if content.against is not None:
            self._resolved(content.against)
        if content.consistency:
            self._pairs(content)
        if content.sampled:
            self._sample(content.sampled)
        self._book.save(path)

    def _kinds(self, content: Content) -> None:
        say = self.say
        table = self._book.table(
            say("findings_workbook.kind"),
            [
                Column(say("audit_report.kinds.code"), 28, True),
                Column(say("audit_report.kinds.severity"), 10),
                Column(say("audit_report.compared.sheets"), 10),
                Column(say("audit_report.kinds.findings"), 10),
                Column(say("findings_workbook.budget_yen"), 22),
                Column(say("findings_workbook.finding"), 70, True),
            ],
        )
        for each in sorted(content.summary.findings.values(), key=lambda each: each.code):
            severity = severity_said(each.severity, say)
            table.row([each.code, severity, each.sheets, each.findings, each.money, each.message], frozenset({4}))

    def _of_a_finding(self) -> list[Column]:
        """The columns that every table of findings has."""
        say = self.say
        return [
            Column(say("audit_report.kinds.code"), 24, True),
            Column(say("audit_report.kinds.severity"), 9),
            Column(say("audit_page.authority"), 14, True),
            Column(say("audit_page.year"), 7),
            Column(say("audit_page.sheet"), 22, True),
            Column(say("audit_page.title"), 30, True),
            Column(say("findings_workbook.subject"), 26, True),
            Column(say("audit_page.finding_said"), 40, True),
        ]

    def _resolved(self, against: Against) -> None:
        say = self.say
        table = self._book.table(
            say("findings_workbook.earlier_report_only"),
            [
                Column(say("audit_page.state"), 16, True),
                *self._of_a_finding(),
            ],
        )
        for state, each in against.not_made():
            severity = severity_said(each.severity, say)
            cells: list[Value] = [
                say.one_of("finding.state", state),
                each.code,
                severity,
                each.authority,
                each.fiscal_year,
            ]
            table.row([*cells, each.sheet, each.title, each.subject, each.message])

    def _groups(self, content: Content) -> None:
        say = self.say
        table = self._book.table(
            say("findings_workbook.group"),
            [
                Column(say("findings_workbook.by"), 14),
                Column(say("findings_workbook.group_key"), 30, True),
                Column(say("audit_report.compared.sheets"), 10),
                Column(say("audit_page.sheets_findings"), 12),
                Column(say("audit_report.kinds.findings"), 10),
                Column(say("findings_workbook.ratings_compared"), 12),
                Column(say("findings_workbook.these_equal"), 10),
            ],
        )
        for name in GROUPINGS:
            for key, group in sorted(content.summary.groups[name].items()):
                shown: Value = int(key) if name == "fiscal_year" else key or say("audit_page.none")
                table.row([say.one_of("audit_page.group", name), shown, *_counts(group)])

    def _pairs(self, content: Content) -> None:
        say = self.say
        table = self._book.table(
            say("findings_workbook.contradictions"),
            [
                Column(say("findings_workbook.steps"), 7),
                Column(say("findings_workbook.inputs"), 36, True),
                Column(say("findings_workbook.rated_worse"), 26, True),
                Column(say("audit_page.title"), 30, True),
                Column(say("audit_page.recorded"), 8),
                Column(say("audit_page.values"), 26, True),
                Column(say("findings_workbook.rated_better"), 26, True),
                Column(say("audit_page.title"), 30, True),
                Column(say("audit_page.recorded"), 8),
                Column(say("audit_page.values"), 26, True),
            ],
        )
        for of in content.consistency:
            inputs = say.listed(each.title for each in of.inputs)
            for pair in of.strongest:
                cells: list[Value] = [pair.steps, inputs]
                for each in (pair.wronged, pair.favoured):
                    cells += [each.sheet.id, each.sheet.title, each.recorded, say.listed(each.inputs)]
                table.row(cells)

    def _sample(self, sampled: list[SheetAudit]) -> None:
        say = self.say
        table = self._book.table(
            say("findings_workbook.sample"),
            [
                Column(say("audit_page.sheet"), 24, True),
                Column(say("audit_page.title"), 40, True),
                Column(say("audit_page.authority"), 16, True),
                Column(say("audit_page.year"), 8),
                Column(say("findings_workbook.recorded_derived"), 36, True),
                Column(say("audit_report.kinds.findings"), 50, True),
                Column(say("findings_workbook.checked_fill"), 40, True),
            ],
        )
        for each in sampled:
            compared = []
            for of in each.comparisons:
                result = result_name(of.output, say, of.title, of.subject)
                agreement = say.one_of("audit_report.agreement", of.agreement)
                compared.append(f"{result} {of.recorded or '-'} / {of.derived or '-'}（{agreement}）")
            found = say.listed(dict.fromkeys(finding.code for finding in each.findings))
            table.row(
                [
                    each.sheet.id,
                    each.sheet.title,
                    each.sheet.authority,
                    each.sheet.fiscal_year,
                    "\n".join(compared),
                    found,
                ]
            )


def _value(figure: ShownFigure) -> Value:
    return figure.text if figure.value is None else Decimal(figure.value)


def _counts(group: Group) -> list[Value]:
    rating = group.results.get("rating")
    compared: list[Value] = [None, None] if rating is None else [rating.pairs, rating.same]
    return [group.sheets, group.found, group.findings, *compared]


def _overview(table: Table, content: Content, say: Wording) -> None:
    whole = content.summary.whole
    rows: list[tuple[str, Value]] = [
        (say("audit_report.compared.sheets"), whole.sheets),
        (say("audit_page.sheets_findings"), whole.found),
        (say("audit_report.kinds.findings"), whole.findings),
        (say("audit_page.could_not_read"), content.problems.failed),
        (say("findings_workbook.sources"), "\n".join(content.sources)),
    ]
    rows += [
        (
            say("audit_report.sheet.rulebook"),
            (
                f"{book.id}（{say.one_of('common.standing', book.standing)}）{rulebook_title(book, say.language)}\n"
                f"{shown_hash(book.hash, None)}"  # in lines of its own: it has no place to be folded
            ),
        )
        for book in content.rulebooks.values()
    ]
    for output, compared in whole.results.items():
        name = result_name(output, say, compared.title)
        for agreement in AGREEMENTS:
            if compared.agreements[agreement]:
                said = say.one_of("audit_report.agreement", agreement)
                rows.append((f"{name}：{said}", compared.agreements[agreement]))
        kappa = compared.kappa(content.summary.scale(output))
        if kappa is not None:
            rows.append((say("findings_workbook.weighted_kappa", name=name), kappa.value))
            rows.append((say("findings_workbook.interval", name=name), f"{kappa.low:.3f} – {kappa.high:.3f}"))
    rows += [
        (say("findings_workbook.unread", name=name), count) for name, count in unread_parts(content.summary.unread, say)
    ]
    if content.unexplained:
        count = len(content.disagreements)
        rows.append(
            (
                say("findings_workbook.reasons_disagreements"),
                say("findings_workbook.given_most_steps", count=count),
            )
        )
    rows.append(
        (
            say("findings_workbook.note"),
            say("audit_report.no_proof"),
        )
    )
    for row in rows:
        table.row(row)
