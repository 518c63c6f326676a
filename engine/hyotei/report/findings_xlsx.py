"""Findings as a workbook: one row a finding, the numbers first, and what people check by hand in tables of its own."""

from decimal import Decimal
from pathlib import Path
from typing import Final

from hyotei.audit.earlier_report import Against
from hyotei.audit.model import Finding, SheetAudit, ShownFigure
from hyotei.audit.summary import GROUPINGS, Group
from hyotei.messages import Language
from hyotei.report.audit_content import Content, Disagreement
from hyotei.report.audit_words import AGREEMENTS, DOUBT, GROUPS, OUTPUTS, SEVERITIES, STANDINGS, STATES, Say
from hyotei.report.rule_text import rule_key
from hyotei.report.unread_words import UNREAD, unread_parts
from hyotei.report.workbook import Column, Table, Value, Workbook
from hyotei.rulebook.canonical import shown_hash

FIGURES: Final = 3
"""Figures of a finding that have columns of their own; further ones stand together in one."""
_LEAD: Final = 11
"""Columns before the figures."""


class FindingsWorkbook:
    """Takes findings and disagreements as they come; `save` adds what is known at the end.

    With `compared` a column tells how a finding stands to those of an earlier report.
    """

    def __init__(self, language: Language, compared: bool = False) -> None:
        self.say = Say(language)
        self._compared = compared
        say = self.say
        self._book = Workbook()
        self._overview = self._book.table(
            say("概要", "Overview"), [Column(say("項目", "item"), 44, True), Column(say("値", "value"), 60, True)]
        )
        figures = [
            column
            for number in range(1, FIGURES + 1)
            for column in (
                Column(say(f"数値{number}", f"figure {number}"), 18, True),
                Column(say(f"値{number}", f"value {number}"), 16),
            )
        ]  # fmt: skip
        self._findings = self._book.table(
            say("指摘", "Findings"),
            [
                *self._of_a_finding(),
                Column(say("尋ねること", "what to ask"), 34, True),
                Column(say("予算額（円）", "budget (yen)"), 18),
                Column(say("数値", "figures"), 34, True),
                *figures,
                Column(say("出所", "from where"), 30, True),
                Column(say("規則", "rule"), 30, True),
                Column(say("規則の位置づけ", "standing of the rule"), 10),
                Column(say.pair(DOUBT), 30, True),
                Column(say("同じことを述べる指摘", "the same as"), 14, True),
                *([Column(say("前の報告と比べて", "against the earlier report"), 14, True)] if compared else ()),
            ],
            printed=_LEAD,
        )
        self._disagreements = self._book.table(
            say("記載との相違", "Disagreements"),
            [
                Column(say("評価書", "sheet"), 22, True),
                Column(say("件名", "title"), 30, True),
                Column(say("府省", "ministry"), 14, True),
                Column(say("年度", "year"), 7),
                Column(say("項目", "result"), 12),
                Column(say("記載", "recorded"), 10),
                Column(say("導いた結果", "derived"), 10),
                Column(say("区分", "kind"), 26, True),
                Column(say("段差", "steps"), 7),
                Column(say("導いた結果の理由", "why the derived one"), 44, True),
                Column(say("記載の結果でない理由", "why not the recorded one"), 44, True),
                Column(say("予算額（円）", "budget (yen)"), 18),
            ],
        )

    def finding(self, finding: Finding) -> None:
        """One row."""
        figures = finding.figures
        cells: list[Value] = [
            finding.code,
            self.say.of(SEVERITIES, finding.severity),
            finding.authority,
            finding.fiscal_year,
            finding.sheet,
            finding.title,
            finding.subject,
            finding.message,
            finding.question,
            None if finding.money is None else Decimal(finding.money),
            self.say("、", ", ").join(f"{each.title} {each.text}" for each in figures),
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
            self.say.of(STANDINGS, finding.rule.standing if finding.rule else "draft"),
            "\n".join(finding.doubts),
            self.say("、", ", ").join(finding.also),
            *([self.say.of(STATES, finding.state)] if self._compared else ()),
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
            self.say.of(OUTPUTS, comparison.output),
            comparison.recorded,
            comparison.derived,
            self.say.pair(AGREEMENTS[comparison.agreement]),
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
            say("種類別", "By kind"),
            [
                Column(say("種類", "kind"), 28, True),
                Column(say("重さ", "severity"), 10),
                Column(say("評価書", "sheets"), 10),
                Column(say("指摘", "findings"), 10),
                Column(say("予算額（円）", "budget (yen)"), 22),
                Column(say("指摘の内容", "finding"), 70, True),
            ],
        )
        for each in sorted(content.summary.findings.values(), key=lambda each: each.code):
            severity = say.of(SEVERITIES, each.severity)
            table.row([each.code, severity, each.sheets, each.findings, each.money, each.message], frozenset({4}))

    def _of_a_finding(self) -> list[Column]:
        """The columns that every table of findings has."""
        say = self.say
        return [
            Column(say("種類", "kind"), 24, True),
            Column(say("重さ", "severity"), 9),
            Column(say("府省", "ministry"), 14, True),
            Column(say("年度", "year"), 7),
            Column(say("評価書", "sheet"), 22, True),
            Column(say("件名", "title"), 30, True),
            Column(say("対象", "subject"), 26, True),
            Column(say("指摘", "finding"), 40, True),
        ]

    def _resolved(self, against: Against) -> None:
        say = self.say
        table = self._book.table(
            say("前の報告だけにある指摘", "Earlier report only"),
            [
                Column(say("前の報告と比べて", "against the earlier report"), 16, True),
                *self._of_a_finding(),
            ],
        )
        for state, each in against.not_made():
            severity = say.of(SEVERITIES, each.severity)
            cells: list[Value] = [say.of(STATES, state), each.code, severity, each.authority, each.fiscal_year]
            table.row([*cells, each.sheet, each.title, each.subject, each.message])

    def _groups(self, content: Content) -> None:
        say = self.say
        table = self._book.table(
            say("府省・年度・分野別", "By group"),
            [
                Column(say("分け方", "by"), 14),
                Column(say("府省・年度・分野", "group"), 30, True),
                Column(say("評価書", "sheets"), 10),
                Column(say("指摘のある評価書", "sheets with findings"), 12),
                Column(say("指摘", "findings"), 10),
                Column(say("評価区分を比べた", "ratings compared"), 12),
                Column(say("うち一致", "of these equal"), 10),
            ],
        )
        for name in GROUPINGS:
            for key, group in sorted(content.summary.groups[name].items()):
                shown: Value = int(key) if name == "fiscal_year" else key or say("（記載なし）", "(none)")
                table.row([say.of(GROUPS, name), shown, *_counts(group)])

    def _pairs(self, content: Content) -> None:
        say = self.say
        table = self._book.table(
            say("記載どうしの矛盾", "Contradictions"),
            [
                Column(say("段差", "steps"), 7),
                Column(say("項目", "inputs"), 36, True),
                Column(say("低く評価された評価書", "rated worse"), 26, True),
                Column(say("件名", "title"), 30, True),
                Column(say("記載", "recorded"), 8),
                Column(say("値", "values"), 26, True),
                Column(say("高く評価された評価書", "rated better"), 26, True),
                Column(say("件名", "title"), 30, True),
                Column(say("記載", "recorded"), 8),
                Column(say("値", "values"), 26, True),
            ],
        )
        for of in content.consistency:
            inputs = say("、", ", ").join(each.title for each in of.inputs)
            for pair in of.strongest:
                cells: list[Value] = [pair.steps, inputs]
                for each in (pair.wronged, pair.favoured):
                    cells += [each.sheet.id, each.sheet.title, each.recorded, say("、", ", ").join(each.inputs)]
                table.row(cells)

    def _sample(self, sampled: list[SheetAudit]) -> None:
        say = self.say
        table = self._book.table(
            say("抜き取り", "Sample"),
            [
                Column(say("評価書", "sheet"), 24, True),
                Column(say("件名", "title"), 40, True),
                Column(say("府省", "ministry"), 16, True),
                Column(say("年度", "year"), 8),
                Column(say("記載と導いた結果", "recorded and derived"), 36, True),
                Column(say("指摘", "findings"), 50, True),
                Column(say("確かめた結果（記入欄）", "checked (to fill in)"), 40, True),
            ],
        )
        for each in sampled:
            compared = [
                f"{say.of(OUTPUTS, of.output)} {of.recorded or '-'} / {of.derived or '-'}（{say.pair(AGREEMENTS[of.agreement])}）"
                for of in each.comparisons
            ]
            found = say("、", ", ").join(dict.fromkeys(finding.code for finding in each.findings))
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


def _overview(table: Table, content: Content, say: Say) -> None:
    whole = content.summary.whole
    rows: list[tuple[str, Value]] = [
        (say("評価書", "sheets"), whole.sheets),
        (say("指摘のある評価書", "sheets with findings"), whole.found),
        (say("指摘", "findings"), whole.findings),
        (say("読めなかったもの", "could not be read"), content.problems.failed),
        (say("入力", "sources"), "\n".join(content.sources)),
    ]
    rows += [
        (
            say("評価基準書", "rulebook"),
            f"{book.id}（{say.of(STANDINGS, book.standing)}）{book.title} {shown_hash(book.hash, None)}",
        )
        for book in content.rulebooks.values()
    ]
    for output, compared in whole.results.items():
        name = say.of(OUTPUTS, output)
        for agreement, words in AGREEMENTS.items():
            if compared.agreements[agreement]:
                rows.append((f"{name}：{say.pair(words)}", compared.agreements[agreement]))
        kappa = compared.kappa(content.summary.scale(output))
        if kappa is not None:
            rows.append((say(f"{name}：重み付きκ", f"{name}: weighted kappa"), kappa.value))
            rows.append((say(f"{name}：κの95%区間", f"{name}: 95% interval"), f"{kappa.low:.3f} – {kappa.high:.3f}"))
    rows += [
        (say(f"{UNREAD[0]}：{name}", f"{UNREAD[1]}: {name}"), count)
        for name, count in unread_parts(content.summary.unread, say)
    ]
    if content.unexplained:
        count = len(content.disagreements)
        rows.append(
            (
                say("記載との相違の理由", "reasons of disagreements"),
                say(
                    f"段差と予算額の大きいものから{count:,}件にだけ付けた。"
                    "ほかは `hyotei audit コーパス --json` で得られる。",
                    f"Given for the {count:,} with the most steps and the largest budgets. "
                    "`hyotei audit CORPUS --json` gives the others.",
                ),
            )
        )
    rows.append(
        (
            say("注意", "note"),
            say(
                "指摘は誤りの証拠ではなく、府省に尋ねるべき点である。",
                "A finding is no proof of a mistake; it is something to ask the ministry.",
            ),
        )
    )
    for row in rows:
        table.row(row)
