"""A proof as a document: first whether all is proved, then what is not, each defect with the sheet that shows it."""

from collections.abc import Iterator, Sequence
from typing import Final

from hyotei.compare.boxes import Region
from hyotei.document import (
    Block,
    Column,
    Definition,
    Definitions,
    Document,
    Item,
    Items,
    Paragraph,
    Row,
    Section,
    Tone,
    row,
    table,
)
from hyotei.messages import Language, wording
from hyotei.proof.results import Check, LawResult, ProofReport, Status
from hyotei.report.counterexample_blocks import CounterexampleBlocks
from hyotei.report.law_words import law_words
from hyotei.rulebook.canonical import shown_hash
from hyotei.rulebook.law_meaning import PAIRS
from hyotei.rulebook.model import Table

TONES: Final[dict[Status, Tone]] = {"proved": "good", "refuted": "bad", "open": "bad", "not_run": "faint"}
_MOST_REGIONS: Final = 8


def proof_document(report: ProofReport, language: Language = "ja") -> Document:
    """The document of a report."""
    return ProofBlocks(report, language).document()


class ProofBlocks:
    """The parts of the document of a report."""

    def __init__(self, report: ProofReport, language: Language) -> None:
        self.report, self.rulebook, self.language = report, report.book, language
        self.say = wording(language)
        self.examples = CounterexampleBlocks(report.book, language)

    def document(self) -> Document:
        report, say = self.report, self.say
        lead = Paragraph(say.one_of("proof_document.conclusion", report.status), TONES[report.status], lead=True)
        return Document(
            say("proof_document.title", rulebook=report.rulebook, title=report.title),
            self.language,
            (lead, *self.sections()),
            footer=say("proof_document.made_with", solver=report.solver, hash=shown_hash(report.hash)),
        )

    def sections(self, proved: bool = True) -> Iterator[Section]:
        """Laws and tables; without those that are `proved` only what a person has to look at."""
        say = self.say
        status = Column(say("proof_document.column.status"), "grade")
        tried = Column(say("proof_document.column.tried"))
        laws = [law for law in self.report.laws if proved or law.status != "proved"]
        if laws:
            columns = [
                status,
                Column(say("proof_document.column.law"), width=52),
                Column(say("proof_document.column.how")),
                tried,
            ]
            yield Section(say("proof_document.laws"), (table(columns, map(self.law, laws), row_heads=2),))
        checks = [check for check in self.report.checks if not check.note and (proved or check.status != "proved")]
        if checks:
            columns = [
                status,
                Column(say("proof_document.column.decision")),
                Column(say("proof_document.column.what")),
                tried,
            ]
            yield Section(say("proof_document.tables"), (table(columns, self.checks(checks), row_heads=2),))
        notes = tuple(Item(self.note(check)) for check in self.report.checks if check.note and proved)
        if notes:
            yield Section(say("proof_document.remarks"), (Items(notes),))

    # -- laws

    def law(self, law: LawResult) -> Row:
        sentence = law_words(law.text, self.rulebook, self.language)
        status = self.say.one_of("proof_document.status", law.status)
        below = tuple(self.law_below(law))
        return row(status, sentence, self.how(law), self.tried_law(law), tone=TONES[law.status], below=below)

    def law_title(self, law: LawResult) -> str:
        """How a law came out, in a line."""
        sentence = law_words(law.text, self.rulebook, self.language)
        told = (self.say.one_of("proof_document.status", law.status), sentence, self.how(law))
        return "  ".join(filter(None, told))

    def law_below(self, law: LawResult) -> list[Block]:
        """What shows that a law does not hold."""
        sentence = law_words(law.text, self.rulebook, self.language)
        below: list[Block] = []
        if law.status != "proved" and sentence != law.text:
            # As it stands in the document, for who looks for it there.
            below.append(Paragraph(law.text, "faint"))
        missed = [each for each in law.reached if each.status != "proved"]
        if missed:
            below.append(Items(tuple(Item(self.missed(each.value, each.status)) for each in missed)))
        if law.counterexample is not None and not self.shown_below(law):
            below.extend(self.examples.blocks(law.counterexample))
        return below

    def missed(self, value: str, status: Status) -> str:
        never = status == "refuted"
        return self.say(
            "proof_document.law.never_comes_out" if never else "proof_document.law.may_come_out", value=value
        )

    def shown_below(self, law: LawResult) -> bool:
        """Whether the table that breaks the law shows the same sheet."""
        return any(check.counterexample is law.counterexample for check in self.report.checks)

    def how(self, law: LawResult) -> str:
        say = self.say
        if law.status == "proved":
            if law.kind == "reachable":
                return say("proof_document.law.each_value")
            return say.one_of("proof_document.method", law.method)
        if law.status != "open":
            return say("proof_document.law.see_table") if law.counterexample and self.shown_below(law) else ""
        why = say.one_of("proof_document.why", law.why) if law.why else ""
        return say("proof_document.law.open_up_to", why=why, bound=law.bound) if law.bound else why

    def tried_law(self, law: LawResult) -> str:
        """How many drawn sheets tried to break what is proved; of tables of which none is asked there is nothing to try."""
        tables = law.kind in ("answers", "consistent")
        if law.status != "proved" or law.kind == "reachable" or (tables and not law.tried):
            return ""
        if not law.tried:
            return self.say("proof_document.tried.none")
        pairs = law.kind in PAIRS
        return self.say("proof_document.tried.pairs" if pairs else "proof_document.tried.sheets", count=law.tried)

    # -- tables

    def checks(self, checks: Sequence[Check]) -> Iterator[Row]:
        """A row for a table without defects, and one for each defect of another."""
        by_decision: dict[str, list[Check]] = {}
        for check in checks:
            by_decision.setdefault(check.decision, []).append(check)
        for decision, found in by_decision.items():
            bad = [check for check in found if check.status != "proved" or check.by_itself]
            if not bad:
                told = self.say.listed(self.say.one_of("proof_document.sound", check.name) for check in found)
                tried = min((check.tried for check in found if check.tried), default=0)
                yield row(
                    self.say("proof_document.status.proved"),
                    self.examples.name(decision),
                    told,
                    self.say("proof_document.tried.sheets", count=tried) if tried else "",
                    tone="good",
                )
            yield from map(self.check, bad)

    def check(self, check: Check) -> Row:
        say = self.say
        title = self.rulebook.by_name[check.decision].title
        found = self.found(check, say.one_of("proof_document.check", check.name))
        if check.why and check.status == "open":
            found = say("proof_document.found.open", check=found, why=say.one_of("proof_document.why", check.why))
        return row(
            say.one_of("proof_document.status", "no_sheet" if check.by_itself else check.status),
            say("proof_document.found.decision", title=title, name=check.decision),
            found,
            "",
            tone="faint" if check.by_itself else TONES[check.status],
            below=tuple(self.below(check)),
        )

    def check_title(self, check: Check) -> str:
        """What is the matter with a table, in a line."""
        return self.found(check, self.say.one_of("proof_document.check", check.name))

    def found(self, check: Check, what: str) -> str:
        """What is the matter, with the rows it is about."""
        if not check.rows:
            return what
        number, *others = check.rows
        if not others:
            return self.say("proof_document.found.row", check=what, row=number)
        overlap = check.name == "overlap"
        return self.say(
            "proof_document.found.two_rows" if overlap else "proof_document.found.hidden_row",
            check=what,
            row=number,
            other=others[0],
        )

    def below(self, check: Check) -> Iterator[Block]:
        """What shows a defect: the inputs it lies in, a sheet, or the rows themselves."""
        if check.by_itself:
            yield Paragraph(self.say("proof_document.found.unreached"), "faint")
        if check.regions:
            label = self.say("proof_document.found.region")
            shown = check.regions[:_MOST_REGIONS]
            yield Definitions(tuple(Definition(label, self.region(check.decision, each)) for each in shown))
            if len(check.regions) > len(shown):
                more = self.say("proof_document.found.more_regions", count=len(check.regions) - len(shown))
                yield Paragraph(more, "faint")
        if check.counterexample is not None:
            yield from self.examples.blocks(check.counterexample)
        elif check.rows:
            yield self.examples.rows(check.decision, check.rows)

    def region(self, decision: str, region: Region) -> str:
        body = self.rulebook.by_name[decision].body
        assert isinstance(body, Table)
        cells = zip(body.inputs, region.in_language(self.language), strict=True)
        parts = [
            self.say("proof_document.found.input", column=self.examples.column(column), cell=cell)
            for column, cell in cells
            if cell != "-"
        ]
        return self.say.listed(parts, "diff_document.between") or self.say("proof_document.found.any_input")

    def note(self, check: Check) -> str:
        """Something worth knowing that is no defect."""
        say = self.say
        name = "unreached_row" if check.name == "masked" else check.name
        found = self.found(check, say.one_of("proof_document.check", name))
        if check.value:
            found = say("proof_document.found.value", check=found, value=check.value)
        if check.name == "second_method":
            why = say.one_of("proof_document.why", check.why) if check.why else ""
            found = say("proof_document.found.not_run", check=found, why=why)
        return say("proof_document.found.remark", decision=self.examples.name(check.decision), found=found)
