"""All findings of a page as compact data for its script: texts stand once, findings are rows of their numbers."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from hyotei.audit.model import Finding
from hyotei.base.printable import printable
from hyotei.messages import Wording
from hyotei.report.finding_document import SEVERITIES, STATES, severity_said
from hyotei.report.finding_markup import anchor, css_word
from hyotei.report.markup import Html
from hyotei.report.rule_text import rule_key
from hyotei.rulebook.value_words import amount
from hyotei.sheet.fiscal_year_print import print_fiscal_year

FIELDS: Final = (
    "code", "severity", "css", "title", "authority", "year", "said_year", "sheet", "subject", "message", "question", "money",
    "rule", "anchor", "state", "figures", "doubts", "also",
)  # fmt: skip
"""What a row tells, in this order; `figures` are triples of title, text and place."""


class FindingsData:
    """Takes findings one by one; `script` is the element that holds them. `rules` names rules by their keys."""

    def __init__(self, rules: Mapping[str, str], say: Wording) -> None:
        self.rules, self.say = rules, say
        self._texts: dict[str, int] = {}
        self._rows: list[str] = []

    def add(self, finding: Finding) -> None:
        """One more row."""
        rule = rule_key(finding)
        told = (
            finding.code, finding.severity, css_word(finding.severity), finding.title, finding.authority, str(finding.fiscal_year),
            print_fiscal_year(finding.fiscal_year, self.say.language), finding.sheet, finding.subject, finding.message,
            finding.question,
            "" if finding.money is None else amount(Decimal(finding.money), self.say.language),
            self.rules.get(rule, rule), anchor(rule), finding.state,
        )  # fmt: skip
        row = [
            *map(self._number, told),
            [[self._number(each.title), self._number(each.text), self._number(each.place)] for each in finding.figures],
            self._all(each.text for each in finding.doubts),
            self._all(finding.also),
        ]
        self._rows.append(json.dumps(row, separators=(",", ":")))

    def script(self) -> Html:
        """The data as an element that no browser runs; nothing in it can end the element."""
        say = self.say
        labels = {
            "figures": say("audit_page.figures"),
            "question": say("finding.question"),
            "money": say("audit_report.sheet.money"),
            "rule": say("finding.rule"),
            "doubt": say("finding.doubt"),
            "also": say("finding.also"),
            "colon": say("common.list.colon"),
            "open": say("audit_page.open"),
            "close": say("audit_page.close"),
            "comma": say("common.list.comma"),
            "severities": {key: severity_said(key, say) for key in SEVERITIES},
            "states": {key: say.one_of("finding.state", key) for key in STATES},
        }
        head = {"fields": FIELDS, "labels": labels, "texts": [printable(text) for text in self._texts]}
        body = (
            json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
            + ',"rows":['
            + ",\n".join(self._rows)
            + "]}"
        )
        safe = body.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        return Html(f'<script type="application/json" id="findings-data">{safe}</script>')

    def _all(self, texts: Iterable[str]) -> list[int]:
        return [self._number(text) for text in texts]

    def _number(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))
