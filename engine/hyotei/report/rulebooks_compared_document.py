"""Sheets under several rulebooks as a document: the grades side by side, which differ, and why."""

from collections.abc import Iterator

from hyotei.document import (
    Block,
    Cell,
    Column,
    Definition,
    Definitions,
    Document,
    Item,
    Items,
    Paragraph,
    Row,
    Section,
    joined,
    row,
    strong,
    table,
)
from hyotei.impact.compare_rulebooks import RulebooksCompared
from hyotei.impact.several_rulebooks import Combination, GradeColumn, ScopeTally, units_of, values_of
from hyotei.messages import Language, Wording, wording
from hyotei.report.grade_reasons import decided_by
from hyotei.report.rated_words import rated_section, value_said
from hyotei.report.rulebook_names import rulebook_named
from hyotei.rulebook.model import RESULTS, Rulebook
from hyotei.verdict.case import Case
from hyotei.verdict.verdict import Verdict


def rulebooks_compared_document(found: RulebooksCompared, language: Language, rows: int | None = None) -> Document:
    """The comparison; of long lists at most so many `rows`, or all."""
    view = _View(found, language, rows)
    say = wording(language)
    title = say("compared.title", books=say.listed(book.id for book in found.rulebooks))
    return Document(title, language, tuple(view.blocks()))


class _View:
    """One comparison in one language."""

    def __init__(self, found: RulebooksCompared, language: Language, rows: int | None) -> None:
        self.found, self.language, self.rows = found, language, rows
        self.say: Wording = wording(language)
        self.books = {book.id: book for book in found.rulebooks}

    def blocks(self) -> Iterator[Block]:
        say, found = self.say, self.found
        yield Paragraph(say("compared.lead", sheets=len(found.results), books=len(found.rulebooks)), lead=True)
        for tally in found.tallies.values():
            if len(tally.columns) > 1:
                yield Paragraph(self.counted(tally), "bad" if tally.differing else "good")
        yield from (Paragraph(note.message(self.language), "faint") for note in found.notes)
        if found.in_full:
            for number, verdicts in found.verdicts.items():
                result = found.results[number]
                title = say("compared.sheet", title=" ".join(result.title.split()), id=result.sheet)
                yield Section(title, tuple(self.sheet(verdicts)))
        else:
            for scope, tally in found.tallies.items():
                title = say("compared.combinations", units=say.one_of("compared.units", scope))
                yield Section(title, tuple(self.combinations(tally)))
            if "sheet" in found.tallies:
                yield Section(say("compared.sheets"), tuple(self.results(found.tallies["sheet"])))
        yield Section(say("compared.scales"), (Paragraph(say("compared.scales_differ"), "faint"), self.scales()))
        hashes = {rulebook_named(book.id, book.version, book.derived_from, say): book.hash for book in found.rulebooks}
        yield rated_section(hashes, "", 0, say)

    def counted(self, tally: ScopeTally) -> str:
        units = self.say.one_of("compared.units", tally.columns[0].scope)
        return self.say("compared.differing", units=units, all=tally.units, differing=tally.differing)

    # -- one sheet

    def sheet(self, verdicts: tuple[Verdict, ...]) -> Iterator[Block]:
        cases = {each.rulebook.id: Case(each.rulebook, each.sheet, each.derivation) for each in verdicts}
        steps = {each.rulebook.id: each.derivation for each in verdicts}
        one = next(iter(cases.values()))
        for scope, tally in self.found.tallies.items():
            rows = []
            for unit in units_of(steps, tally):
                values = values_of(steps, tally.columns, unit)
                rows.append(
                    row(
                        one.subject(one.unit(unit), self.language),
                        *(Cell(value_said(value, self.say), tone="plain" if value else "faint") for value in values),
                        below=(self.why(cases, tally, unit),),
                    )
                )
            if rows:
                yield table(self.columns(tally, self.say.one_of("compared.unit", scope)), rows)

    def why(self, cases: dict[str, Case], tally: ScopeTally, unit: str) -> Items:
        """For each column the row that decided and the values it was decided on."""
        items = []
        for column in tally.columns:
            case = cases[column.rulebook]
            told = decided_by(case, column.decision, unit, self.language)
            items.append(Item(joined(strong(self.head(column, tally)), self.say("common.list.colon"), told)))
        return Items(tuple(items))

    # -- many sheets

    def combinations(self, tally: ScopeTally) -> Iterator[Block]:
        columns = [Column(self.say("compared.count"), "number"), *self.columns(tally, "")[1:]]
        shown = tally.combinations[: self.rows]
        yield table(columns, [self.combination(each, tally) for each in shown], row_heads=1)
        if len(shown) < len(tally.found):
            yield Paragraph(self.say("compared.more", count=len(tally.found) - len(shown)), "faint")

    def combination(self, each: Combination, tally: ScopeTally) -> Row:
        cells = [value_said(value, self.say) for value in each.values]
        verdicts = self.found.verdicts.get(each.example.sheet)
        below: tuple[Block, ...] = ()
        if each.differs and verdicts is not None:
            cases = {v.rulebook.id: Case(v.rulebook, v.sheet, v.derivation) for v in verdicts}
            one = next(iter(cases.values()))
            name = self.found.results[each.example.sheet].sheet
            about = one.subject(one.unit(each.example.unit), self.language)
            told = self.say("compared.example", sheet=name, unit=about)
            below = (Paragraph(told, "faint"), self.why(cases, tally, each.example.unit))
        return row(each.count, *cells, below=below)

    def results(self, tally: ScopeTally) -> Iterator[Block]:
        say, results = self.say, self.found.results[: self.rows]
        columns = [
            Column(say("impact.column.sheet"), width=36),
            Column(say("impact.column.key"), "code"),
            Column(say("impact.column.authority")),
            Column(say("impact.column.fiscal_year"), "year"),
            *self.columns(tally, "")[1:],
        ]
        rows = [
            row(
                " ".join(each.title.split()),
                each.sheet,
                each.authority,
                each.fiscal_year,
                *(value_said(value, say) for value in each.values),
            )
            for each in results
        ]
        yield table(columns, rows)
        if len(results) < len(self.found.results):
            yield Paragraph(say("compared.more", count=len(self.found.results) - len(results)), "faint")

    # -- columns and scales

    def columns(self, tally: ScopeTally, first: str) -> list[Column]:
        return [Column(first, width=28), *(Column(self.head(each, tally), width=18) for each in tally.columns)]

    def head(self, column: GradeColumn, tally: ScopeTally) -> str:
        """The rulebook; where it gives several grades in the scope, or none that is the result of a sheet, which of them."""
        several = sum(each.rulebook == column.rulebook for each in tally.columns) > 1
        if several or (column.scope == "sheet" and column.decision not in RESULTS):
            return self.say("compared.column", id=column.rulebook, title=self.title(column))
        return column.rulebook

    def title(self, column: GradeColumn) -> str:
        book: Rulebook = self.books[column.rulebook]
        return {"en": book.english}.get(self.language, {}).get(column.title, column.title)

    def scales(self) -> Definitions:
        rows = []
        for tally in self.found.tallies.values():
            for column in tally.columns:
                book = self.books[column.rulebook]
                english = {"en": book.english}.get(self.language, {})
                told = [
                    self.say("impact.value.label", value=value, label=english.get(label, label)) if label else value
                    for value, label in column.scale.items()
                ]
                name = self.say("compared.column", id=column.rulebook, title=self.title(column))
                rows.append(Definition(name, self.say.listed(told, "common.list.semicolon")))
        return Definitions(tuple(rows))
